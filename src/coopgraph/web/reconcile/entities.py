"""The cities a name may mean: those of the release, then those of the gazetteer it does not have.

In: a release, and what its things are called. Out: `Entities`: a gazetteer of both, and the id of each row.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from coopgraph.languages import LANGUAGES
from coopgraph.sources.places.gazetteer import Gazetteer, load_gazetteer
from coopgraph.sources.places.making import SCHEMA, Place, place_table
from coopgraph.sources.workspace import gazetteer_of

if TYPE_CHECKING:
    from coopgraph.release import Release
    from coopgraph.views.explorer.search import Index

_NUMBER: Final = re.compile(r".*geonames\.org/([0-9]+)/?.*")
_NOWHERE: Final = float("nan")


@dataclass(frozen=True)
class Entities:
    """Cities as rows of a gazetteer; `iris` are those of the release, by their row."""

    gazetteer: Gazetteer
    space: str
    iris: Mapping[int, str]
    row_of: Mapping[str, int]

    def id(self, row: int) -> str:
        """The id of a city: what follows the identifier space, or the whole IRI of one from elsewhere."""
        iri = self.iris.get(row) or f"{self.space}city/geonames-{self.gazetteer.of('id', row)}"
        return iri.removeprefix(self.space)


def id_space(release: Release) -> str:
    """The beginning of the addresses that the service's ids go on from."""
    return f"{release.base}id/"


def entities_of(release: Release, index: Index) -> Entities:
    """Join a release's cities with its workspace's gazetteer; a city both have is the release's."""
    import pyarrow.compute as pc

    gazetteer = load_gazetteer(gazetteer_of(release.workspace) if release.workspace else None)
    numbers = _numbers(release)
    names: dict[str, dict[str, None]] = defaultdict(dict)
    if "city" in index:
        for thing, name in zip(index["city"].things, index["city"].written, strict=True):
            names[thing.iri].setdefault(name)
    cities = release.table("cities").to_pylist()
    iris = [row["city"] for row in cities]
    places = [
        _place(-number, row, names[row["city"]], gazetteer, numbers.get(row["city"]))
        for number, row in enumerate(cities, 1)
    ]
    ours = _with_namesakes(
        place_table(places), gazetteer, {-n: numbers.get(iri) for n, iri in enumerate(iris, 1)}
    )
    known = pa.array(sorted(set(numbers.values())), pa.int64())
    theirs = gazetteer.table.filter(pc.invert(pc.is_in(gazetteer.table["id"], value_set=known)))
    table = pa.concat_tables([ours.cast(SCHEMA), theirs.cast(SCHEMA)]).combine_chunks()
    both = Gazetteer(table, gazetteer.title)
    by_row = {row: iris[-number - 1] for row, number in enumerate(ours["id"].to_pylist())}
    space = id_space(release)
    found = Entities(both, space, by_row, {})
    row_of = {found.id(row): row for row in range(len(both))}
    rows = {iri: row for row, iri in by_row.items()}
    also = {f"city/geonames-{number}": rows[iri] for iri, number in numbers.items() if iri in rows}
    return Entities(both, space, by_row, also | row_of)


def _with_namesakes(ours: pa.Table, gazetteer: Gazetteer, numbers: Mapping[int, int | None]) -> pa.Table:
    """The release's cities with what the gazetteer remembers of places it left out that share their names."""
    rows = ours.to_pylist()
    for row in rows:
        at = gazetteer.row_of.get(numbers[row["id"]] or 0)
        if at is not None:
            for column in ("left_out", "largest"):
                of = dict(zip(gazetteer.keys(at), gazetteer.table[column][at].as_py(), strict=True))
                row[column] = [of.get(key, 0) for key in row["keys"]]
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def _numbers(release: Release) -> dict[str, int]:
    """The GeoNames number of each city; of several the first."""
    query = (Path(__file__).parent / "geonames.rq").read_text("utf-8")
    found: dict[str, int] = {}
    for city, match in release.query(query, trusted=True):
        if number := _NUMBER.fullmatch(str(match)):
            found.setdefault(str(city), int(number[1]))
    return found


def _place(
    number: int, row: Mapping[str, Any], names: Mapping[str, None], gazetteer: Gazetteer, known: int | None
) -> Place:
    """A city of the release, with what the gazetteer knows of it where the release is silent."""
    at = gazetteer.row_of.get(known) if known else None
    labels = [label for lang in LANGUAGES if (label := row[f"label_{lang}"])]
    called = [*labels, *names]
    more = gazetteer.keys(at) if at is not None else []

    def said(ours: Any, column: str, otherwise: Any) -> Any:
        return ours if ours is not None else gazetteer.of(column, at) if at is not None else otherwise

    name = called[0] if called else str(row["city"]).rsplit("/", 1)[-1]
    return Place(
        id=number,
        name=name,
        ascii=name,
        names=(*called, *(key.title() for key in more)),
        country=said(row["country"], "country", ""),
        admin1=gazetteer.of("admin1", at) if at is not None else "",
        lat=said(row["lat"], "lat", _NOWHERE),
        lon=said(row["long"], "lon", _NOWHERE),
        population=said(row["population"], "population", 0),
    )
