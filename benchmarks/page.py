"""The page of results: Markdown from what was found.

In: rows and verdicts by topic and size, versions, and a date. Out: the text of docs/performance.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

HEAD = """\
# Performance

Written by `python3 benchmarks/run.py`; do not edit. CPU seconds of all threads; medians of runs in processes
of their own, the contenders in turn, so that a busy machine changes all of them alike; memory is the peak of
the whole process. The data are the seeded synthetic workspace of `benchmarks/synthetic.py`:
{sizes}.

Measured {date} on a machine with {machine}, {python}:
{versions}.
"""

TITLES = {
    "build": "The whole build",
    "shapes": "The shapes",
    "load": "Loading the store",
    "mapping": "Mapping a table to RDF",
    "tables": "Tables",
    "rdf-in": "RDF in",
    "iati": "IATI activities",
    "query": "Queries",
    "columns": "Columns out",
    "edges": "Participations to edges",
    "ranges": "Missing-data ranges",
    "graphs": "Centralities",
    "exchange": "Graphs from edges",
    "scaling": "Many participations",
    "serving": "Many clients at once",
    "commands": "Commands",
    "explorer": "What the explorer is given",
    "picture": "The explorer's drawing",
    "exporting": "Exports",
    "serialise": "RDF and workbooks",
    "compare": "Comparing two releases",
    "naming": "Names of places",
    "partners": "Finding partners",
    "publishing": "Remote stores",
}

TEXTS = {
    "build": """\
Each step of `coopgraph build`, in CPU seconds, and the peak of memory so far. Target: the whole build
without SHACL takes at most 4 times the load of the same quads by pyoxigraph. There is no switch to leave
the shapes out: the second build of each size has that step replaced by one that finds nothing. "adding the
ontology" is also identity and provenance, "making the tables" also the positions on the map of cities,
"loading the store" also the rules.

