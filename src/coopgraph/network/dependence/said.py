"""A Dependence, and a survey of dependences, in plain sentences.

In: a Dependence. Out: what was removed, what is lost, what holds, and how scores are compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coopgraph.network.dependence.removal import Dependence
    from coopgraph.network.dependence.survey import DependenceSurvey
    from coopgraph.network.layers import Shape

_NAMED, _ALONE = 5, 10  # more names than so many are counted


def sentences(told: Dependence) -> Iterator[str]:
    """Yield the sentences that come before those of the basis."""
    yield _removed(told)
    yield _lost(told)
    yield _whole(told.before, told.after)
    kinds = {kind for _, _, kinds in told.removed.things for kind in kinds}
    for kind in ("network", "programme"):
        if kind in kinds:
            yield from _unstated(told.unstated[kind], told.basis.selected_events, kind)
    yield from _compared(told)


def _removed(told: Dependence) -> str:
    names = "; ".join(f"{label} ({' and '.join(kinds)})" for _, label, kinds in told.removed.things)
    events, cities = len(told.removed.events), len(told.removed.cities)
    parts = [f"{events:,} of {told.basis.selected_events:,} events"] if events or not cities else []
    parts += [f"all participations of {counted(cities, 'city', 'cities')}"] if cities else []
    them = "it" if len(told.removed.things) == 1 else "them"
    return f"Removed: {names}. With {them} {'go' if cities or events != 1 else 'goes'} {' and '.join(parts)}."


def _lost(told: Dependence) -> str:
    dyads = told.dyads.num_rows
    if not dyads:
        return "No pair of cities is lost: whoever exchanged something before still does."
    mutual, ends = (sum(told.dyads.column(name).to_pylist()) for name in ("mutual", "removed"))
    between = f" {dyads - ends:,} of them are between cities that remain." if ends else ""
    return (
        f"Lost: {dyads:,} of {told.before.dyads:,} pairs of cities, {mutual:,} of them mutual.{between} "
        f"{_alone(told)} {counted(told.events.num_rows, 'event gives', 'events give')} no flow any more."
    )


def _alone(told: Dependence) -> str:
    """Name the cities that lose their last partner."""
    if not told.left_alone:
        return "Every city that had a partner and remains still has one."
    labels = dict(zip(*(told.table.column(name).to_pylist() for name in ("city", "label")), strict=True))
    names = [labels[city] for city in told.left_alone]
    many = counted(len(names), "city that remains has", "cities that remain have")
    return f"{many} no partner any more: {named(names, _ALONE)}."


def _whole(before: Shape, after: Shape) -> str:
    groups = f"Groups of linked cities: {before.components:,} before, {after.components:,} after"
    largest = f"the largest has {before.largest:,} cities before and {after.largest:,} after"
    return f"{groups}; {largest}. Mutual: {share(before)} of ties before, {share(after)} after."


def _compared(told: Dependence) -> Iterator[str]:
    rest, whole = told.table.num_rows, told.basis.nodes
    empty, among = "", ""
    if rest < whole:
        empty = " A removed city is a place left empty in it."
        among = f" Ranks are among the {counted(rest, 'city', 'cities')} that remain."
    yield (
        f"Scores before and after are both over the same V of {whole:,} cities.{empty}{among} "
        "A rank can rise without any gain, where others fall. What the others exchange in the same "
        "events stays as recorded: nobody steps in, and nothing is shared out anew."
    )


def surveyed(told: DependenceSurvey) -> Iterator[str]:
    """Yield the sentences of a survey that come before those of the basis."""
    rows, before = told.table.to_pylist(), told.before
    yield (
        f"Taken away in turn: {len(rows)} {told.of}. What remains each time is compared with "
        f"{before.dyads:,} pairs of cities in {before.components:,} groups, the largest of "
        f"{before.largest:,} cities. Peer exchange lost is that of the cities that remain, over the same V."
    )
    if rows and rows[0]["lost_dyads"]:
        first = rows[0]
        alone = counted(first["left_alone"], "city loses its", "cities lose their")
        pairs = (
            f"{first['lost_dyads']:,} of {before.dyads:,} pairs ({first['lost_dyads'] / before.dyads:.0%})"
        )
        yield f"Most is lost with {first['label']}: {pairs}, and {alone} last partner."
    yield from _unstated(told.unstated, told.basis.selected_events, told.of.removesuffix("s"))
    if any(row["within"] for row in rows):
        yield (
            "What stands within another has no event that is not counted there too: "
            "such rows overlap, and must not be added up."
        )
    apart = [row for row in rows if row["components"] > before.components]
    if apart:
        names = named([row["label"] for row in apart], _NAMED)
        yield f"Without one of these, groups of cities fall apart into more: {names}."


def _unstated(unknown: int, events: int, kind: str) -> Iterator[str]:
    what = "who organises them" if kind == "network" else "a programme"
    if unknown:
        yield f"{unknown:,} of {events:,} events do not state {what}: more may depend on it than is shown."


def named(names: Sequence[str], most: int) -> str:
    """Return names in their order, so many at most and how many more there are.

    >>> named(["Lima", "Quito"], 2), named(["Lima", "Quito", "Cusco"], 1)
    ('Lima, Quito', 'Lima and 2 more')
    """
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def counted(number: int, one: str, many: str) -> str:
    """Return a number with the word for it.

    >>> counted(1, "city", "cities"), counted(0, "city", "cities")
    ('1 city', '0 cities')
    """
    return f"{number:,} {one if number == 1 else many}"


def share(whole: Shape) -> str:
    """Return the mutual share as a percentage, or that there is none."""
    return "none" if whole.mutual_share is None else f"{whole.mutual_share:.1%}"
