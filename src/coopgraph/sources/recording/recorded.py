"""An endpoint recorded in a workspace, from the first request to the source that a build reads.

In: a workspace, a RemoteStore, what is wanted. Out: a recording that is complete and in its place, or an
error and the one before as it was. Format: docs/decisions/0018-recordings.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from coopgraph.errors import StoreError
from coopgraph.namespaces import PREFIXES
from coopgraph.rdf.harvest import Manners, count
from coopgraph.rdf.remote_construct import harvest
from coopgraph.settings.remote_store import RemoteStore
from coopgraph.sources.recording.construct import constructed, packed
from coopgraph.sources.recording.described import Origin, described
from coopgraph.sources.recording.kept import keep, refuse_other
from coopgraph.sources.recording.sections import section, twins_mappings, twins_section
from coopgraph.sources.recording.twins import Told, Wanted, twins_of, twins_there
from coopgraph.sources.recording.unfinished import unfinished


@dataclass(frozen=True)
class Asking:
    """Whom to ask and how, on which day, and under which licence the answer stands."""

    store: RemoteStore
    manners: Manners
    today: date
    licence: str | None = None


@dataclass(frozen=True)
class Recorded:
    """What was recorded: files, counts, and what should be known of it."""

    files: tuple[Path, ...]
    counts: Mapping[str, int]
    remarks: tuple[str, ...] = ()


def record_twins(workspace: Path, name: str, asking: Asking, wanted: Wanted, told: Told) -> Recorded:
    """Record the twin towns of an endpoint with Wikidata's shape as a source of a workspace.

    Raises StoreError; what came until then is kept, and the same call goes on there.
    """
    refuse_other(workspace, name)
    store = asking.store
    asked = {"address": _digest(store.url), "page_rows": store.page_rows, "query": wanted.asked().whole}
    recording = unfinished(workspace, name, {**asked, **asdict(wanted)}, asking.today)
    with recording.kept():
        found = twins_of(store, wanted, recording, asking.manners, told)
    origin = Origin(
        name, "Twinned administrative bodies (P190), statement by statement", store.shown,
        wanted.asked().whole, recording.began, asking.licence,
    )  # fmt: skip
    files = {**found.files, "source.ttl": described(origin)}
    made = keep(workspace, name, files, twins_section(name), twins_mappings(name), "Twin towns")
    recording.forget()
    return Recorded(made, found.counts, found.remarks)


def record_construct(workspace: Path, name: str, asking: Asking, query: Path, told: Told) -> Recorded:
    """Record the answer of an endpoint to a CONSTRUCT query as a source of a workspace.

    Raises QueryError for what is no such query, else StoreError as `record_twins`.
    """
    refuse_other(workspace, name)
    asked = harvest(query, PREFIXES)
    store = asking.store
    what = {"address": _digest(store.url), "page_rows": store.page_rows, "query": asked.asked.whole}
    recording = unfinished(workspace, name, what, asking.today)
    with recording.kept():
        lines = constructed(store, asked, recording, asking.manners, lambda done, of: told("rows", done, of))
    if not lines:
        recording.forget()
        raise StoreError(f"{store.shown} has nothing that {query.name} asks for. Nothing is recorded.")
    text = query.read_text(encoding="utf-8")
    origin = Origin(name, f"What {store.shown} says", store.shown, text, recording.began, asking.licence)
    files = {"statements.nq.zst": packed(lines), "source.ttl": described(origin), "query.rq": text.encode()}
    sections = [
        section(name, path=f"recorded/{name}/statements.nq.zst", source_id=name),
        section(f"{name}-origin", path=f"recorded/{name}/source.ttl"),
    ]
    made = keep(workspace, name, files, "\n\n".join(sections), {}, f"What {store.shown} says")
    recording.forget()
    return Recorded(made, {"statements": len(lines)})


def there(asking: Asking, wanted: Wanted | Path) -> int:
    """How many statements, or rows of a query, would be recorded: one request."""
    if isinstance(wanted, Wanted):
        return twins_there(asking.store, wanted, asking.manners)
    return count(asking.store, harvest(wanted, PREFIXES).asked, asking.manners)


def _digest(url: str) -> str:
    """What tells an address from others without saying what may be secret in it."""
    return hashlib.sha256(url.encode()).hexdigest()
