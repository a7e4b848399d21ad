"""Every row that a form is sent with can be confirmed, accepted and built."""

from __future__ import annotations

import csv
import hashlib
import shutil
from datetime import date
from functools import cache
from pathlib import Path

import pytest

import coopgraph as cg
from coopgraph.forms.decided import diff_file
from coopgraph.forms.fields import form_sheets
from coopgraph.forms.form import Form, form_of
from coopgraph.forms.known import known_of
from coopgraph.forms.returned import Returned, ReturnedRow, SentCell, SentRow
from coopgraph.forms.vocabulary import vocabulary_of
from coopgraph.forms.writing import cities_meant

DAY = date(2026, 11, 27)


def confirmed(form: Form) -> Returned:
    """Return a form as it comes back from a city that says yes to all of it."""
    sent: dict[tuple[str, str], SentRow] = {}
    rows: list[ReturnedRow] = []
    for key, sent_rows in form.rows.items():
        for number, row in enumerate(sent_rows, start=5):
            cells = {name: SentCell(cell.text, cell.codes) for name, cell in row.cells.items() if cell.text}
            sent[key, row.iri] = SentRow(row.other, cells)
            texts = {name: cell.text for name, cell in row.cells.items()}
            rows.append(ReturnedRow(key, key, number, row.iri, texts, "yes", ""))
    read = {sheet.key: frozenset(field.key for field in sheet.fields) for sheet in form_sheets()}
    digest = hashlib.sha256(form.city.encode()).hexdigest()
    return Returned(
        "form.xlsx", digest, form.city, form.name, form.lang, form.release, form.base, form.licence,
        sent, tuple(rows), read, None,
    )  # fmt: skip


def accept_all(workspace: Path, difference: cg.Difference, to: Path) -> None:
    """Say yes to every row of a diff."""
    text = diff_file(difference, "json").decode().replace('"accept": ""', '"accept": "yes"')
    to.write_text(text, "utf-8")
    cg.accept_declarations(workspace, to)


known = cache(known_of)


@pytest.fixture(scope="module")
def all_confirmed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, cg.Difference]:
    """The bundled workspace after every city said yes to every row of its form; not built yet."""
    place = tmp_path_factory.mktemp("confirming")
    workspace = Path(shutil.copytree(built, place / "data"))
    with cg.open(workspace) as release, pytest.MonkeyPatch.context() as patch:
        for user in ("form", "difference"):  # each city is looked up once, not twice
            patch.setattr(f"coopgraph.forms.{user}.known_of", known)
        words = vocabulary_of(release, "en")
        forms = [confirmed(form_of(release, city, words)) for city in cities_meant(release, ())]
        difference = cg.declaration_diff(release, *forms, received=DAY)
    accept_all(workspace, difference, place / "diff.json")
    return workspace, difference


def test_all_that_is_sent_can_be_confirmed_and_built(all_confirmed: tuple[Path, cg.Difference]) -> None:
    workspace, difference = all_confirmed
    assert not difference.faults
    assert {change.status for change in difference.changes} == {"confirmed"}
    cg.build(workspace)
    with cg.open(workspace) as release:
        rows = release.evidence("https://w3id.org/coopgraph/id/money/allas-grant").rows
    assert sorted(row.file.rsplit("/", 1)[-1] for row in rows) == ["declared-money"] * 10 + ["money"]
    with (workspace / "declarations" / "money.csv").open(encoding="utf-8", newline="") as file:
        about = [row["about"].split() for row in csv.DictReader(file) if row["iri"].endswith("/allas-grant")]
    assert {len(several) for several in about} == {2}  # a grant of an agreement and of an action


def test_a_workspace_whose_section_had_no_separators_is_mended(
    all_confirmed: tuple[Path, cg.Difference], tmp_path: Path
) -> None:
    workspace, difference = all_confirmed
    toml = workspace / "coopgraph.toml"
    whole = toml.read_text("utf-8")
    lines = '[sources.declared-money.columns]\nabout = { separator = " " }\n'
    assert whole.count(lines) == 1
    toml.write_text(whole.replace(lines, ""), "utf-8")
    accept_all(workspace, difference, tmp_path / "diff.json")
    assert toml.read_text("utf-8") == whole.replace(lines, "").rstrip("\n") + f"\n\n{lines}"
