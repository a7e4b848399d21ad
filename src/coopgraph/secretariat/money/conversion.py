"""Amounts in one currency, beside the originals: by the rate of their own time, or of one time for all.

In: amounts, the currency, and the user's rates. Out: `Converted`, or None where there is no rate: a missing
rate is said, never guessed. Each amount is rounded to two decimals, half to even.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from coopgraph.secretariat.dossier import Money
from coopgraph.secretariat.money.rates import Rate, Rates
from coopgraph.secretariat.money.stated import Stated

_CENT: Final = Decimal("0.01")


@dataclass(frozen=True)
class Converted:
    """An amount converted; `rate` is None where it was in the currency already."""

    amount: Money
    rate: Rate | None


def converted(one: Stated, into: str, rates: Rates, at: str | None) -> Converted | None:
    """Convert an amount by the rate of `at`, else of its own period; None where there is none."""
    if one.currency == into:
        return Converted(Money(one.amount, into), None)
    dates = _with_wider(at) if at else _of_period(one)
    rate = next((rates[one.currency, when] for when in dates if (one.currency, when) in rates), None)
    if rate is None:
        return None
    return Converted(Money((one.amount * rate.rate).quantize(_CENT, ROUND_HALF_EVEN), into), rate)


def _of_period(one: Stated) -> Iterator[str]:
    """Yield the dates a rate may be of, the nearest first; of several years only rates of these years."""
    start, end = one.start or one.end, one.end or one.start
    if not start or not end:
        return
    if start == end:
        yield from _with_wider(start)
        return
    yield f"{start}/{end}"
    first, last = start[:4], end[:4]
    yield first if first == last else f"{first}/{last}"


def _with_wider(when: str) -> Iterator[str]:
    """Yield a date, its month and its year.

    >>> list(_with_wider("2017-05-31")), list(_with_wider("2017")), list(_with_wider("2015/2019"))
    (['2017-05-31', '2017-05', '2017'], ['2017'], ['2015/2019'])
    """
    yield when
    if "/" not in when:
        yield from (when[:length] for length in (7, 4) if length < len(when))
