"""The `place` setting of a source: which columns name a place.

In: the tables `[[sources.NAME.place]]`. Out: a `PlaceSetting` each, and a fault for what does not fit.
Format: docs/decisions/0016-places.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from coopgraph.settings.section import Section

ADDED: Final = ("", "_how", "_label", "_country", "_lat", "_lon", "_geonames")
_INTO: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


@dataclass(frozen=True)
class PlaceSetting:
    """Columns that name a place and say where it is. `name`: the first of them that is found counts;
    `dominant`: a place may be taken for being far larger than its namesakes in the country."""

    name: tuple[str, ...]
    into: str
    country: str | None = None
    lat: str | None = None
    lon: str | None = None
    dominant: bool = True

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it reads, each once."""
        named = (*self.name, self.country, self.lat, self.lon)
        return tuple(dict.fromkeys(name for name in named if name is not None))

    @property
    def added(self) -> tuple[str, ...]:
        """The columns it adds: `city`, `city_how` and so on."""
        return tuple(f"{self.into}{ending}" for ending in ADDED)


def read_places(section: Section) -> tuple[PlaceSetting, ...]:
    """Return what the `place` tables of a source say; a table without a name of a column is left out."""
    found = [_place(table) for table in section.sections("place")]
    return tuple(setting for setting in found if setting.name)


def _place(table: Section) -> PlaceSetting:
    setting = PlaceSetting(
        name=table.texts("name"),
        into=table.text("into", "city") or "",
        country=table.text("country"),
        lat=table.text("lat"),
        lon=table.text("lon"),
        dominant=table.flag("dominant", True),
    )
    if not table.table.get("name"):
        table.fault((), "has no 'name'.", 'Add: name = "column with the name of the place"')
    if not _INTO.fullmatch(setting.into):
        table.fault(("into",), f"has '{setting.into}', expected a word like city.")
    if (setting.lat is None) != (setting.lon is None):
        missing = "lat" if setting.lat is None else "lon"
        table.fault((), f"has no '{missing}'.", 'Give both: lat = "..." and lon = "...".')
    table.close()
    return setting
