"""Compare two releases: one pass over their graphs, and the tables for what is said by city.

In: two releases, by what names them. Out: a `Comparison`.
"""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from pathlib import Path

from coopgraph.release.compare.by_city import cities_changed
from coopgraph.release.compare.changes import (
    By,
    Change,
    by_property,
    changes,
    class_of,
    graph_of,
    special_graphs,
)
from coopgraph.release.compare.comparison import (
    WAYS,
    ClassChange,
    Comparison,
    Delta,
    GraphChange,
    Side,
    SourceChange,
    Stated,
    ThingChange,
    ValueChange,
)
from coopgraph.release.compare.naming import Names
from coopgraph.release.compare.sides import Place, opened
from coopgraph.release.opened import Release


def compare(
    before: Place = "previous",
    after: Place = "current",
    *,
    workspace: str | Path | None = None,
    language: str | None = None,
    most: int = 100,
) -> Comparison:
    """Say what changed from one release to another, by class, by city and by source.

    A release is `current`, `previous` (the one built before it), an id of `workspace` or its beginning, the
    folder of a workspace or of a release, or an open `Release`. `most` is how many things of each class are
    told in full for each way; all are counted. Raises ConfigError where nothing or several fit.

    >>> import rdflib, coopgraph as cg
    >>> old, new = (rdflib.Graph().parse(data=f'<urn:a> <urn:p> {n} .', format="turtle") for n in (1, 2))
    >>> with cg.open(old, ontology=False) as a, cg.open(new, ontology=False) as b:
    ...     found = cg.compare(a, b)
    >>> [(value.before[0].text, value.after[0].text) for value in found.things[0].values]
    [('1', '2')]
    """
    with ExitStack() as stack:
        home = Path(workspace) if workspace is not None else None
        a, b = (stack.enter_context(opened(place, home)) for place in (before, after))
        return _compared(a, b, Names(a, b, language), most)


def _compared(before: Release, after: Release, names: Names, most: int) -> Comparison:
    ways: dict[str | None, Counter[str]] = {}
    graphs: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    kept: list[Change] = []
    for change in changes(before, after):
        for lines, counted in zip((change.added, change.removed), graphs, strict=True):
            counted.update(map(graph_of, lines))
        if (how := change.how) is not None:
            counter = ways.setdefault(class_of(change), Counter())
            counter[how] += 1
            if counter[how] <= most:
                kept.append(change)
    special = special_graphs(before.base) | special_graphs(after.base)
    return Comparison(
        _side(before),
        _side(after),
        *_deltas(graphs, special),
        _classes(ways, names),
        tuple(sorted((_thing(change, names) for change in kept), key=_place)),
        cities_changed(before, after, names),
        _sources(before, after),
        _graphs(graphs, special, after),
    )


def _side(release: Release) -> Side:
    manifest = release.manifest
    title = str(manifest.workspace.get("title") or "")
    return Side(manifest.id, manifest.built_at, release.now, title, manifest.versions.get("ontology", ""))


def _deltas(graphs: tuple[Counter[str], Counter[str]], special: dict[str, str]) -> tuple[Delta, Delta, Delta]:
    """Statements of data, of the ontology and of provenance."""

    def count(counted: Counter[str], kind: str) -> int:
        return sum(number for graph, number in counted.items() if special.get(graph, "data") == kind)

    data, ontology, provenance = (
        Delta(count(graphs[0], kind), count(graphs[1], kind)) for kind in ("data", "ontology", "provenance")
    )
    return data, ontology, provenance


def _classes(ways: dict[str | None, Counter[str]], names: Names) -> tuple[ClassChange, ...]:
    found = [
        ClassChange(cls, names(cls) if cls else "", *(counter[how] for how in WAYS))
        for cls, counter in ways.items()
    ]
    return tuple(sorted(found, key=lambda each: (each.cls is None, each.label, each.cls)))


def _thing(change: Change, names: Names) -> ThingChange:
    values = tuple(
        ValueChange(prop[1:-1], names(prop[1:-1]), _stated(old, names), _stated(new, names))
        for prop, old, new in by_property(change)
    )
    return ThingChange(change.subject, names.thing(change), class_of(change), change.how or "", values)


def _stated(stated: By, names: Names) -> tuple[Stated, ...]:
    return tuple(
        Stated(value, names.value(value), tuple(sorted(graphs)))
        for (_, value), graphs in sorted(stated.items(), key=lambda item: item[0])
    )


def _place(thing: ThingChange) -> tuple[bool, str, int, str]:
    return thing.cls is None, thing.cls or "", WAYS.index(thing.how), thing.thing


def _sources(before: Release, after: Release) -> tuple[SourceChange, ...]:
    old, new = ({row["source"]: row for row in side.table("sources").to_pylist()} for side in (before, after))
    found = [("added", new[iri]) for iri in new.keys() - old.keys()]
    found += [("removed", old[iri]) for iri in old.keys() - new.keys()]
    return tuple(
        SourceChange(row["source"], how, row["title"], row["publisher"], row["url"], row["date"])
        for how, row in sorted(found, key=lambda one: (one[0], one[1]["source"]))
    )


def _graphs(
    graphs: tuple[Counter[str], Counter[str]], special: dict[str, str], after: Release
) -> tuple[GraphChange, ...]:
    """The graphs of data that changed, named as the workspace's files name their sources."""
    start = f"{after.base}graph/"
    added, removed = graphs
    return tuple(
        GraphChange(graph, graph.removeprefix(start), Delta(added[graph], removed[graph]))
        for graph in sorted(added.keys() | removed.keys())
        if graph not in special
    )
