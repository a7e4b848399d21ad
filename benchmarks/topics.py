"""What is measured: for each topic the contenders, the ratio, and the target it is held against.

In: a size and a context (folders, interpreters, how many runs). Out: rows of a table, and verdicts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import environments
from comparing_topic import comparing
from explorer_topic import explorer
from exporting_topic import exporting
from faulty import FAULTS
from graph_topics import exchange, graphs
from iati_topic import iati
from measure import HERE, Contender, compare, process, run
from naming_topic import naming
from partnering_topic import partnering
from picture_topic import picture
from publishing_topic import publishing
from rdf_topic import rdf_in
from scaling_topic import scaling
from serialising_topic import serialise
from serving_topic import serving
from tables_topic import tables
from topic import Context, Found, Row, Verdict, cpu_of
from workspaces import built, faulty_triples, mapping_task, workspace

QUERIES = sorted((HERE / "queries").glob("*.rq"))
FLAT = HERE / "queries" / "flat" / "participations.rq"
IN_MEMORY = ("tiny", "0.1", "1.1")  # what rdflib (and with it pySHACL) can hold
MAPPING_NAMES = {
    "columns": "coopgraph: mapped columns, what a build goes on with",
    "file": "coopgraph: N-Quads on disk, as morph-kgc writes them",
    "sorted": "coopgraph: sorted, distinct, digested and packed, as in a release",
    "morph": "morph-kgc: N-Quads on disk",
}
COLUMN_NAMES = {"count": "count in the engine", "raw": "TSV by the engine", "arrow": "Arrow columns"}


def build(size: str, context: Context) -> Found:
    """The whole build, step by step, with the shapes and without them."""
    folder = workspace(context.work, size)
    kinds = {"full": "with SHACL", "unchecked": "without SHACL"}  # the last one's release the others use
    found = {
        kind: run(Contender(name, "building.py", (kind, str(folder)), context.python))
        for kind, name in kinds.items()
    }
    rows = [row for kind, name in kinds.items() for row in _steps(size, name, found[kind])]
    quads = built(context.work, size, context.python).quads
    load = compare([_loader("raw", quads, context)], runs=context.runs)["raw"].cpu
    verdicts = [Verdict("build", f"{size} M triples", found["unchecked"]["cpu"] / load, 4.0, "less")]
    if size in IN_MEMORY:
        memory = found["full"]["peak_mb"]
        verdicts.append(Verdict("build's memory, MB", f"{size} M triples", memory, 1200, "less"))
    return rows, verdicts


def _steps(size: str, kind: str, found: dict[str, Any]) -> Iterator[Row]:
    for step in [*found["steps"], {"step": "**all**", "cpu": found["cpu"], "peak_mb": found["peak_mb"]}]:
        place = {"M triples": size, "build": kind, "step": step["step"]}
        yield {**place, "CPU s": step["cpu"], "peak MB": step["peak_mb"]}


def shapes(size: str, context: Context) -> Found:
    """The shapes on data with faults, beside pySHACL on all of them; both must find the same."""
    triples = faulty_triples(context.work, size, context.python)
    names = ("pyshacl", "ours") if size in IN_MEMORY else ("ours",)
    contenders = [Contender(n, "validating.py", (n, str(triples)), context.python) for n in names]
    timings = compare(contenders, runs=context.runs)
    ours, found = timings["ours"], timings["ours"].check["shapes"]
    row: Row = {"M triples": size, "results": sum(found.values())}
    row |= {fault: found.get(shape, 0) for fault, shape in FAULTS.items()}
    row |= {"coopgraph CPU s": ours.cpu, "coopgraph peak MB": ours.peak_mb}
    if "pyshacl" not in timings:
        return [row], []
    theirs = timings["pyshacl"]
    ratio = ours.cpu / theirs.cpu
    row |= {"pySHACL CPU s": theirs.cpu, "pySHACL peak MB": theirs.peak_mb, "ratio": ratio}
    case = f"{size} M triples"
    return [row], [
        Verdict("shapes beside pySHACL", case, ratio, 0.5, "less"),
        Verdict("the shapes' memory, MB", case, ours.peak_mb, 1500, "less"),
    ]


def load(size: str, context: Context) -> Found:
    """The release's load beside pyoxigraph's own."""
    quads = built(context.work, size, context.python).quads
    timings = compare([_loader(name, quads, context) for name in ("raw", "ours")], runs=context.runs)
    ratio = timings["ours"].cpu / timings["raw"].cpu
    row = {
        "M triples": size,
        "quads loaded": timings["ours"].check,
        **cpu_of("pyoxigraph", timings["raw"]),
        **cpu_of("coopgraph", timings["ours"]),
        "ratio": ratio,
        "peak MB": timings["ours"].peak_mb,
    }
    return [row], [Verdict("load", f"{size} M triples", ratio, 1.15, "less")]


def _loader(name: str, quads: Path, context: Context) -> Contender:
    return Contender(name, "loading.py", (name, str(quads)), context.python)


def mapping(size: str, context: Context) -> Found:
    """A CSV file to quads, beside morph-kgc."""
    task = mapping_task(context.work, size)
    pythons = dict.fromkeys(MAPPING_NAMES, context.python) | {"morph": environments.morph()}
    contenders = [Contender(n, "mapping.py", (n, str(task)), python) for n, python in pythons.items()]
    timings = compare(contenders, runs=context.runs)
    after = compare([_loader("mapped", task, context)], runs=context.runs)["mapped"].cpu
    quads, morph = timings["morph"].check, timings["morph"].cpu
    rows: list[Row] = [
        {
            "contender": label,
            **cpu_of("", timings[name]),
            "M quads/s": quads / timings[name].cpu / 1e6,
            "times faster": morph / timings[name].cpu,
            "with the load, s": timings[name].cpu + after,
            "peak MB": timings[name].peak_mb,
        }
        for name, label in MAPPING_NAMES.items()
    ]
    both = (morph + after) / (timings["file"].cpu + after)
    return rows, [
        Verdict("mapping", "mapped columns", morph / timings["columns"].cpu, 8.0, "more"),
        Verdict("mapping", "the same file on disk", morph / timings["file"].cpu, 8.0, "more"),
        Verdict("mapping rate", "mapped columns", quads / timings["columns"].cpu / 1e6, 1.5, "more"),
        Verdict("mapping and load", "the same file, loaded", both, 2.0, "more"),
    ]


def query(size: str, context: Context) -> Found:
    """Nine kinds of query, beside pyoxigraph alone and rdflib's engine."""
    release = str(built(context.work, size, context.python).release)
    rows: list[Row] = []
    verdicts: list[Verdict] = []
    for path in QUERIES:
        repeats = _repeats(path, release, context, size)
        pair = [_asker(name, release, path, repeats, context) for name in ("raw", "ours")]
        timings = compare(pair, runs=context.runs)
        ours, raw = timings["ours"].cpu / repeats, timings["raw"].cpu / repeats
        row = {"M triples": size, "query": path.stem[2:], "rows": timings["ours"].check}
        row |= {"pyoxigraph ms": raw * 1000, "coopgraph ms": ours * 1000, "ratio": ours / raw}
        case = f"{path.stem[2:]} at {size} M"
        verdicts.append(Verdict("query beside pyoxigraph", case, ours / raw, 1.1, "less"))
        if size in IN_MEMORY:
            slow, memory = _in_memory(path, release, context)
            row |= {
                "rdflib ms": slow * 1000,
                "times faster": slow / ours,
                "pyoxigraph in memory ms": memory * 1000,
            }
            verdicts.append(Verdict("query beside rdflib", case, slow / ours, 25.0, "more"))
        rows.append(row)
    return rows, verdicts


