"""The colours of decision 12: texts can be read, and communities told apart, by colour-blind readers too."""

from __future__ import annotations

import itertools
import re

import numpy as np
import pytest

from coopgraph.web.shell import HERE

TOKENS = (HERE / "front" / "styles" / "parts" / "tokens.css").read_text("utf-8")
TEXTS, GROUNDS = ("ink", "quiet", "accent", "warn"), ("card", "page", "canvas")
# Viénot, Brettel and Mollon 1999, in linear RGB:
# doi:10.1002/(SICI)1520-6378(199908)24:4<243::AID-COL5>3.0.CO;2-3
BLIND = {
    "none": np.eye(3),
    "protan": np.array([[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]]),
    "deutan": np.array([[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]]),
}
APART = 6.0  # CIE76; about 2.3 is just noticeable


def tokens(theme: str) -> dict[str, str]:
    light, dark = TOKENS.split(':root[data-theme="dark"]')
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light))
    return found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", dark)) if theme == "dark" else found


def linear(colour: str) -> np.ndarray:
    values = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, section 1.4.3."""
    bright = sorted(float(linear(c) @ [0.2126, 0.7152, 0.0722]) for c in (one, other))
    return (bright[1] + 0.05) / (bright[0] + 0.05)


def lab(rgb: np.ndarray) -> np.ndarray:
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = to_xyz @ np.clip(rgb, 0, 1) / [0.9505, 1, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_texts_can_be_read(theme: str) -> None:
    colours = tokens(theme)
    pairs = [*itertools.product(TEXTS, GROUNDS), ("warn", "warn-page"), ("on-accent", "accent")]
    low = {pair: round(contrast(*(colours[name] for name in pair)), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in low.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("seeing", BLIND)
def test_communities_can_be_told_apart(theme: str, seeing: str) -> None:
    colours = tokens(theme)
    seen = {name: lab(BLIND[seeing] @ linear(colours[name])) for name in (*(f"g{i}" for i in range(8)), "gx")}
    near = {
        pair: round(float(np.linalg.norm(seen[pair[0]] - seen[pair[1]])), 1)
        for pair in itertools.combinations(seen, 2)
    }
    assert {pair: apart for pair, apart in near.items() if apart < APART} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_heat_rises_evenly(theme: str) -> None:
    colours = tokens(theme)
    lightness = [lab(linear(colours[f"heat-{i}"]))[0] for i in range(6)]
    steps = np.diff(lightness if theme == "dark" else lightness[::-1])
    assert steps.min() > 5


def test_the_page_that_view_writes_speaks_the_same_language() -> None:
    page = (HERE.parent / "views" / "assets" / "page.css").read_text("utf-8")
    for line in re.findall(r"--(?:g\d|gx|layer-\d|ink|quiet|accent|line): #[0-9a-f]{6}", page):
        assert line in TOKENS
