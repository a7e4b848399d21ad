"""A city and its partners, or a network's members: parts of the exchange network of a release.

In: an open release, and whom it is about. Out: a `Drawing` with what is between them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from coopgraph.languages import LANGUAGES
from coopgraph.views.drawing import Drawing, Note, Texts, in_language, texts_of
from coopgraph.views.from_release import drawing_of_release, node_of
from coopgraph.views.names import name_of, names_in, title_of
from coopgraph.views.part import around, part_of
from coopgraph.views.strings import strings

if TYPE_CHECKING:
    from coopgraph.views.from_release import Drawable

Title = str | Mapping[str, str] | None


def drawing_of_ego(
    release: Drawable, city: str, hops: int = 1, *, title: Title = None, **options: Any
) -> Drawing:
    """Return a city, those at most so many steps away by the layers shown, and what is between them."""
    drawing = _with(release, drawing_of_release(release, **options), {city})
    name = _called(drawing, city)
    title = title or _titled("title_ego" if hops == 1 else "title_ego_far", name, hops)
    note = Note("note_ego" if hops == 1 else "note_ego_far", {"hops": hops, "name": name})
    part = _part(release, drawing, around(drawing, city, hops), title, note)
    return replace(part, focus=city)


def drawing_of_members(release: Drawable, network: str, *, title: Title = None, **options: Any) -> Drawing:
    """Return a network, the cities that are or were in it, and what is between them."""
    rows = release.table("memberships").to_pylist()
    keys = {network, *(row["city"] for row in rows if row["network"] == network)}
    drawing = _with(release, drawing_of_release(release, **options), keys)
    name = _called(drawing, network)
    title = title or _titled("title_members", name)
    return _part(release, drawing, keys, title, Note("note_members", {"name": name}))


def _with(release: Drawable, drawing: Drawing, keys: Collection[str]) -> Drawing:
    """Add whoever is in no relation at all."""
    missing = sorted(set(keys) - {node.key for node in drawing.nodes})
    if not missing:
        return drawing
    names = names_in(release)
    cities = {row["city"]: row for row in release.table("cities").to_pylist()}
    added = [node_of(key, cities.get(key), name_of(key, names)) for key in missing]
    return replace(drawing, nodes=(*drawing.nodes, *added))


def _called(drawing: Drawing, key: str) -> Texts:
    return next(node.texts for node in drawing.nodes if node.key == key)


def _titled(key: str, name: Texts, hops: int = 1) -> dict[str, str]:
    return {lang: strings()[lang][key].format(name=in_language(name, lang), hops=hops) for lang in LANGUAGES}


def _part(release: Drawable, drawing: Drawing, keys: Collection[str], title: Any, note: Note) -> Drawing:
    """Cut the drawing, and say of how many cities."""
    total = len(release.table("cities"))
    shown = sum(1 for node in drawing.nodes if node.key in keys and node.kind == "city")
    counts: dict[str, int | Texts] = {
        "count": shown,
        "total": total,
        "whole": title_of(release.manifest.workspace),
    }
    said = Note(note.key, {**note.values, **counts})
    return replace(part_of(drawing, keys, title=texts_of(title), note=said), whole={"city": total})
