"""The command as a user runs it, and a workspace that has been built."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from coopgraph.cli import main


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str


Command = Callable[..., Done]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Command:
    """Run a command and return its exit code and what it wrote."""

    def command(*words: str | Path) -> Done:
        capfd.readouterr()
        code = main([str(word) for word in words])
        out, err = capfd.readouterr()
        return Done(code, out, err)

    return command


TABLES = {
    "cities.csv": "id,name,country\nlima,Lima,PE\nquito,Quito,EC\nla-paz,La Paz,BO\n",
    "actions.csv": "id,title,start\nvisit,Visit,2017-05-31\nworkshop,Workshop,2018\n",
    "participations.csv": (
        "action,city,contributes,benefits\n"
        "visit,lima,yes,no\nvisit,quito,no,yes\nworkshop,lima,yes,yes\nworkshop,quito,yes,yes\nworkshop,la-paz,unknown,yes\n"
    ),
}
SETTINGS = """
[workspace]
title = "Three cities"
base = "https://example.org/"
[sources.cities]
path = "cities.csv"
mapping = "cities.yml"
source_id = "test"
[sources.actions]
path = "actions.csv"
mapping = "actions.yml"
source_id = "test"
[sources.participations]
path = "participations.csv"
mapping = "participations.yml"
source_id = "test"
"""
MAPPINGS = {
    "cities.yml": """
mappings:
  city:
    s: id:city/$(id)
    po:
      - [a, coop:City]
      - [skos:prefLabel, $(name), en~lang]
      - [coop:country, country:$(country)~iri]
""",
    "actions.yml": """
mappings:
  action:
    s: id:action/$(id)
    po:
      - [a, coop:Action]
      - [skos:prefLabel, $(title), en~lang]
      - [schema:startDate, $(start), dcterms:W3CDTF]
""",
    "participations.yml": """
mappings:
  participation:
    s: id:participation/$(action)/$(city)
    po:
      - [a, coop:Participation]
      - [coop:event, id:action/$(action)~iri]
      - [coop:participant, id:city/$(city)~iri]
      - [coop:contributes, concept:answer/$(contributes)~iri]
      - [coop:benefits, concept:answer/$(benefits)~iri]
""",
}


def write_small(place: Path) -> Path:
    """Write the workspace of three cities into a folder."""
    place.mkdir(exist_ok=True)
    for name, text in {**TABLES, **MAPPINGS, "coopgraph.toml": SETTINGS}.items():
        (place / name).write_text(text, encoding="utf-8")
    return place


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A workspace of three cities, not built, to change."""
    return write_small(tmp_path / "small")
