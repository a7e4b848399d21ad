"""RDF in, each syntax and packed, beside pyoxigraph's bare load and rdflib's parser.

In: a size and a context. Out: rows of a table, and verdicts.
"""

from __future__ import annotations

import gzip
from pathlib import Path

from measure import Contender, compare
from topic import Context, Found, Row, Verdict, cpu_of

SIZES = {"tiny": 300}  # things of ten statements; any other size: 10,000
NAMES = {"ours": "coopgraph", "mapped": "by a CONSTRUCT", "raw": "pyoxigraph", "rdflib": "rdflib"}
FILES = ("a.ttl", "a.trig", "a.nt", "a.nq", "a.rdf", "a.jsonld", "a.ttl.gz", "a.ttl.zst")
WITHOUT_RDFLIB = ("a.trig", "a.nq")  # its Graph has no place for what these syntaxes are for


def rdf_in(size: str, context: Context) -> Found:
    """Measure each file."""
    folder = _files(context.work, SIZES.get(size, 10_000))
    rows: list[Row] = []
    verdicts: list[Verdict] = []
    for file in FILES:
        names = [name for name in NAMES if name != "rdflib" or file not in WITHOUT_RDFLIB]
        contenders = [Contender(n, "rdf_in.py", (n, str(folder / file)), context.python) for n in names]
        found = compare(contenders, runs=context.runs)
        row: Row = {"file": file, "statements": found["ours"].check}
        for name in names:
            row |= cpu_of(NAMES[name], found[name])
        rows.append(row | {"peak MB": found["ours"].peak_mb, "ratio": found["ours"].cpu / found["raw"].cpu})
        verdicts.append(
            Verdict("RDF in beside a bare load", file, found["ours"].cpu / found["raw"].cpu, 4.0, "less")
        )
        if "rdflib" in found:
            verdicts.append(
                Verdict("RDF in beside rdflib", file, found["rdflib"].cpu / found["ours"].cpu, 2.0, "more")
            )
    return rows, verdicts


def _files(work: Path, things: int) -> Path:
    """Write the same statements in each syntax, where they are not there yet."""
    import pyarrow as pa
    import pyoxigraph as ox

    folder = work / f"rdf-in-{things}"
    if (folder / "a.ttl.zst").is_file():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    quads = list(ox.parse("".join(map(_thing, range(things))).encode(), ox.RdfFormat.N_TRIPLES))
    triples = [quad.triple for quad in quads]
    for file in FILES:
        form = ox.RdfFormat.from_extension(file.split(".")[1])
        assert form is not None
        content = ox.serialize(triples, format=form, prefixes={"s": "https://schema.org/"}) or b""
        if file.endswith(".gz"):
            (folder / file).write_bytes(gzip.compress(content, mtime=0))
        elif file.endswith(".zst"):
            with pa.CompressedOutputStream(pa.OSFile(str(folder / file), "wb"), "zstd") as stream:
                stream.write(content)
        else:
            (folder / file).write_bytes(content)
    return folder


def _thing(number: int) -> str:
    """Ten statements of a thing, as N-Triples."""
    this, schema = f"<https://example.org/id/{number}>", "https://schema.org/"
    type_of = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    said = {
        f"<{type_of}>": f"<{schema}City>",
        f"<{schema}population>": f'"{number}"^^<http://www.w3.org/2001/XMLSchema#integer>',
        f"<{schema}containedInPlace>": f"<https://example.org/id/{number // 100}>",
        f"<{schema}foundingDate>": f'"{1500 + number % 500}"^^<http://www.w3.org/2001/XMLSchema#gYear>',
        **{f"<{schema}knows{n}>": f"<https://example.org/id/{(number * 7 + n) % 9973}>" for n in range(3)},
        **{f"<{schema}name{n}>": f'"Ciudad {number}-{n}"@es' for n in range(3)},
    }
    return "".join(f"{this} {p} {o} .\n" for p, o in said.items())
