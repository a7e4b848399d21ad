"""Publishing a release to a remote SPARQL 1.1 store: prepared beside what is there, then exchanged for it.

In: a release's folder and a RemoteStore. Out: what the store holds then, counted there. Only graphs of the
release, and those that a record of ours names, are changed or dropped. Shape: decision 10.
"""

from __future__ import annotations

import getpass
import socket
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from coopgraph.errors import ConfigError, Fault, StoreError
from coopgraph.namespaces import BASE
from coopgraph.rdf import published
from coopgraph.rdf.published import Published
from coopgraph.release.batches import parts
from coopgraph.release.exchanging import (
    LINES_POSTED,
    Progress,
    SentGraphs,
    clear,
    drop,
    exchange,
    finish,
    prepare,
)
from coopgraph.release.graph import read_graph
from coopgraph.release.locate import find_workspace, release_directory
from coopgraph.release.manage import beginning_with
from coopgraph.release.manifest import Manifest, read_manifest
from coopgraph.release.remote import store_at, store_of
from coopgraph.settings.remote_store import RemoteStore


@dataclass(frozen=True)
class Publication:
    """What stands in a store now: the release, its statements by graph as counted there, graphs dropped.

    `fewer` are graphs of which the store keeps fewer statements than were sent, with how many: it takes two
    that say the same value, such as 12.50 and 12.5, for one.
    """

    release: str
    address: str
    graphs: Mapping[str, int]
    merged: int
    dropped: tuple[str, ...] = ()
    fewer: Mapping[str, int] | None = None

    @property
    def quads(self) -> int:
        """The statements of all graphs, without the merge."""
        return sum(self.graphs.values())


def publish(
    workspace: str | Path = ".",
    release: str | None = None,
    *,
    to: str | None = None,
    update: str | None = None,
    replacing: bool = False,
    take_over: bool = False,
    on_progress: Progress | None = None,
) -> Publication:
    """Publish the release in force of a workspace, or the one whose id begins so, to a remote store.

    The store is the one that `coopgraph.toml` names, or the address `to` with the address `update` it is
    written to (by default the same). What stands there is what readers get until all is sent; then its graphs
    are exchanged, and readers are told meanwhile. Done again after it was broken off, it goes on.
    `replacing` lets it take the place of a workspace of another title, `take_over` ends what somebody else
    began. Raises ConfigError, and StoreError for what the store does not do.
    """
    place = find_workspace(Path(workspace))
    directory = release_directory(place) if release is None else beginning_with(place, release).directory
    store = store_of(place) if to is None else _addressed(to, update or to)
    return publish_to(directory, store, replacing=replacing, take_over=take_over, on_progress=on_progress)


def _addressed(url: str, update_url: str) -> RemoteStore:
    """The store at two addresses, checked as those of a workspace file are."""
    store, _ = store_at(url, BASE)
    return replace(store, update_url=store_at(update_url, BASE)[0].url)


def publish_to(
    directory: Path,
    store: RemoteStore,
    *,
    replacing: bool = False,
    take_over: bool = False,
    on_progress: Progress | None = None,
) -> Publication:
    """Publish the release of a folder to a store; done again after it was broken off, it goes on.

    Until the last step, what stood there before is what readers get. `replacing` lets it take the place of a
    workspace of another title; `take_over` ends what somebody else began. Raises StoreError.
    """
    say = on_progress or _silently
    _check_addresses(store)
    manifest = read_manifest(directory)
    coming = _coming(manifest, read_graph(directory), say)
    standing = _standing(store, coming, replacing=replacing)
    begun = _begun(store, coming, standing, take_over=take_over)
    gone = _gone(coming, standing, begun)
    if begun is None or begun.release != coming.release or begun.state == published.PREPARING:
        prepare(store, coming, begun, directory, manifest.quads, say)
    _check_alone(store, coming)
    sent = SentGraphs(store, directory, coming)
    sent.compare(coming.staged(), say)
    exchange(store, coming, standing, gone, say)
    found = sent.compare({graph: graph for graph in coming.staged()}, say)
    finish(store, coming)
    fewer = {graph: count - found[graph] for graph, count in sent.counts.items() if found[graph] < count}
    merged = found.pop(coming.names.merged)
    return Publication(coming.release, store.shown, found, merged, gone, fewer)


