"""What ranking does not import: pandas is an extra, and costs more than everything else together."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import sys, duckdb
from coopgraph.network import rank
values = "(VALUES ('e', 'a', true, true), ('e', 'b', true, true)) t(event, city, contributes, benefits)"
table = duckdb.sql(f"FROM {values}").to_arrow_table()
assert "ibis" not in sys.modules and "networkx" not in sys.modules, "imported before use"
assert rank(table, nodes=["a", "b"]).table.num_rows == 2
assert not {"networkx", "pandas"} & set(sys.modules)
"""


def test_ranking_needs_neither_pandas_nor_networkx() -> None:
    subprocess.run([sys.executable, "-W", "error", "-c", SCRIPT], check=True, timeout=120)
