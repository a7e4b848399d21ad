"""A release of so many exchange edges, the same each time: its tables, beside a graph of one statement.

In: a folder, and how many edges. Out: the tables, and an open release. An event joins one city that gives
with one that benefits, and lasts some days of 2010 to 2019; there are 20,000 cities, or as many as edges
where those are fewer. Everything is invented.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from measure import timed

import coopgraph as cg

ONE = "<https://example.org/id/network/none> a <https://w3id.org/coopgraph/ns#Network> ."
CITY = "'https://example.org/id/city/' || lpad(({0})::VARCHAR, 7, '0')"
CITIES_IN_ALL = 20_000
EVENTS = f"""
WITH e AS (SELECT i, hash(i) % $cities AS a,
                  (hash(i) % $cities + 1 + hash(-i) % ($cities - 1)) % $cities AS b,
                  DATE '2010-01-01' + (hash(i * 3) % 3600)::INTEGER AS day FROM range($edges) t(i)),
p AS (SELECT *, 0 AS side FROM e UNION ALL SELECT *, 1 AS side FROM e)
SELECT 'https://example.org/id/action/' || lpad(i::VARCHAR, 8, '0') AS event, 'action' AS event_kind,
       {CITY.format("CASE side WHEN 0 THEN a ELSE b END")} AS city,
       side = 0 AS contributes, side = 1 AS benefits,
       'stated' AS certainty, NULL::DECIMAL(18, 2) AS amount, NULL::VARCHAR AS currency,
       day::VARCHAR AS start, NULL::VARCHAR AS "end", day AS start_from,
       CASE WHEN i % 3 = 0 THEN NULL ELSE day + 30 END AS end_to,
       []::VARCHAR[] AS part_of, []::VARCHAR[] AS programme, []::VARCHAR[] AS organiser,
       []::VARCHAR[] AS strategic_line, []::VARCHAR[] AS sdgs, []::VARCHAR[] AS source
FROM p ORDER BY event, city
"""
CITIES = f"""
SELECT {CITY.format("i")} AS city, 'City ' || i AS label_en, NULL::VARCHAR AS label_es,
       NULL::VARCHAR AS label_pt, 'ES' AS country, (hash(i) % 16000)::DOUBLE / 100 - 80 AS lat,
       (hash(-i) % 36000)::DOUBLE / 100 - 180 AS long, (1000 + hash(i) % 1000000)::BIGINT AS population
FROM range($cities) t(i) ORDER BY city
"""
POSITIONS = f"""
SELECT {CITY.format("i")} AS node, (hash(i * 5) % 20000)::DOUBLE / 10000 - 1 AS x,
       (hash(i * 7) % 20000)::DOUBLE / 10000 - 1 AS y, (hash(i) % 12)::INTEGER AS community
FROM range($cities) t(i) ORDER BY node
"""


def write(folder: Path, edges: int) -> int:
    """Write the tables to a folder, and return how many edges they make, about."""
    given = {"cities": min(CITIES_IN_ALL, edges), "edges": edges}
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        for name, query in (("participations", EVENTS), ("cities", CITIES), ("positions", POSITIONS)):
            used = {key: value for key, value in given.items() if f"${key}" in query}
            target = folder / f"{name}.parquet"
            connection.sql(query, params=used).write_parquet(str(target), compression="zstd")
    return edges


@contextmanager
def release_of(tables: Path) -> Iterator[cg.Release]:
    """Open a release with these tables."""
    with tempfile.TemporaryDirectory() as folder:
        graph = Path(folder) / "one.ttl"
        graph.write_text(ONE)
        with cg.open(graph, ontology=False) as release:
            shutil.copytree(tables, release.directory / "tables", dirs_exist_ok=True)
            yield release


if __name__ == "__main__":
    timed(lambda: write(Path(sys.argv[1]), int(sys.argv[2])))
