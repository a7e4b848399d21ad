"""A comparison of two releases for people: tables for the terminal, Markdown for a commit or a report.

In: a `Comparison`. Out: text. In Markdown no value can become markup: what marks something is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from coopgraph.cli.notes import sentences_text
from coopgraph.cli.output import table_text, visible
from coopgraph.release.compare.comparison import (
    CityChange,
    Comparison,
    Count,
    MoneyChange,
    Side,
    Stated,
    ThingChange,
    ValueChange,
)

Columns = Sequence[tuple[str, bool]]
Rows = list[list[str]]
NO_CLASS = "things of no class"
_LONGEST = 160  # characters of a value


def terminal(found: Comparison) -> str:
    """Return the comparison as tables below each other."""
    parts = [f"{_headline(found)}\n"]
    for title, columns, rows in _tables(found):
        flat = [[" ".join(cell.split()) for cell in row] for row in rows]
        parts.append(f"{title}\n{table_text(columns, flat)}")
    if found.things:
        parts.append("".join(f"{line}\n" for line in _told(found)))
    said = sentences_text(found.sentences())
    return "\n".join([*parts, said] if said else parts)


def markdown(found: Comparison) -> str:
    """Return the comparison as Markdown with tables, as GitHub and most others read it."""
    parts = [
        f"# What changed: {_escaped(found.after.title) or 'two releases'}\n\n{_escaped(_headline(found))}\n"
    ]
    for title, columns, rows in _tables(found):
        parts.append(f"## {title}\n\n{_markdown_table(columns, rows)}")
    if found.things:
        parts.append("## One by one\n\n" + "".join(f"{line}\n" for line in _listed(found)))
    if found.sentences():
        parts.append("".join(f"- {_escaped(sentence)}\n" for sentence in found.sentences()))
    return "\n".join(parts)


def _headline(found: Comparison) -> str:
    sides = f"From {_side(found.before)} to {_side(found.after)}"
    if not found.changed:
        return f"{sides}: nothing changed."
    data = found.data
    return f"{sides}: {data.added:,} statements added, {data.removed:,} removed."


def _side(side: Side) -> str:
    day = f" (data of {side.now})" if side.now else ""
    return f"{side.id or 'RDF files'}{day}"


def _tables(found: Comparison) -> Iterator[tuple[str, Columns, Rows]]:
    """Yield what is told by class, by city, of money, and by source; nothing empty."""
    classes = [
        [each.label or NO_CLASS, *(_number(n) for n in (each.added, each.removed, each.changed))]
        for each in found.classes
    ]
    cities = [
        [city.label, *map(_count, (city.participations, city.given, city.received, city.unknown)),
         *map(_count, (city.agreements, city.memberships))]
        for city in found.cities if any(_counts(city))
    ]  # fmt: skip
    money = [[city.label, *_money(each)] for city in found.cities for each in city.money]
    sources = [
        [each.how, each.source.rsplit("/", 1)[-1], *(text or "unknown" for text in stated)]
        for each in found.sources
        for stated in [(each.title, each.publisher, each.date)]
    ]
    graphs = [
        [each.name, _number(each.statements.added), _number(each.statements.removed)] for each in found.graphs
    ]
    heads = ("participations", "given", "received", "unknown role", "agreements", "memberships")
    tables = (
        ("By class", _heads(("class", "added", "removed", "changed"), 1), classes),
        ("By city", _heads(("city", *heads), 1), cities),
        ("Money", _heads(("city", "what", "kind", "currency", "before", "after"), 4), money),
        ("Sources", _heads(("", "source", "title", "publisher", "date"), 5), sources),
        ("Statements by source", _heads(("graph", "added", "removed"), 1), graphs),
    )
    yield from (table for table in tables if table[2])


def _heads(names: Sequence[str], numbers: int) -> Columns:
    """Name the columns; from one on they hold numbers."""
    return [(name, place >= numbers) for place, name in enumerate(names)]


def _counts(city: CityChange) -> tuple[bool, ...]:
    counts = (city.participations, city.given, city.received, city.unknown, city.agreements, city.memberships)
    return tuple(bool(each.added or each.removed) for each in counts)


def _count(count: Count) -> str:
    """Say a count that changed as old → new, and one that hides an exchange as such.

    >>> _count(Count(3, 4, 1, 0)), _count(Count(3, 3, 1, 1)), _count(Count())
    ('3 → 4', '3 (+1 −1)', '')
    """
    if not count.added and not count.removed:
        return ""
    if count.added and count.removed:
        now = f"{count.before:,} → {count.after:,}" if count.before != count.after else f"{count.after:,}"
        return f"{now} (+{count.added:,} −{count.removed:,})"
    return f"{count.before:,} → {count.after:,}"


def _money(each: MoneyChange) -> list[str]:
    return [each.what, each.kind_label, each.currency or "unknown", _amount(each.before), _amount(each.after)]


def _amount(amount: Decimal | None) -> str:
    return "none stated" if amount is None else f"{amount:,}"


def _number(number: int) -> str:
    return f"{number:,}" if number else ""


def _told(found: Comparison) -> Iterator[str]:
    for cls, how, things in _by_class(found):
        yield f"{cls}, {how}"
        for thing in things:
            yield f"  {visible(' '.join(thing.label.split()))}  <{visible(thing.thing)}>"
            if how == "changed":
                yield from (f"    {visible(_changed(value))}" for value in thing.values)
    if found.left_out:
        yield f"and {found.left_out:,} more: --top N tells more of them, --format csv all."


def _listed(found: Comparison) -> Iterator[str]:
    for cls, how, things in _by_class(found):
        yield f"**{_escaped(cls)}, {how}**\n"
        for thing in things:
            yield f"- {_escaped(thing.label)} (`{visible(thing.thing).replace('`', '%60')}`)"
            if how == "changed":
                yield from (f"  - {_escaped(_changed(value))}" for value in thing.values)
        yield ""
    if found.left_out:
        yield f"And {found.left_out:,} more.\n"


def _by_class(found: Comparison) -> Iterator[tuple[str, str, list[ThingChange]]]:
    labels = {each.cls: each.label for each in found.classes}
    for (cls, how), things in groupby(found.things, key=lambda thing: (thing.cls, thing.how)):
        yield labels[cls] or NO_CLASS, how, list(things)


def _changed(value: ValueChange) -> str:
    """Say one property's old values, an arrow, and the new ones, each with who states it.

    >>> two, three = (Stated("", text, ("https://e.org/graph/seed",)) for text in ("2016", "2017"))
    >>> _changed(ValueChange("", "start", (two,), (three,)))
    'start: 2016 [seed] → 2017 [seed]'
    """
    old, new = (", ".join(map(_stated, side)) or "nothing" for side in (value.before, value.after))
    return f"{value.label}: {old} → {new}"


def _stated(stated: Stated) -> str:
    text = " ".join(stated.text.split())
    short = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    who = ", ".join(graph.rpartition("/graph/")[2] for graph in stated.graphs)
    return f"{short} [{who}]"


def _markdown_table(columns: Columns, rows: Rows) -> str:
    head = " | ".join(name for name, _ in columns)
    line = "|".join("---:" if number else "---" for _, number in columns)
    body = "".join(f"| {' | '.join(map(_escaped, row))} |\n" for row in rows)
    return f"| {head} |\n|{line}|\n{body}"


def _escaped(text: str) -> str:
    r"""Escape what Markdown and HTML would obey.

    >>> print(_escaped("a|b <b>*c*</b>"))
    a\|b &lt;b\>\*c\*&lt;/b\>
    """
    safe = " ".join(visible(text).split()).replace("&", "&amp;").replace("<", "&lt;")
    return re.sub(r"([\\`*_\[\]|>#~])", r"\\\1", safe)
