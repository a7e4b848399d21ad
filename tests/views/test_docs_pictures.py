"""The pictures of docs/views.md are what coopgraph draws of the bundled data."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from xml.etree import ElementTree


def test_pictures_are_current(built: Path, root: Path, tmp_path: Path) -> None:
    script = root / "docs" / "images" / "views.py"
    spec = importlib.util.spec_from_file_location("views_script", script)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for drawn in module.draw(built, tmp_path):
        kept = script.with_name(drawn.name)
        assert said(drawn) == said(kept), "draw them again: python docs/images/views.py"


def said(path: Path) -> list[str]:
    """Return title, counts and foot: places may move with the layout, what is said must be true."""
    tree = ElementTree.fromstring(path.read_bytes())
    texts = ["".join(node.itertext()).strip() for node in tree.iter("{http://www.w3.org/2000/svg}text")]
    first = next(place for place, text in enumerate(texts) if " · " in text)
    return [*texts[: first + 1], *(text for text in texts if len(text) > 70)]
