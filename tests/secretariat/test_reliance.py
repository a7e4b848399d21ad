"""What a network depends on: worked by hand on a few events, by networkx from the bundled CSV files."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import coopgraph as cg
from coopgraph.cli import main
from coopgraph.errors import ProjectionError
from coopgraph.languages import LANGUAGES
from coopgraph.network.dependence.weak_points import Bridge, CutPoint, weak_points
from coopgraph.secretariat.dossier import Dossier

HEAD = """
@prefix : <https://example.org/id/city/> . @prefix e: <https://example.org/id/action/> .
@prefix n: <https://example.org/id/network/> . @prefix p: <https://example.org/id/part/> .
@prefix g: <https://example.org/id/programme/> . @prefix coop: <https://w3id.org/coopgraph/ns#> .
@prefix org: <http://www.w3.org/ns/org#> . @prefix schema: <https://schema.org/> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
EVENTS = {"x": "ab", "y": "abc", "z": "cd", "w": "de", "v": "fg", "u": "h"}


def action(name: str, cities: str, more: str = "") -> str:
    parts = " ".join(
        f"p:{name}{city} a coop:Participation ; coop:event e:{name} ; coop:participant :{city} ."
        for city in cities
    )
    return f'e:{name} a coop:Action ; skos:prefLabel "{name}"@en {more} .\n{parts}\n'


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Iterator[cg.Release]:
    """A triangle a, b, c; d and e hang on c; f and g apart; h in an event alone; i in none."""
    text = HEAD + "".join(
        f':{city} a coop:City ; skos:prefLabel "{city.upper()}"@en .\n' for city in "abcdefghi"
    )
    more = {
        "y": "; schema:organizer n:net",
        "z": "; dcterms:isPartOf g:prog",
        "w": "; schema:organizer n:net",
    }
    text += "".join(action(name, cities, more.get(name, "")) for name, cities in EVENTS.items())
    text += 'n:net a coop:Network ; skos:prefLabel "Net"@en . g:prog a coop:Programme .\n'
    text += "".join(
        f"p:m{city} a org:Membership ; org:member :{city} ; org:organization n:net .\n" for city in "ad"
    )
    file = tmp_path_factory.mktemp("reliance") / "few.ttl"
    file.write_text(text, encoding="utf-8")
    with cg.open(file) as opened:
        yield opened


def short(value: Any) -> Any:
    if isinstance(value, tuple):
        return "".join(map(short, value)) if value and "://" in value[0] else value
    return value.rsplit("/", 1)[-1] if isinstance(value, str) else value


def cells(told: Dossier, table: str) -> list[tuple[Any, ...]]:
    return [tuple(map(short, row.cells)) for row in told.table(table).rows]


def test_who_is_taken_away_by_rule_and_what_remains(release: cg.Release) -> None:
    told = cg.reliance(release)
    # Pairs: ab ac bc cd de fg. Betweenness: c stands on ad ae bd be; d on ae be ce. c has most partners too.
    assert cells(told, "remains") == [
        ("net", ("most-events",), "what-it-does", 2, 3, 3 / 6, 1, 3, 2),  # ac bc de go; e is alone; ab cd fg
        ("net", ("most-events",), "members-too", 4, 5, 1 / 6, 3, 1, 2),  # of a and d all goes; fg stays
        ("c", ("most-partners", "top-broker"), "what-it-does", 2, 3, 3 / 6, 0, 3, 2),  # ab de fg
        ("netc", ("all-of-these",), "what-it-does", 3, 4, 2 / 6, 2, 2, 2),  # ab fg; d and e alone
    ]
    assert [row[:4] for row in cells(told, "alone")] == [
        ("e", "net", "what-it-does", 1),
        ("b", "net", "members-too", 2),
        ("c", "net", "members-too", 3),
        ("e", "net", "members-too", 1),
        ("d", "netc", "what-it-does", 2),
        ("e", "netc", "what-it-does", 1),
    ]
    whole, broker = told.table("remains").notes
    assert whole.values == {"n": 6, "cities": 7, "groups": 2, "largest": 5}
    assert (short(broker.things["who"]), broker.values["partners"]) == ("c", 3)
    assert broker.values["score"] == round(4 / (7 * 6 / 2), 3), "4 of the 21 pairs of the 7 others of V"


def test_single_points_of_failure(release: cg.Release) -> None:
    told = cg.reliance(release, without=["D"])
    assert cells(told, "cuts") == [("c", 2, 1, "de"), ("d", 1, 1, "e")]
    assert [short(row.evidence) for row in told.table("cuts").rows] == ["z", "w"]
    assert cells(told, "bridges") == [("d", "c", 2, "de", "z")]
    assert told.table("bridges").notes[0].values == {"n": 2}
    assert cells(told, "things") == [
        ("net", "organiser", 2, 3, 3 / 6, 1, 3, None),
        ("prog", "programme", 1, 1, 5 / 6, 0, 3, None),
    ]


def test_cities_held_by_one_tie(release: cg.Release) -> None:
    told = cg.reliance(release, without=["c; D"])  # as a form has it
    assert [row[0] for row in cells(told, "remains")] == ["c", "d", "cd"]
    assert cells(told, "one-partner") == [("e", "d", 1, "w"), ("f", "g", 1, "v"), ("g", "f", 1, "v")]
    assert cells(told, "one-event") == [("e", "w", 1, "d"), ("f", "v", 1, "g"), ("g", "v", 1, "f")]
    assert told.table("one-partner").notes[0].values == {"n": 3}


