"""Ranks and explanations for an assistant: numbers of `coopgraph.network`, their sources, what is unknown.

In: an open release, what it is, its sources, a measure. Out: frozen answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from coopgraph.assistants.answers import About, ExplainAnswer, Part, RankAnswer, Ranked
from coopgraph.assistants.citing import Sources
from coopgraph.assistants.quoted import quoted
from coopgraph.release import Release

if TYPE_CHECKING:
    from coopgraph.network.basis import Basis


def ranked(
    release: Release,
    about: About,
    sources: Sources,
    measure: str,
    top: int,
    language: str,
    options: Mapping[str, Any],
) -> RankAnswer:
    """Rank cities by a measure, with what the numbers rest on; `options` are those of `flows`."""
    from coopgraph.network import rank

    ranking = rank(release, measure=measure, top=top, language=language, **options)
    rows = ranking.table.to_pylist()
    cities = [
        Ranked(row["rank"], row["city"], quoted(row["label"]), row["country"], _number(row[ranking.measure]))
        for row in rows
    ]
    basis = ranking.basis
    roles = f"{basis.unknown_participations} of {basis.participations} participations"
    said = [f"In {roles} a role is not known.", *_nothing_left(basis)]
    return RankAnswer(
        about,
        ranking.measure,
        _unit(ranking.measure, basis),
        cities,
        ranking.ranked,
        [quoted(sentence, 2000) for sentence in ranking.sentences()],
        sources.cited(_stating(release, {row.city for row in cities})),
        said,
    )


def explained(
    release: Release,
    about: About,
    sources: Sources,
    city: str,
    measure: str,
    top: int,
    language: str,
    options: Mapping[str, Any],
) -> ExplainAnswer:
    """Take a city's score apart: partners, sources, and what is not known; options are as of `rank`."""
    from coopgraph.network import explain

    found = explain(release, city, measure=measure, language=language, **options)
    unknown = [
        f"Not known: {quoted(row['roles'])} of {quoted(row['city_label'] or 'everybody')} in "
        f"{quoted(row['label'])}; read the other way, the score would change by {row['change']:+.6g}."
        for row in found.unknown.slice(0, top).to_pylist()
        if row["change"] is not None
    ]
    partners = [
        Part(
            row["partner"],
            quoted(row["label"]),
            float(row["given"]),
            float(row["received"]),
            float(row["part"]),
        )
        for row in found.partners.slice(0, top).to_pylist()
    ]
    place = found.place
    return ExplainAnswer(
        about,
        found.city,
        quoted(found.label),
        measure,
        _unit(measure, found.basis),
        place.score,
        place.rank,
        place.ranked,
        found.other_place.rank,
        partners,
        max(0, len(found.partners) - top),
        [quoted(sentence, 2000) for sentence in found.sentences()],
        sources.cited(row for row in found.sources["source"].to_pylist() if row),
        [*unknown, *_nothing_left(found.basis)],
    )


def _stating(release: Release, cities: set[str]) -> Iterable[str]:
    """The sources of the participations of cities."""
    import pyarrow as pa
    import pyarrow.compute as pc

    table = release.table("participations")
    chosen = table.filter(pc.is_in(table["city"], value_set=pa.array(sorted(cities), pa.string())))
    return {source for row in chosen["source"].to_pylist() for source in row or ()}


def _nothing_left(basis: Basis) -> list[str]:
    """Say where no event fits what was asked for, which says nothing about the cities."""
    if basis.selected_events or not basis.filters:
        return []
    asked = ", ".join(f"{name} {value}" for name, value in basis.filters)
    return [f"No event of this release fits {quoted(asked)}: there is nothing to count."]


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _unit(measure: str, basis: Basis) -> str:
    """Say what the scores of a measure are in."""
    name = measure.replace("_", "-")
    if name in ("given", "received", "balance", "strength"):
        return f"weight ({basis.weight}{' in ' + basis.currency if basis.currency else ''})"
    counts = {"partners", "degree", "out-degree", "in-degree"}
    return "cities" if name in counts else "no unit"
