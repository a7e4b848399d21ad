"""The bundled tables against the collected facts: every field of every row is there, and nothing else.

Each table is put back into the form of the collection and compared field by field. What was changed on
purpose is in `AMENDED`, with the reason; anything else that differs fails.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Row = dict[str, str]
Restored = dict[tuple[str, ...], Row]

PROVENANCE = ("source_url", "source_title", "source_date", "retrieved")  # ours are in sources.csv alone

AMENDED = {
    ("sources", "seed", "url"): "a file's name is no address",
    ("sources", "etmun-org", "url"): "the place within the repository is in the note",
    **{
        (
            "agreements",
            f"agreement/{name}",
            column,
        ): "another kind of agreement: no renewal, and the note says so"
        for name in ("santo-domingo-tegucigalpa-2019", "barcelona-guadalajara-fil")
        for column in ("renews", "note")
    },
    **{
        ("agreements", f"agreement/pci-madrid-{city}", "note"): "said in words a reader understands"
        for city in ("panama-city", "la-paz", "brasilia", "montevideo", "buenos-aires")
    },
    **{
        ("actions", f"action/{name}", "sdgs"): "stated for the call, not for the project"
        for name in ("mc21-air-children", "mc21-digital-city")
    },
    **{
        ("actions", f"action/{name}", "strategic_line"): "assigned from the topic, named by no source"
        for name in ("ucci-jornadas-2018", "ucci-inclusion-2018")
    },
    **{
        ("cities", f"city/{name}", "name_pt"): "one Portuguese throughout, the European"
        for name in ("andorra-la-vella", "madrid", "montevideo", "mexico-city")
    },
    ("cities", "city/canelones", "note"): "the collection's own README says that it is a department",
    ("reported_figures", "figure/042", "qualifier"): "the source says: about 25",
    ("reported_figures", "figure/080", "qualifier"): "the source says: some 500",
    ("reported_figures", "figure/096", "qualifier"): "the source says: about 1.5 million",
    **{
        ("reported_figures", f"figure/{number:03}", "period"): "the source's own words instead of our reading"
        for number in (*range(4, 10), 11, 12)
    },
}

PROGRAMMES = {  # labels of the collection that name a programme
    "Mercociudades South-South Cooperation Programme": "mercociudades-south-south",
    "International Urban Cooperation (IUC-LAC)": "iuc-lac",
    "International Urban and Regional Cooperation (IURC-LA)": "iurc-la",
    "URB-AL": "urb-al",
    "URB-AL II": "urb-al-ii",
    "URB-AL II network 10": "urb-al-ii-network-10",
    "URB-AL III": "urb-al-iii",
    "Barcelona city-to-city": "barcelona-city-to-city",
    "UCLG learning": "uclg-learning",
    "Chile-Costa Rica cooperation programme": "chile-costa-rica",
}
OTHER_LABELS = {  # (organiser, one of the funders, agreement, words in the note) that stand for the label
    "UCCI": ("ucci", "", "", ""),
    "URBELAC": ("urbelac", "", "", ""),
    "EU-funded": ("", "european-union", "", ""),
    "EU-funded, UCLG": ("uclg", "european-union", "", ""),
    "EU-funded, Mercociudades": ("mercociudades", "european-union", "", ""),
    "AECID": ("", "aecid", "", ""),
    "bilateral": ("", "", "", "no programme named"),
    "bilateral agreement Guarulhos-Maputo": ("", "", "guarulhos-maputo-2007", ""),
    "decentralised cooperation Brazil-Mozambique": ("", "", "", "within decentralised cooperation"),
}


OFFICES = {  # concepts of the scheme of roles, in the collection's words
    "sector-committee-host": "sector committee host",
    "thematic-vice-presidency": "thematic vice-presidency",
}


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def ours(root: Path) -> Callable[[str], list[Row]]:
    return lambda name: read(root / "data" / f"{name}.csv")


@pytest.fixture(scope="module")
def documented(shared_data: Path) -> Callable[[str], list[Row]]:
    return lambda name: read(shared_data / "documented" / f"{name}.csv")


def ids(kind: str, cell: str) -> list[str]:
    """`ids("city", "lima;quito")` is `["city/lima", "city/quito"]`."""
    return [f"{kind}/{slug}" for slug in cell.split(";") if slug]


def one(kind: str, cell: str) -> str:
    return ";".join(ids(kind, cell))


def evidence(row: Row) -> Row:
    return {key: row[key] for key in ("source_id", "certainty", "note") if key in row}


def amounts(ours: Callable[[str], list[Row]], kind: str) -> dict[str, Row]:
    return {
        row[kind]: {"amount": row["amount"], "currency": row["currency"]}
        for row in ours("money")
        if row[kind]
    }


def restore_sources(ours: Callable[[str], list[Row]]) -> Iterator[Row]:
    for row in ours("sources"):
        yield {key: value for key, value in row.items() if key != "note"}


def restore_cities(ours: Callable[[str], list[Row]]) -> Iterator[Row]:
    same = ("name_en", "name_es", "name_pt", "lat", "population", "geonames_id", "wikidata_id")
    for row in ours("cities"):
        yield {
            "id": f"city/{row['id']}",
            "country_iso2": row["country"],
            "lon": row["long"],
            "first_seen_source_id": row["first_seen"],
            **{key: row[key] for key in same},
            **evidence(row),
        }


def restore_networks(ours: Callable[[str], list[Row]]) -> Iterator[Row]:
    counterparts = [row for row in ours("organisations") if row["id"] == "segib"]
    programmes = [row for row in ours("programmes") if row["id"] in ("iuc-lac", "iurc-la")]
    for row in ours("networks") + counterparts + programmes:
        yield {
            "id": f"network/{row['id']}",
            "name_en": row.get("name_en") or row["title_en"],
            "name_es": row.get("name_es") or row.get("title_es") or "",
            "acronym": row["acronym"],
            "founded": row.get("founded") or row.get("start") or "",
            **evidence(row),
        }


def restore_agreements(ours: Callable[[str], list[Row]]) -> Iterator[Row]:
    money = amounts(ours, "agreement")
    for row in ours("agreements"):
        parties = ids("city", row["cities"]) + ids("network", row["networks"])
        parties += ids("network", row["organisations"])  # the collection keeps SEGIB among the networks
        yield {
            "id": f"agreement/{row['id']}",
            "title": row["title"],
            "kind": row["kind"],
            "parties": " ".join(sorted(parties)),
            "signed": row["signed"],
            "valid_from": row["start"],
            "valid_to": row["end"],
            "part_of": one("agreement", row["part_of"]),
            "renews": one("agreement", row["renews"]),
            **money.get(row["id"], {"amount": "", "currency": ""}),
            **evidence(row),
        }


def restore_actions(ours: Callable[[str], list[Row]]) -> Iterator[Row]:
    money = amounts(ours, "action")
    for row in ours("actions"):
        yield {
            "id": f"action/{row['id']}",
            "theme": row["themes"],
            **{key: row[key] for key in ("title", "start", "end", "strategic_line", "sdgs")},
            **money.get(row["id"], {"amount": "", "currency": ""}),
            **evidence(row),
        }


def restore_participations(ours: Callable[[str], list[Row]]) -> Iterator[Row]:
    for row in ours("participations"):
        yield {
            "action": f"action/{row['action']}",
            "city": f"city/{row['city']}",
            "contributes": row["contributes"],
            "benefits": row["benefits"],
            "role_stated": row["role"],
            "amount": "",
            "currency": "",
            **evidence(row),
        }


def restore_memberships(ours: Callable[[str], list[Row]]) -> Iterator[Row]:
    for row in ours("memberships"):
        yield {
            "city": f"city/{row['city']}",
            "network": f"network/{row['network']}",
            "kind": row["role"],
            "since": row["since"],
            "until": row["until"],
            **evidence(row),
        }


def restore_network_roles(ours: Callable[[str], list[Row]]) -> Iterator[Row]:
    for row in ours("network_roles"):
        yield {
            "city": f"city/{row['city']}",
            "network": f"network/{row['network']}",
            "role": OFFICES.get(row["role"], row["role"]),
            "scope": row["scope"],
            "since": row["since"],
            "until": row["until"],
            **evidence(row),
        }


def restore_reported_figures(ours: Callable[[str], list[Row]]) -> Iterator[Row]:
    moved = {name: f"network/{name}" for name in ("iuc-lac", "iurc-la")}  # the collection has them there
    for row in ours("figures"):
        kinds = [kind for kind in ("network", "city", "action") if row[kind]]
        subject = f"{kinds[0]}/{row[kinds[0]]}" if kinds else moved.get(row["programme"], row["programme"])
        yield {
            "id": f"figure/{row['id']}",
            "subject": subject,
            "qualifier": row["qualifier"].replace("to-date", "total-to-date"),
            "period": row["stated_period"],
            **{key: row[key] for key in ("measure", "value", "unit")},
            **evidence(row),
        }


RESTORE: dict[str, tuple[Callable[[Callable[[str], list[Row]]], Iterator[Row]], tuple[str, ...]]] = {
    "sources": (restore_sources, ("id",)),
    "cities": (restore_cities, ("id",)),
    "networks": (restore_networks, ("id",)),
    "agreements": (restore_agreements, ("id",)),
    "actions": (restore_actions, ("id",)),
    "participations": (restore_participations, ("action", "city")),
    "memberships": (restore_memberships, ("city", "network")),
    "network_roles": (restore_network_roles, ("city", "network", "role", "scope")),
    "reported_figures": (restore_reported_figures, ("id",)),
}


def keyed(rows: list[Row], key: tuple[str, ...]) -> Restored:
    found = {tuple(row[column] for column in key): row for row in rows}
    assert len(found) == len(rows), f"{key} does not tell the rows apart"
    return found


def original(table: str, row: Row) -> Row:
    """The collection's row without what is in the table of sources, its parties in no order."""
    left_out = {*PROVENANCE, "programme"} if table == "actions" else set(PROVENANCE)
    kept = {key: value for key, value in row.items() if table == "sources" or key not in left_out}
    return kept | {"parties": " ".join(sorted(row["parties"].split(";")))} if "parties" in row else kept


