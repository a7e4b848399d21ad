"""Inside a process: how well each rule finds the partners that were hidden from it.

In: `urbact`, `twins` or `made-up`, and the folder of the files. Out: one JSON line: CPU seconds, memory, and
the evaluation of every rule.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

from measure import peak_mb
from partnering_data import made_up, twins, urbact


def main(name: str, data: Path) -> None:
    from coopgraph.network.partnering.hiding import evaluate, hide
    from coopgraph.network.partnering.ties import ties_of

    pairs = made_up() if name == "made-up" else {"urbact": urbact, "twins": twins}[name](data)
    start = time.process_time()
    found = evaluate(hide(ties_of(pairs), "test"))
    cpu = time.process_time() - start
    print(json.dumps({"cpu": cpu, "peak_mb": peak_mb(), "check": found.positives, "found": asdict(found)}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