def _repeats(path: Path, release: str, context: Context, size: str) -> int:
    """Ask often enough for half a second; at the tiny size, which measures nothing, for a moment."""
    once = run(_asker("raw", release, path, 2, context))["cpu"] / 2
    return max(1, min(2000, round((0.001 if size == "tiny" else 0.5) / max(once, 1e-6))))


def _in_memory(path: Path, release: str, context: Context) -> tuple[float, float]:
    """Seconds of rdflib, which has its triples in memory, and of pyoxigraph with its triples there too."""
    pair = [_asker(name, release, path, 1, context) for name in ("rdflib", "memory")]
    timings = compare([*pair, _asker("raw", release, path, 1, context)], runs=1)  # the answers are equal
    return timings["rdflib"].cpu, timings["memory"].cpu


def _asker(name: str, release: str, path: Path, repeats: int, context: Context) -> Contender:
    return Contender(name, "querying.py", (name, release, str(path), str(repeats)), context.python)


def columns(size: str, context: Context) -> Found:
    """All participations as typed columns, beside the count of the same pattern inside the engine."""
    release = str(built(context.work, size, context.python).release)
    contenders = [_asker(name, release, FLAT, 1, context) for name in COLUMN_NAMES]
    timings = compare(contenders, runs=context.runs)
    cpu = {label: timings[name].cpu for name, label in COLUMN_NAMES.items()}
    ratio = timings["arrow"].cpu / timings["count"].cpu
    row: Row = {"M triples": size, "rows": timings["arrow"].check}
    row |= {f"{label}, s": seconds for label, seconds in cpu.items()}
    row |= {"ratio": ratio, "the engine's TSV alone": timings["raw"].cpu / timings["count"].cpu}
    return [row], [Verdict("columns", f"{size} M triples", ratio, 1.35, "less")]


