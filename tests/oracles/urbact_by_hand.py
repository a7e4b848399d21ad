"""URBACT ranked with nothing but csv and dicts: `python urbact_by_hand.py FOLDER` prints the table as CSV."""

import csv
import sys
from collections import defaultdict
from fractions import Fraction
from pathlib import Path
from typing import Any


def read(name: str) -> list[dict[str, str]]:
    with (Path(sys.argv[1]) / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


kinds = {row["Code_Network"]: row["Type"] for row in read("UrbactNetworks_complete_V2.csv")}
gives, gets = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
for row in read("URBACT_Membership_GNidCorr_complete_V2.csv"):
    peers = kinds[row["Code_Network"]] != "Transfer"  # there the lead gives and the partners get
    if peers or row["City.Statut"] == "Lead Partner":
        gives[row["Code_Network"]].add(row["geonameId"])
    if peers or row["City.Statut"] == "Partner":
        gets[row["Code_Network"]].add(row["geonameId"])

w, beside = defaultdict[tuple[str, str], Fraction](Fraction), defaultdict[str, set[str]](set)
for network, givers in gives.items():
    for i in givers:
        for j in gets[network] - {i}:
            w[i, j] += Fraction(1, len(gets[network] - {i}))
            beside[i].add(j)
            beside[j].add(i)

rows: list[dict[str, Any]] = []
cities = sorted(set.union(*gives.values(), *gets.values()))
for i in cities:
    pairs = [(w.get((i, j), Fraction(0)), w.get((j, i), Fraction(0))) for j in beside[i]]
    given, received = sum(a for a, _ in pairs), sum(b for _, b in pairs)
    spread = [sum(v) ** 2 / sum(x * x for x in v) if any(v) else 0 for v in zip(*pairs, strict=True)]
    rows.append(
        {
            "city": i,
            "peer_exchange": sum(2 * min(a, b) / (a + b) for a, b in pairs) / (len(cities) - 1),
            "peer_exchange_k1": sum(2 * min(a, b) / (a + b + 1) for a, b in pairs) / (len(cities) - 1),
            "given": given,
            "received": received,
            "balance": (given - received) / (given + received),
            "reciprocity": 2 * sum(min(pair) for pair in pairs) / (given + received),
            "partners": len(pairs),
            "effective_partners_given": spread[0],
            "effective_partners_received": spread[1],
            "out_degree": sum(a > 0 for a, _ in pairs),
            "in_degree": sum(b > 0 for _, b in pairs),
            "degree": sum((a > 0) + (b > 0) for a, b in pairs),
            "strength": given + received,
            "generalised_exchange": 2 * spread[0] * spread[1] / sum(spread) / (len(cities) - 1),
        }
    )
rows.sort(key=lambda row: (-row["peer_exchange"], row["city"]))
writer = csv.DictWriter(sys.stdout, ["rank", *rows[0]], lineterminator="\n")
writer.writeheader()
for row in rows:
    place = 1 + sum(other["peer_exchange"] > row["peer_exchange"] for other in rows)
    writer.writerow(
        {name: row[name] if name == "city" else float(row[name]) for name in row} | {"rank": place}
    )
