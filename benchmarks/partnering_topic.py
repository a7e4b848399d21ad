"""The partner finder beside Adamic-Adar, preferential attachment and chance, on hidden events.

In: a size and a context. Out: a row for each rule and data set; verdicts: better than each in both.
"""

from __future__ import annotations

from typing import Any

from measure import HERE, Contender, run
from topic import Context, Found, Row, Verdict

DATA = HERE.parents[1] / "shared" / "data"
TITLES = {"urbact": "URBACT", "twins": "twin towns", "made-up": "made up"}
OURS = "coopgraph"


def partnering(size: str, context: Context) -> Found:
    """Hide a fifth of the events of each data set, and look for them."""
    rows: list[Row] = []
    verdicts: list[Verdict] = []
    for name in ("made-up",) if size == "tiny" else ("urbact", "twins"):
        told = run(Contender(name, "partnering.py", (name, str(DATA)), context.python))
        found = told["found"]
        for rule, measured in found["rules"].items():
            of = {"data": TITLES[name], "rule": rule, **_told(measured)}
            rows.append(of | {"hidden pairs": found["positives"], "CPU s, all rules": told["cpu"]})
        for other, better in found["better"].items():
            case = f"{TITLES[name]}, beside {other}"
            verdicts += [
                Verdict(f"partners found: {measure}", case, better[measure][0], 0.0, "more")
                for measure in ("hits", "auc")
            ]
    return rows, verdicts


def _told(measured: dict[str, Any]) -> Row:
    return {
        title: f"{measured[key][0]:.3f} [{measured[key][1]:.3f}; {measured[key][2]:.3f}]"
        for key, title in (("hits", "hits@10"), ("auc", "AUC"))
    }
