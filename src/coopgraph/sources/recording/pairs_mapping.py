"""The mapping of a file of pairs: who names whom as its twin, and what is known of both.

In: a `Pairs`. Out: YARRRML. Format: docs/decisions/0002-mapping-subset.md.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from coopgraph.errors import ConfigError
from coopgraph.sources.guided.bindings import reference
from coopgraph.sources.recording.pairs_header import NAMES, folded
from coopgraph.sources.recording.sections import MAPPINGS

if TYPE_CHECKING:
    from coopgraph.sources.recording.pairs import Pairs


def mapping_of(pairs: Pairs, name: str, *, named: bool) -> str:
    """Return the mapping that makes statements of a file's rows; `named`: another file has the names.

    Raises ConfigError for a column that a mapping cannot name.
    """
    if not pairs.twin:
        return _filled("names", {"CITY": _reference(pairs.city), "NAME": _reference(pairs.columns[1])})
    if pairs.places:
        city, twin = (f"$({place.into})" for place in pairs.places)
        labels = [f"$({place.into}_label)" for place in pairs.places]
        known = "".join(
            _filled("looked-up", {"SIDE": side, "INTO": place.into, "NAME": _reference(place.name[0])})
            for side, place in zip(("city", "twin"), pairs.places, strict=True)
        )
    else:
        city, twin = labels = [_reference(pairs.city), _reference(pairs.twin)]
        known = "".join(_known(pairs, column, named=named) for column in (pairs.city, pairs.twin))
    words = {
        "KEY": f"{'names' if pairs.items else name}-{city}-{twin}",
        "PLACE": _place(pairs),
        "SINCE": _since(pairs),
        "CITY-LABEL": labels[0],
        "TWIN-LABEL": labels[1],
        "CITY": city,
        "TWIN": twin,
        "PLACES": known,
    }
    return _filled("pairs", words)


def _place(pairs: Pairs) -> str:
    return "id:city/wikidata-" if pairs.items else "id:city/"


def _since(pairs: Pairs) -> str:
    if not pairs.since:
        return ""
    begin = _reference(pairs.since)
    if not pairs.odd:
        return f'      - [schema:startDate, "{begin}", dcterms:W3CDTF]\n'
    odd = json.dumps(list(pairs.odd), ensure_ascii=False)
    return (
        f'      - p: schema:startDate\n        o: {{ value: "{begin}", datatype: dcterms:W3CDTF }}\n'
        f'        condition: {{ function: notIn, parameters: [[str1, "{begin}"], [list, {odd}]] }}\n'
    )


def _known(pairs: Pairs, column: str, *, named: bool) -> str:
    """What a row says of a place: its item, and its name unless another file has it."""
    side = "city" if column == pairs.city else "twin"
    own = _reference(column)
    lines = [f'  {side}:\n    s: "{_place(pairs)}{own}"\n    po:\n      - [a, coop:City]\n']
    if pairs.items:
        lines.append(f'      - [skos:exactMatch, "http://www.wikidata.org/entity/{own}~iri"]\n')
    if not (pairs.items and named):
        labels = [f"{folded(column)}{word}" for word in NAMES]
        label = next((name for name in pairs.columns if folded(name) in labels), column)
        lines.append(f'      - [skos:prefLabel, "{_reference(label)}"]\n')
    return "".join(lines)


def _reference(column: str) -> str:
    """A column as it stands between double quotes."""
    if not column.isprintable() or "$" in column:
        raise ConfigError(f"A mapping cannot name the column {column!r}. Rename it in the file.")
    return json.dumps(reference(column), ensure_ascii=False)[1:-1]


def _filled(mapping: str, words: Mapping[str, str]) -> str:
    text = (MAPPINGS / f"{mapping}.yml").read_text(encoding="utf-8")
    for place, word in words.items():
        text = text.replace(f"<<{place}>>", word)
    return text
