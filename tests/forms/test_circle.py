"""The whole circle: a form is written, filled in, compared, accepted and built."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

import coopgraph as cg
from coopgraph.cli import main
from coopgraph.errors import ConfigError, SourceError
from coopgraph.forms.change import Difference
from coopgraph.forms.decided import diff_file
from coopgraph.forms.form import form_of
from coopgraph.forms.tables import rows_of
from coopgraph.forms.vocabulary import vocabulary_of
from coopgraph.secretariat.declared.findings import plain
from tests.forms.conftest import Filling

ID = "https://w3id.org/coopgraph/id/"
DAY = date(2026, 11, 27)
SOUGHT = "13.1 Resilience to climate hazards everywhere"


def answered(filling: Filling, to: Path) -> Path:
    """Fill in a form as Lima's office would."""
    filling.put("Ciudad", "city/lima", population=10092000)
    filling.put("Redes", "ucci/lima", since="1982-10")
    filling.put("Acuerdos", "lima-quito", signed="1998", remark="El original está en el archivo")
    filling.put("Acuerdos", "lima-madrid", confirm="sí")
    filling.put(
        "Acuerdos", 0, title="Convenio con Cusco", kind="memorando", partners="Cusco, PE", signed="2024-03-01"
    )
    filling.put("Acciones", "action/visit", contributes="sí", sdgs="11; 13.1")
    filling.put("Acciones", "action/course", confirm="no")
    filling.put("Buscamos y ofrecemos", 0, seeks="ODS 13.1", words="Alertas tempranas")
    filling.put("Dinero", "money/grant", amount=120000)
    filling.put("Dinero", 0, about="Convenio con Cusco", kind="previsto", amount="5000.5", currency="PEN",
                qualifier="alrededor de")  # fmt: skip
    filling.sheet("Contacto")["C3"] = "Juana Quispe"
    filling.sheet("Contacto")["C5"] = "juana.quispe@example.org"
    return filling.save(to)


def decide(difference: Difference, to: Path, accept: str = "yes") -> Path:
    """Write a diff, and the same word into each row of it."""
    to.write_bytes(diff_file(difference, "xlsx"))
    book = load_workbook(to)
    for row in book.worksheets[0].iter_rows(min_row=3):
        row[0].value = accept
    book.save(to)
    return to


@pytest.fixture(scope="module")
def circle(
    three: Path, release: cg.Release, blank: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path, Difference]:
    """The workspace after Lima's answers were accepted and built, the form, and the diff."""
    place = tmp_path_factory.mktemp("circle")
    workspace = Path(shutil.copytree(three, place / "three"))
    form = answered(Filling(blank), place / "lima.xlsx")
    difference = cg.declaration_diff(release, form, received=DAY, lang="en")
    cg.accept_declarations(workspace, decide(difference, place / "diff.xlsx"))
    cg.build(workspace)
    return workspace, form, difference


def test_each_answer_is_told_with_what_is_known_and_who_says_so(
    circle: tuple[Path, Path, Difference],
) -> None:
    _, _, difference = circle
    assert not difference.faults
    told = [(c.status, c.thing, c.field, c.before, c.known, c.by, c.says) for c in difference.changes]
    partners = "Kind: memorandum; Partners: Madrid, ES; Signed: 2017; Programme: Andean exchange"
    assert told == [
        ("contested", "Lima", "Inhabitants", "7737002", "7737002", "City of Quito", "10092000"),
        ("new", "Union of Ibero-American Capital Cities", "Since", "", "", "", "1982-10"),
        ("confirmed", "Memorandum of Lima and Madrid", "(the whole row)", "", "", "", partners),
        ("contested", "Twinning of Lima and Quito", "Signed", "1999-05-04", "1999-05-04", "City of Quito",
         "1998"),
        ("new", "Twinning of Lima and Quito", "Remark", "", "", "", "El original está en el archivo"),
        ("new", "Convenio con Cusco", "(the whole row)", "", "", "",
         "Agreement: Convenio con Cusco; Kind: memorandum; Partners: Cusco; Signed: 2024-03-01"),
        ("removed", "Course on water", "(the whole row)", "", "", "", "not so"),
        ("new", "Visit to Quito", "Did your city give?", "unknown", "unknown", "City of Quito", "yes"),
        ("new", "Visit to Quito", "SDGs", "11", "11", "City of Quito", "13.1"),
        ("new", SOUGHT, "(the whole row)", "", "", "", f"We seek: {SOUGHT}; What exactly: Alertas tempranas"),
        ("contested", "Memorandum of Lima and Madrid", "Amount", "100000", "100000", "The Press",
         "Amount: 120000"),
        ("new", "Convenio con Cusco", "(the whole row)", "", "", "",
         "For which agreement or action: Convenio con Cusco; Kind: planned; Amount: 5000.5; Currency: PEN; "
         "How it is meant: about"),
    ]  # fmt: skip


