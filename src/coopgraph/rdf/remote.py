"""A remote store in the place of the embedded one: it answers our own queries, for tables and labels.

In: a RemoteStore. Out: tables and Solutions, whole or not at all. It is contacted when first asked, not
before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from coopgraph.errors import StoreError
from coopgraph.rdf import endpoint
from coopgraph.rdf.arrow import typed_table
from coopgraph.rdf.client import Request
from coopgraph.rdf.limits import Limits
from coopgraph.rdf.ontology import ontology_version
from coopgraph.rdf.paging import Question, changed, count, pull, question
from coopgraph.rdf.solutions import Solutions
from coopgraph.rdf.terms import plain_text
from coopgraph.settings.remote_store import RemoteStore

if TYPE_CHECKING:
    import pyarrow as pa
    import pyoxigraph as ox

_QUERIES: Final = Path(__file__).parent / "queries"


class RemoteEngine:
    """What `Engine` is for a release on disk, for the graph of a remote store."""

    def __init__(self, remote: RemoteStore) -> None:
        self.remote = remote
        self._checked = False

    @contextmanager
    def reading(self) -> Iterator[Callable[[Path], pa.Table]]:
        """Give a function that answers query files; at the end every count is taken again."""
        self._check()
        counted: dict[Question, int] = {}

        def select(query: Path) -> pa.Table:
            asked = question(query.read_text(encoding="utf-8"))
            found, counted[asked] = pull(self.remote, asked)
            return typed_table(found.payload, found.variables)

        yield select
        if any(count(self.remote, asked) != rows for asked, rows in counted.items()):
            raise changed(self.remote)

    def ask(self, request: Request, limits: Limits | None = None, *, trusted: bool = False) -> Solutions:
        """Answer a query of ours, each row once; anybody else's is refused."""
        if not trusted:
            self._refuse("Queries are not sent to it: a store may count what two graphs state twice.")
        self._check()
        prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in request.prefixes.items())
        found, _ = pull(self.remote, question(prefixes + request.query))
        return Solutions(found)

    def share(self, pool: object) -> None:
        """Nothing is answered here that a pool could."""

    def mentions(self, term: str) -> bool:
        self._refuse("Only its tables and labels are read.")

    @property
    def store(self) -> ox.Store:
        """There is none here."""
        self._refuse("Only its tables and labels are read.")

    def close(self) -> None:
        """Nothing is held open."""

    def _refuse(self, why: str) -> NoReturn:
        raise StoreError(
            f"This workspace reads the remote store {self.remote.shown}. {why} Ask it at its own address, or "
            "load its graph here: coopgraph query --from FILE."
        )

    def _check(self) -> None:
        """See once that the default graph holds what is asked for; StoreError says what to set."""
        if self._checked:
            return
        if endpoint.ask(self.remote, _text("apart")):
            raise StoreError(
                f"The default graph of {self.remote.shown} does not hold what its named graphs state. Let it "
                "be their union (in Fuseki: tdb2:unionDefaultGraph true), or load all statements into it too."
            )
        if not endpoint.ask(self.remote, _text("any")):
            raise StoreError(
                f"The store {self.remote.shown} holds no cooperation: no participation, agreement, "
                "membership or city. Check `store` in coopgraph.toml, or load the graph of a release into it."
            )
        self._check_version()
        self._checked = True

    def _check_version(self) -> None:
        ours = ontology_version()
        for term in endpoint.rows(self.remote, _text("version"), ["version"]):
            theirs = plain_text(term)
            if theirs.split(".")[0] != ours.split(".")[0]:
                raise StoreError(
                    f"The store {self.remote.shown} holds data of ontology {theirs}, and this coopgraph has "
                    f"{ours}. Build the data again and load them, or use the coopgraph they were made with."
                )


def _text(name: str) -> str:
    return (_QUERIES / f"{name}.rq").read_text(encoding="utf-8")
