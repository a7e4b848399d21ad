"""The page of money: what is planned, granted and spent, of what, by whom, and where nothing is stated.

In: `by` (programme, line, goal or year). Out: one page; kinds and currencies side by side, never added up.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from starlette.routing import Route

from coopgraph.views.money import Purse, Sum, groups, purse
from coopgraph.views.profiles.reader import Reader
from coopgraph.web.shell import asked, page

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from coopgraph.release import Release

BY: Final = {"programme": "programmes", "line": "lines", "goal": "goals", "year": "years"}


def money(request: Request) -> Response:
    """Show all that is stated of money."""
    this = asked(request)
    by = request.query_params.get("by", "")
    by = by if by in BY else next(iter(BY))

    def make(release: Release) -> Purse:
        return purse(Reader(release, this.lang, this.names))

    found = this.served.made(this.release_id, ("money", this.lang), make)
    grouped = groups(found.amounts, BY[by])
    return page(
        request,
        "money.html.j2",
        rooms=("tables",),
        profile=found,  # whose sources are cited
        purse=found,
        by=by,
        groups=grouped,
        most={
            currency: max(
                (group.alone or 0) + (group.shared or 0) for group in grouped if group.currency == currency
            )
            for currency in {group.currency for group in grouped}
        },
        currencies=by_currency(found.sums),
    )


def by_currency(sums: tuple[Sum, ...]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the sums of each currency with the length of its bar: 1 is the largest of that currency."""
    ordered = sorted(sums, key=lambda one: one.currency)
    found = []
    for currency, some in groupby(ordered, key=lambda one: one.currency):
        rows = list(some)
        most = max(one.total for one in rows)
        found.append(
            (currency, [{"sum": one, "length": float(one.total / most) if most else 0.0} for one in rows])
        )
    return found


routes: Final = [Route("/{lang}/money", money)]
