"""Cities beside the Sustainable Development Goals, the actions behind a cell, and what serves each goal.

In: a request whose query says what is counted, how rows are sorted, and which cell is opened. Out: HTML.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from starlette.routing import Route

from coopgraph.views.names import full_name, slug
from coopgraph.views.sdg_matrix import (
    CELLS,
    COVERAGE,
    SINGLE,
    SORTS,
    Matrix,
    level,
    matrix_of,
    ordered,
)
from coopgraph.web.shell import Asked, address, asked, page

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

LEAST_MOST: Final = 5  # a single action is never drawn as if it were many


def sdgs(request: Request) -> Response:
    """Show how many actions serve which goal where."""
    this = asked(request)
    matrix = this.served.made(this.release_id, "sdg matrix", matrix_of)
    say = partial(full_name, this.names, this.lang)
    given = request.query_params
    what = given["what"] if given.get("what") in matrix.kinds else matrix.kinds[0]
    sort = given["sort"] if given.get("sort") in SORTS else SORTS[0]
    there = [city for city in matrix.cities if city.number[what]]
    serving = [city for city in there if city.with_goal[what]]
    shown = there if given.get("rows") == "all" else serving
    most = max((count for city in shown for count in city.cells[what]), default=1)
    return page(
        request,
        "sdgs.html.j2",
        matrix=matrix,
        what=what,
        sort=sort,
        every=given.get("rows") == "all",
        rows=ordered(shown, what, sort, say),
        there=len(there),
        serving=len(serving),
        level=partial(level, most=max(most, LEAST_MOST)),
        say=say,
        slug=slug,
        at=partial(_address, this),
        cell=_cell(this, matrix),
        questions={"cells": CELLS, "goals": COVERAGE, "single": SINGLE},
    )


def _address(this: Asked, **changed: str | None) -> str:
    """The address of this page with something changed; None leaves a name out."""
    kept = {name: value for name, value in this.request.query_params.items() if name not in ("city", "goal")}
    return address(this.lang, "sdgs", **{**kept, **changed})


def _cell(this: Asked, matrix: Matrix) -> dict[str, Any] | None:
    """Return what stands behind the cell that is asked for: the things of one city that serve one goal."""
    given = this.request.query_params
    city = next((city for city in matrix.cities if slug(city.iri) == given.get("city")), None)
    goal = next((goal for goal in matrix.goals if str(goal.number) == given.get("goal")), None)
    if city is None or goal is None:
        return None
    rows: dict[str, dict[str, Any]] = {}
    for row in (
        this.release.query(SINGLE, lang=this.lang, city=city.iri, goal=goal.iri).to_arrow().to_pylist()
    ):
        found = rows.setdefault(row["thing"], {**row, "served": []})
        found["served"].append(row["servedLabel"] or row["served"].rsplit("/", 1)[-1])
    return {
        "city": city,
        "goal": goal,
        "rows": list(rows.values()),
        "parameters": {"city": city.iri, "goal": goal.iri},
    }


routes: Final = [Route("/{lang}/sdgs", sdgs)]