def test_the_citys_word_stands_beside_the_others(circle: tuple[Path, Path, Difference]) -> None:
    workspace, _, _ = circle
    with cg.open(workspace) as release:
        sources = {row["source"]: row for row in release.table("sources").to_pylist()}
        (own,) = [iri for iri in sources if "/declared-lima-" in iri]
        assert sources[own]["publisher"] == "Oficina de Lima"
        assert sources[own]["title"] == "Autodeclaración de Lima, recibida el 2026-11-27"
        assert str(sources[own]["retrieved"]) == "2026-11-27"
        stated = {
            (s.predicate.rsplit("/", 1)[-1].rsplit("#", 1)[-1], s.object.split("^")[0], s.source == own)
            for s in release.evidence(f"{ID}agreement/lima-quito").statements
        }
        assert ("signedOn", '"1999-05-04"', False) in stated
        assert ("signedOn", '"1998"', True) in stated
        assert ("note", '"El original está en el archivo"@es', True) in stated
        rows = release.evidence(f"{ID}agreement/lima-quito").rows
        assert [(row.file.rsplit("/", 1)[-1], row.row) for row in rows] == [
            ("agreements", 2),
            ("declared-agreements", 3),
            ("declared-agreements", 4),
        ]
        signed = {
            row["agreement"].rsplit("/", 1)[-1]: row["signed"]
            for row in release.table("agreements").to_pylist()
        }
        assert len(signed) == 3
        assert sorted(signed.values()) == ["1998", "2017", "2024-03-01"]
        (part,) = [
            row
            for row in release.table("participations").to_pylist()
            if row["event"].endswith("/visit") and row["city"].endswith("/lima")
        ]
        assert (part["contributes"], part["benefits"]) == (True, True)
        assert sorted(sdg.rsplit("/", 1)[-1] for sdg in part["sdgs"]) == ["11", "13", "13.1"]  # 13 by rule
        denied = {s.object for s in release.evidence(f"{ID}action/course").statements}
        assert '"La oficina de Lima dice que esto no es así."@es' in denied


def test_a_contested_amount_is_a_figure_of_its_own(circle: tuple[Path, Path, Difference]) -> None:
    workspace, _, _ = circle
    with cg.open(workspace) as release:
        money = sorted(
            (str(row["amount"]), row["currency"], plain(row["qualifier"]), plain(row["source"][0])[:13])
            for row in release.table("money").to_pylist()
        )
    assert money == [
        ("100000.00", "EUR", "exact", "press"),
        ("120000.00", "EUR", "exact", "declared-lima"),
        ("5000.50", "PEN", "about", "declared-lima"),
    ]


def test_the_form_is_a_source_that_check_one_sided_knows(circle: tuple[Path, Path, Difference]) -> None:
    workspace, _, _ = circle
    with cg.open(workspace) as release:
        told = cg.one_sided(release)
        found = cg.declared(release).records("review")
    assert (told.basis.ties, told.basis.unasked, told.table.num_rows) == (4, 4, 0)
    assert "one-sided" not in {row["kind"] for row in found}, "nobody but Lima was asked"


def test_what_a_city_contests_is_told_by_declared(circle: tuple[Path, Path, Difference]) -> None:
    workspace, _, _ = circle
    with cg.open(workspace) as release:
        found = {(row["kind"], row["values"]) for row in cg.declared(release).records("review")}
        review = cg.declared(release).table("review")
        rows = {row.cells[1]: row for row in review.rows}
        places = [(row.title, row.row) for row in release.evidence(f"{ID}action/course").rows]
    assert ("signed-differs", "1998; 1999-05-04") in found
    assert ("amounts-differ", "100000; 120000") in found
    assert ("population-differs", "10092000; 7737002") in found
    about, _, what, values, said = rows["denied"].cells[:5]
    assert (about, what, values) == ((f"{ID}action/course",), None, "yes; no")
    assert said == "yes: Newspaper; no: Autodeclaración de Lima, recibida el 2026-11-27"
    assert rows["denied"].evidence == (f"{ID}action/course",)
    assert places == [("actions.csv", 3), ("actions.csv", 2)]  # the denial is a row of declarations/


