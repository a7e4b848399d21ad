"""A gazetteer in memory: places by country, and who bears a name.

In: a Parquet file that `making` wrote; by default the bundled one. Out: a `Gazetteer`, or a `SourceError`
that says how to make the file again.
Source: GeoNames, CC BY 4.0.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import ceil, cos, floor, inf, isnan, radians
from pathlib import Path
from typing import Any, Final, NamedTuple

import pyarrow as pa

from coopgraph.errors import Fault, SourceError
from coopgraph.resources import bundled
from coopgraph.sources.bytes_read import reading
from coopgraph.sources.places.folding import FOLDING
from coopgraph.sources.places.making import SCHEMA
from coopgraph.sources.places.sphere import km_between

_CELLS: Final = 4  # to a degree: a cell of the grid is at most 28 km high


class Bearer(NamedTuple):
    """A place that bears a name: its row; whether it is its own name; places left out that bear it too, and
    the inhabitants of the largest of them in the country (0: not stated)."""

    row: int
    own: bool
    left_out: int
    largest: int = 0


@dataclass(frozen=True)
class Gazetteer:
    """Places as columns, one row each, by country and id."""

    table: pa.Table
    title: str

    @cached_property
    def _columns(self) -> Mapping[str, list[Any]]:
        names = ("id", "name", "country", "admin1", "lat", "lon", "population", "feature")
        return {name: self.table[name].to_pylist() for name in names}

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def of(self, column: str, row: int) -> Any:
        """Return one cell: `id`, `name`, `country`, `admin1`, `lat`, `lon`, `population` or `feature`."""
        return self._columns[column][row]

    def km(self, row: int, lat: float, lon: float) -> float:
        """Return how far a place lies from a position; infinitely far where its own is not known."""
        km = km_between(self.of("lat", row), self.of("lon", row), lat, lon)
        return inf if isnan(km) else km

    @cached_property
    def row_of(self) -> Mapping[int, int]:
        """The row of each GeoNames id."""
        return {number: row for row, number in enumerate(self._columns["id"])}

    @cached_property
    def _keys(self) -> _Keys:
        return _keys(self.table)

    def bearers(self, wanted: Collection[str]) -> dict[str, list[Bearer]]:
        """Return who bears each of some keys (without spaces), in the order of rows."""
        import pyarrow.compute as pc

        keys = self._keys
        places = pc.indices_nonzero(pc.is_in(keys.text, value_set=pa.array(wanted, pa.string())))
        found: dict[str, list[Bearer]] = defaultdict(list)
        columns = (keys.text, keys.row, keys.own, keys.left_out, keys.largest)
        for text, *one in zip(*(column.take(places).to_pylist() for column in columns), strict=True):
            if not (found[text] and found[text][-1].row == one[0]):
                found[text].append(Bearer(*one))
        return found

    def beginning(self, prefix: str) -> dict[int, bool]:
        """Return the rows of the places with a key (without spaces) that begins so, and if it is theirs."""
        import pyarrow.compute as pc

        found: dict[int, bool] = {}
        if prefix:
            keys = self._keys
            places = pc.indices_nonzero(pc.starts_with(keys.text, prefix))
            for row, own in zip(
                *(each.take(places).to_pylist() for each in (keys.row, keys.own)), strict=True
            ):
                found[row] = found.get(row, False) or own
        return found

    @cached_property
    def initials(self) -> Mapping[tuple[str, str], tuple[list[str], list[int]]]:
        """The keys, without spaces, and their rows, of each country and first letter."""
        found: dict[tuple[str, str], tuple[list[str], list[int]]] = defaultdict(lambda: ([], []))
        countries = self._columns["country"]
        for text, row in zip(self._keys.text.to_pylist(), self._keys.row.to_pylist(), strict=True):
            block = found[countries[row], text[0]]
            block[0].append(text)
            block[1].append(row)
        return found

    def keys(self, row: int) -> list[str]:
        """The keys of a place, with spaces, those of its own name first."""
        keys: list[str] = self.table["keys"][row].as_py()
        return keys

    @cached_property
    def _grid(self) -> Mapping[tuple[int, int], list[int]]:
        found: dict[tuple[int, int], list[int]] = defaultdict(list)
        for row, (lat, lon) in enumerate(zip(self._columns["lat"], self._columns["lon"], strict=True)):
            if not isnan(lat + lon):
                found[floor(lat * _CELLS), floor(lon * _CELLS)].append(row)
        return found

    def around(self, lat: float, lon: float, km: float) -> list[int]:
        """Return the rows of the places within some kilometres, in the order of rows."""
        up = ceil(km / 111 * _CELLS)
        along = ceil(km / (111 * max(0.01, cos(radians(min(89.9, abs(lat) + km / 111))))) * _CELLS)
        row, column, turn = floor(lat * _CELLS), floor(lon * _CELLS), 360 * _CELLS
        cells = (
            (row + i, (column + j + turn // 2) % turn - turn // 2)
            for i in range(-up, up + 1)
            for j in range(-min(along, turn // 2), min(along, turn // 2) + 1)
        )
        near = {place for cell in cells for place in self._grid.get(cell, ())}
        return sorted(place for place in near if self.km(place, lat, lon) <= km)


@dataclass(frozen=True)
class _Keys:
    """Every key of every place, flat."""

    text: pa.Array
    row: pa.Array
    own: pa.Array
    left_out: pa.Array
    largest: pa.Array


def _keys(table: pa.Table) -> _Keys:
    import pyarrow.compute as pc

    lists = table["keys"].combine_chunks()
    rows = pc.list_parent_indices(lists)
    firsts = lists.offsets.take(rows)
    number = pc.subtract(pa.array(range(len(rows)), pa.int32()), pc.subtract(firsts, lists.offsets[0]))
    own = pc.less(number, table["own"].combine_chunks().take(rows))
    text = pc.replace_substring(lists.flatten(), " ", "")
    others = (table[name].combine_chunks().flatten() for name in ("left_out", "largest"))
    return _Keys(text, rows, own, *others)


def gazetteer_file(path: Path | None = None) -> Path:
    """The file of a gazetteer: the one named, else the bundled one."""
    return path or bundled("gazetteer") / "cities.parquet"


def load_gazetteer(path: Path | None = None) -> Gazetteer:
    """Read a gazetteer; without a path the bundled one, of large cities and capitals, once.

    >>> gazetteer = load_gazetteer()
    >>> [gazetteer.of("name", bearer.row) for bearer in gazetteer.bearers(["lisboa"])["lisboa"]]
    ['Lisbon']
    """
    return _bundled() if path is None else _read(path)


@lru_cache(maxsize=1)
def _bundled() -> Gazetteer:
    return _read(gazetteer_file())


def _read(path: Path) -> Gazetteer:
    import pyarrow.parquet as pq

    fix = f"Make it again: coopgraph gazetteer build FILE... -o {path.name}"
    with reading(path):
        try:
            table = pq.read_table(path)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
            raise _refused(path, "is not a gazetteer: it is no whole Parquet file.", fix) from error
    said = table.schema.metadata or {}
    if b"coopgraph.folding" not in said or not table.schema.equals(SCHEMA):
        raise _refused(path, "is not a gazetteer that coopgraph gazetteer build made.", fix)
    if said[b"coopgraph.folding"] != str(FOLDING).encode():
        raise _refused(path, "was made by another version of coopgraph, which read names differently.", fix)
    return Gazetteer(table, said[b"coopgraph.title"].decode())


def _refused(path: Path, what: str, fix: str) -> SourceError:
    return SourceError(f"{path.name} cannot be read.", faults=[Fault(path.name, None, None, what, fix)])