The peak of the build with SHACL at 1.1 M triples is held to 1,200 MB. The sort and the load are the highest:
DuckDB sorts in memory up to the workspace's `memory`, and the store is loaded in parts of 64 MB or more.""",
    "shapes": """\
The project's shapes on the synthetic workspace with agreements and money (invented) and seeded faults, from
the columns a build has. pySHACL, on one rdflib graph of the same triples, must give the same results to the
last message. Targets: at most half of pySHACL's CPU time, and 1,500 MB. pySHACL takes about 60 microseconds
and 1 kB for each triple, so at 11 M triples coopgraph stands alone. How:
[decision 9](decisions/0009-shapes-at-scale.md).""",
    "load": """\
`rdf.store.create` (named graphs and their merge, refusing a folder that is not empty, flushed, counted)
beside `bulk_load` and `flush` of the same quads. Target: at most 1.15 times.""",
    "mapping": """\
One CSV file of 200,000 rows to 1.0 M quads, imports not timed, one process for morph-kgc. Targets: mapping
at least 8 times faster than morph-kgc and at least 1.5 M quads a second; mapping and load at least twice as
fast as morph-kgc's mapping and the same load. A build goes on with the mapped columns; the second line
writes the very file morph-kgc writes. Coopgraph's time includes checking every cell (datatype, characters,
white space), which morph-kgc does not do.""",
    "tables": """\
One table of memberships as every kind of file, read. Ours is text, trimmed, NFC and numbered, in a table that
a mapping reads; the others' is what the library makes of it. XLSX and ODS have a tenth of the rows: XLSX is
read by openpyxl, twice where it holds formulas, and looked through for merged and hidden cells; ODS by
calamine in a process of its own, and looked through too. Target: at most 3 times DuckDB for CSV.""",
    "rdf-in": """\
The same 100,000 statements in each syntax, and packed: into the columns a build goes on with, and by way of a
CONSTRUCT query that makes each statement again (with the process it runs in: its processor time is its own),
beside `bulk_load` of pyoxigraph and rdflib's parser. coopgraph keeps texts as written, names blank nodes and
tells every fault with its line. Targets: at most 4 times the bare load, at least twice as fast as rdflib.""",
    "iati": """\
One invented activity over and over, each under another identifier, as a file of 100 MB and one of 1 GB; one
thread, imports not timed. Bare parsers that only count activities and transactions are the floor.
Targets: 20 MB for each second of CPU with every row of every table made, and 300 MB of memory at 1 GB.""",
    "query": """\
Warm: the store is open and the query was asked before. Both sides write all of the answer as TSV; coopgraph
also checks the text of the query, once for each text. Targets: at most 1.1 times pyoxigraph alone, at least
25 times faster than rdflib's own engine (on the same triples in memory, fewer repeats).""",
    "columns": """\
All participations (four columns) as a typed `pyarrow.Table` by `.to_arrow()`, beside the count of the same
pattern inside the engine. Target: at most 1.35 times. "TSV by the engine" is pyoxigraph writing the same
answer as text: what it takes before any column can be made, and so the floor.""",
    "edges": """\
Who gave how much to whom. Targets: the first time (the flat query, then the edges) at most 1.2 times the
flat query serialised to CSV by pyoxigraph; from the release's Parquet, in a warm process, faster than
maplib's engine answering the flat query and polars making the same edges. The edges and their total weight
are equal. `cg.flows` also counts what must be said beside the numbers (unknown roles, pairs that could
become mutual, merged rows), which the other side does not.""",
    "ranges": """\
One plain `cg.rank`, and the same with 1,000 replicates of a loss of a tenth of the events. Target: at most
40 times. Flows that are sums of the same terms are worked out once, replicates are taken together as products
of sparse matrices in chunks of 64 MB; scores and ranks of all replicates are held, 12 bytes for each city and
replicate.""",
    "graphs": """\
One seeded graph of 100,000 nodes and 1,000,000 edges, directed and weighted, both degrees with a heavy tail;
for exact betweenness one of 3,000 nodes and 114,000 edges. Eigenvector, k-core and communities are measured
on it without direction, and betweenness counts hops. Each library has one thread, and its own kind of graph
before the clock starts; a column says what making that graph from three arrays costs. Targets: at most 1.1
times the best of scipy (power iteration, as one would write it), networkit and igraph, and at least 10 times
faster than networkx.

Scores are scaled to add up to 1 and held against a reference; a library that is further than 1e-9 from it in
all does not count among the best. Coopgraph's own must be within 1e-9, PageRank within 1e-12. The reference
of PageRank, HITS (the hubs) and eigenvector is power iteration in extended precision; of k-core and
betweenness it is igraph's answer. Sampled betweenness takes the paths from 32 sources: the same for all but
networkit, which draws its own. Communities are Leiden with three rounds (networkx: Louvain), coopgraph's by
networkit, whose graph it makes of its matrix; they differ by chance, so their modularity is shown. A measure
that takes more than 30 s is stopped.""",
    "exchange": """\
The same graph, with IRIs for nodes. `exchange_graph` makes a networkx graph from Flows only when it is asked
for. Target: at most 1.3 times networkx's own `add_weighted_edges_from` on the same columns.""",
    "scaling": """\
`cg.rank` of participations in Parquet, everything it counts included, run once for each line: by DuckDB with
a limit of memory beyond which it spills to disk, and by the same expressions on Spark on one core and on two
of this machine. The answers are equal. CPU and peak of Spark are Python's and Java's together, Java's start
included; what Spark spilled holds its shuffles and what it keeps on disk. Targets: CPU for each participation
grows by at most half from one size to ten times as much; 100 M stay within 3 GB. What a cluster would do is
worked out in [scaling](scaling.md).""",
    "serialise": """\
A release written as RDF and as a workbook, beside rdflib's serializers and a plain openpyxl workbook of the
same cells. What a peer has to read first is not timed; its memory is that of the whole process. Ours streams
from `graph.nq.zst`; a workbook's time includes reading labels, which the peer is given.
""",
    "publishing": """\
A release published, beside the store's own loader given the same N-Quads: `rdf_loader_run` of Virtuoso 7, one
POST by curl to an Oxigraph server in memory. CPU of all processes, the server's too; each run has a fresh
server; memory is that of the sending process. coopgraph sends each statement twice (its graph, the merge) and
has it copied, so that readers see the old release until the new one is whole; a loader does neither. Targets:
at most 10 times, and 250 MB whatever the size. Then the 62 competency questions of the bundled data, asked of
the release here and through each store, all rows: the ratio is to the release here.""",
    "exporting": """\
`cg.export` of a release with so many exchange edges between 20,000 cities (invented), beside networkx, which
writes the graph it holds, with weight, events and distance alone; run once. Targets: less memory than
networkx, and 700 MB at any size.""",
    "serving": """\
200 clients ask `/sparql` of the demo release for a minute, each one request after the other without a pause;
then again, with 500 queries among them that have no end, fill the memory or are nested too deeply (limit of
time: 5 s). Server and clients share the machine. Targets: no error, 99 of 100 answers within 500 ms; under
attack at most twice that of the calm run; each hostile query is answered within its time and a second (503
with Retry-After is an answer). How: [decision 11](decisions/0011-endpoint.md).""",
    "commands": """\
Whole processes in an environment with the runtime lock alone, on the release of `coopgraph demo`.""",
    "explorer": """\
A seeded network (invented), an action of two cities for each link, in a warm process: where each node stands
(worked out by a build), the graph that `/data/graph.json` gives (once for each release), packing it, and a
view saved as one file, of all and of a part. The search is the slowest of a few among 50,000 cities with two
names each. Targets: places within 3 s at 10,000 nodes and 30,000 links, a saved view within 0.25 s, a search
within 50 ms.""",
    "picture": """\
A seeded graph with communities (invented), the same file served from the loopback to three pages: sigma as it
comes (circles and straight lines, no names), the explorer's drawing alone, and its whole Explore page with
filters, legend and tables. Milliseconds from the navigation until a pixel read back says that all is drawn,
and what tab and drawing process took of the processor until then (which a busy machine changes less); frames
a second while the camera is moved for three seconds. In a headless Chromium without a graphics card:
WebGL is worked out by the processor, which is slower than any card. The explorer draws communities closed at
first; "all open" draws every node and the strong links, and while it moves as many of them, the most
important first, as the machine draws in time. Targets: at most as long as bare sigma, the whole page within
700 ms at 10,000 nodes and 30,000 links, and 10 frames a second. No npm package of Gephi Lite was found that
could be served, so it is not measured.""",
    "compare": """\
What differs between the graphs of two releases. `comm` and `diff` (with C collation) read plain sorted files;
`things` reads the packed files of the releases and groups what differs by thing; `patch` writes an RDF Patch.
All find the same statements.
""",
    "naming": """\
100,000 names made with a seed from the gazetteer's own places: as they are, by another name, in capitals,
with the office that runs the place, with a slip; each with its country, half with a position. Beside it what
one writes in an afternoon: rapidfuzz's `extractOne` within the country, taken from 90 of 100 on. Reading the
gazetteer is timed too. Targets: 60 s of CPU, at most the peer's time with 234,908 places, and 99 of 100 of
those taken right. The peer knows no other names and takes namesakes by chance.""",
    "partners": """\
A fifth of the events is hidden, and each city asks who its next partner is, by every rule; decision 23 says
how. In brackets 95 % of 1,000 draws of the hidden events. Target: more than each other rule, in both.""",
}

