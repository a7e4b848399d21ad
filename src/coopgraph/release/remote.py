"""A workspace whose graph is in a remote store, opened as a release that is gone when it is closed.

In: a workspace's folder. Out: its RemoteStore and the folder of a release without tables: each is pulled when
it is first asked for, and removed with the folder. Format: docs/decisions/0001-workspace-file.md.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from coopgraph.errors import ConfigError, Fault
from coopgraph.languages import LANGUAGES
from coopgraph.rdf.ontology import ontology_version
from coopgraph.rdf.published import Published
from coopgraph.release.locate import current_id
from coopgraph.release.manifest import Manifest
from coopgraph.settings.engine import read_engine
from coopgraph.settings.export import read_export
from coopgraph.settings.remote_store import RemoteStore, read_store
from coopgraph.settings.section import Section
from coopgraph.settings.workspace_file import Head, read_file, read_head, refuse

_BUILT_HERE: Final = ("parameters", "limits")
_OF_A_BUILD: Final = ("rules", "queries", "judgements", "gazetteer")


def remote_store(workspace: Path) -> tuple[RemoteStore, Head] | None:
    """Return the store a workspace asks, and its head; None where its graph is built here.

    One that has sources is asked here, and publishes its releases to the store it names.

    Raises ConfigError with every fault of a workspace file that names a store.
    """
    try:
        top = read_file(workspace)
    except ConfigError:
        if current_id(workspace) is None:
            raise
        return None  # what is built stays readable while its file is being edited
    if "sources" in top.table or "store" not in {*top.table, *top.section("workspace").table}:
        return None
    store = read_store(top)
    head, section = read_head(top)
    _without_meaning(section, _OF_A_BUILD)
    section.close()
    _without_meaning(top, _BUILT_HERE)
    read_engine(top)  # for its faults; `Release.engine` reads it again when flows are made
    read_export(top)
    top.close()
    if top.faults or store is None:  # None: it stands inside [workspace], which is a fault
        raise refuse(workspace, top.faults)
    return store, head


def store_at(url: str, base: str) -> tuple[RemoteStore, Head]:
    """Return the store at an address, and the head of a workspace that names nothing else.

    Raises ConfigError for what is no address of a store.
    """
    top = Section("address", (), {"store": url}, {}, [])
    store = read_store(top)
    if top.faults or store is None:
        raise ConfigError(
            "A store at this address cannot be opened.", faults=top.faults
        )  # it may hold a secret
    return store, Head(store.shown, {}, LANGUAGES, base, None)


def store_of(workspace: Path) -> RemoteStore:
    """Return the store a workspace names, with sources or without; raises ConfigError for its faults."""
    top = read_file(workspace)
    store = read_store(top)
    if top.faults:
        raise refuse(workspace, top.faults)
    if store is None:
        fix = '[store] with url = "https://host/sparql" and update_url = "https://host/update".'
        what = "names no store to publish to or to ask."
        raise refuse(workspace, [Fault("coopgraph.toml", None, None, what, fix)])
    return store


def manifest_of(published: Published) -> Manifest:
    """What is known of a release in a store, as a manifest says it."""
    quads = sum(published.graphs.values())
    return Manifest(
        "",
        quads,
        quads + published.merged,
        now=published.now,
        versions={"ontology": published.ontology},
        workspace=published.workspace,
        counts={"graphs": dict(published.graphs)},
        id=published.release,
        built_at=published.built_at,
    )


def _without_meaning(section: Section, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in section.table:
            section.asked.add(key)
            section.fault((key,), "has no meaning beside a remote store.", "Take it out.")


def without_tables(head: Head) -> Path:
    """Make the folder of a release that holds nothing yet."""
    directory = Path(tempfile.mkdtemp(prefix="coopgraph-"))
    Manifest("", 0, 0, versions={"ontology": ontology_version()}, workspace=vars(head)).write(directory)
    return directory