@pytest.mark.parametrize("table", RESTORE)
def test_every_field_survives(
    table: str, ours: Callable[[str], list[Row]], documented: Callable[[str], list[Row]]
) -> None:
    restore, key = RESTORE[table]
    have = keyed(list(restore(ours)), key)
    want = keyed([original(table, row) for row in documented(table)], key)
    assert have.keys() == want.keys()
    differing = {
        (table, "|".join(name), column): (value, have[name].get(column))
        for name, row in want.items()
        for column, value in row.items()
        if have[name].get(column) != value and not (column == "note" and table == "actions")
    }
    assert {place: pair for place, pair in differing.items() if place not in AMENDED} == {}
    assert {place for place in AMENDED if place[0] == table} == set(differing)  # none is stale


def test_notes_of_actions_only_grow(
    ours: Callable[[str], list[Row]], documented: Callable[[str], list[Row]]
) -> None:
    notes = {f"action/{row['id']}": row["note"] for row in ours("actions")}
    assert [row["id"] for row in documented("actions") if not notes[row["id"]].startswith(row["note"])] == []


def test_the_sources_hold_what_each_row_repeated(documented: Callable[[str], list[Row]]) -> None:
    sources = {
        row["id"]: (row["url"], row["title"], row["date"], row["retrieved"]) for row in documented("sources")
    }
    for table in set(RESTORE) - {"sources"}:
        for row in documented(table):
            assert tuple(row[column] for column in PROVENANCE) == sources[row["source_id"]], row


