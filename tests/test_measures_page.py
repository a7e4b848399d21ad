"""docs/measures.md: every measure of the catalogue is on it, and its pictures are those the script draws."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from coopgraph.network.catalogue import measures

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "measures.md").read_text(encoding="utf-8")
OWN_PAGE = (ROOT / "docs" / "peer-exchange.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("measure", measures(), ids=lambda measure: measure.name)
def test_every_measure_is_explained(measure: object) -> None:
    name = getattr(measure, "name", "")
    assert f"`{name}`" in PAGE or name.replace("-", " ").split(" given")[0].split(" received")[0] in OWN_PAGE


def test_pictures_are_those_the_script_draws() -> None:
    drawn = runpy.run_path(str(ROOT / "docs" / "images" / "measures.py"))["pictures"]()
    for name, picture in drawn.items():
        assert (ROOT / "docs" / "images" / f"measure-{name}.svg").read_text(encoding="utf-8") == picture
        assert f"images/measure-{name}.svg" in PAGE