def edges(size: str, context: Context) -> Found:
    """Participations to an edge table, the first time and from the release's tables."""
    data = built(context.work, size, context.python)

    def contender(name: str, python: str) -> Contender:
        return Contender(name, "edges.py", (name, str(data.release), str(data.quads)), python)

    first = compare([contender(name, context.python) for name in ("csv", "first")], runs=context.runs)
    warm = [contender("tables", context.python), contender("maplib", environments.peers())]
    later = compare(warm, runs=context.runs)
    row = {
        "M triples": size,
        "participations": first["first"].check,
        "edges": later["tables"].check[0],
        "flat query to CSV, s": first["csv"].cpu,
        "flat query and edges, s": first["first"].cpu,
        "ratio": first["first"].cpu / first["csv"].cpu,
        "from Parquet, s": later["tables"].cpu,
        "maplib and polars, s": later["maplib"].cpu,
        "ratio to maplib": later["tables"].cpu / later["maplib"].cpu,
        "peak MB": later["tables"].peak_mb,
        "maplib's peak MB": later["maplib"].peak_mb,
    }
    return [row], [
        Verdict("edges, first time", f"{size} M triples", row["ratio"], 1.2, "less"),
        Verdict("edges, from Parquet", f"{size} M triples", row["ratio to maplib"], 1.0, "less"),
    ]


def ranges(size: str, context: Context) -> Found:
    """A ranking with 1,000 replicates beside the plain one."""
    events = 50_000 if size != "tiny" else 50
    rows: list[Row] = []
    verdicts: list[Verdict] = []
    for measure in ("peer-exchange", "reciprocity", "generalised-exchange"):
        pair = [
            Contender(name, "ranging.py", (name, measure, str(events)), context.python)
            for name in ("plain", "ranges")
        ]
        timings = compare(pair, runs=context.runs)
        plain, ranged = timings["plain"], timings["ranges"]
        ratio = ranged.cpu / plain.cpu
        row: Row = {"measure": measure, "events": events, **cpu_of("plain", plain)}
        row |= {**cpu_of("with ranges", ranged), "ratio": ratio}
        rows.append(row | {"plain, peak MB": plain.peak_mb, "with ranges, peak MB": ranged.peak_mb})
        verdicts.append(Verdict("ranges", f"{measure}, {events:,} events", ratio, 40.0, "less"))
    return rows, verdicts


def commands(_: str, context: Context) -> Found:
    """Whole commands on the demo release, in an environment with the runtime lock alone."""
    coopgraph = (environments.commands(), "-m", "coopgraph")
    folder = context.work / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    asked = {
        "demo": (("demo",), 4.0),
        "--help": (("--help",), 0.15),
        "query": (("query", "cq-001-programme-purpose", "-w", "coopgraph-demo"), 0.5),
        "rank": (("rank", "-w", "coopgraph-demo"), 1.5),
    }
    process("demo", (*coopgraph, "demo"), runs=1, cwd=folder)  # bytecode is written once
    rows: list[Row] = []
    verdicts: list[Verdict] = []
    for name, (arguments, limit) in asked.items():
        timing = process(name, (*coopgraph, *arguments), runs=context.runs, cwd=folder)
        rows.append({"command": f"`coopgraph {name}`", **cpu_of("", timing), "target s": limit})
        verdicts.append(Verdict("commands", f"`{name}`", timing.cpu, limit, "less"))
    return rows, verdicts


TOPICS: dict[str, Callable[[str, Context], Found]] = {
    "build": build,
    "shapes": shapes,
    "load": load,
    "mapping": mapping,
    "tables": tables,
    "rdf-in": rdf_in,
    "iati": iati,
    "query": query,
    "columns": columns,
    "edges": edges,
    "ranges": ranges,
    "compare": comparing,
    "graphs": graphs,
    "exchange": exchange,
    "scaling": scaling,
    "serialise": serialise,
    "serving": serving,
    "commands": commands,
    "explorer": explorer,
    "picture": picture,
    "exporting": exporting,
    "naming": naming,
    "partners": partnering,
    "publishing": publishing,
}
ONCE = (
    "mapping",
    "tables",
    "rdf-in",
    "iati",
    "ranges",
    "graphs",
    "exchange",
    "scaling",
    "serving",
    "commands",
    "explorer",
    "picture",
    "exporting",
    "naming",
    "partners",
)  # measured at one size
