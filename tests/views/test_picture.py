"""Pictures of a view: the same bytes, names that cover nothing, and a foot that says what they rest on."""

from __future__ import annotations

import itertools
import logging
import stat
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgraph.errors import ProjectionError
from coopgraph.views import View, show
from coopgraph.views.compose import compose
from coopgraph.views.from_graph import drawing_of
from coopgraph.views.label_places import Placed, Wanted, place_names
from coopgraph.views.neighbourhood import drawing_of_ego
from coopgraph.views.photograph import photograph
from coopgraph.views.picture import write_picture
from coopgraph.views.seen import Seen, mixed
from tests.views.conftest import SmallRelease, city
from tests.views.hostile import HOSTILE

SVG = "{http://www.w3.org/2000/svg}"


def texts(path: Path) -> list[str]:
    tree = ElementTree.fromstring(path.read_bytes())
    return ["".join(node.itertext()).strip() for node in tree.iter(f"{SVG}text")]


def test_a_release_is_drawn_with_its_names_its_legend_and_its_foot(
    small: SmallRelease, tmp_path: Path
) -> None:
    path = show(small, replicates=0, lang="pt").write(tmp_path / "small.svg")
    said = texts(path)
    assert {"Small", "Madrid", "Quito", "Vínculos"} <= set(said)
    assert any(line.startswith("Em 1 de 5 participações") for line in said)
    [credits] = [line for line in said if "2026-11-22" in line]
    assert "A report" in credits
    assert "https://example.org/licence" in credits
    description = ElementTree.fromstring(path.read_bytes()).findtext(f"{SVG}desc")
    assert description is not None
    assert "Madrid" in description


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_the_same_view_gives_the_same_bytes(small: SmallRelease, tmp_path: Path, ending: str) -> None:
    one, other = (
        show(small, replicates=0).write(tmp_path / f"{name}.{ending}", browser=False) for name in "ab"
    )
    assert one.read_bytes() == other.read_bytes()


def test_hostile_names_stay_texts(tmp_path: Path) -> None:
    G: nx.DiGraph[str] = nx.DiGraph(itertools.pairwise(HOSTILE))
    path = show(G, title=HOSTILE[1]).write(tmp_path / "hostile.svg")
    tree = ElementTree.fromstring(path.read_bytes())
    assert not list(tree.iter(f"{SVG}script"))
    assert not [name for node in tree.iter() for name in node.attrib if name.lower().startswith("on")]
    assert any("onerror" in text for text in texts(path))


def test_layers_that_are_off_are_not_drawn(small: SmallRelease) -> None:
    seen = Seen(show(small, replicates=0).composition)
    assert "membership" not in seen.layers
    assert all(seen.composition.drawing.links[i].layer != "membership" for i in seen.links)


def test_what_a_view_is_about_is_marked_and_named(small: SmallRelease, tmp_path: Path) -> None:
    view = View(drawing_of_ego(small, city("quito"), replicates=0))
    assert view.drawing.focus.endswith("/quito")
    assert "Quito" in texts(view.write(tmp_path / "ego.svg"))


@pytest.mark.parametrize("size", [0, 1, 2])
def test_few_nodes_or_none_are_a_picture_too(tmp_path: Path, size: int) -> None:
    path = write_picture(compose(drawing_of(nx.path_graph(size), title="Few")), tmp_path / "few.svg")
    assert "Few" in texts(path)


def test_a_dense_graph_says_what_its_bands_are(tmp_path: Path) -> None:
    G = nx.planted_partition_graph(6, 30, 0.5, 0.05, seed=3)
    path = show(G, title="Dense").write(tmp_path / "dense.svg")
    assert any(line.startswith("Bands join communities") for line in texts(path))


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0.1, 3.9), st.floats(0.1, 3.9), st.floats(0.02, 0.2), st.booleans()),
        min_size=1,
        max_size=40,
    )
)
def test_no_name_covers_another_and_none_that_may_be_left_out_a_disc(
    nodes: list[tuple[float, float, float, bool]],
) -> None:
    names = [Wanted(i, "name", (x, y, r), 0.6, 0.12, must) for i, (x, y, r, must) in enumerate(nodes)]
    discs = np.array([name.disc for name in names])
    placed = place_names(names, discs, [(0.0, 0.0, 0.5, 0.5)], (4.0, 4.0), room=len(names))
    for one, other in itertools.combinations([(0.0, 0.0, 0.5, 0.5), *(p.box for p in placed)], 2):
        assert one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]
    for name in placed:
        if not name.wanted.must:
            assert not [disc for disc in discs if _covers(name, disc)]


def _covers(name: Placed, disc: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> bool:
    left, top, right, bottom = name.box
    dx = disc[0] - min(max(disc[0], left), right)
    dy = disc[1] - min(max(disc[1], top), bottom)
    own = name.wanted.disc[:2] == (disc[0], disc[1])
    return bool(not own and dx * dx + dy * dy < disc[2] ** 2)


def test_colours_between() -> None:
    assert mixed("#102030", "#ffffff", 0.0) == "#102030"
    assert mixed("#102030", "#ffffff", 1.0) == "#ffffff"


@pytest.mark.parametrize("name", ["a.gif", "a", "a.jpg"])
def test_other_endings_are_refused(name: str) -> None:
    with pytest.raises(ProjectionError, match=r"\.html, \.png, \.svg"):
        show(nx.DiGraph([("a", "b")])).write(name)


def _script(folder: Path, text: str) -> Path:
    path = folder / "chromium"
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.mark.parametrize("does", ["echo 'no usable sandbox' >&2; exit 1", "exit 0", "kill -9 $$"])
def test_a_browser_that_cannot_is_told_and_the_picture_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, does: str
) -> None:
    monkeypatch.setenv("CHROMIUM", str(_script(tmp_path, does)))
    view = show(nx.DiGraph([("a", "b")]))
    with caplog.at_level(logging.WARNING):
        drawn = view.write(tmp_path / "a.png").read_bytes()
    assert drawn == view.write(tmp_path / "b.png", browser=False).read_bytes()
    assert "took no picture" in caplog.text
    assert ("no usable sandbox" in caplog.text) == ("echo" in does)


def test_without_a_browser_there_is_no_photograph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert photograph(b"<p>") is None
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "nowhere"))
    assert photograph(b"<p>") is None
