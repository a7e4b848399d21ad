"""Coverage and gaps: what is documented, what is missing, and what a ranking therefore rests on.

In: an open release. Out: the dossier `coverage`: goals and targets by city, lines by year, countries, cities
without partners, reported beside named, and how complete things are by class, year and source.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from coopgraph.secretariat.coverage import completeness, gaps
from coopgraph.secretariat.coverage.inventory import Inventory, inventory
from coopgraph.secretariat.coverage.reported import reported
from coopgraph.secretariat.dossier import Dossier, Said
from coopgraph.secretariat.naming import named
from coopgraph.secretariat.stored import rows_of

if TYPE_CHECKING:
    from coopgraph.release import Release


@named
def coverage(release: Release) -> Dossier:
    """Tell what a release covers and what it does not, so that readers know what its numbers rest on.

    Counts are of what sources state by name: zero is what is documented, not what there is.

    Parameters
    ----------
    release
        An open release.

    Returns
    -------
    Dossier
        Tables `reported`, `goals`, `targets`, `lines`, `lines-by-year`, `countries`, `cities`,
        `completeness`, `certainty`, `years` and `sources`.

    Examples
    --------
    >>> import rdflib
    >>> import coopgraph as cg
    >>> text = "<urn:a> a <https://w3id.org/coopgraph/ns#Action> ."
    >>> with cg.open(rdflib.Graph().parse(data=text, format="turtle")) as release:
    ...     found = cg.coverage(release)
    >>> found.records("completeness")[0]
    {'class': 'action', 'property': 'date', 'things': 1, 'stated': 0, 'share': 0.0}
    """
    found = inventory(release)
    part = gaps.taking_part(release)
    targets: dict[str, set[str]] = defaultdict(set)
    for row in rows_of(release, __file__, "targets"):
        targets[row["goal"]].add(row["target"])
    titles = {row["source"]: row["title"] or "" for row in release.table("sources").to_pylist()}
    beside, uncounted = reported(release)
    tables = (
        beside,
        gaps.goals(found, part, targets),
        gaps.targets_by_city(found, part),
        gaps.lines(found),
        gaps.lines_by_year(found),
        gaps.countries(found, part),
        gaps.cities_without(found, part),
        completeness.by_class(found),
        completeness.certainty(found),
        completeness.by_year(found),
        completeness.by_source(found, titles),
    )
    return Dossier(
        "coverage",
        {},
        tables,
        (Said("named-only"), Said("figures-counted"), _ranking(found)),
        _unknown(found, uncounted),
        release.manifest.id,
        release.now or "",
    )


def _ranking(found: Inventory) -> Said:
    """Say what a ranking by peer exchange rests on."""
    parts = found.things["participation"]
    known = sum("roles" in found.states.get(one, ()) for one in parts)
    derived = sum("derived" in found.states.get(one, ()) for one in parts)
    values = {"n": len(parts), "unknown": len(parts) - known, "derived": derived}
    return Said("ranking", values)


def _unknown(found: Inventory, uncounted: int) -> tuple[Said, ...]:
    said = []
    for kind, name in _ASKED:
        things = found.things[kind]
        silent = sum(name not in found.states.get(thing, ()) for thing in things)
        if silent:
            said.append(Said(f"without-{kind}-{name}", {"n": silent, "all": len(things)}))
    if uncounted:
        said.append(Said("uncounted", {"n": uncounted}))
    return (*said, Said("elsewhere"))


_ASKED = (
    ("action", "date"),
    ("action", "sdg"),
    ("action", "line"),
    ("action", "participants"),
    ("agreement", "date"),
    ("agreement", "end"),
    ("city", "coordinates"),
)
