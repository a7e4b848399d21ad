"""Columns that say which place a row means, added to records.

In: the records of a workspace and its gazetteer. Out: the same records with `city`, `city_how` and so on,
what was asked and found, and faults. All sources are looked at together, so that one name has one id and one
position.
Format: docs/decisions/0016-places.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from coopgraph.columns.duck import Connection, column
from coopgraph.errors import Fault
from coopgraph.settings.section import nearest
from coopgraph.sources.loading import text_array
from coopgraph.sources.places.asked import Asked, asked, cell_faults, key_of
from coopgraph.sources.places.countries import shown_country
from coopgraph.sources.places.folding import folded
from coopgraph.sources.places.gazetteer import Gazetteer
from coopgraph.sources.places.judged import NOBODY, Judged, follow
from coopgraph.sources.places.matching import match_queries
from coopgraph.sources.places.query import FOUND, Match, Query
from coopgraph.sources.places.review import Doubt, doubts
from coopgraph.sources.places.setting import PlaceSetting
from coopgraph.sources.records import RECORD, Records
from coopgraph.sources.source_spec import SourceSpec


@dataclass(frozen=True)
class Answered:
    """A distinct combination of cells, which of its names counted, and what that was taken for."""

    asked: Asked
    name: str
    match: Match
    id: str


@dataclass(frozen=True)
class Added:
    """The records with their new columns, every answer, and what is to be told."""

    records: Mapping[str, Records]
    answers: tuple[Answered, ...]
    faults: tuple[Fault, ...]
    gazetteer: Gazetteer | None = None

    @property
    def doubts(self) -> list[Doubt]:
        """The names to decide, with what each may mean."""
        return doubts(self.answers, self.records, self.gazetteer) if self.gazetteer else []

    @property
    def settled(self) -> dict[str, int]:
        """The ids of names that a judgement gave a place, and in how many rows they stand."""
        counts: Counter[str] = Counter()
        for one in self.answers:
            if one.match.how == "judged" and one.match.row is not None:
                asked = one.asked
                counts[name_id(Query(one.name, asked.country, asked.lat, asked.lon))] += asked.count
        return dict(counts)


def add_places(
    specs: Sequence[SourceSpec],
    records: Mapping[str, Records],
    gazetteer: Gazetteer,
    connection: Connection,
    judged: Judged = NOBODY,
) -> Added:
    """Look up the names of every source with a `place` setting; what people judged counts."""
    faults: list[Fault] = []
    asking: list[Asked] = []
    settings: list[tuple[str, PlaceSetting]] = []
    for spec in specs:
        for setting in spec.places if spec.name in records else ():
            wrong = _unfit(records[spec.name], setting)
            faults += wrong
            if not wrong:
                found = asked(records[spec.name], setting, connection)
                faults += cell_faults(records[spec.name], found)
                asking += found
                settings.append((spec.name, setting))
    answers = answered(gazetteer, asking, judged)
    shown = _shown(gazetteer, answers)
    widened = dict(records)
    for number, (name, setting) in enumerate(settings):
        mine = [one for one in answers if (one.asked.source, one.asked.setting) == (name, setting)]
        widened[name] = _widened(widened[name], setting, mine, shown, number, connection)
        faults += _told(records[name], setting, mine)
    return Added(widened, tuple(answers), tuple(faults), gazetteer)


def answered(gazetteer: Gazetteer, asking: Sequence[Asked], judged: Judged = NOBODY) -> list[Answered]:
    """Match what is asked: of several names the first that is found, else the first that is there."""
    queries = [
        [Query(name, one.country, one.lat, one.lon, one.setting.dominant) for name in one.names]
        for one in asking
    ]
    matches = match_queries(gazetteer, list(dict.fromkeys(query for each in queries for query in each)))
    found = {query: follow(gazetteer, name_id(query), match, judged) for query, match in matches.items()}
    answers = []
    for one, each in zip(asking, queries, strict=True):
        if each:
            query = next((query for query in each if found[query].how in FOUND), each[0])
            answers.append(Answered(one, query.name, found[query], _id(gazetteer, query, found[query])))
    return answers


def _id(gazetteer: Gazetteer, query: Query, match: Match) -> str:
    return name_id(query) if match.row is None else f"geonames-{gazetteer.of('id', match.row)}"


def name_id(query: Query) -> str:
    """Return the id of a name nobody knows the place of; ZZ stands for a country that is not stated.

    >>> name_id(Query("San José", "CR")), name_id(Query("Santiago"))
    ('name-cr-san-jose', 'name-zz-santiago')
    """
    slug = folded(query.name).replace(" ", "-") or "-".join(f"{ord(c):x}" for c in query.name)
    return f"name-{(query.country or 'ZZ').lower()}-{slug}"


def _unfit(records: Records, setting: PlaceSetting) -> list[Fault]:
    """A fault for each column that is missing, a list, or there already."""
    at, found = f"'sources.{records.source}.place'", []
    for name in setting.columns:
        if name not in records.columns:
            what = f"{at} names '{name}', which {records.title} does not have."
            found.append(Fault("coopgraph.toml", None, None, what, nearest(name, list(records.columns))))
        elif name in records.lists:
            what = f"{at} names '{name}', which holds lists."
            found.append(Fault("coopgraph.toml", None, None, what, "Name a column with one place in a cell."))
    for name in setting.added:
        if name in records.columns:
            what = f"{at} adds '{name}', which {records.title} has itself."
            found.append(Fault("coopgraph.toml", None, None, what, 'Choose another word: into = "..."'))
    return found


@dataclass(frozen=True)
class Shown:
    """What is said of an id: label, country, position and GeoNames number, as texts."""

    label: str
    country: str | None
    lat: str | None
    lon: str | None
    geonames: str | None


def _shown(gazetteer: Gazetteer, answers: Sequence[Answered]) -> dict[str, Shown]:
    """What is said of each id, by the gazetteer or, where it knows none, by most of the rows."""
    unknown: dict[str, list[Answered]] = {}
    found: dict[str, Shown] = {}
    for one in answers:
        if one.match.row is None:
            unknown.setdefault(one.id, []).append(one)
        elif one.id not in found:
            found[one.id] = _from_gazetteer(gazetteer, one.match.row)
    return found | {name: _from_rows(each) for name, each in unknown.items()}


def _from_gazetteer(gazetteer: Gazetteer, row: int) -> Shown:
    country = shown_country(gazetteer.of("country", row))
    lat, lon = (_decimal(gazetteer.of(name, row)) for name in ("lat", "lon"))
    return Shown(gazetteer.of("name", row), country, lat, lon, str(gazetteer.of("id", row)))


def _from_rows(answers: Sequence[Answered]) -> Shown:
    """The commonest spelling and position; of equals the first in the order of letters and numbers."""
    labels: Counter[str] = Counter()
    positions: Counter[tuple[float, float]] = Counter()
    for one in answers:
        labels[one.name] += one.asked.count
        if one.asked.lat is not None and one.asked.lon is not None:
            positions[one.asked.lat, one.asked.lon] += one.asked.count
    label = min(labels, key=lambda name: (-labels[name], name))
    country = shown_country(answers[0].asked.country)
    if not positions:
        return Shown(label, country, None, None, None)
    lat, lon = min(positions, key=lambda place: (-positions[place], place))
    return Shown(label, country, _decimal(lat), _decimal(lon), None)


def _decimal(value: float) -> str:
    """Degrees as a decimal number, to about a metre.

    >>> _decimal(-9.1498), _decimal(5.0), _decimal(0.00001)
    ('-9.1498', '5.0', '0.00001')
    """
    text = f"{value:.5f}".rstrip("0")
    return f"{text}0" if text.endswith(".") else text


def _widened(
    records: Records,
    setting: PlaceSetting,
    answers: Sequence[Answered],
    shown: Mapping[str, Shown],
    number: int,
    connection: Connection,
) -> Records:
    """Join the answers to the rows by the cells they were asked for."""
    added = {name: f"p{number}_{i}" for i, name in enumerate(setting.added)}
    rows = [(one.asked.key, one.id, one.match.how, *_cells(shown[one.id])) for one in answers]
    columns = list(zip(*rows, strict=True)) or [() for _ in range(len(added) + 1)]
    table = pa.Table.from_arrays([_texts(each) for each in columns], names=["place_key", *added.values()])
    right = connection.from_arrow(table)
    left = records.relation(connection)
    joined = left.join(right, key_of(records, setting) == column("place_key"), how="left")
    name = f"{records.table} place {number}"
    joined.project(RECORD, *records.columns.values(), *added.values()).create(f'"{name}"')
    decimals = {name: "." for name in setting.added if name.endswith(("_lat", "_lon"))}
    return replace(
        records, table=name, columns={**records.columns, **added}, decimals={**records.decimals, **decimals}
    )


def _cells(shown: Shown) -> tuple[str | None, ...]:
    return shown.label, shown.country, shown.lat, shown.lon, shown.geonames


def _texts(values: Sequence[str | None]) -> pa.Array:
    """Texts as Arrow has them, None as null."""
    import pyarrow.compute as pc

    missing = pa.array([value is None for value in values], pa.bool_())
    return pc.if_else(missing, pa.scalar(None, pa.large_string()), text_array(values))


def _told(records: Records, setting: PlaceSetting, answers: Sequence[Answered]) -> Iterator[Fault]:
    """Say how many names are certain by size alone, and how many are not certain, if any."""
    counts = Counter(one.match.how for one in answers)
    if large := counts["dominant"]:
        names = "name is" if large == 1 else "names are"
        what = f"{large:,} {names} taken for the city far larger than all others so called in its country."
        fix = "To decide each yourself: dominant = false in [[sources.NAME.place]]."
        yield Fault(records.title, None, None, what, fix, "info")
    doubtful = {how: count for how, count in sorted(counts.items()) if how not in FOUND}
    if doubtful:
        several = ", ".join(f"{count:,} {how}" for how, count in doubtful.items())
        names = f"{len(answers):,} names in '{setting.name[0]}'"
        what = f"{sum(doubtful.values()):,} of {names} are of no certain place ({several})."
        fix = "Decide them in a sheet: coopgraph check --review review.xlsx."
        if counts["unknown"] > len(answers) / 2:
            fix += " A larger gazetteer knows more of them: coopgraph gazetteer build --help."
        yield Fault(records.title, None, None, what, fix, "info")
