"""A small release as tables, and texts that try to become code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import coopgraph as cg
from coopgraph.namespaces import BASE, COOP
from coopgraph.release.manifest import Manifest

ID = f"{BASE}id/"
LIST = pa.list_(pa.string())
TEXTS = pa.string()


def city(slug: str) -> str:
    return f"{ID}city/{slug}"


SCHEMAS = {
    "participations": pa.schema(
        [
            *((name, TEXTS) for name in ("event", "event_kind", "city")),
            *((name, pa.bool_()) for name in ("contributes", "benefits")),
            ("amount", pa.decimal128(18, 2)),
            *((name, TEXTS) for name in ("currency", "start", "end")),
            *((name, pa.date32()) for name in ("start_from", "end_to")),
            *((name, LIST) for name in ("programme", "strategic_line", "sdgs", "source")),
        ]
    ),
    "agreements": pa.schema(
        [
            *((name, TEXTS) for name in ("agreement", "kind", "party")),
            *((name, pa.bool_()) for name in ("party_is_city", "payer", "payee")),
            *((name, TEXTS) for name in ("signed", "start", "end", "currency")),
            ("amount", pa.decimal128(18, 2)),
            *((name, LIST) for name in ("part_of", "renews", "source")),
        ]
    ),
    "memberships": pa.schema(
        [
            *((name, TEXTS) for name in ("membership", "city", "network", "role", "since", "until")),
            ("source", LIST),
        ]
    ),
    "cities": pa.schema(
        [
            *((name, TEXTS) for name in ("city", "label_en", "label_es", "label_pt", "country")),
            ("lat", pa.float64()),
            ("long", pa.float64()),
            ("population", pa.int64()),
        ]
    ),
    "sources": pa.schema([(n, TEXTS) for n in ("source", "title", "publisher", "url", "date", "retrieved")]),
}


@dataclass
class SmallRelease:
    """What a page needs of a release, from rows."""

    folder: Path
    rows: dict[str, list[dict[str, Any]]]
    names: list[dict[str, str | None]]
    now: str = "2026-11-22"
    certain: pa.DataType | None = None  # the type of the column `certainty`, where there is one
    answers: dict[str, list[dict[str, Any]]] = field(default_factory=dict)  # by a word of the query
    manifest: Manifest = field(
        default_factory=lambda: Manifest(
            "0" * 64, 1, 1, workspace={"title": "Small", "licence": "https://example.org/licence"}
        )
    )

    def table(self, name: str) -> pa.Table:
        schema = SCHEMAS[name]
        if self.certain is not None and name in ("participations", "agreements", "memberships"):
            schema = schema.append(pa.field("certainty", self.certain))
        return pa.Table.from_pylist(self.rows.get(name, []), schema=schema)

    def table_path(self, name: str) -> Path:
        path = self.folder / f"{name}.parquet"
        pq.write_table(self.table(name), path)
        return path

    def query(self, question: str, *, trusted: bool = False, **params: Any) -> Any:
        assert trusted
        rows = next((rows for word, rows in self.answers.items() if word in question), None)
        if rows is None and "underAgreement" in question:
            rows = []
        assert rows is not None or "prefLabel" in question
        return Answered(self.names if rows is None else rows)


@dataclass(frozen=True)
class Answered:
    """The answer to a query, from rows."""

    rows: list[dict[str, Any]]

    def to_arrow(self) -> pa.Table:
        return pa.Table.from_pylist(self.rows)


def _took_part(event: str, who: str, contributes: bool | None, benefits: bool | None) -> dict[str, Any]:
    return {
        "event": f"{ID}action/{event}",
        "event_kind": "action",
        "city": city(who),
        "contributes": contributes,
        "benefits": benefits,
        "start": "2017-05",
        "source": [f"{ID}source/report"],
    }


def _party(agreement: str, kind: str, party: str) -> dict[str, Any]:
    return {
        "agreement": f"{ID}agreement/{agreement}",
        "kind": f"{BASE}concept/agreement-kind/{kind}",
        "party": f"{ID}{party}",
        "party_is_city": party.startswith("city/"),
        "payer": False,
        "payee": False,
        "signed": "1982-10-12",
        "source": [f"{ID}source/report"],
    }


@pytest.fixture
def small(tmp_path: Path) -> SmallRelease:
    """Five cities: a mutual pair, a one-way pair, an unknown role, a twinning and a treaty of four."""
    cities = {"madrid": "ES", "quito": "EC", "lima": "PE", "lisboa": "PT", "bogota": "CO"}
    return SmallRelease(
        tmp_path,
        {
            "participations": [
                _took_part("visit", "madrid", True, True),
                _took_part("visit", "quito", True, True),
                _took_part("course", "madrid", True, False),
                _took_part("course", "lima", False, True),
                _took_part("course", "bogota", None, None),
            ],
            "agreements": [
                *(_party("twins", "twinning", f"city/{who}") for who in ("madrid", "lisboa")),
                *(
                    _party("treaty", "twinning", f"city/{who}")
                    for who in ("madrid", "quito", "lima", "lisboa")
                ),
                *(_party("pact", "memorandum", who) for who in ("city/madrid", "network/ucci")),
            ],
            "memberships": [
                {
                    "membership": f"{ID}membership/ucci/{who}",
                    "city": city(who),
                    "network": f"{ID}network/ucci",
                    "since": "1982",
                    "source": [f"{ID}source/report"],
                }
                for who in ("madrid", "quito")
            ],
            "cities": [
                {
                    "city": city(who),
                    "label_en": who.title(),
                    "label_es": None,
                    "country": code,
                    "population": 100,
                }
                for who, code in cities.items()
            ],
            "sources": [
                {
                    "source": f"{ID}source/report",
                    "title": "A report",
                    "publisher": "A city",
                    "url": "https://example.org/report",
                    "date": "2018",
                    "retrieved": "2026-11-22",
                }
            ],
        },
        [
            {
                "thing": f"{ID}network/ucci",
                "class": f"{COOP}Network",
                "name": name,
                "lang": lang,
                "acronym": "UCCI",
            }
            for lang, name in (("en", "Union of capitals"), ("es", "Unión de capitales"))
        ],
    )


@pytest.fixture(scope="session")
def bundled(built: Path) -> Iterator[cg.Release]:
    """The bundled workspace, built."""
    with cg.open(built) as release:
        yield release


@pytest.fixture(scope="module")
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[cg.Release]:
    """What the module's TURTLE says, as a release."""
    file = tmp_path_factory.mktemp("made") / "made.ttl"
    file.write_text(request.module.TURTLE, encoding="utf-8")
    with cg.open(file) as release:
        yield release
