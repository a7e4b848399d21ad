"""Participations of any number, the same each time.

In: a Parquet file to write, and how many. Out: the file. Events are of three cities, which give and benefit
by a fixed rule; a city meets those of its group of twenty, so that edges grow slower than participations, as
they do among cities that have met before.
"""

from __future__ import annotations

import sys

import duckdb
from measure import timed

ROWS = """
SELECT 'event/' || (i // 3) AS event,
       'city/' || (hash(i // 3) % ?) || '/' || ((hash(i // 3) // 1000 + i % 3 * 7) % 20) AS city,
       hash(i * 2) % 10 < 7 AS contributes,
       hash(i * 2 + 1) % 10 < 7 AS benefits
FROM range(?) t(i)
"""


def write(file: str, count: int) -> int:
    """Write the file, and return how many rows it has."""
    with duckdb.connect() as connection:
        connection.execute("SET preserve_insertion_order = false")
        connection.execute(f"COPY ({ROWS}) TO '{file}' (FORMAT parquet)", [max(count // 50_000, 2), count])
    return count


if __name__ == "__main__":
    timed(lambda: write(sys.argv[1], int(sys.argv[2])))
