"""Locations of an activity.

In: a `location`. Out: its row, with coordinates where they are on the Earth.
Standards: IATI location; WGS 84 (`pos` is latitude, then longitude).
"""

from __future__ import annotations

from coopgraph.sources.iati.activity import Activity, Text
from coopgraph.sources.iati.stream import Element, line_of
from coopgraph.sources.iati.values import amount


def location(activity: Activity, element: Element) -> None:
    """`location`: one row for each; coordinates as version 2 or version 1 has them."""
    line = line_of(element)
    names = activity.texts(activity.child(element, "name"))
    name = names[0] if names else Text("", "", "", line)
    lat, long = _position(activity, element, line)
    reach = activity.code(activity.child(element, "location-reach"))
    cells = (activity.code(element, "ref"), name.text, name.language, lat, long, reach, str(line))
    activity.add("locations", activity.key, activity.number("locations"), *cells)


def _position(activity: Activity, element: Element, line: int) -> tuple[str, str]:
    stated = _stated(activity, element)
    if not stated:
        return "", ""
    numbers = [amount(part).value for part in stated]
    if len(numbers) == 2 and all(numbers):
        lat, long = numbers
        if abs(float(lat)) <= 90 and abs(float(long)) <= 180:
            return lat, long
    what = f"has the position '{' '.join(stated)[:60]}', expected a latitude and a longitude; it is left out."
    activity.remarks.add("positions that are none", line, what, "Correct it.")
    return "", ""


def _stated(activity: Activity, element: Element) -> list[str]:
    point = activity.child(element, "point")
    pos = activity.child(point, "pos") if point is not None else None
    if pos is not None:
        return (pos.text or "").replace(",", " ").split()
    old = activity.child(element, "coordinates")
    if old is None:
        return []
    return [part for part in (old.get("latitude"), old.get("longitude")) if part]
