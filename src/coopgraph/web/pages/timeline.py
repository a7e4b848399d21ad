"""The timeline of agreements: a page that works without a script, and its drawing as a file of its own.

In: a request whose query holds the choice. Out: HTML, or SVG 1.1. States are those of stored question 53.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from coopgraph.namespaces import CONCEPT
from coopgraph.views.names import full_name, slug
from coopgraph.views.timeline.agreements import QUESTION, Agreement, agreements_of, day_of
from coopgraph.views.timeline.bars import Scale, bar_of, scale_for
from coopgraph.views.timeline.choice import GROUPS, SORTS, Choice, Group, chosen, grouped
from coopgraph.views.timeline.states import STATES
from coopgraph.web.shell import Asked, address, asked, page, sources_of

if TYPE_CHECKING:
    from starlette.requests import Request

STATUS: Final = f"{CONCEPT}agreement-status/"
MOST: Final = 2000  # rows drawn at most


@dataclass(frozen=True)
class Shown:
    """What of the release is shown: the choice, what it lets through, and how things are called."""

    choice: Choice
    every: tuple[Agreement, ...]
    dated: list[Group]
    undated: list[Agreement]
    scale: Scale
    say: Callable[[str], str]
    count: int  # agreements that pass
    of_state: Counter[str]  # of them, how many are in each state
    dropped: int  # of them, how many are too many to draw


def timeline(request: Request) -> Response:
    """Show agreements over time."""
    this = asked(request)
    shown = _shown(this)
    return page(
        request,
        "timeline.html.j2",
        rooms=("timeline",),
        **_drawn(this, shown),
        options=_options(shown),
        question=QUESTION,
        listed=list(
            dict.fromkeys([one for group in shown.dated for one in group.agreements] + shown.undated)
        ),
        renewal=partial(_renewal, this, shown.say),
        evidence=lambda iri: address(this.lang, "query", name="cq-041", subject=iri),
        source=_by_iri(sources_of(this)),
        download=address(this.lang, "timeline.svg", **dict(request.query_params)),
    )


def drawing(request: Request) -> Response:
    """Give the same drawing as one SVG file."""
    this = asked(request)
    answer = page(request, "timeline.svg.j2", **_drawn(this, _shown(this)))
    return Response(
        answer.body,
        media_type="image/svg+xml",
        headers={"Content-Disposition": 'attachment; filename="agreements.svg"'},
    )


def _shown(this: Asked) -> Shown:
    choice = _choice(this)
    every = this.served.made(this.release_id, "agreements over time", agreements_of)
    say = partial(full_name, this.names, this.lang)
    passing = chosen(every, choice)
    dated = [one for one in passing if one.begins or one.end]
    scale = scale_for(dated, day_of(this.release))
    kept = {one.iri for one in dated[:MOST]}
    return Shown(
        choice,
        every,
        grouped([one for one in dated if one.iri in kept], choice, say),
        [one for one in passing if not (one.begins or one.end)],
        scale,
        say,
        len(passing),
        Counter(one.state for one in passing),
        len(dated) - len(kept),
    )


def _choice(this: Asked) -> Choice:
    """Read the choice; raises HTTPException 400 for a year that is none."""
    given, _ = this.request.query_params, this.words

    def one_of(name: str, known: tuple[str, ...]) -> str:
        return given[name] if given.get(name) in known else known[0]

    years = {}
    for name in ("from", "to"):
        text = given.get(name, "").strip()
        if text and not (text.isascii() and text.isdigit() and len(text) == 4):
            raise HTTPException(400, _("'{given}' is not a year. Write four digits.", given=text[:20]))
        years[name] = int(text) if text else None
    return Choice(
        given.get("kind", ""),
        given.get("city", ""),
        given.get("state", ""),
        years["from"],
        years["to"],
        one_of("group", GROUPS),
        one_of("sort", SORTS),
    )


def _drawn(this: Asked, shown: Shown) -> dict[str, Any]:
    today = day_of(this.release)
    return {
        "shown": shown,
        "choice": shown.choice,
        "say": shown.say,
        "state_of": lambda state: shown.say(STATUS + state),
        "bar": lambda one: bar_of(one, shown.scale, today),
        "today": today,
        "today_at": shown.scale.at(today),
        "states": STATES,
        "of_state": shown.of_state,
    }


def _options(shown: Shown) -> dict[str, list[tuple[str, str, int]]]:
    """Return what can be chosen, each with how many agreements there are of it."""

    def counted(keys: Iterable[str]) -> list[tuple[str, str, int]]:
        found = Counter(keys)
        rows = ((slug(key), shown.say(key), n) for key, n in found.items())
        return sorted(rows, key=lambda row: (row[1], row[0]))

    cities = (party for one in shown.every for party in (*one.cities, *one.others))
    of_state = Counter(one.state for one in shown.every)
    return {
        "kind": counted(one.kind for one in shown.every),
        "city": counted(cities),
        "state": [(key, shown.say(STATUS + key), of_state[key]) for key in STATES if of_state[key]],
    }


def _renewal(this: Asked, say: Callable[[str], str], one: Agreement) -> str:
    """Return what an agreement renews, grew out of and is renewed by, in words."""
    _ = this.words
    told = [_("renews {name}", name=say(earlier)) for earlier in one.renews]
    told += [_("said to renew: {words}", words=words) for words in one.stated_renewal]
    told += [_("grew out of {name}", name=say(earlier)) for earlier in one.grew_out_of]
    told += [_("renewed by {name}", name=say(later)) for later in one.renewed_by]
    return "; ".join(told)


def _by_iri(sources: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {source["source"]: source for source in sources}


routes: Final = [Route("/{lang}/timeline", timeline), Route("/{lang}/timeline.svg", drawing)]
