"""A plain rdflib script over a release: only the first two lines of the work are coopgraph's.

Run it with a workspace that has been built: `python examples/rdflib_script.py data`.
"""

from __future__ import annotations

import sys

from rdflib import SKOS, Literal, Namespace

import coopgraph as cg

COOP = Namespace("https://w3id.org/coopgraph/ns#")
CITY = Namespace("https://w3id.org/coopgraph/id/city/")


def main(workspace: str) -> None:
    """Print what a release says of La Paz, with rdflib's own API."""
    with cg.open(workspace) as release:
        # A read-only rdflib.Dataset over the store. Its default graph is the merge of the named graphs, so
        # quads() and serialize() say each statement again for it; dataset(merged=False) leaves it out.
        dataset = release.dataset()
        names = sorted(dataset.objects(CITY["la-paz"], SKOS.prefLabel), key=str)
        print("names:", ", ".join(f"{name} ({name.language})" for name in names if isinstance(name, Literal)))
        print("agreements:", len(set(dataset.subjects(COOP.party, CITY["la-paz"]))))
        print("participations:", len(set(dataset.subjects(COOP.participant, CITY["la-paz"]))))
        rows = dataset.query(
            "SELECT ?here ?other (COUNT(DISTINCT ?agreement) AS ?shared) WHERE {"
            "  ?agreement coop:party ?here, ?city . ?city skos:prefLabel ?other ."
            "  FILTER (?city != ?here && LANG(?other) = 'en')"
            "} GROUP BY ?here ?other ORDER BY DESC(?shared) ?other LIMIT 3",
            initNs={"coop": COOP, "skos": SKOS},
            initBindings={"here": CITY["la-paz"]},
        )
        for row in rows:
            print(f"  {row.other}: {row.shared}")  # type: ignore[union-attr]  # rdflib's rows have the variables' names


if __name__ == "__main__":
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else "data")
    except cg.CoopgraphError as error:  # a workspace that is not built yet, for one
        sys.exit(str(error))
