"""Forms that come back damaged: everything is told with its place and what to do, nothing breaks."""

from __future__ import annotations

import random
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

import coopgraph as cg
from coopgraph.errors import SourceError
from coopgraph.forms.change import Difference
from tests.forms.conftest import Filling

DAY = date(2026, 11, 27)


def compared(release: cg.Release, *forms: Path) -> Difference:
    return cg.declaration_diff(release, *forms, received=DAY)


def test_every_fault_of_a_form_is_told_at_once(release: cg.Release, filling: Filling, tmp_path: Path) -> None:
    filling.put("Ciudad", "city/lima", population="many")
    filling.put("Redes", "ucci/lima", since="200l", role="rey")
    filling.put("Acuerdos", "lima-quito", signed="05/06/1999", title="Otro título", confirm="quizás")
    filling.put("Acuerdos", "lima-madrid", partners="Madird", end="2016")
    filling.put("Acuerdos", "lima-madrid", start="2018")
    filling.put("Acuerdos", 0, title="Sin tipo", partners="Madrid, ES")
    filling.put("Acciones", 0, title="Taller", sdgs="99", contributes="tal vez", partners="Lima, PE")
    filling.put("Dinero", 0, about="nada", kind="concedido", amount="1.250,00 €", currency="euros")
    filling.put("Dinero", "money/grant", remark="ask jane@example.org")
    form = filling.save(tmp_path / "lima.xlsx")
    found = compared(release, form)
    assert found.changes == ()
    told = [(f.file, f.line, f.column, f.what) for f in found.faults]
    assert told == [
        ("lima.xlsx [Ciudad]", 5, "Habitantes", "has 'many', which is no whole number."),
        ("lima.xlsx [Redes]", 5, "Papel", "has 'rey', which is not known."),
        ("lima.xlsx [Redes]", 5, "Desde", "has '200l', which is no date."),
        ("lima.xlsx [Acuerdos]", 5, "Socios", "has 'Madird', which is not known."),
        ("lima.xlsx [Acuerdos]", 5, None, "the end 2016 lies before the start 2018."),
        ("lima.xlsx [Acuerdos]", 6, "¿Es correcta la fila?", "has 'quizás'."),
        ("lima.xlsx [Acuerdos]", 6, "Acuerdo", "says what the row is about and cannot be changed."),
        ("lima.xlsx [Acuerdos]", 6, "Firmado", "has '05/06/1999', which may be two days."),
        ("lima.xlsx [Acuerdos]", 7, "Tipo", "is empty."),
        ("lima.xlsx [Acciones]", 7, "¿Aportó su ciudad?", "has 'tal vez', which is not known."),
        ("lima.xlsx [Acciones]", 7, "Otras ciudades participantes", "names nobody but the city itself."),
        ("lima.xlsx [Acciones]", 7, "ODS", "has '99', which is not known."),
        ("lima.xlsx [Dinero]", 5, "Observación", "holds an e-mail address or a telephone number."),
        ("lima.xlsx [Dinero]", 6, "De qué acuerdo o acción", "has 'nada', which is not known."),
        ("lima.xlsx [Dinero]", 6, "Importe", "has '1.250,00 €', which is no amount."),
        ("lima.xlsx [Dinero]", 6, "Moneda", "has 'euros', which is no currency."),
    ]
    assert all(fault.fix for fault in found.faults)


def test_the_name_of_who_filled_it_in_is_refused_anywhere_else(
    release: cg.Release, filling: Filling, tmp_path: Path
) -> None:
    filling.sheet("Contacto")["C3"] = "Juana Quispe"
    filling.put("Acuerdos", "lima-quito", remark="Pregunten a JUANA  Quispe.", signed="1998")
    filling.put("Acciones", "action/visit", role="Quispe, Juana")
    filling.put("Redes", 0, network="Red de Juana Quispe")
    filling.put("Acuerdos", "lima-madrid", remark="La familia Quispe-Juanario lo firmó")
    found = compared(release, filling.save(tmp_path / "lima.xlsx"))
    assert [(f.file, f.line, f.column) for f in found.faults] == [
        ("lima.xlsx [Redes]", 6, "Red"),
        ("lima.xlsx [Acuerdos]", 6, "Observación"),
        ("lima.xlsx [Acciones]", 6, "Papel de su ciudad"),
    ]
    assert [change.says for change in found.changes] == ["La familia Quispe-Juanario lo firmó", "1998"]


