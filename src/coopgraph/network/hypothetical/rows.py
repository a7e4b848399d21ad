"""The rows of hypothetical events, checked, with the cities they mean.

In: a CSV file or an Arrow table, and the source they are laid over. Out: one Taken for each row; or one
SourceError with every fault and its line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from coopgraph.errors import Fault, SourceError
from coopgraph.network.basis import HYPOTHETICAL
from coopgraph.network.cities import City, cities_called, known_cities, nearest
from coopgraph.network.hypothetical.checks import FLAGS, faults_of
from coopgraph.network.hypothetical.written import OF_EVENTS, Row, written
from coopgraph.network.tables import Source, rows_of

if TYPE_CHECKING:
    import pyarrow as pa

_LISTS = ("programme", "organiser", "strategic_line", "sdgs")


@dataclass(frozen=True)
class Taken:
    """A city's part in a hypothetical event; `city_name` is None for a city the source knows."""

    event: str
    event_name: str
    city: str
    city_name: str | None
    cells: dict[str, Any]


def planned(source: Source, events: pa.Table | str | Path, name: str) -> tuple[list[Taken], tuple[str, ...]]:
    """Return what each row says, and remarks on cities taken as new."""
    told = name if isinstance(events, (str, Path)) else f"{name} [what-if]"
    rows, wrong = written(events, told)
    cities = known_cities(source, _unique(source, "city"))
    meant = {
        text: cities_called(cities, text)
        for text in sorted({row.cells.get("city", "") for row in rows} - {""})
    }
    if faults := wrong + faults_of(rows, told, _unique(source, "event"), meant, cities):
        raise SourceError(f"{name} cannot be laid over the data.", faults=faults)
    shared = _of_each_event(rows)
    taken = [_taken(row, shared[row.cells["event"]], meant[row.cells["city"]], name) for row in rows]
    return taken, tuple(_remarks(rows, told, meant, cities))


def _unique(source: Source, column: str) -> list[str]:
    values = rows_of(source, "participations", ("event", "city")).column(column).unique().to_pylist()
    return sorted(value for value in values if value is not None)


def _of_each_event(rows: Iterable[Row]) -> dict[str, dict[str, Any]]:
    """Return what is said of each event in any of its rows: filters select events, never single cities."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        shared = found.setdefault(row.cells["event"], {})
        for column in OF_EVENTS:
            if text := row.cells.get(column, ""):
                parts = [part.strip() for part in text.split(";") if part.strip()]
                shared[column] = parts if column in _LISTS else text
    return found


def _taken(row: Row, shared: Mapping[str, Any], meant: Sequence[str], name: str) -> Taken:
    event = marked(name, row.cells["event"])
    new = not meant
    city = marked(name, "city", row.cells["city"]) if new else meant[0]
    cells: dict[str, Any] = {"event": event, "city": city, **shared}
    cells |= {flag: FLAGS[row.cells[flag].lower()] for flag in ("contributes", "benefits")}
    if amount := row.cells.get("amount"):
        cells |= {"amount": Decimal(amount), "currency": row.cells["currency"]}
    return Taken(event, row.cells["event"], city, row.cells["city"] if new else None, cells)


def marked(name: str, *parts: str) -> str:
    """Return the IRI of a hypothetical thing.

    >>> marked("plan.csv", "Return visit")
    'hypothetical:plan.csv/Return%20visit'
    """
    return HYPOTHETICAL + "/".join(quote(part, safe="") for part in (name, *parts))


def _remarks(
    rows: Iterable[Row], name: str, meant: Mapping[str, list[str]], cities: Mapping[str, City]
) -> Iterator[str]:
    said: set[str] = set()
    for row in rows:
        text = row.cells["city"]
        if not meant[text] and text not in said:
            said.add(text)
            near = "; ".join(cities[iri].described() for iri in nearest(cities, text))
            what = f"The city '{text}' is not in the data, and taken as a new one."
            yield str(Fault(name, row.line, "city", what, f"Near it: {near}." if near else None))
