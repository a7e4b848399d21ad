"""What is asked of flows, checked once.

In: the options as a user writes them. Out: a frozen Selection, or one ProjectionError with every fault.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import inf
from typing import TYPE_CHECKING, Any, Literal, TypedDict, get_args

from coopgraph.errors import ConfigError, Fault, ProjectionError
from coopgraph.namespaces import SDG
from coopgraph.network.faults import fault
from coopgraph.settings.engine import engine_spec

if TYPE_CHECKING:
    from coopgraph.columns.engine import Engine

Wanted = str | int | Sequence[str | int] | None
Weight = Literal["count", "amount", "newman", "events"]
WEIGHTS: tuple[str, ...] = get_args(Weight)
Period = tuple[date | str | None, date | str | None]
_STATED = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?")
_GOAL = re.compile(r"(1[0-7]|[1-9])(\.([0-9]{1,2}|[a-d]))?")
_COUNTRY = re.compile(r"[A-Za-z]{2}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_LEAST, _MOST = "", "9999-99-99"


@dataclass(frozen=True)
class Selection:
    """The options of `flows`, normalised: filters as tuples of texts, the period as two days.

    `known_until` is the day the data speak of: until then, what states no end is known to go on. Where it is
    worked out (`engine`, `memory`) makes no other selection of it.
    """

    events: str = "actions"
    weight: str = "count"
    currency: str | None = None
    half_life: float | None = None
    now: str | None = None
    largest_event: int | None = None
    unknown: str = "exclude"
    certainty: str = "any"
    period: tuple[str, str] | None = None
    sdg: tuple[str, ...] = ()
    strategic_line: tuple[str, ...] = ()
    programme: tuple[str, ...] = ()
    organiser: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    nodes: tuple[str, ...] | None = None
    known_until: str | None = None
    engine: str | Engine | None = field(default=None, compare=False)
    memory: str | None = field(default=None, compare=False)

    @property
    def threshold(self) -> int:
        """The least flag that counts as yes: 2 is yes, 1 unknown, 0 no; Newman's weight reads no roles."""
        if self.weight == "newman":
            return 0
        return 1 if self.unknown == "both" else 2

    @property
    def filters(self) -> tuple[tuple[str, str], ...]:
        """The filters in use as (name, value) pairs, for the basis."""
        named = [
            (name.replace("_", " "), " or ".join(getattr(self, name)))
            for name in _FILTERS
            if getattr(self, name)
        ]
        return (("period", _period_text(self.period)), *named) if self.period else tuple(named)


_FILTERS = ("sdg", "strategic_line", "programme", "organiser", "country")


class Options(TypedDict, total=False):
    """The keywords of `flows`, for functions that pass them on."""

    events: Literal["actions", "agreements", "all"]
    weight: Weight
    currency: str | None
    half_life: float | None
    now: date | str | None
    largest_event: int | None
    unknown: Literal["exclude", "both"]
    certainty: Literal["any", "stated"]
    period: Period | None
    sdg: Wanted
    strategic_line: Wanted
    programme: Wanted
    organiser: Wanted
    country: Wanted
    nodes: Iterable[str] | None
    engine: str | Engine | None
    memory: str | None


def select(
    *,
    events: str = "actions",
    weight: str = "count",
    currency: str | None = None,
    half_life: float | None = None,
    now: date | str | None = None,
    largest_event: int | None = None,
    unknown: str = "exclude",
    certainty: str = "any",
    period: Period | None = None,
    sdg: Wanted = None,
    strategic_line: Wanted = None,
    programme: Wanted = None,
    organiser: Wanted = None,
    country: Wanted = None,
    nodes: Iterable[str] | None = None,
    engine: str | Engine | None = None,
    memory: str | None = None,
) -> Selection:
    """Check the options together and return them normalised; raises ProjectionError with every fault.

    >>> select(sdg="http://metadata.un.org/sdg/11", period=("2016", None)).filters
    (('period', '2016-01-01 to now'), ('sdg', '11'))
    """
    goals = tuple(goal.removeprefix("sdg:").removeprefix(SDG).lower() for goal in _texts(sdg))
    faults = [
        *_one_of("events", events, "actions", "agreements", "all"),
        *_one_of("weight", weight, *WEIGHTS),
        *_one_of("unknown", unknown, "exclude", "both"),
        *_one_of("certainty", certainty, "any", "stated"),
        *_currency_faults(weight, currency),
        *_decay_faults(half_life, now),
        *_largest_faults(largest_event),
        *_period_faults(period),
        *_form_faults("SDG", goals, _GOAL, "Write a goal from 1 to 17, or a target like 11.3 or 11.a."),
        *_form_faults("country", _texts(country), _COUNTRY, "Write an ISO code of two letters, like ES."),
        *_agreement_faults(
            events,
            sdg=goals,
            strategic_line=_texts(strategic_line),
            organiser=_texts(organiser),
            certainty_of_roles=certainty == "stated",
        ),
        *_engine_faults(engine, memory),
    ]
    if faults:
        raise ProjectionError("These flows cannot be made as asked.", faults=faults)
    return Selection(
        events=events,
        weight=weight,
        currency=currency,
        half_life=half_life,
        now=now.isoformat()[:10] if isinstance(now, date) else now,
        largest_event=largest_event,
        unknown=unknown,
        certainty=certainty,
        period=_days(period) if period else None,
        sdg=goals,
        strategic_line=_texts(strategic_line),
        programme=_texts(programme),
        organiser=_texts(organiser),
        country=tuple(code.upper() for code in _texts(country)),
        nodes=None if nodes is None else tuple(sorted(set(nodes))),
        engine=engine,
        memory=memory,
    )


