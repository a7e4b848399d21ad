"""What the explorer knows of each event a link rests on: when, for which goals, what money, who says so.

In: a release's tables, and the events gathered. Out: the columns `events` of the explorer's graph, and what
they point at: strategic lines, programmes and sources.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from coopgraph.release.columns_of import first_day, last_day
from coopgraph.views.drawing import clean
from coopgraph.views.events import as_list, certainties, weakest

if TYPE_CHECKING:
    import pyarrow as pa

SDG: Final = "http://metadata.un.org/sdg/"


@dataclass
class Facts:
    """What the tables say of one event; several rows may speak of it."""

    kind: str
    dated: str = ""
    first: date | None = None
    last: date | None = None
    goals: tuple[int, ...] = ()
    lines: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    amounts: dict[str, Decimal] = field(default_factory=dict)  # by currency: the largest stated
    sources: set[str] = field(default_factory=set)
    certainties: set[str] = field(default_factory=set)

    def say(self, amount: Decimal | None, currency: str | None) -> None:
        """Keep an amount where it is the largest stated of the event in its currency; nothing is added up."""
        if amount is not None and currency:
            self.amounts[currency] = max(amount, self.amounts.get(currency, amount))


def facts_of(release: Any) -> dict[str, Facts]:
    """Return what the tables say of each action, agreement and membership."""
    found = {
        **_actions(release.table("participations")),
        **_agreements(release.table("agreements")),
        **_memberships(release.table("memberships")),
    }
    for row in release.table("money").to_pylist():
        if row["about"] in found:
            found[row["about"]].say(row["amount"], row["currency"])
    for facts in found.values():  # what an agreement is part of may be another agreement
        facts.programmes = tuple(iri for iri in facts.programmes if iri not in found)
    return found


def _actions(table: pa.Table) -> dict[str, Facts]:
    """Read what is the same in each row of an action from its first row only: rows are many."""
    import pyarrow as pa

    events = table["event"].to_pylist()
    firsts = [i for i, event in enumerate(events) if i == 0 or event != events[i - 1]]
    found: dict[str, Facts] = {}
    for row in table.take(pa.array(firsts, pa.int64())).to_pylist():
        goals = {goal for sdg in row["sdgs"] or () if (goal := goal_of(sdg))}
        found.setdefault(
            row["event"],
            Facts(
                "action",
                _span(row["start"], row["end"]),
                row["start_from"],
                row["end_to"],
                tuple(sorted(goals)),
                tuple(row["strategic_line"] or ()),
                tuple(row["programme"] or ()),
            ),
        )
    _add_parts(table, [found[event] for event in events])
    return found


def _add_parts(table: pa.Table, facts: Sequence[Facts]) -> None:
    """Add what each row says of its city: sources, certainty, amount; most tables state no amounts."""
    if table["amount"].null_count < len(table):
        for event, amount, currency in zip(
            facts, table["amount"].to_pylist(), table["currency"].to_pylist(), strict=True
        ):
            event.say(amount, currency)
    for event, sources in zip(facts, table["source"].to_pylist(), strict=True):
        event.sources.update(sources or ())
    if "certainty" in table.column_names:
        for event, word in zip(facts, table["certainty"].to_pylist(), strict=True):
            event.certainties.update(as_list(word))


def _agreements(table: pa.Table) -> dict[str, Facts]:
    found: dict[str, Facts] = {}
    for row in table.to_pylist():
        facts = found.setdefault(
            row["agreement"],
            Facts(
                "agreement",
                _span(row["signed"] or row["start"], row["end"]),
                row["start_from"] or row["signed_from"],
                row["end_to"],
                programmes=tuple(as_list(row["part_of"])),
            ),
        )
        facts.say(row["amount"], row["currency"])
        facts.sources.update(row["source"] or ())
        facts.certainties.update(as_list(row.get("certainty")))
    return found


def _memberships(table: pa.Table) -> dict[str, Facts]:
    found: dict[str, Facts] = {}
    for row in table.to_pylist():
        since, until = row["since"] or "", row["until"] or ""
        facts = Facts("membership", _span(since, until), first_day(since), last_day(until))
        facts = found.setdefault(row["membership"], facts)
        facts.sources.update(row["source"] or ())
        facts.certainties.update(as_list(row.get("certainty")))
    return found


def goal_of(iri: str) -> int | None:
    """Return the number of a goal, or of the goal a target belongs to; None for what is neither.

    >>> goal_of("http://metadata.un.org/sdg/11.3"), goal_of("https://example.org/11")
    (11, None)
    """
    number = iri.removeprefix(SDG).split(".")[0] if iri.startswith(SDG) else ""
    return int(number) if number.isdigit() and 1 <= int(number) <= 17 else None


def _span(start: str | None, end: str | None) -> str:
    """Return the dates as stated.

    >>> _span("2016", "2018"), _span("2016", None), _span(None, None)
    ('2016–2018', '2016', '')
    """
    return "–".join(dict.fromkeys(text for text in (start, end) if text))


@dataclass(frozen=True)
class Places:
    """Where the sources, strategic lines and programmes that events point at stand in their lists."""

    sources: Mapping[str, int]
    lines: Mapping[str, int]
    programmes: Mapping[str, int]


def places_of(facts: Iterable[Facts]) -> Places:
    """Number what the events point at, in the order of the IRIs."""
    found: dict[str, set[str]] = defaultdict(set)
    for event in facts:
        found["sources"] |= event.sources
        found["lines"].update(event.lines)
        found["programmes"].update(event.programmes)
    names = ("sources", "lines", "programmes")
    return Places(*({iri: i for i, iri in enumerate(sorted(found[name]))} for name in names))


def columns(events: Sequence[str], facts: Mapping[str, Facts], places: Places) -> dict[str, list[Any]]:
    """Return the events' columns but for their labels."""
    told = [facts[event] for event in events]
    amounts = [_amount(event) for event in told]
    return {
        "iri": list(events),
        "kind": [event.kind for event in told],
        "date": [clean(event.dated) for event in told],
        "from": [event.first and event.first.isoformat() for event in told],
        "to": [event.last and event.last.isoformat() for event in told],
        "goals": [list(event.goals) for event in told],
        "lines": [[places.lines[iri] for iri in event.lines] for event in told],
        "programmes": [[places.programmes[iri] for iri in event.programmes] for event in told],
        "amount": [amount for amount, _ in amounts],
        "currency": [currency for _, currency in amounts],
        "certainty": [weakest(certainties({"certainty": event.certainties})) for event in told],
        "sources": [[places.sources[iri] for iri in sorted(event.sources)] for event in told],
    }


def _amount(event: Facts) -> tuple[float | int | None, str]:
    """Return the largest amount stated; None where several currencies are, for they cannot be compared."""
    if len(event.amounts) != 1:
        return None, ""
    ((currency, amount),) = event.amounts.items()
    return (int(amount) if amount == int(amount) else float(amount)), clean(currency)
