"""What is said beside a sheet: how it was worked out, and how much is not known.

In: `Facts`, and the events a sheet is about. Out: sentences of the catalogue.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from coopgraph.secretariat.dossier import Said
from coopgraph.secretariat.reciprocity.gathered import Facts, Taking


def method(facts: Facts) -> Iterator[Said]:
    """Yield how given, received, their balance and its range are worked out."""
    reading, loss = facts.reading, facts.reading.loss
    yield Said("flow")
    yield Said("only-actions")
    yield Said(f"unknown-{reading.unknown}")
    yield Said(f"certainty-{reading.certainty}")
    yield Said("range", {"replicates": loss.replicates, "lost": f"{1 - loss.keep:.0%}", "seed": loss.seed})


def gaps(facts: Facts, events: Collection[str], cities: Collection[str] | None = None) -> Iterator[Said]:
    """Yield what is not known of how these cities (all: None) take part in these events."""
    takings = [
        taking
        for event in sorted(events)
        for city, taking in facts.events[event].takings.items()
        if cities is None or city in cities
    ]
    if takings:
        yield _counted("roles", sum(taking.is_unknown for taking in takings), len(takings))
    yes = [taking for taking in takings if taking.contributes or taking.benefits]
    if reading := sum(taking.derived for taking in yes):
        yield _counted("derived", reading, len(yes))
    for key, served in (("no-line", "lines"), ("no-sdg", "sdgs")):
        without = sum(not getattr(facts.events[event], served) for event in events)
        if without:
            yield _counted(key, without, len(events))
    yield from _contributions(facts, takings)
    yield Said("zero")


def idle(facts: Facts) -> Iterator[Said]:
    """Yield how many of the known cities take part in nothing."""
    known = set(facts.release.table("cities").column("city").to_pylist())
    if without := len(known - {city for event in facts.events.values() for city in event.takings}):
        yield _counted("idle", without, len(known))


def _contributions(facts: Facts, takings: Collection[Taking]) -> Iterator[Said]:
    giving = [taking for taking in takings if facts.reading.yes(taking.contributes) or taking.in_kind]
    for key, stated in (
        ("no-amount", sum(bool(taking.amounts) for taking in giving)),
        ("no-in-kind", sum(bool(taking.in_kind) for taking in giving)),
    ):
        if stated < len(giving):
            yield _counted(key, len(giving) - stated, len(giving))


def _counted(key: str, count: int, of: int) -> Said:
    return Said(key, {"n": of, "count": count, "of": of})