WHY = {
    "publishing beside bulk": "Each statement is sent twice and copied, so that no reader sees a mixture.",
    "publishing, MB": "A request of statements is held, and pyarrow itself.",
    "reading IATI, MB a second": "Each element that has a row is touched in Python.",
    "reading IATI, memory": "One activity and a chunk of the file are held, and each identifier.",
    "build": "The load is the largest step and the others grow as it does.",
    "build's memory, MB": "The sort and the load are the highest; the workspace's `memory` lowers the first.",
    "shapes beside pySHACL": "The query of a SPARQL target is pySHACL's own, and most of the time.",
    "the shapes' memory, MB": "Each distinct term is in memory once.",
    "load": "Both load the same bytes, in one call and in parts; what is beyond is counting.",
    "mapping": "A build goes on with the mapped columns; writing them to a file costs as much again.",
    "compare beside diff": "Each subject that differs passes through Python, and the files are unpacked.",
    "compare's memory, MB": "Some blocks of both files are held, and pyarrow itself.",
    "RDF in beside a bare load": "Each statement passes through Python once, as four texts.",
    "RDF in beside rdflib": "rdflib's parser of N-Triples is its fastest.",
    "mapping rate": "Every cell is read as text, trimmed, checked and escaped before it becomes a term.",
    "mapping and load": "The load is the same for both and takes longer than either mapping.",
    "query beside pyoxigraph": "Each answer costs some 0.04 ms more (a checked request, limits, a Python "
    "object), which shows in queries that take less than a millisecond.",
    "query beside rdflib": "rdflib has its triples in memory; a release has them on disk, where any size "
    "opens at once and each look into an index goes through RocksDB. pyoxigraph with the same triples in "
    "memory (the last column below) is several times faster, but would need a load at each opening.",
    "columns": "Writing the answer as text, the only way out of pyoxigraph but a Python object for each "
    "term, costs most of this.",
    "edges, first time": "Beside the edges themselves, `cg.flows` counts what must be said with them.",
    "edges, from Parquet": "Half of the time is DuckDB's, a third is Ibis making its expressions.",
    "ranges": "Each replicate is a network of its own.",
    "graphs beside the best peer": "The kernels are matrix products and passes over arrays by scipy and "
    "numpy; the others are compiled as a whole.",
    "graphs beside networkx": "networkx calls scipy there too.",
    "networkx from flows": "Each edge carries three attributes, not one.",
    "scaling, CPU for each participation": "What does not fit in memory is written to disk and read again.",
    "export's memory beside networkx": "Ibis and DuckDB are loaded, and DuckDB may use 256 MB.",
    "export's memory, MB": "DuckDB may use 256 MB; the nodes, and what is known of them, are held.",
    "scaling, memory": "The limit is DuckDB's own; Python, Arrow and the answer come on top.",
    "commands": "Imports are the larger part.",
    "first picture beside bare sigma": "Both read the same file; the explorer draws communities, not nodes.",
    "first picture, ms": "Half of it is the file: reading and parsing it, and the page's own start.",
    "names of places, CPU s": "Names nobody bears are compared with all of the country that begin alike.",
    "names of places beside rapidfuzz": "The peer compares each name with all of its country.",
    "names of places taken rightly, %": "A slip may make the name of another place.",
    "frames a second": "Without a graphics card the processor draws each line.",
}


