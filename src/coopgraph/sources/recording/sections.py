"""What an import writes into a workspace: the sections of `coopgraph.toml`, and the mappings it names.

In: a source's name. Out: TOML text, and files. Format: docs/decisions/0001-workspace-file.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from coopgraph.sources.guided.section_text import Origin, origin_text
from coopgraph.sources.places.setting import PlaceSetting

MAPPINGS: Final = Path(__file__).parent / "mappings"
_PARTS: Final = {"statements": "statement", "references": "", "places": "place"}


def twins_section(name: str) -> str:
    """The sources that read recorded twin towns."""
    parts = []
    for part, key in _PARTS.items():
        own = name if part == "statements" else f"{name}-{part}"
        parts.append(
            section(
                own,
                path=f"recorded/{name}/{part}.tsv",
                mapping=f"mappings/{name}-{part}.yml",
                source_id=name,
                **({"key": [key]} if key else {}),
            )
        )
    return "\n\n".join([*parts, section(f"{name}-origin", path=f"recorded/{name}/source.ttl")])


def twins_mappings(name: str) -> Mapping[str, bytes]:
    """The mappings of recorded twin towns, by their place in the workspace."""
    return {f"mappings/{name}-{part}.yml": (MAPPINGS / f"{part}.yml").read_bytes() for part in _PARTS}


def section(name: str, **settings: str | Sequence[str]) -> str:
    """Write `[sources.NAME]` with settings.

    >>> print(section("a", path="a.ttl", key=["id"]))
    [sources.a]
    path = "a.ttl"
    key = ["id"]
    """
    return "\n".join([f"[sources.{name}]", *_lines(settings)])


def origin_of(name: str, origin: Origin, day: date) -> tuple[str, Mapping[str, bytes]]:
    """What describes imported files as a source: a section, and the file it names.

    Its IRI is relative, to the base of whichever workspace reads it.
    """
    place = f"imported/{name}.ttl"
    text = origin_text(name, "", origin, day).encode()
    return section(f"{name}-origin", path=place, kind="rdf"), {place: text}


def columns_of(name: str, settings: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """Yield the lines that say how the cells of columns are written."""
    for column, said in settings.items():
        yield f"[sources.{name}.columns.{json.dumps(column, ensure_ascii=False)}]"
        yield from _lines(said)


def places_of(name: str, places: Sequence[PlaceSetting]) -> Iterator[str]:
    """Yield the lines that say which columns name places, to be looked up in the gazetteer."""
    for place in places:
        said = {"country": place.country, "lat": place.lat, "lon": place.lon, "into": place.into}
        yield f"[[sources.{name}.place]]"
        yield from _lines({"name": list(place.name), **{key: text for key, text in said.items() if text}})


def _lines(settings: Mapping[str, str | Sequence[str]]) -> list[str]:
    return [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in settings.items()]
