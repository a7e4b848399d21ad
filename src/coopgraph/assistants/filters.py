"""What a rank or an explanation is of: the filters of the command line, as an assistant gives them.

In: texts, empty where not given. Out: options of `coopgraph.flows`, which checks what they say.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

Unknown = Annotated[
    Literal["exclude", "both"],
    Field(description="Whether an unknown role counts as not a yes (exclude) or as a yes (both)."),
]
Events = Annotated[
    Literal["actions", "agreements", "all"],
    Field(description="What counts as exchange: taking part in actions, signing agreements, or both."),
]
Certainty = Annotated[
    Literal["any", "stated"],
    Field(description="stated: roles that are derived, not stated by a source, are read as unknown."),
]
Period = Annotated[
    str,
    Field(max_length=30, description="Only what overlaps this time: 2016/2018, 2016-05/, /2018 or 2017."),
]
Country = Annotated[
    str,
    Field(max_length=10, description="Only events in which a city of this country takes part, such as ES."),
]
Programme = Annotated[str, Field(max_length=500, description="Only this programme, by its id or IRI.")]
Line = Annotated[str, Field(max_length=500, description="Only this strategic line, such as gender-equality.")]
Goal = Annotated[
    str, Field(max_length=50, description="Only what serves this goal or target, such as 11 or 11.3.")
]
Organiser = Annotated[
    str, Field(max_length=500, description="Only what this network or organisation organises, by id or IRI.")
]


def options(period: str = "", **given: str) -> dict[str, Any]:
    """Return the options that were given.

    >>> options("2016/", country="ES", sdg=""), options("2017")
    ({'country': 'ES', 'period': ('2016', None)}, {'period': ('2017', '2017')})
    """
    found: dict[str, Any] = {name: text.strip() for name, text in given.items() if text.strip()}
    start, slash, end = (part.strip() for part in period.partition("/"))
    if start or end:
        found["period"] = (start or None, (end or None) if slash else start)
    return found
