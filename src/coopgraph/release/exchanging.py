"""The steps of publishing to a remote store: graphs sent beside what is there, exchanged, cleared, counted.

In: a RemoteStore and the record of what comes. Out: requests to it, and what it holds. Standards: SPARQL 1.1
Update and Graph Store Protocol. Which steps, and when: `to_store`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import Final

from coopgraph.errors import Fault, StoreError
from coopgraph.rdf import endpoint, published
from coopgraph.rdf import update as updates
from coopgraph.rdf.published import Published
from coopgraph.rdf.terms import plain_text
from coopgraph.release.batches import least, parts
from coopgraph.release.graph import read_graph
from coopgraph.settings.remote_store import RemoteStore

Progress = Callable[[str], None]

_QUERIES: Final = Path(__file__).parent / "queries"
LINES: Final = 1_000  # of one request; with the merge up to 2,000 triples, and Virtuoso reads some 4,000
LINES_POSTED: Final = 50_000  # where the graph store protocol takes them, which reads any number
_PATIENCE: Final = 1.0  # seconds without a word
_GRAPHS: Final = 200  # counted, copied or dropped in one request


def prepare(
    store: RemoteStore,
    coming: Published,
    begun: Published | None,
    directory: Path,
    quads: int,
    say: Progress,
) -> None:
    """Send every graph and the merge into graphs of their own, which no reader looks at."""
    if begun is None or begun.release != coming.release:  # else its record stands, and its graphs go on
        drop(store, [] if begun is None else list(begun.staged().values()))
        write_record(store, coming.names.next, replace(coming, state=published.PREPARING))
    staged, done, said = coming.staged(), 0, monotonic()
    lines = LINES if store.graph_store_url is None else LINES_POSTED
    for part in parts(read_graph(directory), coming.names.merged, lines=lines):
        updates.insert(store, {staged[graph]: triples for graph, triples in part.items()})
        done += sum(len(triples) for graph, triples in part.items() if graph != coming.names.merged)
        if monotonic() - said > _PATIENCE:
            said = monotonic()
            say(f"sending: {done:,} of {quads:,} statements")


def exchange(
    store: RemoteStore, coming: Published, standing: Published | None, gone: tuple[str, ...], say: Progress
) -> None:
    """Put the prepared graphs in the place of those that stand there; readers are told meanwhile."""
    say("exchanging the graphs")
    names = coming.names
    updates.update(store, published.state_set(names.next, coming.base, published.EXCHANGING))
    if standing is None:
        _exchange_one(store, names.next, names.record)
    else:
        updates.update(store, published.state_set(names.record, coming.base, published.EXCHANGING))
    pairs = [(source, target) for target, source in coming.staged().items()]
    try:
        updates.update(store, " ;\n".join([*updates.copies(pairs), *updates.drops(gone)]))
    except StoreError:  # too much at once for it, or it cannot copy: graph by graph, or the error comes again
        for number, pair in enumerate(pairs, 1):
            _exchange_one(store, *pair)
            say(f"exchanging the graphs: {number:,} of {len(pairs):,}")
        drop(store, list(gone))


def _exchange_one(store: RemoteStore, source: str, target: str) -> None:
    try:
        updates.update(store, *updates.copies([(source, target)]))
    except StoreError:
        updates.update(store, " ;\n".join(updates.replaces(source, target)))


def write_record(store: RemoteStore, graph: str, record: Published) -> None:
    """Put a record into its graph, in one request where it fits."""
    slices = list(_sliced(published.described(record), LINES))
    first = [*updates.drops([graph]), updates.insert_data({graph: slices[0]})]
    updates.update(store, " ;\n".join(first))
    for triples in slices[1:]:
        updates.update(store, updates.insert_data({graph: triples}))


def finish(store: RemoteStore, coming: Published) -> None:
    """Say that the release stands there whole, and clear away what it was prepared in."""
    updates.update(store, published.state_set(coming.names.next, coming.base, published.COMPLETE))
    _exchange_one(store, coming.names.next, coming.names.record)
    clear(store, coming)


def clear(store: RemoteStore, coming: Published) -> None:
    """Drop what a release was prepared in, its record last."""
    drop(store, [*coming.staged().values(), coming.names.next])


def drop(store: RemoteStore, graphs: list[str]) -> None:
    for some in _sliced(graphs, _GRAPHS):
        updates.update(store, " ;\n".join(updates.drops(some)))


@dataclass(frozen=True)
class SentGraphs:
    """What was sent, to hold what a store counts against."""

    store: RemoteStore
    directory: Path
    coming: Published

    @property
    def counts(self) -> dict[str, int]:
        return {**self.coming.graphs, self.coming.names.merged: self.coming.merged}

    def compare(self, places: Mapping[str, str], say: Progress) -> dict[str, int]:
        """Count what is in the place of each graph; raises StoreError where it is not what was sent."""
        say("counting what is there")
        found = self._counted(places)
        if found == self.counts:
            return found
        few = self._least
        faults = [
            Fault(graph, None, None, f"has {found[graph]:,} statements there, and {count:,} were sent.")
            for graph, count in self.counts.items()
            if not few[graph] <= found[graph] <= count
        ]
        if faults:
            raise StoreError(
                f"The store {self.store.shown} does not hold what was sent to it. Publish again; if it comes "
                "again, ask who runs it.",
                faults=faults,
            )
        return found

    @cached_property
    def _least(self) -> dict[str, int]:
        """How many a store that keeps values may have of each: one pass over the graph, for both counts."""
        return least(read_graph(self.directory), self.coming.names.merged)

    def _counted(self, places: Mapping[str, str]) -> dict[str, int]:
        query = (_QUERIES / "counts.rq").read_text(encoding="utf-8")
        counted: dict[str, int] = {}
        for some in _sliced(list(places.values()), _GRAPHS):
            text = query.replace("<urn:graph>", " ".join(f"<{graph}>" for graph in some))
            for row in endpoint.rows(self.store, text, ["graph", "triples"]):
                graph, triples = row.split("\t")
                counted[plain_text(graph)] = int(plain_text(triples))
        return {graph: counted.get(place, 0) for graph, place in places.items()}


def _sliced(lines: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(lines), size):
        yield lines[start : start + size]