def _silently(step: str) -> None:
    """Say nothing."""


def _check_addresses(store: RemoteStore) -> None:
    if store.update_url is None:
        what = "'store' has no 'update_url', where statements are written to."
        fix = (
            '[store] with url = "..." and update_url = "...", such as .../sparql-auth of Virtuoso, /update '
            "of Fuseki, /statements of GraphDB: docs/remote-stores.md."
        )
        raise ConfigError(
            "Nothing can be published.", faults=[Fault("coopgraph.toml", None, None, what, fix)]
        )


def _coming(manifest: Manifest, blocks: Iterator[bytes], say: Progress) -> Published:
    """The record of a release, its graphs counted as they are sent."""
    say("counting the statements of each graph")
    settings = manifest.workspace
    base = str(settings.get("base", BASE))
    merged = published.Names(base).merged
    counts: dict[str, int] = {}
    for part in parts(blocks, merged, lines=LINES_POSTED):
        for graph, triples in part.items():
            counts[graph] = counts.get(graph, 0) + len(triples)
    return Published(
        base=base,
        release=manifest.id,
        stamp=uuid.uuid4().hex,
        by=_who(),
        since=datetime.now(UTC).isoformat(timespec="seconds"),
        ontology=manifest.versions.get("ontology", ""),
        title=str(settings.get("title", "")),
        titles=dict(settings.get("titles", {})),
        languages=tuple(settings.get("languages", ())),
        licence=settings.get("licence"),
        now=manifest.now,
        built_at=manifest.built_at,
        merged=counts.pop(merged, 0),
        graphs=dict(sorted(counts.items())),
    )


def _who() -> str:
    """Who publishes, for those who find it half done."""
    try:
        return f"{getpass.getuser()} on {socket.gethostname()}"
    except (OSError, KeyError):  # no such user is known on this machine
        return f"somebody on {socket.gethostname()}"


def _standing(store: RemoteStore, coming: Published, *, replacing: bool) -> Published | None:
    """What is published there now; another workspace's is left alone unless it is to be replaced."""
    found = published.whole(store, coming.names.record, coming.base)
    if found is not None and found.title != coming.title and not replacing:
        raise StoreError(
            f"The store {store.shown} holds a release of another workspace, '{found.title}' "
            f"({found.release}), under the same base {coming.base}. To put this one in its place, publish "
            "with --replace; to keep both, give this workspace a base of its own in coopgraph.toml and build "
            "it again."
        )
    return found


def _begun(
    store: RemoteStore, coming: Published, standing: Published | None, *, take_over: bool
) -> Published | None:
    """What was begun and not ended; somebody else's is left alone unless it is to be taken over."""
    found = published.whole(store, coming.names.next, coming.base)
    there = (standing.stamp, standing.state) if standing is not None else None
    if found is not None and there == (found.stamp, published.COMPLETE):  # only clearing away was broken off
        clear(store, found)
        return None
    if found is not None and found.by != coming.by and not take_over:
        raise StoreError(
            f"Release {found.release} is being published to {store.shown} by {found.by} since {found.since}. "
            "Wait until that is done; if it was broken off, end it with --take-over."
        )
    return found


def _check_alone(store: RemoteStore, coming: Published) -> None:
    """See that nobody else began to publish meanwhile; else leave nothing behind."""
    now = published.whole(store, coming.names.next, coming.base)
    if now is None or now.release != coming.release:
        drop(store, list(coming.staged().values()))
        raise StoreError(
            f"Somebody else published to {store.shown} meanwhile. Nothing was exchanged. Look at what stands "
            "there, and publish again if this release is to take its place."
        )


def _gone(coming: Published, standing: Published | None, begun: Published | None) -> tuple[str, ...]:
    """The graphs of what stands there, or was broken off while it was put there, that come no more."""
    half = begun.graphs if begun is not None and begun.state != published.PREPARING else {}
    there = {*(standing.graphs if standing is not None else {}), *half}
    return tuple(sorted(there - coming.graphs.keys()))
