"""Twin towns of an endpoint with Wikidata's shape, as three tables.

In: a RemoteStore, and which countries, cities or years are wanted. Out: who says of whom that it is its twin
(P190) since when, by which references, and what is said of the places; as the bytes of TSV files, sorted.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from coopgraph.errors import StoreError
from coopgraph.rdf.harvest import Manners, count
from coopgraph.rdf.paging import Question, question
from coopgraph.rdf.terms import iri_term, literal_term, plain_text
from coopgraph.settings.remote_store import RemoteStore
from coopgraph.sources.recording.gathering import detailed, listed, query_text
from coopgraph.sources.recording.stated_dates import stated_date
from coopgraph.sources.recording.tsv import tsv
from coopgraph.sources.recording.unfinished import Unfinished

ENTITY: Final = "http://www.wikidata.org/entity/"
_SHAPE: Final = re.compile(rf"<{ENTITY}statement/([^<>\s]+)>\t<{ENTITY}(Q\d+)>\t<{ENTITY}(Q\d+)>")
_NUMBER: Final = r"(-?\d+(?:\.\d+)?)"
_POINT: Final = re.compile(rf"\s*Point\s*\(\s*{_NUMBER}\s+{_NUMBER}\s*\)\s*", re.IGNORECASE)
_UNKNOWN: Final = "/.well-known/genid/"  # how Wikidata names what somebody said to be unknown
_LANGUAGES: Final = ("en", "es", "pt", "mul")
Told = Callable[[str, int, int], None]
Details = Mapping[str, Sequence[tuple[str, str, str]]]  # of each thing: what, value and detail


@dataclass(frozen=True)
class Wanted:
    """Which statements: with a side in these countries or cities, of pairs that no side dates earlier."""

    countries: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    since: int | None = None

    def asked(self) -> Question:
        """The query that lists the statements."""
        if self.countries:
            codes = " ".join(literal_term(code) for code in self.countries)
            return question(query_text("of-countries").replace('"wanted"', codes))
        if self.cities:
            things = " ".join(iri_term(f"{ENTITY}{city}") for city in self.cities)
            return question(query_text("of-cities").replace("<urn:coopgraph:wanted>", things))
        return question(query_text("statements"))


@dataclass(frozen=True)
class Twins:
    """The three tables, how many rows each has, and what was left out."""

    files: Mapping[str, bytes]
    counts: Mapping[str, int]
    remarks: tuple[str, ...] = ()


def twins_there(store: RemoteStore, wanted: Wanted, manners: Manners) -> int:
    """How many statements would be recorded."""
    return count(store, wanted.asked(), manners)


def twins_of(
    store: RemoteStore, wanted: Wanted, recording: Unfinished, manners: Manners, told: Told
) -> Twins:
    """Ask for all of it; raises StoreError, and leaves what came so far where the next run finds it."""
    rows = listed(store, wanted.asked(), "statements", recording, manners, _saying(told, "statements"))
    if not rows:
        recording.forget()
        raise StoreError(f"{store.shown} has no statement of twin towns that is wanted. Nothing is recorded.")
    try:
        statements = [_shaped(store, row) for row in rows]
    except StoreError:
        recording.forget()
        raise
    things = [f"{ENTITY}statement/{statement}" for statement, _, _ in statements]
    say = _saying(told, "statements with their dates and references")
    said = _by_thing(detailed(store, "details", things, "details", recording, manners, say))
    names = sorted({place for _, city, twin in statements for place in (city, twin)}, key=_number)
    things = [f"{ENTITY}{place}" for place in names]
    say = _saying(told, "places")
    places = _by_thing(detailed(store, "places", things, "places", recording, manners, say))
    return _tables(statements, said, names, places, wanted.since)


def _saying(told: Told, what: str) -> Callable[[int, int], None]:
    return lambda done, of: told(what, done, of)


def _shaped(store: RemoteStore, row: str) -> tuple[str, str, str]:
    found = _SHAPE.fullmatch(row)
    if found is None:
        raise StoreError(f"{store.shown} has not Wikidata's shape: a statement of it is {row!r:.200}.")
    return found[1], found[2], found[3]


def _number(place: str) -> int:
    return int(place[1:])


def _by_thing(rows: Iterable[str]) -> Details:
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in rows:
        thing, what, value, detail = map(plain_text, row.split("\t"))
        if _UNKNOWN in value:
            continue
        found[thing.rpartition("/")[2]].append((what, value, detail))
    return found


class Dates(NamedTuple):
    """Since and until as they are sure; how many were not precise, and whether they contradict each other."""

    since: str
    until: str
    vague: int
    contrary: int


class Place(NamedTuple):
    """The cells of a row of places.tsv, and how many facts have several values."""

    cells: tuple[str, ...]
    several: int

    @property
    def name(self) -> str:
        return self.cells[1]


def _tables(
    statements: Sequence[tuple[str, str, str]],
    said: Details,
    names: Sequence[str],
    places: Details,
    since: int | None,
) -> Twins:
    dated = {statement: _dates(said.get(statement, ())) for statement, _, _ in statements}
    early = _early(statements, dated, since)
    kept = [each for each in statements if frozenset(each[1:]) not in early]
    used = {place for _, city, twin in kept for place in (city, twin)}
    told = {place: _place(place, places.get(place, ())) for place in names if place in used}
    rows = [
        (statement, city, told[city].name, twin, told[twin].name, *dated[statement][:2])
        for statement, city, twin in kept
    ]
    references = [(one, *each) for one, _, _ in kept for each in _references(said.get(one, ()))]
    files = {
        "statements.tsv": tsv("statement city city_name twin twin_name since until", rows),
        "references.tsv": tsv("statement reference url stated_in retrieved", references),
        "places.tsv": tsv(
            "place name name_en name_es name_pt country lat long geonames population",
            [place.cells for place in told.values()],
        ),
    }
    counts = {"statements": len(rows), "references": len(references), "places": len(told)}
    remarks = [
        (
            len(statements) - len(kept),
            f"statements of pairs that one side dates before {since} were left out.",
        ),
        (sum(dated[one].vague for one, _, _ in kept), "dates are less precise than a year: left empty."),
        (sum(dated[one].contrary for one, _, _ in kept), "statements end before they begin: no end is kept."),
        (
            sum(place.several for place in told.values()),
            "facts of places have several values, none preferred: left empty.",
        ),
    ]
    return Twins(files, counts, tuple(f"{number:,} {what}" for number, what in remarks if number))


def _dates(said: Sequence[tuple[str, str, str]]) -> Dates:
    found = {what: [stated_date(v, d) for w, v, d in said if w == what] for what in ("since", "until")}
    begin = min((text for text in found["since"] if text), default="")
    end = max(found["until"], default="")
    vague = [*found["since"], *found["until"]].count("")
    size = min(len(begin), len(end))
    contrary = bool(size) and end[:size] < begin[:size]
    return Dates(begin, "" if contrary else end, vague, int(contrary))


def _early(
    statements: Sequence[tuple[str, str, str]], dated: Mapping[str, Dates], since: int | None
) -> set[frozenset[str]]:
    """The pairs of which one side says that they began before a year."""
    return {
        frozenset((city, twin))
        for statement, city, twin in statements
        if since and dated[statement].since and int(dated[statement].since[:4]) < since
    }


def _references(said: Sequence[tuple[str, str, str]]) -> list[tuple[str, str, str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for what, value, detail in said:
        if what in ("url", "stated_in"):
            reference = found[detail.rpartition("/")[2]]
            reference[what] = min(value, reference.get(what, value))
        elif what == "retrieved":
            found[detail.rpartition("/")[2]][what] = stated_date(value, "11")
    return [
        (name, told.get("url", ""), told.get("stated_in", ""), told.get("retrieved", ""))
        for name, told in sorted(found.items())
    ]


def _place(place: str, said: Sequence[tuple[str, str, str]]) -> Place:
    facts: dict[str, str] = {}
    several = 0
    for what in ("country", "point", "geonames", "population"):
        values = {value for w, value, _ in said if w == what}
        several += len(values) > 1
        facts[what] = values.pop() if len(values) == 1 else ""
    names = [min((v for w, v, d in said if (w, d) == ("name", lang)), default="") for lang in _LANGUAGES]
    local = min((v for w, v, _ in said if w == "local"), default="")
    point = _POINT.fullmatch(facts["point"])
    cells = (
        place,
        local or names[3] or names[0] or place,
        *names[:3],
        facts["country"] if re.fullmatch("[A-Z]{2}", facts["country"]) else "",
        point[2] if point else "",
        point[1] if point else "",
        _whole(facts["geonames"]),
        _whole(facts["population"]),
    )
    return Place(cells, several)


def _whole(number: str) -> str:
    digits = number.removeprefix("+")
    return digits if digits.isascii() and digits.isdecimal() else ""
