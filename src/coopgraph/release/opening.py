"""Opening a release: that of a workspace, of RDF files, of an rdflib graph, or what a remote store holds.

In: a place of any of these kinds. Out: a `Release`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coopgraph.errors import ConfigError
from coopgraph.namespaces import BASE
from coopgraph.rdf.from_rdflib import is_rdflib
from coopgraph.release import remote
from coopgraph.release.locate import HOME, find_workspace, release_directory
from coopgraph.release.manifest import NAME
from coopgraph.release.opened import Release
from coopgraph.settings.workspace_file import Head, read_file, read_head

if TYPE_CHECKING:
    import rdflib

    from coopgraph.settings.remote_store import RemoteStore


def open_release(
    place: str | Path | Sequence[str | Path] | rdflib.Graph,
    *more: str | Path,
    verify: bool = False,
    ontology: bool = True,
    base: str = BASE,
    store: bool = False,
) -> Release:
    """Open the release in force of a workspace, or make a temporary one of RDF files or an rdflib graph.

    A workspace without sources that names a remote store is asked there, and so is a store given by its
    address (`https://host/sparql`), and with `store` a workspace that has both: nothing is kept, tables are
    pulled and queries sent when they are asked for.

    Several RDF files are given one after the other, `open("a.ttl", "b.nq")`, or as a list.
    `verify` compares every byte with its digest. For files and graphs, `ontology` adds the bundled one, as a
    build does, and `base` is what the IRIs of their graphs begin with.

    >>> import rdflib
    >>> graph = rdflib.Graph().parse(data="<urn:a> <urn:p> 7 .", format="turtle")
    >>> with open_release(graph, ontology=False) as release:
    ...     [row.o for row in release.query("SELECT ?o { ?s ?p ?o }")]
    [7]
    """
    from coopgraph.release import temporary

    if is_rdflib(place) and not more:
        graph: Any = place
        return Release(temporary.from_rdflib(graph, base, ontology=ontology), temporary=True)
    if isinstance(place, str) and place.startswith(("https://", "http://")) and not more:
        return _of_store(*remote.store_at(place, base))
    paths = _paths(place, more)
    if len(paths) == 1 and paths[0].is_dir():
        if store:
            return _of_own_store(find_workspace(paths[0]))
        return _of_directory(paths[0], verify=verify)
    return Release(temporary.from_files(paths, base, ontology=ontology), temporary=True)


def _paths(place: Any, more: Sequence[Any]) -> list[Path]:
    """Every file or folder named; anything else is told as what it is."""
    one = isinstance(place, str | os.PathLike)
    several: list[Any] = [] if one or not isinstance(place, Iterable) or is_rdflib(place) else list(place)
    named = [place, *more] if one else [*several, *more]
    wrong = [place] if not named or not (one or several) else named
    wrong = [thing for thing in wrong if not isinstance(thing, str | os.PathLike)]
    if wrong:
        raise ConfigError(
            f"{wrong[0]!r:.80} cannot be opened. Give a workspace's folder, one or several RDF files, or one "
            "rdflib Graph or Dataset."
        )
    return [Path(thing) for thing in named]


def _of_directory(path: Path, *, verify: bool) -> Release:
    """Open the release whose folder it is, or the one in force in this workspace, or its remote store."""
    if (path / NAME).is_file():
        return Release(path, verify=verify)
    workspace = path if (path / HOME).is_dir() else find_workspace(path)
    named = remote.remote_store(workspace)
    if named is None:
        return Release(release_directory(workspace), verify=verify)
    return _of_store(*named, workspace)


def _of_own_store(workspace: Path) -> Release:
    """Open the store that a workspace names, whether it has sources or not."""
    top = read_file(workspace)
    head, _ = read_head(top)
    found = remote.store_of(workspace)
    return _of_store(found, head, workspace)


def _of_store(store: RemoteStore, head: Head, workspace: Path | None = None) -> Release:
    from coopgraph.rdf.remote import RemoteEngine

    empty = remote.without_tables(head)
    return Release(empty, temporary=True, workspace=workspace, remote_engine=RemoteEngine(store, head.base))