def page(found: Mapping[str, Mapping[str, Any]], about: Mapping[str, Any]) -> str:
    """The whole page; `found` is topic -> size -> {rows, verdicts}."""
    sizes = ", ".join(
        f"{size} M triples is {count:,} participations" for size, count in about["sizes"].items()
    )
    versions = ", ".join(f"{name} {version}" for name, version in about["versions"].items())
    parts = [HEAD.format(**{**about, "sizes": sizes, "versions": versions}), "## Targets\n", _targets(found)]
    for topic, title in TITLES.items():
        if topic in found:
            rows = [row for size in found[topic].values() for row in size["rows"]]
            dates = " and ".join(sorted({size["date"] for size in found[topic].values()}))
            parts += [f"## {title}\n", TEXTS[topic] + "\n", table(rows), f"Measured {dates}.\n"]
    return "\n".join(parts)


def _targets(found: Mapping[str, Mapping[str, Any]]) -> str:
    rows, missed = [], []
    by_target: dict[str, list[Mapping[str, Any]]] = {}
    for sizes in found.values():
        for one in sizes.values():
            for verdict in one["verdicts"]:
                by_target.setdefault(verdict["target"], []).append(verdict)
    for target, verdicts in by_target.items():
        values = [verdict["value"] for verdict in verdicts]
        failed = [verdict for verdict in verdicts if not verdict["met"]]
        sign = "at most" if verdicts[0]["better"] == "less" else "at least"
        limits = sorted({verdict["limit"] for verdict in verdicts})
        limit = f"{sign} {limits[0]:g}" if len(limits) == 1 else "each its own"
        said = "met" if not failed else f"missed in {len(failed)} of {len(verdicts)}"
        rows.append({"target": target, "limit": limit, "least": min(values), "most": max(values), "": said})
        if failed:
            which = "; ".join(f"{one['case']}: {_by(one)}" for one in failed)
            missed.append(f"- **{target}** is missed. {WHY[target]} {which}.")
    return "\n".join([table(rows), *missed, ""])


def _by(verdict: Mapping[str, Any]) -> str:
    """How far from the target, in words."""
    value, limit = verdict["value"], verdict["limit"]
    far = abs(value / limit - 1)
    return f"{_text(value)} instead of {limit:g} ({far:.0%} {'over' if value > limit else 'under'})"


def table(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as a Markdown table; a column is there when one row has it."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = ["| " + " | ".join(names) + " |", "|" + "---|" * len(names)]
    lines += ["| " + " | ".join(_text(row.get(name, "")) for name in names) + " |" for row in rows]
    return "\n".join([*lines, ""])


def _text(value: Any) -> str:
    """Three digits that count; whole numbers with separators.

    >>> _text(0.01234), _text(123.4), _text(1234567)
    ('0.0123', '123', '1,234,567')
    """
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{value:,}" if isinstance(value, int) else str(value)
