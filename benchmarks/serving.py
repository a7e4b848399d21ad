"""Many clients at once: a calm run, then the same with hostile queries among them.

In: the address of a server, clients, seconds, how many hostile queries, its timeout. Out: one JSON object:
requests, errors, latencies in ms at the median and the 99th percentile, and how long the hostile ones waited.
The clients speak HTTP/1.1 over plain sockets, each one request after the other without a pause, so that they
leave the cores they share to the server.
"""

from __future__ import annotations

import asyncio
import json
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode, urlsplit

_TIMES = " ".join(["1"] * 300)
CITIES = ("madrid", "lisbon", "bogota", "sao-paulo", "quito", "lima", "montevideo", "mexico-city", "la-paz")
ORDINARY = (
    "SELECT ?p ?o {{ <https://w3id.org/coopgraph/id/city/{city}> ?p ?o }} LIMIT {n}",
    "SELECT ?label {{ <https://w3id.org/coopgraph/id/city/{city}> skos:prefLabel ?label }} LIMIT {n}",
    "SELECT ?a ?l {{ ?a coop:party <https://w3id.org/coopgraph/id/city/{city}> ; skos:prefLabel ?l }} "
    "LIMIT {n}",
    "SELECT ?city (COUNT(?e) AS ?n) {{ ?e coop:party ?city }} GROUP BY ?city ORDER BY DESC(?n) LIMIT {n}",
    "SELECT ?c ?l {{ ?c a coop:City ; skos:prefLabel ?l FILTER(CONTAINS(LCASE(?l), '{city}')) }} LIMIT {n}",
    "ASK {{ <https://w3id.org/coopgraph/id/city/{city}> coop:country ?c FILTER(STRLEN(STR(?c)) > {n}) }}",
    "CONSTRUCT {{ ?a coop:party ?c }} {{ ?a coop:party ?c , <https://w3id.org/coopgraph/id/city/{city}> }} "
    "LIMIT {n}",
    "DESCRIBE <https://w3id.org/coopgraph/id/city/{city}> # {n}",
)
HOSTILE = (  # without end, a memory bomb, nested too deeply
    "SELECT (COUNT(*) AS ?n) {{ VALUES ?a {{ {times} }} VALUES ?b {{ {times} }} VALUES ?c {{ {times} }} "
    "VALUES ?d {{ {times} }} FILTER(?a != {n}) }}",
    "SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?c != {n}) }}",
    "SELECT ?a (GROUP_CONCAT(?t) AS ?all) {{ ?a ?b ?c . ?d ?e ?f . "
    "BIND(CONCAT(STR(?c), STR(?f), '{n}') AS ?t) }} GROUP BY ?a",
    "SELECT DISTINCT ?a ?d ?g {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?c != {n}) }}",
    "SELECT * {{ ?s (skos:broader|!skos:broader|^!skos:broader)* ?o FILTER(?s != <urn:{n}>) }}",
    "SELECT * {{" + "{{" * 20_000 + "?s ?p {n}" + "}}" * 20_000 + "}}",
)
ACCEPTED = ("application/sparql-results+json", "text/csv", "application/sparql-results+xml", "*/*")


@dataclass
class Seen:
    """What the clients saw."""

    ordinary: list[float] = field(default_factory=list)  # ms
    hostile: list[float] = field(default_factory=list)  # s
    statuses: Counter[str] = field(default_factory=Counter)


async def load(address: str, clients: int, seconds: float, hostile: int, seed: int = 7) -> Seen:
    """Let clients ask for some seconds, with hostile queries spread over the first two thirds of them."""
    seen = Seen()
    begun = time.monotonic()
    chance = random.Random(seed)
    ordinary = [_client(address, begun + seconds, seen, random.Random(seed + n)) for n in range(clients)]
    attacks = [_attack(address, begun + chance.random() * seconds * 2 / 3, n, seen) for n in range(hostile)]
    await asyncio.gather(*ordinary, *attacks)
    return seen


async def _client(address: str, until: float, seen: Seen, chance: random.Random) -> None:
    connection = Connection(address)
    await asyncio.sleep(chance.random())
    while time.monotonic() < until:
        pattern = chance.choice(ORDINARY)
        query = pattern.format(city=chance.choice(CITIES), n=chance.randint(1, 400))
        accept = "*/*" if pattern.startswith(("CONSTRUCT", "DESCRIBE")) else chance.choice(ACCEPTED)
        begun = time.monotonic()
        status = await connection.ask(query, accept)
        seen.ordinary.append((time.monotonic() - begun) * 1000)
        seen.statuses[f"ordinary {status}"] += 1
    connection.close()


async def _attack(address: str, at: float, number: int, seen: Seen) -> None:
    await asyncio.sleep(max(0.0, at - time.monotonic()))
    connection = Connection(address)
    query = HOSTILE[number % len(HOSTILE)].format(times=_TIMES, n=number)
    begun = time.monotonic()
    status = await connection.ask(query, "*/*")
    seen.hostile.append(time.monotonic() - begun)
    seen.statuses[f"hostile {status}"] += 1
    connection.close()


class Connection:
    """One kept-alive connection; as little work as will do."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._host, self._port = parts.hostname or "", parts.port or 80
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, query: str, accept: str) -> int:
        """Ask, read the answer to its end and return its status; 0 where the connection broke."""
        try:
            if self._streams is None:
                self._streams = await asyncio.open_connection(self._host, self._port, limit=1 << 20)
            return await self._exchange(*self._streams, query, accept)
        except (OSError, asyncio.IncompleteReadError):
            self.close()
            return 0

    async def _exchange(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, query: str, accept: str
    ) -> int:
        head = f"Host: {self._host}:{self._port}\r\nAccept: {accept}\r\n"
        if len(query) < 4_000:
            writer.write(f"GET /sparql?query={quote(query)} HTTP/1.1\r\n{head}\r\n".encode())
        else:
            body = urlencode({"query": query})
            kind = "Content-Type: application/x-www-form-urlencoded"
            length = f"Content-Length: {len(body)}"
            writer.write(f"POST /sparql HTTP/1.1\r\n{head}{kind}\r\n{length}\r\n\r\n{body}".encode())
        answer = await reader.readuntil(b"\r\n\r\n")
        length_at = answer.lower().index(b"content-length: ") + 16
        await reader.readexactly(int(answer[length_at : answer.index(b"\r", length_at)]))
        if b"\r\nconnection: close" in answer.lower():
            self.close()
        return int(answer[9:12])

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


def told(seen: Seen) -> dict[str, object]:
    """The figures of a run."""
    return {
        "requests": len(seen.ordinary),
        "errors": sum(
            n for name, n in seen.statuses.items() if name.startswith("ordinary") and name[-3:] != "200"
        ),
        "p50": percentile(seen.ordinary, 50),
        "p99": percentile(seen.ordinary, 99),
        "most": round(max(seen.ordinary), 1),
        "statuses": dict(sorted(seen.statuses.items())),
        "hostile_most_s": round(max(seen.hostile, default=0.0), 2),
        "hostile_median_s": round(statistics.median(seen.hostile), 2) if seen.hostile else 0.0,
    }


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that so many of a hundred do not exceed."""
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, len(ordered) * percent // 100)], 1)


if __name__ == "__main__":
    where, clients, seconds, hostile = sys.argv[1:5]
    print(json.dumps(told(asyncio.run(load(where, int(clients), float(seconds), int(hostile))))))
