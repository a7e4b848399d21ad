"""The sheet of one city, or of one pair: the sums under both readings of unknown roles, and every action.

In: a `Side`. Out: tables of a dossier.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import fsum
from typing import Any, Final

from coopgraph.secretariat.dossier import Column, Row, Said, Table
from coopgraph.secretariat.reciprocity.figures import NEITHER, all_figures, figures, stand, together
from coopgraph.secretariat.reciprocity.gathered import Event, Flowing, weakest
from coopgraph.secretariat.reciprocity.parts import NOTHING, Side

_SUMS: Final = (
    Column("reading", "word"),
    Column("actions", "number"),
    Column("gave-in", "number"),
    Column("received-in", "number"),
    Column("given", "number"),
    Column("received", "number"),
    Column("balance", "interval"),
    Column("returned-share", "number"),
    Column("gives-to", "number"),
    Column("receives-from", "number"),
    Column("stands", "word"),
)


def sum_table(side: Side) -> Table:
    """Return what was given and received in all, each action once: as asked, and read the other way."""
    facts = side.facts
    other = "exclude" if facts.reading.unknown == "both" else "both"
    rows = [_sums(side, f"unknown-{facts.reading.unknown}", facts.read)]
    if facts.other is not facts.read:
        rows.append(_sums(side, f"unknown-{other}", facts.other))
    return Table("balance", _SUMS, tuple(rows), tuple(_strangers(side)))


def _sums(side: Side, reading: str, flowing: Flowing) -> Row:
    partners = side.flowing(flowing.terms)
    told = all_figures({None: together(partners.values())}, side.facts.reading.loss)[None]
    each = [figures(passed, None) for passed in partners.values()]
    flow = told.given + told.received
    back = 2 * fsum(min(one.given, one.received) for one in each)
    gives, receives = sum(one.given > 0 for one in each), sum(one.received > 0 for one in each)
    if not side.events:
        return Row((reading, 0, *(None,) * 8, NEITHER))
    cells = (
        *(reading, len(side.events), told.gave_in, told.received_in, told.given, told.received, told.balance),
        *(round(back / flow, 12) if flow else None, gives, receives, stand(gives > 0, receives > 0)),
    )
    return Row(cells, **side.proof(side.events, side.members))


def _strangers(side: Side) -> Iterator[Said]:
    """Say with how many more cities a city took part in actions without anything that passes being known."""
    if side.partner is None:
        met = {city for event in side.events.values() for city in event.takings} - {side.city}
        if more := len(met - side.passed.keys()):
            yield Said("strangers", {"n": more})


def action_table(side: Side) -> Table:
    """Return every action of the city (and the partner), the newest first: roles, and what passed in it."""
    pair = side.partner is not None
    columns = (
        Column("action", "thing"),
        Column("start", "day"),
        Column("end", "day"),
        *(
            Column(f"{who}-{flag}", "word")
            for who in _WHO[: 1 + pair]
            for flag in ("contributes", "benefits")
        ),
        *(Column(f"{who}-role") for who in _WHO[: 1 + pair]),
        Column("passed", "word"),
        Column("given", "number"),
        Column("received", "number"),
        Column("others", "number"),
        Column("certainty", "word"),
        Column("lines", "things"),
        Column("sdgs", "things"),
    )
    possible = together(side.flowing(side.facts.open.terms).values())
    order = sorted(side.events, key=lambda name: (side.events[name].start or "", name), reverse=True)
    rows = tuple(_action(side, name, side.events[name], possible.get(name, NOTHING)) for name in order)
    return Table("actions", columns, rows, empty="no-action")


_WHO: Final = ("city", "partner")


def _action(side: Side, name: str, event: Event, possible: tuple[float, float]) -> Row:
    given, received = (round(value, 12) for value in side.whole.get(name, NOTHING))
    shown = (now or (None if may else now) for now, may in zip((given, received), possible, strict=True))
    takings = [event.takings[city] for city in side.members]
    cells: tuple[Any, ...] = (
        *(name, event.start, event.end),
        *(_answer(flag) for taking in takings for flag in (taking.contributes, taking.benefits)),
        *("; ".join(taking.roles) or None for taking in takings),
        *(_passed(given, received, any(possible)), *shown, len(event.takings) - len(takings)),
        *(weakest(taking.certainty for taking in takings), event.lines, event.sdgs),
    )
    return Row(cells, **side.proof((name,), side.members))


def _passed(given: float, received: float, possible: bool) -> str:
    """Say what passed; where nothing did, whether unknown roles are why."""
    if given or received:
        return "gave-and-got" if given and received else "gave" if given else "got"
    return "roles-unknown" if possible else "nothing-passed"


def _answer(flag: bool | None) -> str:
    return "unknown" if flag is None else "yes" if flag else "no"
