"""A release, open: ask it in SPARQL, take its tables, hand it to rdflib.

In: the folder of a release, or what asks a remote store (see `opening`). Out: `Release`, the one object
everything after the build uses.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, TypeVar

from coopgraph.errors import StoreError
from coopgraph.languages import LANGUAGES
from coopgraph.namespaces import BASE, workspace_prefixes
from coopgraph.rdf.engine import Engine
from coopgraph.rdf.guard import check
from coopgraph.rdf.limits import Limits
from coopgraph.rdf.ontology import ontology_version
from coopgraph.rdf.solutions import Solutions
from coopgraph.rdf.stored import Argument, QueryLibrary, StoredQuery, parsed_query, read_query
from coopgraph.rdf.terms import short_iri
from coopgraph.release import remote
from coopgraph.release.evidence import Evidence, evidence_of
from coopgraph.release.locate import releases
from coopgraph.release.manifest import Manifest, check_files, read_manifest
from coopgraph.release.tables import TABLES, make_table
from coopgraph.resources import bundled
from coopgraph.settings.engine import EngineSpec, read_engine
from coopgraph.settings.export import ExportSpec, read_export
from coopgraph.settings.section import Section
from coopgraph.settings.workspace_file import FILE_NAME, read_file, refuse

if TYPE_CHECKING:
    import pyarrow as pa
    import rdflib

    from coopgraph.rdf.client import Answer, Request
    from coopgraph.rdf.pool import Pool
    from coopgraph.rdf.remote import RemoteEngine
    from coopgraph.settings.remote_store import RemoteStore

Setting = TypeVar("Setting")
QUERIES: Final = Path(__file__).parent / "queries"
_COUNTED_AT_OPENING: Final = 1_000_000


class Release:
    """An immutable release. Use it as a context manager, or close it.

    `directory`, `manifest`, `prefixes`, `base`, `languages`, `limits` and `now` (a date as text, or None) say
    what it is.
    """

    def __init__(
        self,
        directory: Path,
        *,
        temporary: bool = False,
        verify: bool = False,
        workspace: Path | None = None,
        remote_engine: RemoteEngine | None = None,
    ) -> None:
        self.directory = directory
        self._workspace = workspace or _workspace_of(directory)
        self._temporary = temporary
        self._open: Engine | RemoteEngine | None = None
        try:
            self._manifest = read_manifest(directory)
            _check_version(self._manifest)
            if not temporary:
                check_files(directory, self._manifest, digests=verify)
            self._open = remote_engine or _counted(Engine(directory / "store"), self._manifest, always=verify)
        except StoreError:
            self._remove()
            raise
        self._tables: dict[str, pa.Table] = {}
        self._making = threading.Lock()
        self._library: QueryLibrary | None = None

    @cached_property
    def manifest(self) -> Manifest:
        """What the release is made of; of one in a remote store, what is said of it there."""
        published = self._open.published if self._open is not None else None
        return self._manifest if published is None else remote.manifest_of(published)

    @cached_property
    def base(self) -> str:
        return str(self.manifest.workspace.get("base", BASE))

    @cached_property
    def languages(self) -> tuple[str, ...]:
        return tuple(self.manifest.workspace.get("languages") or LANGUAGES)

    @cached_property
    def prefixes(self) -> dict[str, str]:
        return workspace_prefixes(self.base)

    @cached_property
    def limits(self) -> Limits:
        return Limits(**self.manifest.workspace.get("limits", {}))

    def query(
        self, question: str, *, trusted: bool = False, limits: Limits | None = None, **params: Argument
    ) -> Solutions:
        """Ask a stored query by name, or SPARQL as text, with its parameters as keywords.

        It runs in a process of its own and is stopped at its limits; `trusted` runs it here, faster and
        without limits. Raises QueryError for what is refused or wrong, QueryTimeout for what took too much.
        """
        text = self._bound(question, params)
        chosen = limits or (None if trusted else self.limits)
        request = check(text, self.prefixes, self.base, None if trusted else chosen)
        return self._engine.ask(request, chosen, trusted=trusted)

    @property
    def remote(self) -> RemoteStore | None:
        """The remote store whose graph this is; None for a release of one's own."""
        return self._engine.remote

    @property
    def caution(self) -> str | None:
        """What must be said of answers to one's own queries, where a remote store may be wrong; else None."""
        return self._engine.caution

    def is_outdated(self) -> bool:
        """Look whether a remote store holds another release by now; False for one of one's own."""
        if isinstance(self._engine, Engine):
            return False
        with suppress(StoreError):  # half published, or not to be reached: it is not known to be outdated
            self._engine.still()
        return self._engine.outdated

    def answer_there(self, request: Request, limits: Limits, form: str) -> Answer:
        """Let the remote store answer a checked query, in the form asked for; StoreError where it is none."""
        if isinstance(self._engine, Engine):
            raise StoreError("This release is not in a remote store. Use `query`.")
        return self._engine.answer(request, limits, form)

    def share(self, pool: Pool) -> None:
        """Let the processes of a pool answer untrusted queries, as a server does for all who ask."""
        self._engine.share(pool)

    @property
    def workspace(self) -> Path | None:
        """The folder of the workspace whose release it is; None for files, graphs and what was moved away."""
        return self._workspace

    @property
    def engine(self) -> EngineSpec:
        """What the workspace file says of the engine now; DuckDB where there is no workspace."""
        return self._setting(read_engine) or EngineSpec()

    @property
    def exporting(self) -> ExportSpec:
        """What the workspace file says of exports now; nothing where there is no workspace."""
        return self._setting(read_export) or ExportSpec()

    def _setting(self, read: Callable[[Section], Setting]) -> Setting | None:
        workspace = self._workspace
        if workspace is None or not (workspace / FILE_NAME).is_file():
            return None
        top = read_file(workspace)
        spec = read(top)
        if top.faults:
            raise refuse(workspace, top.faults)
        return spec

    @cached_property
    def now(self) -> str | None:
        """The day that counts as today: the build's, else the newest day something was retrieved."""
        if self.manifest.now:
            return self.manifest.now
        text = (bundled("ontology") / "queries" / "tables" / "now.rq").read_text(encoding="utf-8")
        (found,) = self.query(text, trusted=True)
        return None if found[0] is None else str(found[0])

    @property
    def _engine(self) -> Engine | RemoteEngine:
        if self._open is None:
            raise StoreError("The release is closed. Open it again with coopgraph.open.")
        return self._open

    def asked(self, question: str) -> StoredQuery:
        """The stored query of this name, or SPARQL given as text with the parameters it declares."""
        is_name = not any(mark in question for mark in "{} \n")
        return self.library.get(question) if is_name else parsed_query(question)

    def unknown_things(self, question: str, **params: Argument) -> list[str]:
        """The IRIs among a query's arguments that occur nowhere in the release, shortened by its prefixes."""
        terms = self.asked(question).terms(params, self.prefixes).values()
        return [short_iri(term[1:-1], self.prefixes) for term in terms if not self._engine.mentions(term)]

    def _bound(self, question: str, params: dict[str, Argument]) -> str:
        query = self.asked(question)
        names = {parameter.name for parameter in query.parameters}
        if "now" in names and self.now:
            params = {"now": self.now, **params}
        return query.bind(params, self.prefixes) if params else query.text

    @property
    def library(self) -> QueryLibrary:
        """The stored queries: the workspace's own before the bundled ones."""
        if self._library is None:
            own = [Path(path) for path in self.manifest.workspace.get("queries", ())]
            here = self.directory.parents[2] if not self._temporary else self.directory
            self._library = QueryLibrary([[here / path for path in own], bundled("ontology") / "queries"])
        return self._library

    def queries(self) -> list[StoredQuery]:
        """The stored queries that have a title, in the order of their names."""
        return [query for query in self.library.queries() if query.titles]

    def table(self, name: str) -> pa.Table:
        """Return one of the tables of decision 4, such as `participations`.

        One that came after the release was made is asked of its graph.
        """
        from coopgraph.columns import parquet

        if name not in self._tables:
            engine = self._engine
            if name in TABLES and not self._temporary and not self._path(name).is_file():
                with engine.reading() as select:
                    self._tables[name] = make_table(name, select)
            else:
                self._tables[name] = parquet.read(self.table_path(name))
        return self._tables[name]

    def _path(self, name: str) -> Path:
        return self.directory / "tables" / f"{name}.parquet"

    def table_path(self, name: str) -> Path:
        """The Parquet file of a table; of a temporary release it is made now."""
        from coopgraph.columns import parquet

        engine, folder, path = self._engine, self.directory / "tables", self._path(name)
        if self._temporary and name in TABLES:
            with self._making:  # pages and what warms them up may ask at once
                if not path.is_file():
                    folder.mkdir(exist_ok=True)
                    with engine.reading() as select:
                        table = make_table(name, select)
                    parquet.write(table, folder / "unfinished")
                    (folder / "unfinished").replace(path)
        if not path.is_file():
            known = ", ".join(TABLES if self._temporary else sorted(p.stem for p in folder.glob("*.parquet")))
            raise StoreError(f"The release has no table '{name}'. It has: {known}.")
        return path

    def dataset(self, *, merged: bool = True) -> rdflib.Dataset:
        """Return a read-only rdflib.Dataset over the same store; its default graph is the merge.

        So `quads()`, and what `serialize` writes, hold a statement once for each graph that states it and
        once more for the merge. With `merged=False` they hold the named graphs alone; queries and `triples`
        still run on the merge.
        """
        from coopgraph.rdf.dataset import read_only_dataset

        return read_only_dataset(self._engine.store, self.prefixes, merged=merged)

    def label(self, iri: str, language: str | None = None) -> str:
        """The label of a thing in a language, else in the workspace's languages, else any, else its IRI."""
        text = read_query(QUERIES / "label.rq").bind({"thing": iri}, self.prefixes)
        found = {str(row[0]): str(row[1]) for row in reversed(list(self.query(text, trusted=True)))}
        for wanted in (language, *self.languages, ""):
            if wanted in found:
                return found[wanted]
        return min(found.items())[1] if found else iri

    def names(self, iri: str) -> tuple[str, ...]:
        """What a thing is called in any language, and its acronyms."""
        text = read_query(QUERIES / "names.rq").bind({"thing": iri}, self.prefixes)
        return tuple(str(row[0]) for row in self.query(text, trusted=True))

    def evidence(self, iri: str) -> Evidence:
        """What is stated about a thing, in which graph, from which source, and the rows it came from."""
        return evidence_of(self, iri)

    def close(self) -> None:
        """End the query process, and remove a temporary release; then it answers nothing any more."""
        if self._open is not None:
            self._open.close()
            self._open = None
        self._remove()

    def _remove(self) -> None:
        if self._temporary:
            shutil.rmtree(self.directory, ignore_errors=True)

    def __enter__(self) -> Release:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        if self._open is not None and self._open.remote is not None:
            return f"<Release of {self._open.remote.shown}>"
        return f"<Release {self._manifest.id or 'temporary'}: {self._manifest.quads} quads>"

    def _repr_html_(self) -> str:
        """Return what a notebook shows: title, counts, day, licence, id."""
        from coopgraph.release.described import release_html

        store = self._open.remote if self._open is not None else None
        now = self.manifest.now if self._open is None else self.now
        return release_html(self.manifest, now, store.shown if store is not None else "")


def _workspace_of(release: Path) -> Path | None:
    """The workspace a release was published in; None for one that is temporary or was moved away."""
    workspace = release.parent.parent.parent
    return workspace if releases(workspace) == release.parent else None


def _check_version(manifest: Manifest) -> None:
    made, ours = manifest.versions.get("ontology", ""), ontology_version()
    if made.split(".")[0] != ours.split(".")[0]:
        raise StoreError(
            f"The release was made with ontology {made or 'unknown'}, and this coopgraph has {ours}. "
            "Build it again with `coopgraph build`."
        )


def _counted(engine: Engine, manifest: Manifest, *, always: bool) -> Engine:
    """Count the store where that is quick; sizes were compared before, and `verify` always counts."""
    if (always or manifest.stored <= _COUNTED_AT_OPENING) and len(engine) != manifest.stored:
        raise StoreError(
            f"The store holds {len(engine)} statements instead of {manifest.stored}: it is damaged. "
            "Build again, or go back with `coopgraph release rollback`."
        )
    return engine
