"""Whether the first row of a file of pairs is its header, and which columns are the city and its twin.

In: the rows of a file. Out: an answer by words for such columns, in English, Spanish and Portuguese.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from coopgraph.letters import plain_letters
from coopgraph.sources.guided.words import column_words

ITEM: Final = re.compile(r"Q\d+")  # of Wikidata
ADDRESS: Final = re.compile(r"https?://\S+")
NUMBER: Final = re.compile(r"[+-]?[\d.,/-]+")
NAMES: Final = ("label", "name", "nombre", "nome")
CITY: Final = (
    *("city", "ciudad", "cidade", "town", "municipality", "municipio", "place", "a", "city1", "citya"),
    *("from", "source", "item", "citylabel", "city1label", "name", "name1"),
)
TWIN: Final = (
    *(
        "twin",
        "twintown",
        "twincity",
        "sister",
        "sistercity",
        "partner",
        "partnercity",
        "b",
        "city2",
        "cityb",
    ),
    *("hermana", "ciudadhermana", "hermanada", "gemea", "cidadegemea", "geminada", "to", "target"),
    *("twinlabel", "sisterlabel", "sistercitylabel", "city2label", "name2"),
)
SINCE: Final = (
    *("since", "year", "start", "startdate", "desde", "ano", "fecha", "data", "date", "inception"),
)


def has_header(first: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Tell whether a first row is a header: its cells are words for columns, or unlike the cells below.

    >>> has_header(["Lisboa", "Madrid"], [["Madrid", "Lisboa"]])
    False
    >>> has_header(["Ciudad", "Con"], [["Madrid", "Lisboa"]]), has_header(["a", "b"], [["Q1", "Q2"]])
    (True, True)
    """
    cells = [folded(cell) for cell in first]
    if set(cells) & set(CITY) and set(cells) & set(TWIN):
        return True
    if any(like.fullmatch(cell) for cell in first for like in (ITEM, ADDRESS, NUMBER)):
        return False
    below = [cell for row in body[:200] for cell in row]
    if any(like.fullmatch(cell) for cell in below for like in (ITEM, ADDRESS)):
        return True
    return any(len(cell) > 1 and cell in _words() for cell in cells)


def city_and_twin(names: Sequence[str]) -> tuple[str, str] | None:
    """Return the columns that are called as a city and its twin are."""
    cells = [folded(name) for name in names]
    city = next((names[cells.index(word)] for word in CITY if word in cells), None)
    twin = next((names[cells.index(word)] for word in TWIN if word in cells), None)
    return (city, twin) if city and twin and city != twin else None


def folded(text: str) -> str:
    """Return letters and digits alone, without accents and case."""
    return "".join(c for c in plain_letters(text) if c.isalnum() and c.isascii())


def _words() -> set[str]:
    known = (column_words(name).phrases for name in ("city", "twin", "country", "since", "name"))
    return {*CITY, *TWIN, *SINCE, *NAMES, *(folded(word) for phrases in known for word in phrases)}
