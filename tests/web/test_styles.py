"""What one room of the site looks like changes no other: its rules are within its own class."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coopgraph.web import shell

PARTS = shell.HERE / "front" / "styles" / "parts"
EVERYWHERE = {"tokens", "shell", "table", "figure"}
ROOMS = sorted(path.stem for path in PARTS.glob("*.css") if path.stem not in EVERYWHERE)
TEMPLATES = sorted((shell.HERE / "templates").glob("*.html.j2"))


def selectors(css: str) -> list[str]:
    """The selectors at the outermost level, and those within @media there; other at-rules have none."""
    found, rest = [], re.sub(r"/\*.*?\*/|@import[^;]+;", "", css, flags=re.S)
    while rest.strip():
        head, _, after = rest.partition("{")
        end = _closing(after)
        if head.strip().startswith("@media"):
            found += selectors(after[:end])
        elif not head.strip().startswith("@"):
            found += [part.strip() for part in re.split(r",(?![^(]*\))", head)]
        rest = after[end + 1 :]
    return found


def _closing(css: str) -> int:
    """Where the block ends that is open at the start."""
    deep = 1
    for place, sign in enumerate(css):
        deep += {"{": 1, "}": -1}.get(sign, 0)
        if deep == 0:
            return place
    raise AssertionError("a block is not closed")


@pytest.mark.parametrize("room", ROOMS)
def test_each_rule_of_a_room_begins_with_the_rooms_class(room: str) -> None:
    found = selectors((PARTS / f"{room}.css").read_text("utf-8"))
    assert found
    assert [one for one in found if not re.match(rf"\.room-{room}(?![\w-])", one)] == []


def test_a_rule_outside_is_found() -> None:
    css = (
        "/* a, b */ @page { size: A4 } .room-x { .y { z: 1 } } @media print { .room-x .y, .b {} } .room-xy {}"
    )
    assert selectors(css) == [".room-x", ".room-x .y", ".b", ".room-xy"]


def test_every_room_is_entered_and_none_else() -> None:
    named = {name for path in TEMPLATES for name in _rooms(path)}
    assert named == set(ROOMS)


def _rooms(path: Path) -> list[str]:
    block = re.search(r"{% block rooms %}(.*?){% endblock %}", path.read_text("utf-8"))
    return [name.removeprefix("room-") for name in block[1].split()] if block else []
