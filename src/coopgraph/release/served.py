"""The releases that a server answers from: the one in force, and older ones that open pages still look at.

In: a workspace, RDF files, or a remote store. Out: open `Release`s, swapped when another is published;
what is worked out from a release is kept as long as it is. Format: docs/decisions/0003-graph-layout.md.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from coopgraph.errors import CoopgraphError, StoreError
from coopgraph.release.locate import HOME, current_id, find_workspace
from coopgraph.release.opened import Release
from coopgraph.release.opening import open_release

if TYPE_CHECKING:
    from coopgraph.rdf.pool import Pool

Made = TypeVar("Made")

LIVE: Final = "live"  # what stands for the id of a release that has none: RDF files, a remote store
_LOOK_EVERY: Final = 1.0  # seconds between two looks at which release is in force
_LOOK_THERE_EVERY: Final = 10.0  # the same for a remote store


class Served:
    """Releases by id, opened when first asked for; at most `keep` stay open.

    Safe to use from several threads.

    >>> from coopgraph.resources import bundled
    >>> with Served(bundled("ontology") / "coopgraph.ttl") as served:
    ...     served.current_id
    'live'
    """

    def __init__(self, place: Path | str, *, store: bool = False, keep: int = 3) -> None:
        self._keep = keep
        self._lock = threading.RLock()
        self._open: dict[str, Release] = {}  # the one asked for last stands last
        self._made: dict[str, dict[Hashable, Any]] = {}
        self._making: dict[tuple[str, Hashable], threading.Lock] = {}
        self._open_now = partial(open_release, place, store=store)
        first = self._open_now()
        self._workspace = _workspace_of(Path(place)) if self._id(first) != LIVE else None
        self._current = self._id(first)
        self._open[self._current] = first
        self._looked = time.monotonic()
        self._pool: Pool | None = None

    def share(self, pool: Pool) -> None:
        """Let one pool answer the queries to every release, those open and those yet to be opened."""
        with self._lock:
            self._pool = pool
            for release in self._open.values():
                release.share(pool)

    @property
    def current_id(self) -> str:
        """The id of the release in force now; a release that cannot be opened leaves the old one."""
        with self._lock:
            if self._current == LIVE and time.monotonic() - self._looked > _LOOK_THERE_EVERY:
                self._looked = time.monotonic()
                threading.Thread(target=self._renew, daemon=True).start()  # a store may take its time
            elif self._workspace is not None and time.monotonic() - self._looked > _LOOK_EVERY:
                self._looked = time.monotonic()
                with suppress(StoreError):
                    found = current_id(self._workspace) or self._current
                    self.release(found)
                    self._current = found
            return self._current

    def _renew(self) -> None:
        """Open a remote store again where another release is published there by now."""
        with suppress(StoreError):
            held = self._open.get(LIVE)
            if held is None or not held.is_outdated():
                return
            fresh = self._open_now()
            with self._lock:
                if LIVE in self._open:
                    self._forget(LIVE)
                    self._open[LIVE] = fresh
                else:  # closed meanwhile
                    fresh.close()

    @property
    def current(self) -> Release:
        """The release in force now."""
        return self.release(self.current_id)

    def release(self, identity: str | None) -> Release:
        """Return the release of this id (None: the one in force); raises StoreError when it is gone."""
        with self._lock:
            if identity is None:
                return self.current
            found = self._open.pop(identity, None) or self._reopen(identity)
            self._open[identity] = found
            while len(self._open) > self._keep:
                self._forget(next(old for old in self._open if old not in (self._current, identity)))
            return found

    def made(
        self, identity: str, key: Hashable, make: Callable[[Release], Made], *, most: int | None = None
    ) -> Made:
        """Return what `make` works out from a release, worked out once and kept with it.

        Who asks meanwhile waits for it. Of keys (name, ...) with one name, `most` are kept: those asked for
        last.
        """
        with self._lock:
            release = self.release(identity)
            kept = self._made.setdefault(identity, {})
            making = self._making.setdefault((identity, key), threading.Lock())
        with making:
            if key not in kept:
                kept[key] = make(release)
            found: Made = kept[key]
            if most is not None:
                self._keep_last(identity, kept, key, found, most)
        return found

    def _keep_last(self, identity: str, kept: dict[Hashable, Any], key: Any, found: Any, most: int) -> None:
        with self._lock:
            kept.pop(key, None)
            kept[key] = found  # asked for last, so it stands last
            alike = [other for other in kept if isinstance(other, tuple) and other[0] == key[0]]
            for old in alike[:-most]:
                del kept[old]
                self._making.pop((identity, old), None)

    def close(self) -> None:
        """Close every release."""
        with self._lock:
            for identity in list(self._open):
                self._forget(identity)

    def __enter__(self) -> Served:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _id(self, release: Release) -> str:
        return LIVE if release.remote is not None else release.manifest.id or LIVE

    def _reopen(self, identity: str) -> Release:
        folder = self._workspace and self._workspace / HOME / "releases" / identity
        plain = identity.replace("-", "").isalnum()  # an id from an address is never a path
        if folder is None or not plain or not folder.is_dir():
            raise StoreError(f"The release {identity[:40]!r} is no longer there. Look at the one in force.")
        release = open_release(folder)
        if self._pool is not None:
            release.share(self._pool)
        return release

    def _forget(self, identity: str) -> None:
        self._made.pop(identity, None)
        for known in [known for known in self._making if known[0] == identity]:
            del self._making[known]
        self._open.pop(identity).close()


def _workspace_of(place: Path) -> Path | None:
    try:
        return find_workspace(place)
    except CoopgraphError:
        return None
