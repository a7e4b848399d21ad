"""The demo's facts as a story of five short chapters, 80 columns wide."""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from coopgraph.cli.output import shown, table_text

WIDTH = 79
Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Story:
    """The folder the demo was made in, and the command to go on with."""

    directory: Path
    command: str

    def told(self, facts: Facts) -> Iterator[str]:
        """Yield the story, chapter by chapter."""
        yield heading("Who cooperates with whom? Ibero-American cities, from spreadsheets to answers")
        yield from chapter("1  Read", self._read(facts["read"]))
        yield from chapter("2  Checked", found(facts["found"]))
        yield from chapter("3  Asked", self._answers(facts["answers"]))
        yield from chapter("4  Ranked by peer exchange", ranked(facts["ranking"]))
        yield from chapter(
            "5  Drawn",
            [
                f"{facts['page']}",
                "Open it in a browser: search, legend, table; in en, es, pt; no network needed.",
            ],
        )
        yield from chapter("Go on", self._commands())

    def _read(self, read: Facts) -> Iterator[str]:
        largest = ", ".join(f"{source['file']} ({source['records']:,})" for source in read["largest"])
        yield (
            f"{read['files']} files in {self.directory} with {read['records']:,} rows became "
            f"{read['quads']:,} statements, each with its source and its row."
        )
        yield f"The largest: {largest}."
        yield f"They speak of {counted(read['counts'])}."
        said = "Published as" if read["new"] else "Nothing has changed since"
        yield f"{said} release {read['release']}: complete or not there, never changed in place."

    def _answers(self, answers: Sequence[Facts]) -> Iterator[str]:
        money, named, beside = answers
        yield from asked(money)
        yield from map(answer, money_lines(money["rows"]))
        yield from asked(named)
        yield from map(answer, named_lines(named["rows"]))
        yield from asked(beside)
        yield beside_text(beside["rows"])
        yield answer("Nobody is invented to fill a total: what is reported stands beside what is documented.")

    def _commands(self) -> Iterator[str]:
        here = self.directory
        for words, meaning in (
            (f"query -w {here} --list", "every question that can be asked at once"),
            (f"query -w {here} cq-021 --param city=la-paz", "the agreements of one city"),
            (f"explain madrid -w {here}", "whom, what and which sources one city's score rests on"),
            (f"rank {here} --measure reciprocity --plot ranking.svg", "another measure, as a picture too"),
            (f"check {here}", "change a row in its CSV files, then look"),
            ("init my-workspace", "spreadsheets of your own to fill in"),
        ):
            yield f"   {self.command} {words}\n       {meaning}"


def counted(counts: Facts) -> str:
    """Return the things a release speaks of, statements left out.

    >>> counted({"statements": 9, "cities": 3, "agreements": 2})
    '3 cities and 2 agreements'
    """
    wanted = ("cities", "participations", "agreements", "memberships", "offices", "reported_figures")
    said = [f"{counts[name]:,} {name.replace('_', ' ')}" for name in wanted if counts.get(name)]
    return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)


def asked(question: Facts) -> Iterator[str]:
    """Yield a stored question, its name and what it was asked about."""
    yield "\n" + wrapped(question["question"], "   ? ", "     ")
    about = ", ".join(f"{name}: {value.rsplit('/', 1)[-1]}" for name, value in question["parameters"].items())
    yield answer(f"[{question['query'][:6]}; {about}]")


def named_lines(rows: Sequence[Facts]) -> Iterator[str]:
    """Yield who is named with a year, and where the answer says so how sure that is and on what it rests.

    >>> list(named_lines([{"name": "Quito", "signed": "2017", "certainty": "derived", "note": "as printed"}]))
    ['At least 1 is named; the year is derived: Quito (2017)', 'Why derived: as printed.']
    """
    names = ", ".join(f"{row['name']} ({row['signed'] or 'no year'})" for row in rows)
    uncertain = sum(row.get("certainty") == "derived" for row in rows)
    if not uncertain:
        yield f"At least {len(rows)} {'is' if len(rows) == 1 else 'are'} named: {names}"
        return
    whose = "the year" if uncertain == len(rows) else f"the year of {uncertain}"
    yield f"At least {len(rows)} {'is' if len(rows) == 1 else 'are'} named; {whose} is derived: {names}"
    notes = dict.fromkeys(row["note"] for row in rows if row.get("note"))
    yield from (f"Why derived: {note.rstrip('.')}." for note in notes)


def beside_text(rows: Sequence[Facts]) -> str:
    """Return what is reported beside what is documented, as a table."""
    columns = [("what", False), ("in words", False), ("reported", True), ("by name", True)]
    cells = [
        [row["measure"], row["qualifierLabel"], shown(row["reported"]), shown(row["documented"])]
        for row in rows
    ]
    return textwrap.indent(table_text(columns, cells, WIDTH - 5), "     ").rstrip()


