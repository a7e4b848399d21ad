"""Judgements applied and likely duplicates told; nothing is merged by itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest

from coopgraph.errors import SourceError
from coopgraph.namespaces import OWL, SKOS
from coopgraph.sources.identify import identify
from coopgraph.sources.judgements import read_judgements
from coopgraph.sources.workspace import Workspace

BASE = "https://example.org/"
CITIES = """
mappings:
  city:
    s: id:city/$(id)
    po:
      - [a, coop:City]
      - [skos:prefLabel, $(name), es~lang]
      - [skos:altLabel, $(other)]
      - [coop:country, country:$(country)~iri]
      - [coop:twin, id:city/$(twin)~iri]
"""
HEADER = "left,right,judgement,who,why\n"


@dataclass
class _Workspace:
    base: str
    judgements: tuple[Path, ...]


def told(bench: Any, cities: str, judgements: str | None = None) -> list[str]:
    bench.map(bench.read("cities.csv", "id,name,other,country,twin\n" + cities), CITIES)
    path = bench.write("judgements.csv", HEADER + judgements) if judgements is not None else None
    workspace = cast(Workspace, _Workspace(BASE, (path,) if path else ()))
    read, faults = read_judgements(workspace.judgements, BASE)
    return [f"{fault.severity}: {fault}" for fault in [*faults, *identify(workspace, read, bench.connection)]]


def test_same_replaces_right_by_left_everywhere_and_is_noted(bench: Any) -> None:
    found = told(bench, "a,La Paz,,BO,\nb,La Paz,,BO,\nc,Lima,,PE,b\n", "city/a,city/b,same,Ana,one city\n")
    assert found == ["info: judgements.csv, line 2: takes 'city/b' for 'city/a' in 4 statements."]
    a, b = f"<{BASE}id/city/a>", f"<{BASE}id/city/b>"
    provenance = f"<{BASE}graph/provenance>"
    about_b = {quad for quad in bench.quads() if b in quad}
    assert about_b == {(a, f"<{OWL}sameAs>", b, provenance)}
    note = f'"Judged to be the same as {BASE}id/city/b by Ana: one city"'
    assert (a, f"<{SKOS}editorialNote>", note, provenance) in bench.quads()
    assert {row[0] for row in bench.connection.table("origins").fetchall()} == {a, f"<{BASE}id/city/c>"}


def test_chains_lead_to_the_one_that_stays(bench: Any) -> None:
    told(bench, "a,x,,BO,\nb,y,,BO,\nc,z,,BO,\n", "city/b,city/c,same,,\ncity/a,city/b,same,,\n")
    assert {s for s, _, _, g in bench.quads() if "provenance" not in g} == {f"<{BASE}id/city/a>"}


def test_likely_duplicates_are_told_and_never_merged(bench: Any) -> None:
    cities = "a,San José,,CR,\nb,SAN JOSE,,CR,\nc,San Jose,,US,\nd,Otra,San-José,CR,\ne,,,CR,\nf,,,CR,\n"
    found = told(bench, cities, "city/b,city/d,different,,\n")
    assert found == [
        "warning: 'city/a' and 'city/b' are both called 'san jose' in CR and may be one city. "
        "Judge them in judgements.csv: city/a,city/b,same or different,WHO,WHY.",
        "warning: 'city/a' and 'city/d' are both called 'san jose' in CR and may be one city. "
        "Judge them in judgements.csv: city/a,city/d,same or different,WHO,WHY.",
    ]
    assert len({s for s, *_ in bench.quads()}) == 6


def test_an_id_that_is_nowhere_is_told(bench: Any) -> None:
    found = told(bench, "a,x,,BO,\n", "city/a,city/zzz,same,,\n")
    assert (
        found[-1]
        == "warning: judgements.csv, line 2: names 'city/zzz', which is nowhere in the data. Correct the id."
    )


@pytest.mark.parametrize(
    ("rows", "sentences"),
    [
        (
            "a,b,same,,\nb,a,same,,\n",
            [
                "j.csv, line 2: column 'left' goes in a circle: {b} -> {a} -> {b}. "
                "Decide which one stays, and have it only on the left.",
                "j.csv, line 3: column 'left' goes in a circle: {a} -> {b} -> {a}. "
                "Decide which one stays, and have it only on the left.",
            ],
        ),
        (
            "a,b,same,,\na,c,same,,\nb,c,different,,\n",
            [
                "j.csv, line 4: column 'judgement' says that '{b}' and '{c}' are different, "
                "but other rows make both '{a}'. Correct one of the rows."
            ],
        ),
        (
            "a,b,same,,\nb,a,different,,\n",
            [
                "j.csv, line 3: column 'judgement' says that '{b}' and '{a}' are different, "
                "but other rows make both '{a}'. Correct one of the rows."
            ],
        ),
        (
            "a,c,same,,\nb,c,same,,\n",
            [
                "j.csv, line 3: column 'right' has '{c}', which line 2 replaces by '{a}' already. "
                "Write the left of one as the right of the other: {a},{b},same."
            ],
        ),
        (
            "a,a,same,,\na,b,smae,,\n a b,c,same,,\n,c,same,,\n",
            [
                "j.csv, line 2: column 'right' has 'a', which is the left one itself. Remove the row.",
                "j.csv, line 3: column 'judgement' has 'smae', expected same or different. Did you mean "
                "'same'?",
                "j.csv, line 4: column 'left' has 'a b', expected an id like city/madrid or an IRI.",
                "j.csv, line 5: column 'left' has '', expected an id like city/madrid or an IRI.",
            ],
        ),
        ("a,b,same,,\na,b,same,again,\n", []),
    ],
)
def test_judgements_that_say_nothing_clear(tmp_path: Path, rows: str, sentences: list[str]) -> None:
    path = tmp_path / "j.csv"
    path.write_text(HEADER + rows)
    iris = {name: f"{BASE}id/{name}" for name in "abc"}
    _, faults = read_judgements([path], BASE)
    assert [str(fault) for fault in faults] == [sentence.format(**iris) for sentence in sentences]


def test_a_table_without_its_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "j.csv"
    path.write_text("left,right,verdict\na,b,same\n")
    with pytest.raises(SourceError) as caught:
        read_judgements([path], BASE)
    assert [str(fault) for fault in caught.value.faults] == [
        f"j.csv, line 1: has no column '{name}'. Its header must be left,right,judgement,who,why."
        for name in ("judgement", "who", "why")
    ]
