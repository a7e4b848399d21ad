"""Find things as one types: by any label, alias or acronym, in any language, with or without accents.

In: an open release, made into an `Index` once; a few letters. Out: things, best first: what is called exactly
so, what begins so, what has a word that begins so, what has it anywhere; equals by how much is recorded of
them, then by IRI. Names are searched as one long text, in that order, so that a search stops at its limit.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final

from coopgraph.languages import LANGUAGES
from coopgraph.letters import plain_letters
from coopgraph.namespaces import COOP, COUNTRY, SKOS
from coopgraph.views.drawing import clean, in_language
from coopgraph.views.names import CLASSES, Readable
from coopgraph.views.strings import ASSETS

LABELS: Final = ASSETS.parent / "explorer" / "labels.rq"
KINDS: Final = {  # of a thing of several classes the first counts
    **CLASSES,
    f"{COOP}Stage": "stage",
    f"{COOP}Country": "country",
    "http://metadata.un.org/sdg/ontology#Goal": "goal",
    "http://metadata.un.org/sdg/ontology#Target": "target",
    f"{SKOS}Concept": "concept",
    f"{COOP}Source": "source",
}
MOST_COUNTED: Final = 1000
_FIRST: Final = {kind: place for place, kind in enumerate(KINDS.values())}
_RECORDED: Final = {
    "participations": ["event", "city"],
    "agreements": ["agreement", "party"],
    "memberships": ["network", "city"],
}
_PUNCTUATION: Final = str.maketrans(dict.fromkeys("-‐–—_/.,;:()[]«»\"'’‘`´·&+", " "))


@dataclass(frozen=True)
class Thing:
    """One thing that can be found; `weight` is how many records there are of it."""

    iri: str
    kind: str
    labels: tuple[str, ...]  # in the order of LANGUAGES
    weight: int
    countries: tuple[str, ...] = ()  # what a city's country is called, as `labels`


@dataclass(frozen=True)
class Hit:
    """A thing found, and by which of its names."""

    thing: Thing
    name: str


@dataclass(frozen=True)
class Found:
    """The best hits, and how many things more have such a name; None where they are too many to count."""

    hits: tuple[Hit, ...]
    more: int | None


@dataclass(frozen=True)
class Names:
    """Names as lines of one text, most recorded first; line i is `written[i]` folded, of `things[i]`."""

    text: str
    starts: tuple[int, ...]
    written: tuple[str, ...]
    things: tuple[Thing, ...]


Index = Mapping[str, Names]  # by kind; all names under ""


def fold(text: str) -> str:
    """Return a text without capitals, accents and punctuation.

    >>> fold("  São-Paulo (BR)"), fold("Łódź")
    ('sao paulo br', 'lodz')
    """
    return " ".join(plain_letters(text).translate(_PUNCTUATION).split())


def index_of(release: Readable) -> Index:
    """Read the names of everything in a release, and how much is recorded of each."""
    names, kinds, labels = _read(release)
    recorded = _recorded(release)
    called = {iri: tuple(in_language(labels[iri], lang) for lang in LANGUAGES) for iri in names}
    cities = release.table("cities").select(["city", "country"]).to_pylist()
    countries = {row["city"]: called.get(f"{COUNTRY}{row['country']}", ()) for row in cities}
    things = [
        Thing(iri, kinds[iri], called[iri], recorded.get(iri, 0), countries.get(iri, ())) for iri in names
    ]
    things.sort(key=lambda thing: (-thing.weight, _FIRST[thing.kind], thing.iri))
    return index_from((thing, name) for thing in things for name in sorted(names[thing.iri]))


def index_from(named: Iterable[tuple[Thing, str]]) -> Index:
    """Return the index of names that are in order, those of most records first.

    >>> sorted(index_from([(Thing("urn:lima", "city", ("Lima",) * 3, 3), "Lima")]))
    ['', 'city']
    """
    lines: dict[str, list[tuple[str, str, Thing]]] = {"": []}
    for thing, name in named:
        line = (fold(name), name, thing)
        lines[""].append(line)
        lines.setdefault(thing.kind, []).append(line)
    return {kind: _names(rows) for kind, rows in lines.items()}


def _names(rows: Sequence[tuple[str, str, Thing]]) -> Names:
    starts = accumulate((len(line) + 1 for line, _, _ in rows), initial=1)
    text = "\n" + "\n".join(line for line, _, _ in rows) + "\n"
    return Names(text, tuple(starts), tuple(name for _, name, _ in rows), tuple(thing for *_, thing in rows))


def find(index: Index, asked: str, *, kind: str = "", limit: int = 10) -> Found:
    """Return the best hits, of one kind or of all, and how many more there are; nothing for nothing asked.

    >>> lima = Thing("urn:lima", "city", ("Lima", "Lima", "Lima"), 3)
    >>> find(index_from([(lima, "Lima")]), "LÍ").hits[0].thing.iri
    'urn:lima'
    """
    wanted, names = fold(asked), index.get(kind)
    found: dict[str, Hit] = {}
    if not wanted or names is None:
        return Found((), 0)
    for pattern in (f"\n{wanted}\n", f"\n{wanted}", f" {wanted}", wanted):
        for line in _lines(names, pattern):
            thing = names.things[line]
            found.setdefault(thing.iri, Hit(thing, names.written[line]))
            if len(found) > limit + MOST_COUNTED:
                return Found(tuple(found.values())[:limit], None)
    return Found(tuple(found.values())[:limit], max(0, len(found) - limit))


def _lines(names: Names, pattern: str) -> Iterator[int]:
    """Yield the lines a pattern stands in, each once, in their order."""
    at = names.text.find(pattern)
    while at >= 0:
        line = bisect_right(names.starts, at + pattern.startswith("\n")) - 1
        yield line
        at = names.text.find(pattern, names.starts[line + 1] - 1)


def _read(release: Readable) -> tuple[dict[str, set[str]], dict[str, str], dict[str, dict[str, str]]]:
    """Return the names, the kind, and the labels by language of each thing; an acronym labels a network."""
    table = release.query(LABELS.read_text("utf-8"), trusted=True).to_arrow()
    columns: list[list[Any]] = [table[name].to_pylist() for name in table.column_names]
    names: dict[str, set[str]] = defaultdict(set)
    kinds: dict[str, str] = {}
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    acronyms: dict[str, str] = {}
    for iri, of, told, raw, lang in zip(*columns, strict=True):
        kind, name = KINDS[of], clean(raw)
        names[iri].add(name)
        if iri not in kinds or _FIRST[kind] < _FIRST[kinds[iri]]:
            kinds[iri] = kind
        if told == f"{COOP}acronym":
            acronyms[iri] = min(name, acronyms.get(iri, name))
        elif not told.endswith("altLabel"):
            tag = (lang or "").split("-")[0]
            labels[iri][tag] = min(name, labels[iri].get(tag, name))
    for iri, acronym in acronyms.items():
        labels[iri] = {"": acronym}
    return names, kinds, labels


def _recorded(release: Readable) -> dict[str, int]:
    """Return in how many records of the tables each thing stands."""
    import pyarrow.compute as pc

    found: dict[str, int] = defaultdict(int)
    for table, pair in _RECORDED.items():
        once = (
            release.table(table).select(pair).group_by(pair).aggregate([])
        )  # of several currencies several rows
        for column in pair:
            for row in pc.value_counts(once[column]).to_pylist():
                found[row["values"]] += row["counts"]
    return found
