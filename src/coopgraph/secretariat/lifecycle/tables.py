"""The tables of the answer on the life of agreements.

In: `Facts` and what was worked out from them. Out: tables of a `Dossier`, with sources and evidence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from coopgraph.namespaces import CONCEPT
from coopgraph.secretariat.dossier import Column, Row, Said, Table
from coopgraph.secretariat.lifecycle.facts import Action, Facts, last_day_of, parties
from coopgraph.secretariat.lifecycle.quiet import Judgement
from coopgraph.secretariat.lifecycle.results import Result
from coopgraph.secretariat.lifecycle.soon import Ending
from coopgraph.secretariat.lifecycle.steps import Step
from coopgraph.views.timeline.agreements import Agreement
from coopgraph.views.timeline.states import STATES

STATUS: Final = f"{CONCEPT}agreement-status/"
_NAMED: Final = (Column("agreement", "thing"), Column("parties", "things"))
_WITH_KIND: Final = (_NAMED[0], Column("kind", "thing"), _NAMED[1])
NO_REASON: Final = ("quiet", "active", "young")


def states_table(facts: Facts) -> Table:
    """Count the agreements in each state."""
    counted = Counter(facts.periods[one.iri].state for one in facts.agreements)
    whole = len(facts.agreements)
    rows = tuple(
        Row((STATUS + state, counted[state], counted[state] / whole if whole else None)) for state in STATES
    )
    columns = (Column("state", "thing"), Column("agreements", "number"), Column("share", "share"))
    return Table("states", columns, rows, (Said("never-in-force"),))


def soon_table(facts: Facts, endings: Sequence[Ending]) -> Table:
    """Tell what ends soon: as stated, between which days, and in how many days at the latest."""
    columns = (
        *_NAMED, Column("end", "day"),
        Column("earliest", "day"), Column("latest", "day"), Column("days", "number"),
        Column("taken-up", "things"),
    )  # fmt: skip
    rows = [
        _row(
            one.agreement,
            (
                *_named(one.agreement),
                one.agreement.end,
                one.first.isoformat(),
                one.last.isoformat(),
                (one.last - facts.day).days,
                one.taken_up_by,
            ),
        )
        for one in endings
    ]
    return Table("soon", columns, tuple(rows), empty="no-end-soon")


def quiet_table(verdicts: Sequence[Judgement], facts: Facts) -> Table:
    """Tell the agreements with no documented action for so long, the longest first."""
    columns = (
        *_WITH_KIND,
        Column("begins", "day"), Column("state", "thing"), Column("last-action", "thing"),
        Column("last-day", "day"), Column("months", "number"), Column("met", "number"),
    )  # fmt: skip
    quiet = [one for one in verdicts if one.verdict == "quiet"]
    quiet.sort(key=lambda one: (-(one.months or 0), one.agreement.iri))
    rows = [
        _row(
            one.agreement,
            (
                *_with_kind(one.agreement),
                one.agreement.begins,
                STATUS + facts.periods[one.agreement.iri].state,
                one.last.iri if one.last else None,
                one.last.last if one.last else None,
                one.months,
                one.met,
            ),
            [one.last] if one.last else [],
        )
        for one in quiet
    ]
    young = sum(one.verdict == "young" for one in verdicts)
    notes = (Said("young", {"n": young}),) if young else ()
    return Table("quiet", columns, tuple(rows), notes)


def active_table(verdicts: Iterable[Judgement]) -> Table:
    """Tell the agreements with a documented action within these months, and how many took part in it."""
    columns = (
        *_NAMED, Column("last-action", "thing"),
        Column("last-day", "day"), Column("how", "word"), Column("took-part", "number"),
    )  # fmt: skip
    rows = [
        _row(
            one.agreement,
            (
                *_named(one.agreement),
                one.last.iri,
                one.last.last,
                "actions" if one.agreement.iri in one.last.under else "shared-actions",
                len(one.last.actors),
            ),
            [one.last],
        )
        for one in verdicts
        if one.verdict == "active" and one.last
    ]
    return Table("active", columns, tuple(rows))


def unjudged_table(verdicts: Iterable[Judgement]) -> Table:
    """Tell the agreements of which nobody can say whether they are quiet, and why."""
    columns = (
        *_WITH_KIND,
        Column("begins", "day"), Column("why", "word"), Column("doubtful", "things"),
    )  # fmt: skip
    rows = [
        _row(
            one.agreement,
            (
                *_with_kind(one.agreement),
                one.agreement.begins or None,
                one.verdict,
                tuple(action.iri for action in one.doubtful),
            ),
            one.doubtful,
        )
        for one in verdicts
        if one.verdict not in NO_REASON
    ]
    return Table("unjudged", columns, tuple(rows), empty="all-judged")


def memoranda_table(facts: Facts, chains: Iterable[Step]) -> Table:
    """Tell the memoranda of which no source says that a programme grew out of them."""
    columns = (
        *_WITH_KIND,
        Column("begins", "day"), Column("state", "thing"), Column("became", "word"),
        Column("programme", "thing"),
    )  # fmt: skip
    leading = {kind for kind, _ in facts.leads}
    rows = [
        _row(
            one,
            (
                *_with_kind(one),
                one.begins or None,
                STATUS + facts.periods[one.iri].state,
                step.link or "none-documented",
                step.later.iri if step.later else None,
            ),
            later=step.later,
        )
        for step in chains
        if (one := step.earlier) and one.kind in leading and step.link != "stated"
    ]
    return Table("memoranda", columns, tuple(rows))


def chain_table(facts: Facts, chains: Iterable[Step], figures: Iterable[Mapping[str, Any]]) -> Table:
    """Tell how far each chain came: memorandum, programme, actions, figures of these, results."""
    columns = (
        Column("memorandum", "thing"), Column("later", "thing"), Column("link", "word"),
        Column("actions", "things"), Column("shared", "things"), Column("last-day", "day"),
        Column("figures", "number"), Column("results", "things"), Column("aimed", "number"),
        Column("reaches", "word"),
    )  # fmt: skip
    reported = Counter(row["subject"] for row in figures)
    rows = []
    for step in chains:
        every = (*step.actions, *step.shared)
        last = max((action for action in every if action.last), key=last_day_of, default=None)
        first = step.earlier or step.later
        assert first is not None  # a chain has at least one of them
        rows.append(
            _row(
                first,
                (
                    step.earlier.iri if step.earlier else None,
                    step.later.iri if step.later else None,
                    step.link,
                    tuple(action.iri for action in step.actions),
                    tuple(action.iri for action in step.shared),
                    last.last if last else None,
                    sum(reported[action.iri] for action in every),
                    tuple(result.iri for result in step.results),
                    sum(result.aimed for result in step.results),
                    step.reaches,
                ),
                (*every, *step.results),
                step.later,
            )
        )
    notes = (Said("no-results"),) if not facts.results else ()
    return Table("chain", columns, tuple(rows), (*notes, Said("reported-whole")))


def agreements_table(facts: Facts) -> Table:
    """Tell every agreement with its state, what else it can be, and how long that holds."""
    columns = (
        *_WITH_KIND,
        Column("signed", "day"), Column("start", "day"), Column("end", "day"), Column("state", "thing"),
        Column("could-be", "things"), Column("since", "day"), Column("until", "day"),
        Column("taken-up", "things"), Column("certainty", "thing"),
    )  # fmt: skip
    rows = []
    for one in sorted(facts.agreements, key=lambda one: _in_order(one, facts)):
        period = facts.periods[one.iri]
        could_be = tuple(STATUS + state for state in period.could_be) if len(period.could_be) > 1 else ()
        cells = (
            *_with_kind(one),
            one.signed or None,
            one.start or None,
            one.end or None,
            STATUS + period.state,
            could_be,
            period.since.isoformat() if period.since else None,
            period.until.isoformat() if period.until else None,
            (*one.renewed_by, *one.grew_into),
            facts.certainty.get(one.iri),
        )
        rows.append(_row(one, cells))
    return Table("agreements", columns, tuple(rows))


def _in_order(one: Agreement, facts: Facts) -> tuple[Any, ...]:
    return STATES.index(facts.periods[one.iri].state), one.end or "~", one.begins or "~", one.iri


def _named(one: Agreement) -> tuple[str, tuple[str, ...]]:
    return one.iri, parties(one)


def _with_kind(one: Agreement) -> tuple[str, str, tuple[str, ...]]:
    return one.iri, one.kind, parties(one)


def _row(
    one: Agreement,
    cells: Sequence[Any],
    actions: Iterable[Action | Result] = (),
    later: Agreement | None = None,
) -> Row:
    """A row with the sources and the rows of the files of all that is named in it."""
    agreements = [one] if later is None or later is one else [one, later]
    things: list[Agreement | Action | Result] = [*agreements, *actions]
    sources = {source for thing in things for source in thing.sources}
    return Row(tuple(cells), tuple(sorted(sources)), tuple(dict.fromkeys(thing.iri for thing in things)))
