"""The one city, network or agreement that a name means.

In: an open release, and what a user wrote: a label in any language, another name, an acronym, an id, an IRI.
Out: its IRI; or a ProjectionError that names those it may be, or those near it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from coopgraph.errors import ProjectionError
from coopgraph.namespaces import COOP
from coopgraph.network.called import several, unknown
from coopgraph.network.cities import City, cities_called
from coopgraph.network.faults import fault
from coopgraph.views.strings import ASSETS

if TYPE_CHECKING:
    from coopgraph.views.from_release import Drawable

_LISTED = 12  # things that a message names where none is near


def meant(release: Drawable, text: str, kind: str) -> str:
    """Return the IRI of the one thing of a kind (city, network, agreement) that is called so."""
    things = _things(release, kind)
    fits = cities_called(things, text)
    if len(fits) == 1:
        return fits[0]
    wrong = several(things, text, fits) if fits else unknown(things, text, f"No {kind}")
    if not wrong.fix:
        ids = [iri.rsplit("/", 1)[-1] for iri in sorted(things)]
        some = f"There are {len(ids)}, such as {', '.join(ids[:_LISTED])}." if ids else "There is none here."
        wrong = fault(wrong.what, some)
    raise ProjectionError(f"It is not clear which {kind} to show.", faults=[wrong])


def _things(release: Drawable, kind: str) -> dict[str, City]:
    """Return all things of a kind by IRI, with every name they have."""
    asked = (ASSETS / "called.rq").read_text("utf-8")
    rows = release.query(asked, trusted=True, **{"class": f"{COOP}{kind.title()}"}).to_arrow().to_pylist()
    labels: dict[str, dict[str, str]] = {}
    for row in rows:
        names = labels.setdefault(row["thing"], {})
        first = row["preferred"] and row["lang"] not in names
        names[row["lang"] if first else f"name {len(names)}"] = row["name"]
    countries = _countries(release) if kind == "city" else {}
    return {iri: City(iri, names, countries.get(iri)) for iri, names in labels.items()}


def _countries(release: Drawable) -> Mapping[str, Any]:
    rows = release.table("cities").select(["city", "country"]).to_pylist()
    return {row["city"]: row["country"] for row in rows}