def test_a_denial_is_judged_and_kept(circle: tuple[Path, Path, Difference], tmp_path: Path) -> None:
    workspace, review = Path(shutil.copytree(circle[0], tmp_path / "three")), tmp_path / "review.xlsx"
    assert main(["declared", "-w", str(workspace), "-o", str(review)]) == 0
    book = load_workbook(review)
    (row,) = (row for row in book.worksheets[0].iter_rows() if row[1].value == "denied by the city itself")
    row[5].value, row[8].value, row[9].value = "same", "Ana", "2026-12-01"
    book.save(review)
    with cg.open(workspace) as release:
        with pytest.raises(SourceError) as caught:
            cg.declared(release, judgements=review)
        assert "has 'same', expected stands." in str(caught.value)
        row[5].value, row[6].value = None, "no"
        book.save(review)
        told = cg.declared(release, judgements=review)
    assert "denied" not in {one["kind"] for one in told.records("review")}
    (kept,) = told.records("judged")
    assert (kept["kind"], kept["judgement"], kept["stands"], kept["who"]) == ("denied", "stands", "no", "Ana")


def test_what_a_city_seeks_makes_it_one_that_needs_it(
    circle: tuple[Path, Path, Difference], tmp_path: Path
) -> None:
    workspace, _, _ = circle
    with cg.open(workspace) as release:
        (need,) = cg.find_partners(release, sdg="13.1").table("needs").rows
        assert need.cells[0] == f"{ID}city/lima"
        assert need.cells[-2:] == (("http://metadata.un.org/sdg/13.1",), "Alertas tempranas")
        (own,) = (iri for iri in need.evidence if "/interest/" in iri)
        assert own.startswith(f"{ID}interest/lima-13-1-")
        assert [(row.title, row.row) for row in release.evidence(own).rows] == [("interests.csv", 2)]
        words = vocabulary_of(release, "en")
        (row,) = form_of(release, f"{ID}city/lima", words).rows["interests"]
        assert (row.iri, row.cells["seeks"].text, row.cells["offers"].text) == (own, SOUGHT, "")
        assert (row.cells["words"].text, row.cells["words"].beside[0]) == ("Alertas tempranas", "[")
        (form,) = cg.write_forms(release, tmp_path, "Lima", lang="es")
        filling = Filling(form)
        filling.put("Buscamos y ofrecemos", 0, seeks="13.1", offers="13")
        (again,) = cg.declaration_diff(release, filling.save(tmp_path / "b.xlsx"), received=DAY).changes
        assert (again.status, again.remark) == ("new", f"may be the same as: {SOUGHT}")
    written = (workspace / "declarations" / "interests.csv").read_text("utf-8").splitlines()
    assert written[0] == "source_id,iri,city,seeks,offers,words,note,denied_by,denied_value,lang,stated_in"
    assert written[1].endswith(',Alertas tempranas,,,,es,"Buscamos y ofrecemos, 5"')


def test_what_is_sought_is_chosen_from_goals_targets_and_lines(
    release: cg.Release, filling: Filling, tmp_path: Path
) -> None:
    names = vocabulary_of(release, "en").choices("subject")
    assert (names[0], names[-1], len(names)) == ("1 No poverty anywhere", "institutional strengthening", 191)
    sheet = "Buscamos y ofrecemos"
    offered = {
        str(each.sqref): each.formula1 for each in filling.sheet(sheet).data_validations.dataValidation
    }
    assert offered["B5:B19"] == offered["D5:D19"] == "'Listas'!$F$2:$F$192"
    filling.put(sheet, 5, words="sin decir qué")
    filling.put(sheet, 6, seeks="18")
    filling.put(sheet, 7, seeks="13.1", offers="igualdad de género")
    filling.put(sheet, 8, offers="Igualdad de Género")
    found = cg.declaration_diff(release, filling.save(tmp_path / "lima.xlsx"), received=DAY)
    assert [(fault.line, fault.column) for fault in found.faults] == [
        (5, "Buscamos / Ofrecemos"),
        (6, "Buscamos"),
    ]
    assert [(change.thing, change.says) for change in found.changes] == [
        (SOUGHT, f"We seek: {SOUGHT}; We offer: gender equality"),
        ("gender equality", "We offer: gender equality"),
    ]


