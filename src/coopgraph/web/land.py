"""Where the cities of a release are, for maps the server draws.

In: a release. Out: places as (longitude, latitude).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coopgraph.release import Release
    from coopgraph.web.shell import Asked


def places_of(this: Asked) -> Mapping[str, tuple[float, float]]:
    """Return where the cities of the release are that have coordinates, read once."""
    return this.served.made(this.release_id, "places", _places)


def _places(release: Release) -> dict[str, tuple[float, float]]:
    rows = release.table("cities").to_pylist()
    return {
        row["city"]: (row["long"], row["lat"])
        for row in rows
        if row["long"] is not None and row["lat"] is not None
    }
