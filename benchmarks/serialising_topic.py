"""What writing a release as RDF and as a workbook costs, beside rdflib and openpyxl.

In: a size and a context. Out: rows of a table, and verdicts.
"""

from __future__ import annotations

from measure import Contender, compare
from topic import Context, Found, Row, Verdict
from workspaces import built

RDF = ("turtle", "n-triples", "trig", "rdf-xml")
IN_MEMORY = ("tiny", "0.1", "1.1")  # what rdflib can hold


def serialise(size: str, context: Context) -> Found:
    """RDF beside rdflib's serializers, a workbook beside openpyxl's plain one, all of one release."""
    release = str(built(context.work, size, context.python).release)
    rows: list[Row] = []
    verdicts: list[Verdict] = []
    for kind in (*RDF, "xlsx"):
        peer = "openpyxl" if kind == "xlsx" else "rdflib"
        names = ("ours", peer) if size in IN_MEMORY else ("ours",)
        both = [Contender(who, "serialising.py", (who, kind, release), context.python) for who in names]
        timings = compare(both, runs=context.runs)
        mine, case = timings["ours"], f"{kind}, {size} M triples"
        row: Row = {
            "M triples": size,
            "format": kind,
            "coopgraph CPU s": mine.cpu,
            "coopgraph peak MB": mine.peak_mb,
        }
        verdicts.append(Verdict("export's memory, MB", case, mine.peak_mb, 300.0, "less"))
        if peer in timings:
            ratio = mine.cpu / timings[peer].cpu
            row |= {
                "beside": peer,
                "its CPU s": timings[peer].cpu,
                "its peak MB": timings[peer].peak_mb,
                "ratio": ratio,
            }
            if kind != "xlsx" and size == "1.1":  # of less, it is the time to read labels and open files
                verdicts.append(Verdict("export beside rdflib", case, ratio, 0.5, "less"))
        rows.append(row)
    return rows, verdicts
