"""What people have judged of names of places, and how a match follows it.

In: the judgements of a workspace. Out: for each name's id the place it stands for, those it does not, and the
names that are of no place in the gazetteer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from coopgraph.sources.judgements import Judgements
from coopgraph.sources.places.gazetteer import Gazetteer
from coopgraph.sources.places.query import Match

_NAME: Final = re.compile(r".*/(name-[a-z]{2}-[^/]+)")
_PLACE: Final = re.compile(r".*/geonames-([0-9]+)")


@dataclass(frozen=True)
class Judged:
    """Judgements by the id of a name; places by their GeoNames number."""

    same: Mapping[str, int] = field(default_factory=dict)
    different: Mapping[str, frozenset[int]] = field(default_factory=dict)
    own: frozenset[str] = frozenset()


NOBODY: Final = Judged()


def judged_names(judgements: Judgements) -> Judged:
    """Return what the judgements say of names, such as `name-pt-lisboa` beside `geonames-2267057`."""
    same: dict[str, int] = {}
    different: dict[str, frozenset[int]] = {}
    for row in judgements.rows:
        for place, name in ((row.left, row.right), (row.right, row.left)):
            number, named = _PLACE.fullmatch(place), _NAME.fullmatch(name)
            if number and named and row.same:
                same[named[1]] = int(number[1])
            elif number and named:
                different[named[1]] = different.get(named[1], frozenset()) | {int(number[1])}
    own = frozenset(named[1] for name in judgements.own if (named := _NAME.fullmatch(name)))
    return Judged(same, different, own)


def follow(gazetteer: Gazetteer, name: str, match: Match, judged: Judged) -> Match:
    """Return a match as the judgements of its name have it.

    What is certain by more than size, only `different` undoes.
    """
    ruled_out = judged.different.get(name, frozenset())
    if ruled_out:
        left = tuple(one for one in match.candidates if gazetteer.of("id", one.row) not in ruled_out)
        if match.row is not None and gazetteer.of("id", match.row) in ruled_out:
            match = Match("ambiguous" if left else "judged", None, left)
        elif match.row is None and match.candidates and not left:
            match = Match("judged")
        else:
            match = replace(match, candidates=left)
    is_open = match.row is None or match.how == "dominant"
    if is_open and name in judged.own:
        return Match("judged")
    if is_open and (row := gazetteer.row_of.get(judged.same.get(name, 0))) is not None:
        return Match("judged", row)
    return match
