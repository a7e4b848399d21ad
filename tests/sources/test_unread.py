"""Columns that no mapping reads are told, those about rights as a warning."""

from __future__ import annotations

from pathlib import Path

import coopgraph as cg
from coopgraph.errors import Fault

HEADS = "[workspace]\ntitle = 'Unread'\n"
SOURCE = "[sources.{0}]\npath = 'cities.csv'\nmapping = '{0}.yml'\n"
MAPPING = "mappings:\n  city:\n    s: id:city/$(id)\n    po:\n      - [a, coop:City]\n"
LABEL = "      - [skos:prefLabel, $(name)]\n      - [coop:country, country:$(country)~iri]\n"


def remarks(home: Path, header: str, *, more: str = "", settings: str = "") -> list[Fault]:
    """What is said of a table of one city."""
    (home / "cities.csv").write_text(f"{header}\n{','.join(['lima', 'Lima', 'PE', 'x', 'y', 'z'])}\n")
    (home / "one.yml").write_text(MAPPING + LABEL)
    (home / "two.yml").write_text(MAPPING + more)
    sources = SOURCE.format("one") + settings + (SOURCE.format("two") if more else "")
    (home / "coopgraph.toml").write_text(HEADS + sources)
    return [fault for fault in cg.check(home).faults if "no mapping" in fault.what]


def test_rights_are_a_warning_and_the_rest_is_told_in_one_remark(tmp_path: Path) -> None:
    warned, told = remarks(tmp_path, "id,name,country,access,mayor,phone")
    assert (warned.severity, told.severity) == ("warning", "info")
    assert warned.what.startswith("Column 'access' is read by no mapping")
    assert told.what == "Columns 'mayor', 'phone' are read by no mapping: that is not in the release."
    assert (told.file, told.line) == ("cities.csv", None)


def test_what_a_second_mapping_of_the_file_or_a_key_reads_is_not_told(tmp_path: Path) -> None:
    more = "      - [skos:note, $(access)]\n      - [skos:note, $(mayor)]\n"
    assert (
        remarks(tmp_path, "id,name,country,access,mayor,phone", more=more, settings="key = ['phone']\n") == []
    )
