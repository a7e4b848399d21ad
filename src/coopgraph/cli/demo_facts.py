"""What the demo tells, worked out and not written down: plain data from a build and its release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from coopgraph.cli.words import grouped

if TYPE_CHECKING:
    from coopgraph.network import Ranking
    from coopgraph.pipeline import Build
    from coopgraph.rdf.stored import StoredQuery
    from coopgraph.release import Release

QUESTIONS = (
    "cq-011-programme-money",
    "cq-013-integral-cooperation-programmes",
    "cq-016-figures-beside-agreements",
)
FIRST = 8  # cities of each ranking


def read(built: Build) -> dict[str, Any]:
    """Return what was read and how much came of it."""
    return {
        "release": built.release_id,
        "new": built.new,
        "files": len(built.sources),
        "records": sum(source.records for source in built.sources),
        "quads": sum(source.quads for source in built.sources),
        "largest": [
            asdict(source) for source in sorted(built.sources, key=lambda s: (-s.records, s.name))[:4]
        ],
        "counts": dict(built.counts),
    }


def found(built: Build) -> dict[str, Any]:
    """Return what was found wrong, by severity, and the first three kinds of remark with where they are."""
    severities = [fault.severity for fault in built.faults]
    return {
        **{severity: severities.count(severity) for severity in ("violation", "warning", "info")},
        "examples": grouped(built.faults)[:3],
    }


def answers(release: Release) -> list[dict[str, Any]]:
    """Return three stored questions with their answers."""
    return [_answer(release, release.library.get(name)) for name in QUESTIONS]


def _answer(release: Release, query: StoredQuery) -> dict[str, Any]:
    from coopgraph.rdf.stored import plain_default

    asked = {p.name: plain_default(p) for p in query.parameters if p.kind != "lang"}
    rows = list(release.query(query.name).dicts())
    return {"query": query.name, "question": query.title("en"), "parameters": asked, "rows": rows}


def ranking(release: Release) -> dict[str, Any]:
    """Return the first cities by peer exchange under both readings of unknown roles, and their basis."""
    from coopgraph.network import rank

    cautious, generous = rank(release, unknown="exclude"), rank(release, unknown="both")
    from coopgraph.network.said import derived

    return {
        "exclude": cautious.table.slice(0, FIRST).to_pylist(),
        "both": generous.table.slice(0, FIRST).to_pylist(),
        "participations": cautious.basis.participations,
        "unknown": cautious.basis.unknown_participations,
        "dyads_could_become_mutual": cautious.basis.dyads_could_become_mutual,
        "cities": cautious.basis.nodes,
        "moved": _moved(cautious.table.to_pylist(), generous.table.to_pylist()),
        "derived": derived(cautious.basis),
        "leading": cautious.leading.sentence() if cautious.leading else "",
        "near_degree": {"exclude": _near(cautious), "both": _near(generous)},
    }


def _near(ranking: Ranking) -> dict[str, float | None]:
    """Return how near to plain degree a ranking is."""
    return {"mutual_share": ranking.mutual_share, "correlation": ranking.pearson}


def _moved(before: list[Mapping[str, Any]], after: list[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the city whose rank the unknown roles move most."""
    ranks = {row["city"]: row["rank"] for row in after}
    most = max(before, key=lambda row: (abs(row["rank"] - ranks[row["city"]]), row["city"]))
    return {"label": most["label"], "exclude": most["rank"], "both": ranks[most["city"]]}
