"""A photograph of the page: all of it, without what is worked by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopgraph.views import show
from coopgraph.views.page import render
from coopgraph.views.photograph import HEIGHT, SHARPNESS, WIDTH, photograph
from tests.browser.conftest import Open
from tests.conftest import CHROMIUM
from tests.views.conftest import SmallRelease

pytestmark = pytest.mark.browser


def test_chromium_photographs_the_page(small: SmallRelease, monkeypatch: pytest.MonkeyPatch) -> None:
    assert CHROMIUM
    monkeypatch.setenv("CHROMIUM", CHROMIUM)
    taken = photograph(render(show(small, replicates=0).composition, picture=True))
    assert taken is not None
    size = (int.from_bytes(taken[16:20], "big"), int.from_bytes(taken[20:24], "big"))
    assert size == (WIDTH * SHARPNESS, HEIGHT * SHARPNESS)
    assert len(taken) > 60_000  # an empty page is far smaller


def test_a_picture_shows_all_and_nothing_to_press(see: Open, small: SmallRelease, tmp_path: Path) -> None:
    path = tmp_path / "picture.html"
    path.write_bytes(render(show(small, replicates=0).composition, picture=True))
    seen = see(path, width=WIDTH, height=HEIGHT)
    for what in (".search", ".switches", ".zoom", ".sheet", ".caveat", ".tick >> nth=0"):
        assert not seen.page.locator(what).first.is_visible()
    foot = seen.page.locator("footer").inner_text()
    for told in ("unknown flag", "2026-11-22", "A report", "https://example.org/licence"):
        assert told in foot
    assert seen.page.evaluate("document.documentElement.scrollHeight") <= HEIGHT
    box = seen.page.locator("footer").bounding_box()
    assert box
    assert box["y"] + box["height"] <= HEIGHT
    seen.expect_quiet()
