"""The nodes of the explorer's graph as columns: cities, networks, organisations, agreements of many parties.

In: which nodes there are, their names, the table of cities, and their measures. Out: the columns `nodes`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from coopgraph.languages import LANGUAGES
from coopgraph.views.drawing import Texts, clean, in_language
from coopgraph.views.names import Names, name_of
from coopgraph.views.standing import DIRECTED

if TYPE_CHECKING:
    import pyarrow as pa

_COLUMNS: Final = {"peer_exchange_1": "peer_exchange_k1"}
KINDS: Final = ("city", "network", "organisation", "agreement")


def columns(
    nodes: Sequence[str],
    agreements: Collection[str],
    names: Names,
    aliases: Mapping[str, Sequence[str]],
    cities: pa.Table,
    measures: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any]:
    """Return what is known of each node; null where it is not."""
    known = {row["city"]: row for row in cities.to_pylist()}
    texts = [_texts(node, known.get(node), names) for node in nodes]
    kinds = [_kind(node, known, measures, agreements, names) for node in nodes]
    labels = in_each_language(texts)
    return {
        "iri": list(nodes),
        "kind": [KINDS.index(kind) for kind in kinds],
        "label": labels,
        "names": [_others(node, i, labels, names, aliases) for i, node in enumerate(nodes)],
        "country": [clean(_of(known, node, "country") or "").rsplit("/", 1)[-1] for node in nodes],
        **{name: [_of(known, node, name) for node in nodes] for name in ("lat", "long", "population")},
        "measures": {
            name: [measures[node][name] if node in measures else None for node in nodes] for name in DIRECTED
        },
    }


def measures_by_city(table: pa.Table) -> dict[str, dict[str, Any]]:
    """Return the measures that are shown, by city, by the names they have beside a node."""
    columns = [table[_COLUMNS.get(name, name)].to_pylist() for name in DIRECTED]
    rows = zip(table["city"].to_pylist(), *columns, strict=True)
    return {city: dict(zip(DIRECTED, values, strict=True)) for city, *values in rows}


def in_each_language(texts: Sequence[Texts]) -> dict[str, list[str]]:
    """Return language -> the texts in it, or in the nearest language there is.

    >>> in_each_language([{"en": "Lisbon", "pt": "Lisboa"}])
    {'en': ['Lisbon'], 'es': ['Lisbon'], 'pt': ['Lisboa']}
    """
    return {lang: [in_language(text, lang) for text in texts] for lang in LANGUAGES}


def _texts(node: str, city: Mapping[str, Any] | None, names: Names) -> Texts:
    stated = (
        {lang: clean(city[f"label_{lang}"]) for lang in LANGUAGES if city[f"label_{lang}"]} if city else {}
    )
    return stated or name_of(node, names).texts


def _kind(
    node: str,
    known: Collection[str],
    measures: Collection[str],
    agreements: Collection[str],
    names: Names,
) -> str:
    """Return the kind of a node; who takes part in exchange is a city, any other party an organisation."""
    if node in agreements:
        return "agreement"
    if node in known or node in measures:
        return "city"
    kind = name_of(node, names).kind
    return kind if kind in KINDS else "organisation"


def _others(
    node: str, place: int, labels: Mapping[str, list[str]], names: Names, aliases: Mapping[str, Sequence[str]]
) -> list[str]:
    """Return what else a node is called, in any language, each name once."""
    full = name_of(node, names).full or {}
    shown = {column[place] for column in labels.values()}
    return sorted({clean(name) for name in (*full.values(), *aliases.get(node, ()))} - shown)


def _of(known: Mapping[str, Mapping[str, Any]], node: str, column: str) -> Any:
    return known[node][column] if node in known else None
