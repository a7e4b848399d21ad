"""A release as a network: who exchanges with whom, who agreed with whom, who belongs where.

In: an open release and `Options`. Out: a `Network`, while its engine is open; edges are never all in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from coopgraph.errors import ProjectionError
from coopgraph.exports.about import about_release
from coopgraph.exports.formats import Options
from coopgraph.exports.network.looks import colour_of, placed, size_of
from coopgraph.exports.network.model import Edge, Network, Node, united
from coopgraph.exports.network.relations import Agreement, agreements, called, joined, memberships
from coopgraph.exports.network.told import text_of
from coopgraph.settings.engine import EngineSpec
from coopgraph.views.names import KINDS, Names, name_of, names_from

if TYPE_CHECKING:
    from coopgraph.network.dated import DatedExchange, Exchanged
    from coopgraph.release import Release

_QUERY: Final = Path(__file__).parent / "names.rq"
_MEASURES: Final = (
    "peer_exchange", "peer_exchange_k1", "given", "received", "reciprocity", "partners", "degree",
)  # fmt: skip
_MEMORY: Final = "256MB"
_TOLD: Final = 50_000  # edges, after which it is said how many were written
_EXCHANGE: Final = {"en": "Exchange", "es": "Intercambio", "pt": "Intercâmbio"}


@dataclass
class _Ends:
    """The nodes there are, and what is known of some."""

    wanted: set[str]
    measures: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    treaties: dict[str, Agreement] = field(default_factory=dict)
    directed: bool = False
    dated: bool = False


@contextmanager
def network_of(release: Release, options: Options) -> Iterator[Network]:
    """Open a release as the network that is asked for."""
    wants = options.graph
    names = names_from(release.query(_QUERY.read_text("utf-8"), trusted=True).to_arrow().to_pylist())
    agreed, member = (release.table_path(name) for name in ("agreements", "memberships"))
    ends = _Ends(set())
    parts: list[Callable[[], Iterable[Edge]]] = []
    notes: list[str] = []
    positions = cache(lambda: _positions(release))
    with ExitStack() as stack:
        if wants in ("all", "exchange"):
            from coopgraph.network.dated import dated_exchange

            options.on_progress("Working out who exchanges with whom")
            made = stack.enter_context(dated_exchange(release, **_sparing(release, options.selection)))
            _add_exchange(made, ends)
            if wants == "exchange" and not ends.wanted:
                raise _nothing(options.selection)
            notes += _rests_on(made)
            parts.append(lambda: (_exchange(edge, options.lang) for edge in made.edges))
        if wants in ("all", "agreements"):
            _add_agreements(agreed, names, ends)
            parts.append(
                lambda: chain.from_iterable(
                    joined(agreement, names, options.lang) for agreement in agreements(agreed)
                )
            )
        if wants in ("all", "affiliation"):
            _add_memberships(member, names, options.lang, ends)
            parts.append(lambda: memberships(member, names, options.lang))
        if wants == "all":
            ends.wanted.update(release.table("cities")["city"].to_pylist())
        yield Network(
            about_release(release, options.lang),
            ends.directed,
            ends.dated,
            lambda: _nodes(release, positions(), ends, names, options.lang),
            lambda: _counted(chain.from_iterable(part() for part in parts), options.on_progress),
            tuple(notes),
        )


def _nothing(selection: Mapping[str, Any]) -> ProjectionError:
    """Return the refusal to write a network without a city."""
    named = sorted(set(selection) - {"engine", "memory"})
    chosen = f" with what is chosen by {', '.join(named)}" if named else ""
    return ProjectionError(
        f"Nothing matches: there is no exchange{chosen}, so the file would be empty. Choose less, or see "
        "with 'coopgraph rank' what there is."
    )


def _counted(edges: Iterable[Edge], tell: Callable[[str], None]) -> Iterator[Edge]:
    for number, edge in enumerate(edges, start=1):
        if number % _TOLD == 0:
            tell(f"{number:,} edges written")
        yield edge


def _sparing(release: Release, selection: Mapping[str, Any]) -> Any:
    """Let DuckDB spill early where nobody said what it may use: a file is written as it comes."""
    if selection.get("engine") or selection.get("memory") or release.engine != EngineSpec():
        return selection
    return {**selection, "memory": _MEMORY}


def _add_exchange(made: DatedExchange, ends: _Ends) -> None:
    columns = [made.measures.column(name).to_pylist() for name in ("city", *_MEASURES)]
    for city, *values in zip(*columns, strict=True):
        ends.measures[city] = tuple(values)
    ends.wanted.update(ends.measures)
    ends.directed = ends.dated = True


def _add_agreements(path: Path, names: Names, ends: _Ends) -> None:
    for agreement in agreements(path):
        ends.wanted.update(agreement.parties)
        ends.dated |= bool(agreement.spans)
        ends.directed |= any(edge.directed for edge in joined(agreement, names, "en"))
        if agreement.is_node:
            ends.treaties[agreement.iri] = agreement
            ends.wanted.add(agreement.iri)


def _add_memberships(path: Path, names: Names, lang: str, ends: _Ends) -> None:
    for edge in memberships(path, names, lang):
        ends.wanted.update((edge.source, edge.target))
        ends.dated |= bool(edge.spans)


def _rests_on(made: DatedExchange) -> Iterator[str]:
    """Say what the exchange is made of, in the words of the library."""
    basis = made.basis
    only = "".join(f"; only {name} {value}" for name, value in basis.filters)
    currency = f" {basis.currency}" if basis.currency else ""
    yield (
        f"Exchange: {basis.events}, weight={basis.weight}{currency}, unknown={basis.unknown}, "
        f"{basis.selected_events} events, {basis.participations} participations, "
        f"{basis.unknown_participations} of them with an unknown role{only}."
    )


def _exchange(edge: Exchanged, lang: str) -> Edge:
    spans = united((start, end) for start, _, end in (spell.partition("/") for spell in edge.spells))
    start = spans[0][0] if spans else ""
    end = "" if not spans or any(not last for _, last in spans) else max(last for _, last in spans)
    values = ("exchange", "", True, edge.events, edge.undated, start, end, "", "", None, "")
    return Edge(edge.source, edge.target, edge.weight, True, _EXCHANGE[lang], spans, values)


def _nodes(release: Release, positions: Any, ends: _Ends, names: Names, lang: str) -> Iterator[Node]:
    """Yield the nodes in the order of their IRIs."""
    places = {node: at for node, *at in _columns(positions, "node", "x", "y", "community")}
    wanted = (
        "city",
        f"label_{lang}",
        "label_en",
        "label_es",
        "label_pt",
        "country",
        "lat",
        "long",
        "population",
    )
    cities = {city: told for city, *told in _columns(release.table("cities"), *wanted)}
    largest = max((values[0] or 0.0 for values in ends.measures.values()), default=0.0)
    for iri in sorted(ends.wanted):
        *at, community = places.get(iri, [None])
        *labels, country, lat, long, population = cities.get(iri) or [None] * 8
        label = next(filter(None, labels), None)
        measures = ends.measures.get(iri, (None,) * len(_MEASURES))
        treaty = ends.treaties.get(iri)
        values = (
            _kind(iri, cities, ends, names), country, lat, long, population,
            None if community is None else community + 1, *measures, *_of_treaty(treaty, names, lang),
        )  # fmt: skip
        yield Node(
            iri,
            text_of(label) if label else called(iri, names, lang),
            placed(*at) if at else None,
            colour_of(community),
            size_of(measures[0], largest),
            treaty.spans if treaty else (),
            values,
        )


def _of_treaty(treaty: Agreement | None, names: Names, lang: str) -> tuple[Any, ...]:
    if treaty is None:
        return (None,) * 4
    kind = called(treaty.kind, names, lang) if treaty.kind else ""
    return (kind, treaty.money, treaty.certainty, treaty.sources)


def _kind(iri: str, cities: Any, ends: _Ends, names: Names) -> str:
    """Return the kind of a node; who takes part in exchange is a city, any other party an organisation."""
    if iri in ends.treaties:
        return "agreement"
    if iri in cities or iri in ends.measures:
        return "city"
    kind = name_of(iri, names).kind
    return kind if kind in KINDS else "organisation"


def _positions(release: Release) -> Any:
    """Return where each node stands; of files, graphs and stores it is worked out now, as at build time."""
    from coopgraph.network import flows
    from coopgraph.views.explorer.places import positions_of

    return positions_of(release.table, lambda: flows(release))


def _columns(table: Any, *names: str) -> Iterator[tuple[Any, ...]]:
    have = [table[name].to_pylist() if name in table.column_names else [None] * len(table) for name in names]
    return zip(*have, strict=True)
