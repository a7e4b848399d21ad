"""The starter workspace: three languages, lists a city office can choose from, and it builds as it stands."""

from __future__ import annotations

import io
import re
import tomllib
from pathlib import Path
from typing import Literal

import pytest
from openpyxl import load_workbook

import coopgraph as cg
from coopgraph.sources.starter import starter_files, starter_tables, write_starter
from coopgraph.sources.starter_words import WORKBOOK

LANGUAGES = ("en", "es", "pt")
SCHEMES = {
    "sources.access": "access",
    "agreements.kind": "agreement-kind",
    "actions.strategic_line": "strategic-line",
    "participations.contributes": "answer",
    "participations.benefits": "answer",
    "interests.seeks_line": "strategic-line",
    "interests.offers_line": "strategic-line",
    "money.kind": "money-kind",
    "results.kind": "result-kind",
}


def test_everything_is_explained_in_three_languages() -> None:
    for table in starter_tables():
        for said in (table.about, *table.columns.values()):
            assert tuple(said) == LANGUAGES, table.name
            assert all(text.endswith((".", "?")) or text[-1].isalnum() for text in said.values())
        assert all(len(row) == len(table.header) for row in table.rows)
        assert table.about["en"] != table.about["es"] != table.about["pt"]


def test_every_choice_is_a_concept(root: Path) -> None:
    offered = {f"{t.name}.{column}": values for t in starter_tables() for column, values in t.choices.items()}
    assert offered.keys() == SCHEMES.keys()
    for place, values in offered.items():
        scheme = (root / "ontology" / "schemes" / f"{SCHEMES[place]}.ttl").read_text(encoding="utf-8")
        assert set(values) <= set(re.findall(r'skos:notation "([^"]+)"', scheme)), place


def test_every_column_is_read_and_every_reference_has_a_column(root: Path) -> None:
    for table in starter_tables():
        mapping = root / "src" / "coopgraph" / "starter" / "mappings" / f"{table.name}.yml"
        used = set(re.findall(r"\$\((\w+)\)", mapping.read_text(encoding="utf-8"))) - {"column"}
        assert used == set(table.header), table.name


def test_the_workbook_guides_who_fills_it_in() -> None:
    book = load_workbook(io.BytesIO(starter_files(title="Ours")[WORKBOOK]))
    assert book.sheetnames[:3] == ["read me", "léame", "leia-me"]
    for table in starter_tables():
        sheet = book[table.name]
        assert [cell.value for cell in sheet[1]] == list(table.header)
        lists = {str(each.sqref): str(each.formula1) for each in sheet.data_validations.dataValidation}
        assert len(lists) == len(table.choices) + len(table.suggestions)
        assert all(len(values) <= 255 for values in lists.values()), "Excel refuses longer lists"
        assert {cell.number_format for row in sheet.iter_rows(min_row=2) for cell in row} <= {"@"}
        assert len(table.rows) >= 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_readme_names_every_column(language: str) -> None:
    name = {"en": "README.md", "es": "LEEME.md", "pt": "LEIAME.md"}[language]
    text = starter_files(title="Ours")[name].decode()
    for table in starter_tables():
        assert f"## {table.name}" in text
        for column, said in table.columns.items():
            codes = ", ".join(f"`{code}`" for code in table.choices.get(column, ()))
            assert f"| `{column}` | {said[language]}{f' {codes}.' if codes else ''} |" in text


def test_both_kinds_of_tables_build_and_say_the_same(tmp_path: Path) -> None:
    kinds: tuple[Literal["xlsx", "csv"], ...] = ("xlsx", "csv")
    counts = []
    for read in kinds:
        write_starter(tmp_path / read, title="Ours", read=read)
        built = cg.build(tmp_path / read)
        assert [fault for fault in built.faults if fault.severity == "violation"] == []
        with cg.open(tmp_path / read) as release:
            counts.append(
                {
                    n: release.table(n).to_pylist()
                    for n in ("participations", "agreements", "money", "cities", "results")
                }
            )
    assert counts[0] == counts[1]
    assert len(counts[0]["participations"]) == 7
    assert [(row["result"].rsplit("/", 1)[1], row["of"].rsplit("/", 1)[1], row["actual"], row["unit"])
            for row in counts[0]["results"]] == [
        ("leaks-trained", "leak-detection", 38, "people"),
        ("river-plan", "river-parks", None, None),
    ]  # fmt: skip


def test_a_row_without_its_key_and_a_repeated_key_are_told(tmp_path: Path) -> None:
    write_starter(tmp_path / "ours", title="Ours", read="csv")
    for table in starter_tables():
        path = tmp_path / "ours" / "tables" / f"{table.name}.csv"
        row = list(table.rows[0])
        key = 2 if table.name in ("participations", "memberships") else 1
        other = [*row[:-1], "annual-report" if row[-1] != "annual-report" else "minutes-2023"]
        keyless = [*[""] * key, *row[key:]]
        lines = [",".join(f'"{cell}"' for cell in cells) for cells in (other, keyless)]
        path.write_text(path.read_text(encoding="utf-8") + "\n".join(lines) + "\n", encoding="utf-8")
    told = {(f.file, f.line) for f in cg.check(tmp_path / "ours").faults if f.severity == "violation"}
    for table in starter_tables():
        after = len(table.rows) + 1
        assert told >= {(f"{table.name}.csv", after + 1), (f"{table.name}.csv", after + 2)}, table.name


def test_the_workbook_is_read_by_the_same_keys() -> None:
    settings = {
        read: tomllib.loads(starter_files(title="Ours", read=read)["coopgraph.toml"].decode())["sources"]
        for read in ("xlsx", "csv")
    }
    for name, source in settings["xlsx"].items():
        assert source["key"] and source["key"] == settings["csv"][name]["key"], name


def test_two_cities_of_one_name_are_told_with_their_rows_and_can_be_judged(tmp_path: Path) -> None:
    write_starter(tmp_path / "ours", title="Ours", read="csv")
    cities = tmp_path / "ours" / "tables" / "cities.csv"
    cities.write_text(
        cities.read_text(encoding="utf-8") + "north-port,Northport,ES,,,,,annual-report,\n", encoding="utf-8"
    )

    def told() -> list[str]:
        return [str(f) for f in cg.check(tmp_path / "ours").faults if "may be one city" in f.what]

    assert told() == [
        "cities.csv, line 2: 'city/north-port' (cities.csv, line 5) and 'city/northport' are both called "
        "'northport' in ES and may be one city. "
        "Judge them in judgements.csv: city/north-port,city/northport,same or different,WHO,WHY."
    ]
    judgements = tmp_path / "ours" / "judgements.csv"
    judgements.write_text(judgements.read_text() + "city/northport,city/north-port,different,me,two ports\n")
    assert told() == []


def test_a_workbook_that_cannot_be_read_is_told_once(tmp_path: Path) -> None:
    write_starter(tmp_path / "ours", title="Ours")
    book = tmp_path / "ours" / WORKBOOK
    book.write_bytes(book.read_bytes()[:-500])
    with pytest.raises(cg.SourceError) as broken:
        cg.check(tmp_path / "ours")
    assert [fault.file for fault in broken.value.faults] == [WORKBOOK]
    book.unlink()
    with pytest.raises(cg.ConfigError) as missing:
        cg.check(tmp_path / "ours")
    (fault,) = missing.value.faults
    assert fault.fix and fault.fix.endswith("10 more sources name it too.")
