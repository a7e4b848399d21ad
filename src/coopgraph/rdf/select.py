"""One query file over one store to one typed Arrow table: the way data leave the store in bulk.

In: an open store and a `.rq` file of ours. Out: a pyarrow.Table, columns as `typed_table` makes them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coopgraph.errors import QueryError
from coopgraph.rdf.arrow import typed_table

if TYPE_CHECKING:
    import pyarrow as pa
    import pyoxigraph as ox


def select(store: ox.Store, query: Path) -> pa.Table:
    """Run a SELECT query that is trusted, without limits."""
    import pyoxigraph as ox

    try:
        found = store.query(query.read_text(encoding="utf-8"))
        if not isinstance(found, ox.QuerySolutions):
            raise QueryError(f"{query.name} must be a SELECT query.")
        names = [variable.value for variable in found.variables]
        tsv = found.serialize(format=ox.QueryResultsFormat.TSV) or b""
    except (SyntaxError, OSError) as error:
        raise QueryError(f"{query.name} cannot be run: {error}.") from error
    return typed_table(tsv, names)