def found(found: Facts) -> Iterator[str]:
    """Yield what was found wrong, with examples."""
    counts = [
        (found["violation"], "violations"),
        (found["warning"], "warnings"),
        (found["info"], "suspicions"),
    ]
    yield (
        ", ".join(f"{count:,} {name}" for count, name in counts)
        + ". A violation would have stopped the release."
    )
    for example in found["examples"]:
        yield bullet(example)


def ranked(ranking: Facts) -> Iterator[str]:
    """Yield both rankings side by side, and what they rest on."""
    yield (
        "How mutual a city's exchange is over all the partners it could have: 0 when nothing is returned, "
        f"1 when balanced with all. {ranking['unknown']} of {ranking['participations']} participations have "
        "an unknown flag: who contributed or benefited is not stated. So there are two rankings, not one:"
    )
    columns = [
        ("", True),
        ("unknown is not a yes", False),
        ("score", True),
        ("", True),
        ("unknown is a yes", False),
        ("score", True),
    ]
    pairs = zip(ranking["exclude"], ranking["both"], strict=True)
    rows = [[*_place(cautious), *_place(generous)] for cautious, generous in pairs]
    yield textwrap.indent(table_text(columns, rows, WIDTH - 3), "   ").rstrip()
    moved = ranking["moved"]
    yield bullet(
        f"{ranking['cities']} cities; {ranking['dyads_could_become_mutual']} pairs of them are mutual only "
        "if the unknown flags are yes."
    )
    yield bullet(
        f"{moved['label']} is no. {moved['exclude']} in one reading and no. {moved['both']} in the other: "
        "read neither alone."
    )
    for told in (ranking["derived"], ranking["leading"]):
        if told:
            yield bullet(told)
    yield bullet(near_degree(ranking["near_degree"]))


def near_degree(readings: Facts) -> str:
    """Return how near to plain degree either ranking is: the one thing the score cannot get away from.

    >>> near_degree({"exclude": {"mutual_share": 0.982, "correlation": 0.995},
    ...              "both": {"mutual_share": None, "correlation": None}}).partition(": ")[2][:70]
    'unknown is not a yes, 98.2 % and .995; unknown is a yes, no exchange. '
    """
    said = [
        f"{words}, {_near(readings[reading])}"
        for reading, words in (("exclude", "unknown is not a yes"), ("both", "unknown is a yes"))
    ]
    return (
        "Where nearly all are peers, peer exchange is nearly degree. Share of directed edges that are "
        f"mutual, and correlation with degree: {'; '.join(said)}. Read k = 1 and reciprocity beside it."
    )


def _near(reading: Facts) -> str:
    if reading["mutual_share"] is None:
        return "no exchange"
    correlation = reading["correlation"]
    varies = "none" if correlation is None else f"{correlation:.3f}".removeprefix("0")
    return f"{reading['mutual_share']:.1%}".replace("%", " %") + f" and {varies}"


def _place(row: Facts) -> list[str]:
    return [str(row["rank"]), str(row["label"]), f"{row['peer_exchange']:.3f}"]


def money_lines(rows: Sequence[Facts]) -> Iterator[str]:
    """Yield what was planned, invested and left, with its currency.

    >>> list(money_lines([{"planned": 3, "currency": "EUR", "plannedFor": "in 2015", "invested": 1,
    ...                    "investedIn": "by 2018", "remainder": 2, "sharePercent": 33.3}]))[0]
    '3 EUR planned (in 2015), 1 EUR invested (by 2018): 33.3 %. 2 EUR remain.'
    """
    for row in rows:
        yield (
            f"{shown(row['planned'])} {row['currency']} planned ({_when(row, 'planned', 'plannedFor')}), "
            f"{shown(row['invested'])} {row['currency']} invested ({_when(row, 'invested', 'investedIn')}): "
            f"{row['sharePercent']} %. {shown(row['remainder'])} {row['currency']} remain."
        )


def _when(row: Facts, what: str, stated: str) -> str:
    derived = row.get(f"{what}Certainty") == "derived"
    return f"{row[stated]}, as it is read" if derived else str(row[stated])


def chapter(title: str, lines: Iterator[str] | Sequence[str]) -> Iterator[str]:
    """Yield a heading and its lines, wrapped unless they are laid out already."""
    yield "\n" + heading(title)
    for line in lines:
        yield line if line.startswith((" ", "\n")) else wrapped(line, "   ")


def answer(line: str) -> str:
    """Wrap an answer below its question."""
    return wrapped(line, "     ")


def bullet(line: str) -> str:
    """Wrap a line as an item of a list."""
    return wrapped(line, "   - ", "     ")


def wrapped(line: str, first: str, rest: str | None = None) -> str:
    """Wrap a line, never within a word or an address."""
    return textwrap.fill(
        line,
        WIDTH,
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def heading(text: str) -> str:
    """Set a heading in bold where the reader can see it."""
    plain = not sys.stdout.isatty() or "NO_COLOR" in os.environ
    return text if plain else click.style(text, bold=True)
