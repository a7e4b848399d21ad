"""A remote store in the place of the embedded one: whole tables, labels, and queries to a release there.

In: a RemoteStore. Out: tables, Answers and Solutions, whole or not at all. It is contacted when first asked,
not before. What was published there by coopgraph is asked as one release; of other graphs only tables and
labels are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from coopgraph.errors import StoreError
from coopgraph.rdf import endpoint, published
from coopgraph.rdf.arrow import typed_table
from coopgraph.rdf.client import Answer, Request
from coopgraph.rdf.limits import Limits
from coopgraph.rdf.ontology import ontology_version
from coopgraph.rdf.paging import Question, changed, count, pull, question
from coopgraph.rdf.published import Published
from coopgraph.rdf.remote_answer import RemoteAnswers
from coopgraph.rdf.solutions import Solutions
from coopgraph.rdf.terms import plain_text
from coopgraph.settings.remote_store import RemoteStore

if TYPE_CHECKING:
    import pyarrow as pa
    import pyoxigraph as ox

_QUERIES: Final = Path(__file__).parent / "queries"


class RemoteEngine:
    """What `Engine` is for a release on disk, for the graph of a remote store."""

    def __init__(self, remote: RemoteStore, base: str) -> None:
        self.remote = remote
        self._base = base
        self._checked = False
        self._published: Published | None = None
        self._answers = RemoteAnswers()
        self.outdated = False  # another release is published there now; open it again

    @cached_property
    def caution(self) -> str | None:
        """What must be said of answers to queries that nobody tried on this kind of store; None: nothing."""
        if self.published is None or not endpoint.program(self.remote).startswith("Virtuoso/07"):
            return None
        return (
            "This store is Virtuoso 7, which answers some queries wrongly and says nothing: compare with the "
            "release on disk, or see docs/remote-stores.md. Stored questions are tested on it."
        )

    @property
    def published(self) -> Published | None:
        """The release that stands there; None where coopgraph published nothing."""
        self._check()
        return self._published

    @contextmanager
    def reading(self) -> Iterator[Callable[[Path], pa.Table]]:
        """Give a function that answers query files; at the end every count is taken again."""
        store = self._store()
        counted: dict[Question, int] = {}

        def select(query: Path) -> pa.Table:
            asked = question(query.read_text(encoding="utf-8"))
            found, counted[asked] = pull(store, asked)
            return typed_table(found.payload, found.variables)

        yield select
        if any(count(store, asked) != rows for asked, rows in counted.items()):
            raise changed(self.remote)
        self.still()

    def ask(self, request: Request, limits: Limits | None = None, *, trusted: bool = False) -> Solutions:
        """Answer a query; of graphs that coopgraph did not publish, only queries of ours, each row once."""
        store = self._store()
        if self._published is not None:
            return Solutions(self.answer(request, limits or Limits(), trusted=trusted))
        if not trusted:
            self._refuse(
                "Queries are not sent to it, as it holds no release that coopgraph published: a store may "
                "count what two graphs state twice. Publish one there (coopgraph release publish)"
            )
        found, _ = pull(store, question(request.prologue + request.query))
        return Solutions(found)

    def answer(
        self, request: Request, limits: Limits, form: str | None = None, *, trusted: bool = False
    ) -> Answer:
        """Answer a query about the release there, in the form asked for."""
        store = self._store()
        assert self._published is not None
        found = self._answers.answer(store, request, limits, form, trusted=trusted)
        self.still()
        return found

    def share(self, pool: object) -> None:
        """Nothing is answered here that a pool could."""

    def mentions(self, term: str) -> bool:
        """Whether an IRI occurs anywhere in the release there."""
        store = self._store()
        if self._published is None:
            self._refuse("Only its tables and labels are read")
        return endpoint.ask(store, _text("mentions").replace("<urn:term>", term))

    @property
    def store(self) -> ox.Store:
        """There is none here."""
        self._refuse("Its statements are not loaded here")

    def close(self) -> None:
        """End the process that looks at queries, where one runs."""
        self._answers.close()

    def _refuse(self, why: str) -> NoReturn:
        raise StoreError(
            f"This workspace reads the remote store {self.remote.shown}. {why}, ask it at its own address, "
            "or load its graph here: coopgraph query --from FILE."
        )

    def _store(self) -> RemoteStore:
        """The store, asked about what is published there alone."""
        self._check()
        return self.remote if self._published is None else self._published.over(self.remote)

    def still(self) -> None:
        """See that what was read is what stood there all the time; raises StoreError where it is not."""
        before = self._published
        if before is None or published.stands(self.remote, before):
            return
        now = published.find(self.remote, self._base)
        if now is None or now.stamp != before.stamp:
            self.outdated = True
            other = "nothing is" if now is None else f"release {now.release} is"
            raise StoreError(
                f"Release {before.release} was read from {self.remote.shown}, and {other} published there "
                "now. Nothing of the answer is used; open it again."
            )

    def _check(self) -> None:
        """See once what is there, and that the default graph holds it; StoreError says what to set."""
        if self._checked:
            return
        self._published = published.find(self.remote, self._base)
        if self._published is None:
            self._check_default()
        self._check_version()
        self._checked = True

    def _check_default(self) -> None:
        if endpoint.ask(self.remote, _text("apart")):
            raise StoreError(
                f"The default graph of {self.remote.shown} does not hold what its named graphs state. Let it "
                "be their union (in Fuseki: tdb2:unionDefaultGraph true), or publish a release there: "
                "coopgraph release publish."
            )
        if not endpoint.ask(self.remote, _text("any")):
            raise StoreError(
                f"The store {self.remote.shown} holds no cooperation: no participation, agreement, "
                "membership or city. Check `store` in coopgraph.toml, or publish a release there: coopgraph "
                "release publish."
            )

    def _check_version(self) -> None:
        ours = ontology_version()
        if self._published is not None:
            stated = [self._published.ontology]
        else:
            stated = [plain_text(term) for term in endpoint.rows(self.remote, _text("version"), ["version"])]
        for theirs in stated:
            if theirs.split(".")[0] != ours.split(".")[0]:
                raise StoreError(
                    f"The store {self.remote.shown} holds data of ontology {theirs}, and this coopgraph has "
                    f"{ours}. Build and publish again, or use the coopgraph the data were made with."
                )


def _text(name: str) -> str:
    return (_QUERIES / f"{name}.rq").read_text(encoding="utf-8")