def test_every_programme_label_has_its_place(
    ours: Callable[[str], list[Row]], documented: Callable[[str], list[Row]]
) -> None:
    actions = {f"action/{row['id']}": row for row in ours("actions")}
    for row in documented("actions"):
        action, label = actions[row["id"]], row["programme"]
        assert action["programme"] == PROGRAMMES.get(label, ""), row["id"]
        organiser, funder, agreement, words = OTHER_LABELS.get(label, ("", "", "", ""))
        assert action["organiser"] == organiser, row["id"]
        assert funder in action["funders"].split(";") if funder else True, row["id"]
        assert action["under_agreement"] == agreement, row["id"]
        assert words in action["note"], row["id"]
    assert {row["programme"] for row in documented("actions")} == PROGRAMMES.keys() | OTHER_LABELS.keys()


def test_the_readme_counts_right(root: Path, ours: Callable[[str], list[Row]]) -> None:
    text = (root / "data" / "README.md").read_text(encoding="utf-8")
    said = {
        name: int(count) for name, count in re.findall(r"^\| `(\w+)\.csv` \| (\d+) \|", text, re.MULTILINE)
    }
    assert said == {name: len(ours(name)) for name in said}
    assert {f"{name}.csv" for name in said} == {path.name for path in (root / "data").glob("*.csv")}
    flags = [row for row in ours("participations") if "unknown" in (row["contributes"], row["benefits"])]
    assert (
        f"{len(flags)} of the {said['participations']} participations have at least one unknown flag" in text
    )
