"""Make ready, in the background, what is asked first: a server answers as soon as it listens, and soon fast.

In: the releases served. Out: nothing; imports, templates and words are read, and what pages work out of the
release in force is kept where they look for it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Final

from coopgraph.errors import CoopgraphError
from coopgraph.languages import LANGUAGE_NAMES

if TYPE_CHECKING:
    from coopgraph.release.served import Served

_TURN: Final = 0.02  # seconds between two steps, for whoever asks meanwhile


def warm(served: Served) -> None:
    """Make it step by step; what is wrong with a release is told to whoever asks for it."""
    for step in _steps(served, served.current_id):
        with suppress(CoopgraphError):
            step()
        time.sleep(_TURN)


def _steps(served: Served, identity: str) -> Iterator[Callable[[], object]]:
    """What the front page needs, its graph and search, then a city's page, then tables by measures."""
    from coopgraph.web.data.graph import packed_graph
    from coopgraph.web.data.search import index
    from coopgraph.web.profiles import explained, standings_of
    from coopgraph.web.rankings import ranking, ranks_read_otherwise, wanted
    from coopgraph.web.shell import names_of

    yield partial(_templates, "explore.html.j2")
    for lang in LANGUAGE_NAMES:
        yield partial(_words, lang)
    yield partial(packed_graph, served, identity)
    yield partial(index, served, identity)
    yield partial(names_of, served, identity)
    yield partial(_templates, "city.html.j2", "network.html.j2", "thing.html.j2", "measures.html.j2")
    yield partial(standings_of, served, identity)
    for city in list(standings_of(served, identity).cities)[:1]:
        yield partial(explained, served, identity, city)
    usual = wanted({})
    for make in (ranking, ranks_read_otherwise):
        yield partial(make, served, identity, usual)


def _templates(*names: str) -> None:
    from coopgraph.web.shell import environment

    for name in names:
        environment().get_template(name)


def _words(lang: str) -> None:
    """Read a language's words, and how it writes numbers and dates."""
    from coopgraph.web.numbers import day, number
    from coopgraph.web.words import script_words, words_in

    words_in(lang)
    script_words(lang, ("shell", "explore", "stage"))
    number(0.5, lang)
    day("2000-01-01", lang)