def test_what_is_not_known_is_counted(release: cg.Release) -> None:
    told = cg.reliance(release, without=["D"])
    assert [(one.key, one.values) for one in told.unknown] == [
        ("no-organiser", {"n": 4, "all": 6}),
        ("no-programme", {"n": 5, "all": 6}),
        ("one-city", {"n": 1, "all": 6}),
        ("no-tie", {"n": 2, "all": 9}),
    ]


def test_wrong_names_and_kinds(release: cg.Release) -> None:
    with pytest.raises(ProjectionError, match="not clear what to remove") as caught:
        cg.reliance(release, without=["Atlantis", "Hy"])
    assert len(caught.value.faults) == 1, "each is removed by itself, and told by itself"
    with pytest.raises(ProjectionError, match="taken away"):
        cg.reliance(release, ties="friendship")  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", ":a a coop:City . e:x a coop:Action ." + action("y", "a")])
def test_nothing_known(tmp_path: Path, text: str) -> None:
    file = tmp_path / "little.ttl"
    file.write_text(HEAD + text, encoding="utf-8")
    with cg.open(file) as opened:
        told = cg.reliance(opened)
    assert not any(table.rows for table in told.tables if table.key != "remains")
    assert "That does not mean that" in str(told)


@settings(suppress_health_check=[HealthCheck.too_slow])  # on a machine with much else to do
@given(st.sets(st.sampled_from(list(combinations(range(10), 2))), max_size=16))
def test_networkx_finds_the_same(pairs: set[tuple[int, int]]) -> None:
    named = [(f"c{one}", f"c{other}") for one, other in sorted(pairs)]
    G = nx.Graph(named)
    cuts, bridges = weak_points(named)
    assert {cut.city for cut in cuts} == set(nx.articulation_points(G))
    assert {frozenset((one.city, one.other)) for one in bridges} == set(map(frozenset, nx.bridges(G)))
    for cut in cuts:
        rest = G.subgraph(nx.node_connected_component(G, cut.city) - {cut.city})
        parts = sorted(
            (tuple(sorted(part)) for part in nx.connected_components(rest)), key=lambda p: (-len(p), p)
        )
        assert cut == CutPoint(cut.city, tuple(parts[1:]))
    for one in bridges:
        H = G.copy()
        H.remove_edge(one.city, one.other)
        side, far = (nx.node_connected_component(H, city) for city in (one.city, one.other))
        assert one == Bridge(one.city, one.other, tuple(sorted(side))) and len(side) <= len(far)


def of_files(root: Path) -> dict[str, set[str]]:
    """The cities of each action and of each agreement that renews none, from the CSV files."""
    found: dict[str, set[str]] = {}
    with (root / "data" / "participations.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found.setdefault(f"action/{row['action']}", set()).add(row["city"])
    with (root / "data" / "agreements.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if not row["renews"]:
                found[f"agreement/{row['id']}"] = set(filter(None, row["cities"].split(";")))
    return found


def graph(events: dict[str, set[str]]) -> nx.Graph[str]:
    return nx.Graph(pair for cities in events.values() for pair in combinations(sorted(cities), 2))


def test_the_bundled_network_as_its_files_have_it(root: Path, built: Path) -> None:
    events = of_files(root)
    with (root / "data" / "actions.csv").open(encoding="utf-8") as file:
        ucci = {f"action/{row['id']}" for row in csv.DictReader(file) if row["organiser"] == "ucci"}
    G, rest = graph(events), graph({name: cities for name, cities in events.items() if name not in ucci})
    with cg.open(built) as release:
        told = cg.reliance(release, without=["ucci", "madrid"])
    first, _, madrid, _ = cells(told, "remains")
    assert first[3:] == (
        19, G.number_of_edges() - rest.number_of_edges(), rest.number_of_edges() / G.number_of_edges(),
        len(set(G) - set(rest)), nx.number_connected_components(rest),
        max(map(len, nx.connected_components(rest))),
    )  # fmt: skip
    assert first[3:5] + first[6:] == (19, 193, 3, 10, 141)
    assert G.number_of_edges() == 855 and madrid[4] == G.degree("madrid") == 34
    assert {row[0] for row in cells(told, "alone") if row[1] == "ucci" and row[2] == "what-it-does"} == {
        "andorra-la-vella", "san-juan", "sucre",
    }  # fmt: skip
    assert {row[0] for row in cells(told, "cuts")} == set(nx.articulation_points(G))
    assert len(told.table("cuts").rows) == 18 and cells(told, "cuts")[0][:3] == ("malaga", 13, 3)
    alone = {row[0]: row[1] for row in cells(told, "one-partner")}
    assert alone == {city: next(iter(G[city])) for city in G if G.degree(city) == 1} and len(alone) == 46
    taking_part = {
        city: [name for name, cities in events.items() if city in cities and len(cities) > 1] for city in G
    }
    assert {row[0] for row in cells(told, "one-event")} == {
        c for c, names in taking_part.items() if len(names) == 1
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_in_three_languages(release: cg.Release, lang: str) -> None:
    told = repr(cg.reliance(release, ties="actions").to(lang))
    assert "{" not in told and "word." not in told


def test_the_command_tells_rows_of_files(built: Path, capfd: pytest.CaptureFixture[str]) -> None:
    words = ["--format", "json", "--table", "one-partner", "--evidence"]
    assert main(["reliance", "Madrid", "-w", str(built), *words]) == 0
    rows = json.loads(capfd.readouterr().out)["tables"]["one-partner"]
    berlin = next(row for row in rows if row["city"] == "Berlin")
    assert (berlin["partner"], berlin["rows"]) == ("Madrid", ["agreements.csv row 70"])
