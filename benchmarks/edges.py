"""Contenders of the edge table: participations to who gave how much to whom.

In: `csv`, `first`, `tables` or `maplib`, a release, and the folder `workspaces.quads` made. Out: the number
of participations (`csv`, `first`) or of edges, and their weight. `csv` is the flat query alone, serialised
by pyoxigraph; `first` is the flat query and the edges, with nothing kept from before; `tables` starts from
the release's Parquet; `maplib` asks the same flat query of maplib and makes the same edges with polars. All
are timed in a process that has done the same once before.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from measure import timed

FLAT = (Path(__file__).parent / "queries" / "flat" / "participations.rq").read_text(encoding="utf-8")
ANSWER = "https://w3id.org/coopgraph/concept/answer/"
Work = Callable[[], object]


def csv(release: Path, _: Path) -> Work:
    """The flat query as CSV by pyoxigraph."""
    import pyoxigraph as ox

    store = ox.Store.read_only(str(release / "store"))
    return lambda: store.query(FLAT).serialize(format=ox.QueryResultsFormat.CSV).count(b"\n") - 1


def first(release: Path, _: Path) -> Work:
    """The flat query into columns, and from there to edges."""
    import coopgraph as cg

    opened = cg.open(release)

    def work() -> object:
        import pyarrow.compute as pc

        flat = opened.query(FLAT, trusted=True).to_arrow()
        for name in ("contributes", "benefits"):
            answer = pc.replace_substring(flat[name], ANSWER, "")
            flat = flat.set_column(flat.schema.get_field_index(name), name, answer)
        cg.flows(flat)
        return flat.num_rows

    return work


def tables(release: Path, _: Path) -> Work:
    """From the release's tables."""
    import coopgraph as cg

    opened = cg.open(release)

    def work() -> object:
        import pyarrow.compute as pc

        edges = cg.flows(opened).edges
        return [edges.num_rows, round(pc.sum(edges["weight"]).as_py(), 3)]

    return work


def maplib(_: Path, quads: Path) -> Work:
    """maplib's engine and polars: the same triples, the same query, the same edges."""
    import polars as pl
    from maplib import Model

    model = Model()
    model.read(str(quads / "merged.nt"), format="ntriples")

    def work() -> object:
        rows = model.query(FLAT)
        flat = getattr(rows, "mappings", rows)
        yes = pl.col("contributes").cast(pl.String).str.contains("answer/yes", literal=True)
        gets = pl.col("benefits").cast(pl.String).str.contains("answer/yes", literal=True)
        marked = flat.select("event", "city", gives=yes, gets=gets)
        receivers = marked.filter("gets").select("event", target="city")
        sizes = receivers.group_by("event").len("receivers")
        givers = marked.filter("gives").join(sizes, on="event")
        share = 1.0 / (pl.col("receivers") - pl.col("gets").cast(pl.Int64))
        met = givers.select("event", "gets", "receivers", source="city").join(receivers, on="event")
        met = met.filter(pl.col("source") != pl.col("target")).with_columns(share=share)
        edges = met.group_by("source", "target").agg(weight=pl.col("share").sum(), events=pl.len())
        edges = edges.sort("source", "target")
        return [edges.height, round(edges["weight"].sum(), 3)]

    return work


if __name__ == "__main__":
    contender, directory, folder = sys.argv[1:]
    work = {"csv": csv, "first": first, "tables": tables, "maplib": maplib}[contender](
        Path(directory), Path(folder)
    )
    work()
    timed(work)
