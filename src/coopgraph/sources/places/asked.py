"""What a workspace asks the gazetteer: each distinct name with what stands beside it, and how often.

In: the records of sources with a `place` setting. Out: `Asked` rows, and faults for cells that say nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from math import isfinite
from typing import Final

from coopgraph.columns.duck import Connection, Expression, coalesce, column, constant, function
from coopgraph.errors import Fault
from coopgraph.sources.encoding_terms import join_text
from coopgraph.sources.places.countries import country_code
from coopgraph.sources.places.setting import PlaceSetting
from coopgraph.sources.records import RECORD, Records

_MOST_TOLD: Final = 100
_BETWEEN: Final = "\x1f"  # never in a cell: control characters are violations


@dataclass(frozen=True)
class Asked:
    """A distinct combination of cells: its key, names in order of preference, and where it stands first."""

    source: str
    setting: PlaceSetting
    key: str
    names: tuple[str, ...]
    country: str | None
    lat: float | None
    lon: float | None
    count: int
    first: int


def key_of(records: Records, setting: PlaceSetting) -> Expression:
    """The cells a setting reads as one text, to join on."""
    cells = [coalesce(records.cell(name), constant("")) for name in setting.columns]
    parts = [part for cell in cells for part in (constant(_BETWEEN), cell)]
    return join_text(parts[1:])


def asked(records: Records, setting: PlaceSetting, connection: Connection) -> list[Asked]:
    """Return each distinct combination of the cells a setting reads, in the order of the file."""
    cells = [records.cell(name).alias(f"a{number}") for number, name in enumerate(setting.columns)]
    rows = records.relation(connection).project(column(RECORD), key_of(records, setting).alias("key"), *cells)
    names = [f"a{number}" for number in range(len(cells))]
    distinct = rows.aggregate(
        [
            column("key"),
            *(column(name) for name in names),
            function("count_star").alias("count"),
            function("min", column(RECORD)).alias("first"),
        ],
        ", ".join(["key", *names]),
    )
    return [
        _asked(records, setting, key, dict(zip(setting.columns, rest[:-2], strict=True)), *rest[-2:])
        for key, *rest in distinct.order("first").fetchall()
    ]


def _asked(
    records: Records, setting: PlaceSetting, key: str, cells: dict[str, str | None], count: int, first: int
) -> Asked:
    names = tuple(name for column in setting.name if (name := cells[column]))
    country = cells.get(setting.country or "")
    lat, lon = _position(records, setting, cells)
    code = country_code(country) if country else None
    return Asked(records.source, setting, key, names, code, lat, lon, count, first)


def _position(
    records: Records, setting: PlaceSetting, cells: dict[str, str | None]
) -> tuple[float, float] | tuple[None, None]:
    """The position a row states; none unless both are numbers on the globe."""
    if setting.lat is None or setting.lon is None:
        return None, None
    lat, lon = (_degrees(cells[name], records.decimals.get(name, ".")) for name in (setting.lat, setting.lon))
    if lat is None or lon is None or abs(lat) > 90 or abs(lon) > 180:
        return None, None
    return lat, lon


def _degrees(text: str | None, decimal: str) -> float | None:
    try:
        value = float((text or "").replace(decimal, "."))
    except ValueError:
        return None
    return value if isfinite(value) else None


def cell_faults(records: Records, asking: Sequence[Asked]) -> list[Fault]:
    """Warn of countries nobody knows and positions that are none: such names were looked up without them."""
    unread = list(islice(_unread(asking), _MOST_TOLD))
    places = records.locate_all(first for _, _, first, _ in unread)
    fix = "The name beside it was looked up without it."
    return [
        Fault(*places[first], column_name, f"has '{text}', which {why}.", fix, "warning")
        for column_name, text, first, why in unread
    ]


def _unread(asking: Sequence[Asked]) -> Iterator[tuple[str, str, int, str]]:
    """Each text that could not be read, once, with the first record that has it."""
    told: set[tuple[str, str]] = set()
    for one in asking:
        cells = dict(zip(one.setting.columns, one.key.split(_BETWEEN), strict=True))
        country = one.setting.country
        unread = [(country, "is no country known here")] if one.country is None else []
        if one.lat is None:
            unread += [(name, "makes no position") for name in (one.setting.lat, one.setting.lon)]
        for name, why in unread:
            if name and cells[name] and (name, cells[name]) not in told:
                told.add((name, cells[name]))
                yield name, cells[name], one.first, why
