"""Each table has exactly what the graph of `world.trig` says; unknown is null, never zero and never false."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from coopgraph.columns import parquet
from coopgraph.release import Release
from coopgraph.release import open as open_release
from coopgraph.release.columns_of import cast, first_day, last_day
from coopgraph.release.tables import make_tables

ID = "https://w3id.org/coopgraph/id/"
CONCEPT = "https://w3id.org/coopgraph/concept/"
GRAPH = "https://w3id.org/coopgraph/graph/"


@pytest.fixture(scope="module")
def release(world: Path) -> Iterator[Release]:
    """The release of `world.trig`."""
    with open_release(world) as found:
        yield found


def rows(release: Release, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = release.table(name).to_pylist()
    return found


def test_participations(release: Release) -> None:
    both = {
        "event": f"{ID}action/visit",
        "event_kind": "action",
        "start": "2016",
        "end": "2016-02",
        "start_from": date(2016, 1, 1),
        "end_to": date(2016, 2, 29),
        "part_of": [f"{ID}action/cycle"],
        "programme": [f"{ID}programme/big"],
        "organiser": [f"{ID}network/ucci"],
        "strategic_line": [f"{CONCEPT}strategic-line/gender-equality"],
        "sdgs": ["http://metadata.un.org/sdg/11", "http://metadata.un.org/sdg/5"],
    }
    lima = {
        **both,
        "city": f"{ID}city/lima",
        "contributes": True,  # yes wins over no
        "benefits": None,  # unknown wins over no
        "certainty": "derived",  # one of the two says so
        "source": [f"{GRAPH}two", f"{ID}source/one"],
    }
    assert rows(release, "participations") == [
        {**lima, "amount": Decimal("1000.50"), "currency": "EUR"},
        {**lima, "amount": Decimal("20.00"), "currency": "USD"},
        {
            **both,
            "city": f"{ID}city/quito",
            "contributes": None,  # nobody said
            "benefits": None,
            "certainty": "stated",
            "amount": None,
            "currency": None,
            "source": [f"{ID}source/one"],
        },
    ]


def test_merged_participations_are_counted(release: Release) -> None:
    assert make_tables(release._engine.store).merged == 1


def test_agreements(release: Release) -> None:
    found = rows(release, "agreements")
    assert [(row["party"], row["party_is_city"], row["payer"], row["payee"]) for row in found] == [
        (f"{ID}city/lima", True, True, None),
        (f"{ID}network/ucci", False, False, None),
        (f"{ID}thing/unknown", None, False, None),
    ]
    assert {row["certainty"] for row in found} == {"derived"}  # one of its two says so
    row = found[0]
    assert (row["agreement"], row["kind"]) == (f"{ID}agreement/pact", f"{CONCEPT}agreement-kind/twinning")
    assert (row["signed"], row["signed_from"]) == ("2017-05-31", date(2017, 5, 31))
    assert (row["start"], row["start_from"], row["end"], row["end_to"]) == (None, None, None, None)
    assert (row["part_of"], row["renews"]) == (f"{ID}agreement/frame", f"{ID}agreement/old")
    assert (row["amount"], row["currency"], row["source"]) == (Decimal("0.10"), "EUR", [f"{ID}source/one"])


def test_memberships(release: Release) -> None:
    assert rows(release, "memberships") == [
        {
            "membership": f"{ID}membership/m",
            "city": f"{ID}city/lima",
            "network": f"{ID}network/ucci",
            "role": f"{CONCEPT}role/member",
            "certainty": "stated",
            "since": "1982",
            "until": None,
            "source": [f"{ID}source/one"],
        }
    ]


def test_money(release: Release) -> None:
    found = rows(release, "money")
    assert [(row["figure"], row["about"], row["amount"], row["currency"]) for row in found] == [
        (f"{ID}money/1", f"{ID}participation/visit/lima", Decimal("1000.50"), "EUR"),
        (f"{ID}money/2", f"{ID}participation/visit/lima", Decimal("20.00"), "USD"),
        (f"{ID}money/3", f"{ID}agreement/pact", Decimal("0.10"), "EUR"),
    ]
    assert (found[2]["kind"], found[2]["payer"], found[2]["payee"]) == (
        f"{CONCEPT}money-kind/granted",
        f"{ID}city/lima",
        None,
    )
    assert (found[2]["start"], found[2]["end"]) == ("2017", None)
    assert found[0]["source"] == [f"{GRAPH}two", f"{ID}source/one"]


def test_figures(release: Release) -> None:
    assert rows(release, "figures") == [
        {
            "figure": f"{ID}figure/f",
            "subject": f"{ID}programme/big",
            "measure": "cities reached",
            "value": Decimal("20.000000"),
            "unit": "cities",
            "qualifier": f"{CONCEPT}qualifier/at-least",
            "period": "during this period",
            "certainty": f"{CONCEPT}certainty/stated",
            "source": [f"{ID}source/one"],
        }
    ]


def test_sources(release: Release) -> None:
    assert rows(release, "sources") == [
        {
            "source": f"{ID}source/one",
            "title": "A report",
            "publisher": "City Hall",
            "url": None,
            "date": "2016",
            "retrieved": "2026-11-22",
        }
    ]


def test_cities(release: Release) -> None:
    none = {"lat": None, "long": None, "population": None}
    assert rows(release, "cities") == [
        {
            "city": f"{ID}city/lima",
            "label_en": "Lima",
            "label_es": "Lima",
            "label_pt": None,
            "country": "PE",
            "lat": 43.37135,
            "long": -8.396,
            "population": 7,
        },
        {
            "city": f"{ID}city/quito",
            "label_en": "Quito",
            "label_es": "Quito",
            "label_pt": "Quito",
            "country": "EC",
            **none,
        },
    ]


def test_the_same_store_gives_the_same_bytes(release: Release, tmp_path: Path) -> None:
    for name, table in make_tables(release._engine.store).tables.items():
        parquet.write(table, tmp_path / f"{name}.parquet")
        assert (tmp_path / f"{name}.parquet").read_bytes() == release.table_path(name).read_bytes()


def test_an_empty_graph_has_empty_tables_with_their_types(world: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.ttl").write_text("", encoding="utf-8")
    with open_release(world) as full, open_release(tmp_path / "empty.ttl", ontology=False) as empty:
        for path in full.table_path("cities").parent.glob("*.parquet"):
            assert empty.table(path.stem).schema == full.table(path.stem).schema
            assert empty.table(path.stem).num_rows == 0


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2016", date(2016, 1, 1), date(2016, 12, 31)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2016-05-31", date(2016, 5, 31), date(2016, 5, 31)),
        ("2016Z", date(2016, 1, 1), date(2016, 12, 31)),
        ("2016-05-31+02:00", date(2016, 5, 31), date(2016, 5, 31)),
        ("-0044", None, None),
        ("12016", None, None),
        ("2016-13", None, None),
        ("2016-02-30", None, None),
    ],
)
def test_days(text: str, first: date | None, last: date | None) -> None:
    assert (first_day(text), last_day(text)) == (first, last)


def test_numbers_written_in_two_ways_are_rounded_and_never_cut() -> None:
    written = pa.chunked_array([["14155.0825000000", "-3", "1055727.2500000000", None]])
    kind = pa.decimal128(18, 2)
    assert [str(value) for value in cast(written, kind).to_pylist()] == [
        "14155.08",
        "-3.00",
        "1055727.25",
        "None",
    ]
    with pytest.raises(pa.ArrowInvalid):
        cast(pa.chunked_array([["12345678901234567.5"]]), kind)