def test_nothing_that_was_there_is_changed(three: Path, circle: tuple[Path, Path, Difference]) -> None:
    workspace, _, _ = circle
    for path in three.glob("*.csv"):
        assert (workspace / path.name).read_bytes() == path.read_bytes()
    before = (three / "coopgraph.toml").read_text("utf-8")
    assert (workspace / "coopgraph.toml").read_text("utf-8").startswith(before.rstrip("\n"))


def test_accepting_again_adds_nothing_on_another_day_either(
    circle: tuple[Path, Path, Difference], release: cg.Release, tmp_path: Path
) -> None:
    workspace, form, _ = circle
    before = {path: path.read_bytes() for path in sorted((workspace / "declarations").rglob("*.*"))}
    later = cg.declaration_diff(release, form, received=date(2026, 12, 24), lang="en")
    done = cg.accept_declarations(workspace, decide(later, tmp_path / "diff.xlsx"))
    assert (done.accepted, done.rows, done.files) == (12, {}, ())
    assert {path: path.read_bytes() for path in sorted((workspace / "declarations").rglob("*.*"))} == before


def test_what_was_accepted_and_built_is_not_told_again(circle: tuple[Path, Path, Difference]) -> None:
    workspace, form, _ = circle
    with cg.open(workspace) as release:
        again = cg.declaration_diff(release, form, received=DAY)
    assert again.changes == ()
    assert again.taken == 12


def test_a_city_may_change_its_own_word(circle: tuple[Path, Path, Difference], tmp_path: Path) -> None:
    workspace, _, _ = circle
    with cg.open(workspace) as release:
        (form,) = cg.write_forms(release, tmp_path, "Lima", lang="es")
        filling = Filling(form)
        filling.put("Redes", "ucci/lima", since="1982-11")
        difference = cg.declaration_diff(release, filling.save(tmp_path / "b.xlsx"), received=DAY)
    assert [(c.status, c.known, c.says) for c in difference.changes] == [("changed", "1982-10", "1982-11")]


def test_only_what_is_accepted_is_taken(
    release: cg.Release, filling: Filling, workspace: Path, tmp_path: Path
) -> None:
    form = answered(filling, tmp_path / "lima.xlsx")
    difference = cg.declaration_diff(release, form, received=DAY)
    diff = tmp_path / "diff.csv"
    diff.write_bytes(diff_file(difference, "csv"))
    rows = list(csv.DictReader(diff.read_text("utf-8-sig").splitlines()))
    for row in rows:
        row["accept"] = {"Inhabitants": "yes", "Since": "no"}.get(row["field"], "")
    with diff.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    done = cg.accept_declarations(workspace, diff)
    assert (done.accepted, done.refused, done.undecided) == (1, 1, 10)
    assert done.rows == {"sources": 1, "cities": 1}
    assert "10092000" in (workspace / "declarations" / "cities.csv").read_text("utf-8")


def test_a_value_that_is_struck_out_is_denied_and_the_row_is_not(
    release: cg.Release, filling: Filling, tmp_path: Path
) -> None:
    filling.put("Redes", "ucci/lima", role=None)
    (change,) = cg.declaration_diff(release, filling.save(tmp_path / "a.xlsx"), received=DAY).changes
    (row,) = rows_of([change.deed])["memberships"]
    assert (change.status, row["denied_by"], row["denied_value"]) == ("removed", "", "Papel: miembro")
    assert (row["city"], row["role"]) == ("", "")


def test_an_amount_that_the_city_means_otherwise_is_one_of_its_own(
    release: cg.Release, filling: Filling, tmp_path: Path
) -> None:
    filling.put("Dinero", "money/grant", qualifier="como máximo")
    (change,) = cg.declaration_diff(release, filling.save(tmp_path / "a.xlsx"), received=DAY).changes
    assert (change.status, change.field, change.known, change.says) == (
        "contested", "How it is meant", "exact", "How it is meant: at most"
    )  # fmt: skip
    assert change.deed.is_new and change.deed.states["amount"] == ("100000",)
    assert plain(change.deed.states["qualifier"][0]) == "at-most"