def _texts(wanted: Wanted) -> tuple[str, ...]:
    one = () if wanted is None else (wanted,) if isinstance(wanted, (str, int)) else tuple(wanted)
    return tuple(str(value) for value in one)


def _one_of(name: str, value: Any, *allowed: str) -> Iterator[Fault]:
    if value not in allowed:
        yield fault(f"{name}={value!r} is not known.", f"Use one of {', '.join(allowed)}.")


def _currency_faults(weight: str, currency: str | None) -> Iterator[Fault]:
    if weight == "amount" and not currency:
        yield fault("weight='amount' needs a currency.", "Give currency='EUR' or another ISO 4217 code.")
    if currency and not _CURRENCY.fullmatch(currency):
        yield fault(f"currency={currency!r} is no code.", "Write three capital letters, like EUR.")
    if weight != "amount" and currency:
        yield fault(f"currency={currency!r} has no use here.", "Add weight='amount', or leave it out.")


def _decay_faults(half_life: Any, now: Any) -> Iterator[Fault]:
    if half_life is not None and not (isinstance(half_life, (int, float)) and 0 < half_life < inf):
        yield fault(f"half_life={half_life!r} is no time to halve in.", "Give years, more than 0.")
    if now is not None and half_life is None:
        yield fault(f"now={str(now)!r} has no use here.", "Add half_life=, in years, or leave it out.")
    if not (now is None or isinstance(now, date) or _is_day(now)):
        yield fault(f"now={now!r} is no day.", "Write it like 2026-01-31.")


def _is_day(text: Any) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except (TypeError, ValueError):
        return False


def _largest_faults(largest: Any) -> Iterator[Fault]:
    if largest is not None and not (isinstance(largest, int) and largest >= 2):
        yield fault(f"largest_event={largest!r} leaves no exchange.", "Give 2 cities or more.")


def _period_faults(period: Any) -> Iterator[Fault]:
    if period is None:
        return
    if not isinstance(period, (tuple, list)) or len(period) != 2:
        yield fault(f"period={period!r} is no pair.", "Give (first, last), each a date, a text or None.")
        return
    wrong = [day for day in period if not (day is None or isinstance(day, date) or _is_stated_date(day))]
    for day in dict.fromkeys(wrong):
        yield fault(f"{day!r} in the period is no date.", "Write 2017, 2017-05 or 2017-05-31.")
    days = (_LEAST, _MOST) if wrong else _days((period[0], period[1]))
    if days[0] > days[1]:
        yield fault(f"The period {_period_text(days)} ends before it begins.", "Swap the two.")


def _form_faults(name: str, values: Iterable[str], form: re.Pattern[str], fix: str) -> Iterator[Fault]:
    for value in values:
        if not form.fullmatch(value):
            yield fault(f"{value!r} is no {name}.", fix)


def _agreement_faults(events: str, **wanted: object) -> Iterator[Fault]:
    asked = [name for name, values in wanted.items() if values]
    if asked and events != "actions":
        what = f"Agreements state no {' and no '.join(name.replace('_of_', ' of ') for name in asked)}."
        yield fault(what, "Leave the filter out, or ask for events='actions'.")


def _engine_faults(engine: str | Engine | None, memory: str | None) -> Iterator[Fault]:
    if engine is not None and not isinstance(engine, str):
        if memory is not None:
            yield fault("An open engine has its memory already.", "Leave memory= out.")
        return
    try:
        engine_spec(engine or "duckdb", memory)
    except ConfigError as error:
        yield fault(str(error))


def _is_stated_date(day: Any) -> bool:
    return isinstance(day, str) and _STATED.fullmatch(day) is not None


def _days(period: Period) -> tuple[str, str]:
    """Return the first and the last day the pair can mean, as text that compares like dates."""
    first, last = (day.isoformat()[:10] if isinstance(day, date) else day for day in period)
    return (
        first + "-01-01"[len(first) - 4 :] if first else _LEAST,
        last + "-99-99"[len(last) - 4 :] if last else _MOST,
    )


def _period_text(days: tuple[str, str]) -> str:
    """Return both ends as full days.

    >>> _period_text(("2016-01-01", "2018-99-99")), _period_text(("2016-02-01", "2016-02-99"))
    ('2016-01-01 to 2018-12-31', '2016-02-01 to 2016-02-29')
    """
    last = days[1].replace("-99-99", "-12-31")
    if last.endswith("-99"):
        last = f"{last[:8]}{monthrange(int(last[:4]), int(last[5:7]))[1]:02}"
    return f"{days[0] or 'the beginning'} to {last if days[1] != _MOST else 'now'}"
