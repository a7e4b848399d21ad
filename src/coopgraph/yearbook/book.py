"""A year book in one language, before it is laid out: parts with their sentences, pictures, tables, sources.

In: an open release, a year, a language. Out: a `Book`, all texts, which templates lay out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from coopgraph import __version__
from coopgraph.secretariat.dossier import Dossier, Row, Said, Table
from coopgraph.secretariat.written import Wording, WrittenTable
from coopgraph.views.drawing import clean, in_language
from coopgraph.views.names import names_in, title_of
from coopgraph.views.profiles.counted import reported_of
from coopgraph.views.profiles.reader import Reader
from coopgraph.yearbook import exchanged, parts, pictures, stated
from coopgraph.yearbook.answers import answers_of
from coopgraph.yearbook.facts import Facts, facts_of
from coopgraph.yearbook.parts import NOT_COUNTED

if TYPE_CHECKING:
    from collections.abc import Callable

    from coopgraph.release import Release
    from coopgraph.release.compare import Comparison
    from coopgraph.views.profiles.profile import Source


NAMED: Final = 40  # cities in the text of the map; the table beside it has all


@dataclass(frozen=True)
class Picture:
    """A picture: what its template draws (or the SVG itself), its caption, its text for who cannot see it."""

    key: str
    drawn: Any
    caption: str
    alt: str


@dataclass(frozen=True)
class LaidTable:
    """A table cut to what is printed; the sources of each row as numbers; what is said of rows left out."""

    table: WrittenTable
    cites: tuple[tuple[int, ...], ...]
    more: str

    @property
    def cited(self) -> bool:
        """Whether any row cites a source."""
        return any(self.cites)


@dataclass(frozen=True)
class Chapter:
    """A part of the book in one language."""

    key: str
    title: str
    said: tuple[str, ...]
    pictures: tuple[Picture, ...]
    tables: tuple[LaidTable, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Book:
    """A whole year book; `word` gives the words of its templates."""

    lang: str
    year: int
    title: str
    network: str
    description: str
    now: str
    release: str
    licence: str
    chapters: tuple[Chapter, ...]
    sources: tuple[Source, ...]
    sources_said: tuple[str, ...]
    word: Callable[..., str]


def book_of(release: Release, year: int, lang: str = "en", compared: Comparison | None = None) -> Book:
    """Write the book of a year; a year of which nothing is documented makes one that says so.

    `compared` is an earlier release held against this one.
    """
    facts, names = facts_of(release), names_in(release)
    say, reader = Wording("yearbook", names, lang), Reader(release, lang, names)
    writer = _Writer(facts, year, say, reader)
    made = (
        parts.key_figures(facts, year, release.now),
        parts.happened(facts, year),
        exchanged.where(facts, year),
        exchanged.network(facts, year),
        exchanged.ranking(facts, year, lang),
        stated.goals(facts, year),
        stated.money(facts, year),
        parts.changes(facts, year, compared),
    )
    closing = (
        stated.quality(release, facts, _reported(Reader(release, lang, names), facts, year)),
        parts.methods(release, __version__),
    )
    chapters = (
        *map(writer.chapter, made),
        *(writer.answer(dossier, time) for dossier, time in answers_of(release, year)),
        *map(writer.chapter, closing),
    )
    network = in_language(title_of(release.manifest.workspace), lang)
    sources = reader.sources()
    asked = {"network": clean(network), "year": str(year), "release": release.manifest.id[:12]}
    return Book(
        lang=lang,
        year=year,
        title=say.word("cover.title", {"year": str(year)}),
        network=clean(network),
        description=say.word("cover.description", asked),
        now=clean(release.now or ""),
        release=release.manifest.id[:12],
        licence=clean(release.manifest.workspace.get("licence") or ""),
        chapters=chapters,
        sources=sources,
        sources_said=_sources_said(say, len(sources), len(release.table("sources"))),
        word=say.word,
    )


def _sources_said(say: Wording, cited: int, total: int) -> tuple[str, ...]:
    if not cited:
        return (say.word("said.no-sources"),)
    return (say.word("said.sources-cited", {"cited": cited, "total": total}),)


def _reported(reader: Reader, facts: Facts, year: int) -> tuple[Row, ...]:
    """Return the totals of a year beside what is documented by name, as questions 15 to 19 count it."""
    of_year = {row["figure"]: row for row in stated.reported_in(facts, year)}
    rows = []
    for subject in sorted({row["subject"] for row in of_year.values() if row["subject"]}):
        for one in reported_of(reader, subject):
            if one.figure in of_year:
                told = of_year[one.figure]
                documented = NOT_COUNTED if one.documented is None else one.documented
                cells = (subject, one.measure, told["period"], one.value, one.unit or None, documented)
                rows.append(Row(cells, told["source"], (one.figure,)))
    return tuple(rows)


@dataclass(frozen=True)
class _Writer:
    facts: Facts
    year: int
    say: Wording
    reader: Reader

    def chapter(self, part: parts.Part) -> Chapter:
        """Write a part."""
        drawn = (self.picture(key) for key in part.pictures)
        return Chapter(
            part.key,
            self.say.word(f"part.{part.key}"),
            tuple(map(self.say.sentence, part.said)),
            tuple(picture for picture in drawn if picture),
            tuple(self.table(table, self.say) for table in part.tables),
            tuple(map(self.say.sentence, part.after)),
        )

    def answer(self, dossier: Dossier, time: Said) -> Chapter:
        """Write an answer of the secretariat's as a part of the book that says first of what time it is."""
        say = replace(self.say, name=dossier.name)
        return Chapter(
            f"answer-{dossier.name}",  # the book has parts of its own with such names
            say.word("title"),
            (self.say.sentence(time), say.word("lead")),
            (),
            tuple(self.table(table, say) for table in dossier.tables),
            tuple(map(say.sentence, (*dossier.rests_on, *dossier.unknown))),
        )

    def table(self, table: Table, say: Wording) -> LaidTable:
        """Write the first rows of a table, and say how many there are besides."""
        own = say.name == self.say.name
        shown = replace(table, rows=tuple(table.rows[: parts.TOP if own else parts.OF_ANSWERS]))
        left = len(table.rows) - len(shown.rows)
        more = (
            self.say.word("said.more" if own else "said.more-answer", {"n": left, "name": say.word("title")})
            if left
            else ""
        )
        cites = tuple(tuple(n + 1 for n in self.reader.cite(row.sources)) for row in shown.rows)
        return LaidTable(say.table(shown), cites, more)

    def picture(self, key: str) -> Picture | None:
        """Draw a picture; None where there is nothing to draw."""
        drawn, values = {"years": self._years, "map": self._map, "network": self._network}[key]()
        if drawn is None:
            return None
        values = {"year": str(self.year), **values}
        alt = self.say.word(f"figure.{key}-alt", values)
        return Picture(key, drawn, self.say.word(f"figure.{key}", values), alt)

    def _years(self) -> tuple[Any, Mapping[str, Any]]:
        bars = pictures.bars_of(self.facts, self.year)
        if bars is None:
            return None, {}
        last = bars.bars[-1]
        of = {"actions": last.actions, "agreements": last.agreements}
        return bars, {"first": str(bars.bars[0].year), "last": str(last.year), **of}

    def _map(self) -> tuple[Any, Mapping[str, Any]]:
        drawn = pictures.map_of(self.facts, self.year, self.say.called)
        labels = [pin.city.label for pin in drawn.placed.pins] if drawn else []
        names = ", ".join([*labels[:NAMED], *("…" for _ in labels[NAMED : NAMED + 1])])
        return drawn, {"names": names}

    def _network(self) -> tuple[Any, Mapping[str, Any]]:
        pairs, mutual = parts.pairs_of(self.facts, self.year)
        drawn = pictures.network_svg(
            self.facts,
            self.year,
            title=self.say.word("figure.network", {"year": str(self.year)}),
            called=self.say.called,
            lang=self.say.lang,
        )
        if drawn is None:
            return None, {}
        svg, names = drawn
        return svg, {"pairs": pairs, "mutual": mutual, "names": ", ".join(names)}
