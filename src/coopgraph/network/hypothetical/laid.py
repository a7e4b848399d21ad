"""Hypothetical events laid over a release: what would happen to scores and ranks, and nothing is stored.

In: a source, and a small table of events that did not happen. Out: a Hypothetical, a source like any other,
whose extra events and cities are marked `hypothetical:`, so that every basis drawn from it says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from coopgraph.languages import LANGUAGES
from coopgraph.network.basis import HYPOTHETICAL, LAID_OVER
from coopgraph.network.hypothetical.rows import Taken, planned
from coopgraph.network.tables import (
    Dated,
    Held,
    Labelled,
    Named,
    Settled,
    Source,
    Tables,
    named_table,
    rows_of,
)
from coopgraph.settings.engine import EngineSpec

if TYPE_CHECKING:
    import pyarrow as pa

TABLES = ("participations", "agreements", "memberships", "sources", "cities")


class Hypothetical(Mapping[str, "Held"]):
    """A source with hypothetical events laid over it, in memory.

    Attributes
    ----------
    base
        The source it is laid over, unchanged.
    name
        Where the events come from: the file's name, or `table`.
    events, new_cities
        IRI -> name of the hypothetical events, and of the cities that the source does not know.
    remarks
        What is worth a second look: cities taken as new, with the names nearest to them.
    """

    def __init__(self, base: Source, name: str, taken: list[Taken], remarks: tuple[str, ...]) -> None:
        self.base = base
        self.name = name
        self.remarks = remarks
        self._taken = taken
        self._made: dict[str, pa.Table] = {}
        self._names = _names(base)
        self.events = {row.event: row.event_name for row in taken}
        self.new_cities = {row.city: row.city_name for row in taken if row.city_name is not None}

    def __getitem__(self, name: str) -> Held:
        added = {"participations": self._participations, "cities": self._cities, "sources": self._sources}
        if name not in self:
            raise KeyError(name)
        if name not in added:
            return named_table(self.base, name)
        if name not in self._made:
            self._made[name] = added[name](rows_of(self.base, name, ()))
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    @property
    def engine(self) -> EngineSpec:
        """What the base says of the engine."""
        return self.base.engine if isinstance(self.base, Settled) else EngineSpec()

    @property
    def now(self) -> str | None:
        """The day the base speaks of."""
        return self.base.now if isinstance(self.base, Dated) else None

    def label(self, iri: str, language: str | None = None) -> str:
        """Return the label of a thing; a hypothetical one says that it is."""
        if iri in self.events:
            return f"{self.events[iri]} (hypothetical)"
        if iri in self.new_cities:
            return f"{self.new_cities[iri]} (hypothetical)"
        return self.base.label(iri, language) if isinstance(self.base, Labelled) else iri

    def names(self, iri: str) -> tuple[str, ...]:
        """Return every other name of a thing."""
        return self.base.names(iri) if isinstance(self.base, Named) else ()

    def _participations(self, rows: pa.Table) -> pa.Table:
        return _appended(rows, [{**row.cells, "source": [self._source]} for row in self._taken])

    def _cities(self, rows: pa.Table) -> pa.Table:
        named = {
            iri: dict.fromkeys((f"label_{tag}" for tag in LANGUAGES), self.label(iri))
            for iri in self.new_cities
        }
        return _appended(rows, [{"city": iri, **labels} for iri, labels in named.items()])

    def _sources(self, rows: pa.Table) -> pa.Table:
        return _appended(rows, [{"source": self._source, "title": f"{self.name} (hypothetical)"}])

    @property
    def _source(self) -> str:
        return f"{HYPOTHETICAL}{quote(self.name, safe='')}"


def with_events(source: Source, events: pa.Table | str | Path) -> Hypothetical:
    """Lay hypothetical events over a source; it goes wherever a release goes, and nothing is stored.

    Parameters
    ----------
    source
        A release, or tables, as for `flows`.
    events
        A CSV file, or a table, with one row per (event, city): event, city, contributes, benefits (yes, no,
        unknown); and, as far as wanted, start, end, programme, organiser, strategic_line, sdgs (several
        separated by ``;``), amount and currency. A city is named by IRI, short id or label; one that the
        source does not know is new, and said to be.

    Raises
    ------
    SourceError
        With every row that is wrong, and its line.

    Examples
    --------
    >>> import pyarrow as pa
    >>> from coopgraph.network import rank
    >>> table = pa.table({"event": ["visit"] * 2, "city": ["Lima", "Quito"],
    ...                   "contributes": [True, False], "benefits": [False, True]})
    >>> plan = pa.table({"event": ["return visit"] * 2, "city": ["Quito", "Lima"],
    ...                  "contributes": ["yes", "no"], "benefits": ["no", "yes"]})
    >>> ranking = rank(with_events(table, plan))
    >>> ranking.table["peer_exchange"].to_pylist()
    [1.0, 1.0]
    >>> print(ranking.sentences()[0])
    Hypothetical: 1 event from table is laid over the data; it is not in it.
    """
    name = Path(events).name if isinstance(events, (str, Path)) else "table"
    taken, remarks = planned(source, events, name)
    return Hypothetical(source, name, taken, remarks)


def _names(base: Source) -> tuple[str, ...]:
    if isinstance(base, Tables):
        return TABLES
    return tuple(base) if isinstance(base, Mapping) else ("participations",)


def laid_over(source: Source) -> dict[str, int]:
    """Return how many hypothetical events are laid over the data, by where they come from, for the basis."""
    if not isinstance(source, Hypothetical):
        return {}
    below = laid_over(source.base)
    own = f"{LAID_OVER}{quote(source.name, safe='')}"
    return {**below, own: below.get(own, 0) + len(source.events)}


def _appended(rows: pa.Table, more: list[dict[str, Any]]) -> pa.Table:
    """Return the table with rows added, each cell in the form of its column; columns it lacks are added."""
    import pyarrow as pa

    for name in dict.fromkeys(name for row in more for name in row):
        if name not in rows.column_names:
            rows = rows.append_column(name, pa.nulls(len(rows), _type_of(name)))
    plain = pa.schema([(field.name, _form(field)) for field in rows.schema])
    cells = [{name: _cell(value, plain.field(name).type) for name, value in row.items()} for row in more]
    return pa.concat_tables([rows.cast(plain), pa.Table.from_pylist(cells, schema=plain)])


_LIST = ("programme", "organiser", "strategic_line", "sdgs", "source")
_WORDS = {True: "yes", False: "no", None: "unknown"}


def _form(field: pa.Field[Any]) -> pa.DataType:
    """Return the type a column has in the sum: as it is, but no codes, and amounts with their decimals."""
    import pyarrow as pa

    if pa.types.is_null(field.type):
        return _type_of(field.name)
    if pa.types.is_dictionary(field.type):
        return field.type.value_type
    return pa.float64() if pa.types.is_integer(field.type) and field.name == "amount" else field.type


def _type_of(name: str) -> pa.DataType:
    import pyarrow as pa

    kinds = {"amount": pa.decimal128(18, 2), "contributes": pa.bool_(), "benefits": pa.bool_()}
    return kinds.get(name, pa.list_(pa.string()) if name in _LIST else pa.string())


def _cell(value: Any, kind: pa.DataType) -> Any:
    """Return a value as a column of this type holds it."""
    import pyarrow as pa

    if pa.types.is_string(kind) and (value is None or isinstance(value, bool)):
        return _WORDS[value]
    if pa.types.is_string(kind) and isinstance(value, list):
        return value[0] if value else None
    return float(value) if pa.types.is_floating(kind) and isinstance(value, Decimal) else value
