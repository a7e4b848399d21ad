"""The answer to a query: rows of Python values, a yes or no, or triples; and the ways out of it.

In: the engine's answer (TSV of bindings, N-Triples, or a boolean). Out: tuples, dicts, Arrow, pandas, rdflib,
and the formats of SPARQL 1.1 and RDF 1.1.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from coopgraph.errors import QueryError
from coopgraph.rdf.client import Answer
from coopgraph.rdf.terms import Value, python_value

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    import rdflib
    import rdflib.query

LIMITS = {
    "rows": "the limit of rows was reached",
    "bytes": "the limit of bytes was reached",
    "store": "the remote store gives no more rows at a time",
}


class Solutions:
    """What a query answered. Iterating gives named tuples for SELECT and triples (as text) for CONSTRUCT.

    `kind` is bindings, boolean or triples; `variables` are the columns of bindings. When a limit cut the
    answer, `truncated` is true and `reason` says which.

    >>> found = Solutions(Answer("bindings", ("city", "people"), b'?city\\t?people\\n"Quito"\\t1763275\\n'))
    >>> for row in found: print(row.city, row.people + 1)
    Quito 1763276
    """

    def __init__(self, answer: Answer) -> None:
        self.kind = answer.kind
        self.variables = answer.variables
        self.truncated = answer.truncated is not None
        self.reason = LIMITS.get(answer.truncated or "")
        self.payload = answer.payload

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        row = namedtuple("Row", self._columns(), rename=True)  # type: ignore[misc]  # names known when run
        for terms in self.terms():
            yield row(*map(python_value, terms))

    def __len__(self) -> int:
        if self.kind == "boolean":
            raise QueryError("An ASK query answers yes or no, it has no rows. Use bool().")
        return self.payload.count(b"\n") - (self.kind == "bindings")

    def __bool__(self) -> bool:
        """The answer of an ASK query; otherwise whether there is any row."""
        return self.payload == b"true" if self.kind == "boolean" else len(self) > 0

    def __repr__(self) -> str:
        said = str(bool(self)).lower() if self.kind == "boolean" else f"{len(self)} rows"
        return f"<Solutions {self.kind}: {said}{', cut' if self.truncated else ''}>"

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the first rows, and how many more there are."""
        from coopgraph.rdf.answer_html import solutions_html

        return solutions_html(self)

    def dicts(self) -> Iterator[dict[str, Value]]:
        """Yield each row as a dict of variable to value; unbound is None."""
        names = self._columns()
        for row in self:
            yield dict(zip(names, row, strict=True))

    def terms(self) -> Iterator[tuple[str, ...]]:
        """Yield each row as N-Triples terms, unbound as an empty text: languages and datatypes are kept."""
        if self.kind == "boolean":
            raise QueryError("An ASK query answers yes or no, it has no rows. Use bool().")
        if self.kind == "triples":
            yield from (_triple(line) for line in self._lines())
            return
        for line in self._lines():
            yield tuple(line.split("\t")) if self.variables else ()

    def to_arrow(self) -> pa.Table:
        """Return a pyarrow.Table with typed columns; a column of mixed types is text."""
        from coopgraph.rdf.arrow import typed_table

        self._must_be("bindings", "to_arrow")
        return typed_table(self.payload, self.variables)

    def to_pandas(self) -> pd.DataFrame:
        """Return a pandas.DataFrame (needs the extra `coopgraph[pandas]`)."""
        try:
            import pandas as pd  # noqa: F401  # asked for here, so that its absence is said plainly
        except ImportError:
            raise QueryError(
                "pandas is not installed. Install it with `pip install coopgraph[pandas]`, or use to_arrow()."
            ) from None
        frame: pd.DataFrame = self.to_arrow().to_pandas()
        return frame

    def to_rdflib(self) -> rdflib.query.Result:
        """Return an rdflib Result, as rdflib's own `query` does; `.graph` for CONSTRUCT and DESCRIBE."""
        from coopgraph.rdf.export import rdflib_result

        return rdflib_result(self)

    def graph(self) -> rdflib.Graph:
        """Return the triples of a CONSTRUCT or DESCRIBE query as an rdflib.Graph."""
        self._must_be("triples", "graph")
        graph: rdflib.Graph = self.to_rdflib().graph  # type: ignore[assignment]  # never None for triples
        return graph

    def serialize(self, form: str) -> bytes:
        """Write the answer as csv, tsv, json, xml or parquet (rows), or as ttl, nt, rdf or jsonld (triples).

        CSV is exactly the W3C format, so a cell may begin with `=`: programs want it so, spreadsheets do not.
        Exports meant for spreadsheets neutralise such cells (`coopgraph.rdf.export.spreadsheet_text`); this
        never does.
        """
        from coopgraph.rdf.export import written

        return written(self, form)

    def _columns(self) -> tuple[str, ...]:
        return ("subject", "predicate", "object") if self.kind == "triples" else self.variables

    def _lines(self) -> Iterator[str]:
        start = self.payload.find(b"\n") + 1 if self.kind == "bindings" else 0
        while start < len(self.payload):
            end = self.payload.find(b"\n", start)
            yield self.payload[start:end].decode()
            start = end + 1

    def _must_be(self, kind: str, use: str) -> None:
        if self.kind != kind:
            wanted = "SELECT" if kind == "bindings" else "CONSTRUCT or DESCRIBE"
            raise QueryError(f"{use} needs a {wanted} query; this one answered {self.kind}.")


def _triple(line: str) -> tuple[Any, ...]:
    subject, predicate, rest = line.split(" ", 2)
    return subject, predicate, rest[:-2]