def test_what_is_gone_is_not_struck_out(release: cg.Release, filling: Filling, tmp_path: Path) -> None:
    del filling.book["Acciones"]
    sheet = filling.sheet("Acuerdos")
    sheet.delete_cols(filling.columns("Acuerdos")["kind"])
    found = compared(release, filling.save(tmp_path / "lima.xlsx"))
    assert found.changes == ()
    assert [fault.what for fault in found.faults] == [
        "the column “Kind” is gone; nothing in it counts as struck out.",
        "the sheet “Acciones” is gone; nothing in it counts as struck out.",
    ]


def test_a_deleted_row_is_struck_out(release: cg.Release, filling: Filling, tmp_path: Path) -> None:
    filling.sheet("Acuerdos").delete_rows(filling.row_of("Acuerdos", "lima-quito"))
    found = compared(release, filling.save(tmp_path / "lima.xlsx"))
    assert [(c.status, c.thing) for c in found.changes] == [("removed", "Twinning of Lima and Quito")]


def test_moved_renamed_and_inserted_makes_no_difference(
    release: cg.Release, filling: Filling, tmp_path: Path
) -> None:
    sheet = filling.sheet("Acuerdos")
    sheet.title = "Our agreements"
    sheet.insert_rows(6, 3)
    columns = filling.columns("Our agreements")
    for column in range(2, sheet.max_column + 1):
        sheet.cell(3, column).value = "?"
    sheet.cell(7, columns["title"]).value = "Nuevo"
    sheet.cell(7, columns["kind"]).value = "memorandum"  # in another language
    sheet.cell(7, columns["partners"]).value = "quito"
    sheet.cell(7, columns["signed"]).value = datetime(2020, 2, 3)
    filling.book.move_sheet("Dinero", -4)
    found = compared(release, filling.save(tmp_path / "lima.xlsx"))
    assert not found.faults
    (change,) = found.changes
    assert change.place == "Our agreements, 7"
    assert "Signed: 2020-02-03" in change.says
    assert "Partners: Quito, EC" in change.says


def test_the_same_thing_twice_is_told(release: cg.Release, filling: Filling, tmp_path: Path) -> None:
    sheet = filling.sheet("Acuerdos")
    for column in range(1, sheet.max_column + 1):
        sheet.cell(9, column).value = sheet.cell(5, column).value
    filling.put("Acuerdos", 7, title="Twinning of Lima and Quito", kind="twinning", partners="Quito, EC")
    filling.put("Redes", 0, network="UCCI")
    found = compared(release, filling.save(tmp_path / "lima.xlsx"))
    assert [fault.what for fault in found.faults] == [
        "is a copy of row 5: both have one technical id.",
        "is about what stands in another row already.",
    ]
    assert [change.remark for change in found.changes] == ["may be the same as: Twinning of Lima and Quito"]


def test_a_form_of_another_city_version_or_workspace(
    release: cg.Release, blank: Path, tmp_path: Path
) -> None:
    def changed(name: str, key: str, value: str) -> Path:
        filling = Filling(blank)
        for row in filling.sheet("_coopgraph").iter_rows():
            if row[0].value == key:
                row[1].value = value
        return filling.save(tmp_path / name)

    filling = Filling(blank)
    filling.sheet("Ciudad")["A5"] = "https://w3id.org/coopgraph/id/city/quito"
    del (without := Filling(blank)).book["_coopgraph"]
    other = Workbook()
    other.save(tmp_path / "other.xlsx")
    (tmp_path / "empty.xlsx").write_bytes(b"")
    found = compared(
        release,
        filling.save(tmp_path / "copied.xlsx"),
        without.save(tmp_path / "bare.xlsx"),
        tmp_path / "other.xlsx",
        tmp_path / "empty.xlsx",
        changed("old.xlsx", "version", "0"),
        changed("away.xlsx", "base", "https://example.org/"),
        changed("nowhere.xlsx", "city", "https://w3id.org/coopgraph/id/city/atlantis"),
    )
    assert found.changes == ()
    told = {fault.file: fault.what for fault in reversed(found.faults)}
    assert told["copied.xlsx [Ciudad]"] == "is the row of another city's form."
    assert told["bare.xlsx"] == "is no form of coopgraph, or its hidden sheet was deleted."
    assert told["other.xlsx"] == "is no form of coopgraph, or its hidden sheet was deleted."
    assert told["empty.xlsx"] == "is empty."
    assert told["old.xlsx"] == "is a form of version 0; this coopgraph reads version 1."
    assert told["away.xlsx"] == "is a form of another workspace: https://example.org/"
    assert told["nowhere.xlsx"] == "is the form of Lima, a city this release does not have."