def test_a_table_of_before_a_column_was_added_grows(
    circle: tuple[Path, Path, Difference], release: cg.Release, filling: Filling, tmp_path: Path
) -> None:
    workspace = Path(shutil.copytree(circle[0], tmp_path / "three"))
    table = workspace / "declarations" / "money.csv"
    mapping = workspace / "declarations" / "mappings" / "money.yml"
    ours = mapping.read_text("utf-8")
    rows = list(csv.DictReader(table.read_text("utf-8").splitlines()))
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [key for key in rows[0] if key != "qualifier"], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    older = "".join(line for line in ours.splitlines(True) if "qualifier" not in line)
    mapping.write_text(older.replace("coop:payee", "coop:payer"), "utf-8")
    filling.put("Dinero", "money/grant", qualifier="como máximo")
    diff = decide(
        cg.declaration_diff(release, filling.save(tmp_path / "a.xlsx"), received=DAY), tmp_path / "d.xlsx"
    )
    with pytest.raises(ConfigError) as edited:
        cg.accept_declarations(workspace, diff)
    assert edited.value.faults[0].fix == "Add to it: - [coop:qualifier, $(qualifier)~iri]"
    mapping.write_text(older, "utf-8")
    assert cg.accept_declarations(workspace, diff).rows == {"sources": 1, "money": 1}
    assert mapping.read_text("utf-8") == ours
    grown = list(csv.DictReader(table.read_text("utf-8").splitlines()))
    assert [row | {"qualifier": ""} for row in rows] == grown[:-1]
    assert plain(grown[-1]["qualifier"]) == "at-most"


def test_an_edited_diff_is_refused_row_by_row(
    release: cg.Release, filling: Filling, workspace: Path, tmp_path: Path
) -> None:
    form = answered(filling, tmp_path / "lima.xlsx")
    diff = decide(cg.declaration_diff(release, form, received=DAY), tmp_path / "diff.xlsx")
    book = load_workbook(diff)
    sheet = book.worksheets[0]
    columns = {str(cell.value): int(cell.column or 0) for cell in sheet[1]}
    sheet.cell(3, columns["says"]).value = "99"
    sheet.cell(4, columns["accept"]).value = "perhaps"
    book.save(diff)
    with pytest.raises(SourceError) as caught:
        cg.accept_declarations(workspace, diff)
    assert [(f.line, f.column) for f in caught.value.faults] == [(3, "says"), (4, "accept")]
    assert not (workspace / "declarations").exists()


def test_a_workspace_that_cannot_take_it_stays_as_it_was(
    release: cg.Release, filling: Filling, workspace: Path, tmp_path: Path
) -> None:
    diff = decide(
        cg.declaration_diff(release, answered(filling, tmp_path / "a.xlsx"), received=DAY),
        tmp_path / "d.xlsx",
    )
    toml = workspace / "coopgraph.toml"
    toml.write_text(toml.read_text("utf-8") + '\n[sources.broken]\npath = "nowhere.csv"\n', "utf-8")
    before = {path: path.read_bytes() for path in workspace.rglob("*.*") if path.is_file()}
    with pytest.raises(ConfigError):
        cg.accept_declarations(workspace, diff)
    assert {path: path.read_bytes() for path in workspace.rglob("*.*") if path.is_file()} == before


def test_the_contact_is_in_no_release_and_no_export(
    circle: tuple[Path, Path, Difference], tmp_path: Path
) -> None:
    workspace, form, difference = circle
    from coopgraph.forms.contacts import keep_contacts
    from coopgraph.release.graph import read_graph

    (returned,) = cg.read_forms(form)
    assert returned.contact is not None
    assert (returned.contact.name, returned.contact.email) == ("Juana Quispe", "juana.quispe@example.org")
    (workspace / ".gitignore").write_text("*.tmp", "utf-8")
    keep_contacts(workspace, [returned.contact])
    keep_contacts(workspace, [returned.contact])
    assert (workspace / "contacts" / "contacts.csv").read_text("utf-8").count("Juana Quispe") == 1
    assert (workspace / ".gitignore").read_text("utf-8") == "*.tmp"
    assert (workspace / "contacts" / ".gitignore").read_text("utf-8") == "*\n"
    cg.build(workspace)
    with cg.open(workspace) as release:
        graph = b"".join(read_graph(release.directory))
        cg.export(release, tmp_path / "all.ttl")
        cg.export(release, tmp_path / "all.xlsx")
        cg.export(release, tmp_path / "all.sqlite")
    texts = [graph, (tmp_path / "all.ttl").read_bytes(), (tmp_path / "all.sqlite").read_bytes()]
    texts += [str(row).encode() for sheet in load_workbook(tmp_path / "all.xlsx") for row in sheet.values]
    texts += [diff_file(difference, fmt) for fmt in ("csv", "json")]
    texts += [path.read_bytes() for path in (workspace / "declarations").rglob("*.*")]
    assert not [text for text in texts if b"Juana" in text or b"juana" in text]