def test_a_slip_of_the_pen_is_told_beside_what_it_may_be(
    release: cg.Release, filling: Filling, tmp_path: Path
) -> None:
    filling.put("Acuerdos", "lima-madrid", partners="Madrid, ES; Madird, ES")
    (change,) = compared(release, filling.save(tmp_path / "lima.xlsx")).changes
    assert change.remark == "named for the first time: Madird; may be the same as: Madrid, ES"


@pytest.mark.parametrize("tens", range(5))
def test_fifty_mutants_end_in_words(release: cg.Release, blank: Path, tmp_path: Path, tens: int) -> None:
    forms = [tmp_path / f"{tens}{ones}.xlsx" for ones in range(10)]
    for seed, form in enumerate(forms, start=10 * tens):
        damage = (_tear, _rewrite_xml, _scribble, _scribble, _scribble)[seed % 5]
        damage(blank, form, random.Random(seed))
    found = compared(release, *forms)
    assert len({(fault.file or "")[:7] for fault in found.faults}) > 5
    assert all(fault.what and fault.fix for fault in found.faults)


def _tear(blank: Path, form: Path, random_: random.Random) -> None:
    """Change, cut or repeat bytes of the file."""
    content = bytearray(blank.read_bytes())
    for _ in range(random_.randint(1, 20)):
        content[random_.randrange(len(content))] = random_.randrange(256)
    form.write_bytes(bytes(content[: random_.randint(len(content) // 2, len(content))]))


def _rewrite_xml(blank: Path, form: Path, random_: random.Random) -> None:
    """Change the text of one part, in a zip that is whole."""
    with zipfile.ZipFile(blank) as before, zipfile.ZipFile(form, "w") as after:
        names = [name for name in before.namelist() if name.endswith(".xml")]
        chosen = random_.choice(names)
        for name in before.namelist():
            content = before.read(name)
            if name == chosen:
                at = random_.randrange(len(content))
                content = content[:at] + random_.choice([b"", b"<", b"&x;", b"9" * 40]) + content[at + 5 :]
            after.writestr(name, content)


def _scribble(blank: Path, form: Path, random_: random.Random) -> None:
    """Write anything into any cell, delete and insert rows, columns and sheets."""
    junk: list[object] = [
        None, "", " ", "x" * 40_000, "=1/0", "=A1", '{"a": 1}', -1, 1e300, 0.1, True, datetime(1900, 1, 1),
        "a\nb", ";;;", "Lima, PE", "#keys", "https://example.org/x", "sí", "no", "\u202eabc", "2017-13",
        "yes;no", "'", "city",
    ]  # fmt: skip
    book = load_workbook(blank)
    for _ in range(random_.randint(1, 60)):
        sheet = random_.choice(book.worksheets)
        row, column = random_.randint(1, sheet.max_row + 1), random_.randint(1, sheet.max_column + 1)
        act = random_.random()
        if act < 0.85:
            cell = sheet.cell(row, column)
            if type(cell).__name__ != "MergedCell":
                value = random_.choice(junk)
                cell.value = value[:32_000] if isinstance(value, str) else value  # type: ignore[assignment]
        elif act < 0.9:
            sheet.delete_rows(row)
        elif act < 0.95:
            sheet.insert_rows(row)
        elif act < 0.98:
            sheet.delete_cols(column)
        elif len(book.worksheets) > 2:
            book.remove(sheet)
    book.save(form)


def test_a_file_that_is_no_form_is_refused_by_read_forms(blank: Path, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"no")
    with pytest.raises(SourceError, match=r"a\.xlsx") as caught:
        cg.read_forms(blank, tmp_path / "a.xlsx", blank)
    assert [fault.file for fault in caught.value.faults] == ["a.xlsx", "lima.xlsx"]
