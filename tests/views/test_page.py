"""The page: one file, no addresses but those of sources, hostile texts inert, the same bytes again."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import networkx as nx
import pytest

from coopgraph.errors import ProjectionError
from coopgraph.views import show, write_network_html
from coopgraph.views.compose import compose
from coopgraph.views.from_graph import drawing_of
from tests.views.conftest import SmallRelease
from tests.views.hostile import HOSTILE


class Read(HTMLParser):
    """Collect what a browser would see: elements with their attributes, and scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._inside = tag
        if tag in ("script", "style"):
            (self.scripts if tag == "script" else self.styles).append("")

    def handle_data(self, data: str) -> None:
        if self._inside in ("script", "style"):
            (self.scripts if self._inside == "script" else self.styles)[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""


def page_of(G: nx.Graph[str], folder: Path, **options: str) -> str:
    return write_network_html(G, folder / "page.html", **options).read_text("utf-8")  # type: ignore[arg-type]  # all texts


def hostile_graph() -> nx.DiGraph[str]:
    G: nx.DiGraph[str] = nx.DiGraph()
    for i, text in enumerate(HOSTILE):
        G.add_node(f"{i} {text}", label=text, kind=text, country=text, url=text, note=text)
    nodes = list(G)
    for one, other, text in zip(nodes, nodes[1:], HOSTILE, strict=False):
        G.add_edge(one, other, kind=text, evidence=[text], url=f"https://example.org/?{text}", title=text)
    return G


def test_nothing_is_loaded_from_anywhere(tmp_path: Path) -> None:
    read = Read(page_of(nx.DiGraph([("a", "b")]), tmp_path))
    assert [tag for tag, attributes in read.elements if "src" in attributes] == []
    assert [attributes["href"] for tag, attributes in read.elements if tag == "link"] == ["data:,"]
    assert not any(re.search(r"@import|url\((?!#)", style) for style in read.styles)
    assert not any("sourceMappingURL" in script for script in read.scripts)


def test_the_policy_allows_exactly_what_is_there(tmp_path: Path) -> None:
    read = Read(page_of(nx.DiGraph([("a", "b")]), tmp_path))
    [policy] = [a["content"] or "" for tag, a in read.elements if tag == "meta" and "http-equiv" in a]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    kinds = [a.get("type") for tag, a in read.elements if tag == "script"]
    run = [text for text, kind in zip(read.scripts, kinds, strict=True) if kind is None]
    assert len(run) == 2
    for text in (*run, *read.styles):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_hostile_texts_add_no_element_and_no_handler(tmp_path: Path) -> None:
    plain = Read(
        page_of(
            nx.relabel_nodes(hostile_graph(), dict(zip(hostile_graph(), map(str, range(99)), strict=False))),
            tmp_path,
        )
    )
    read = Read(page_of(hostile_graph(), tmp_path, title=HOSTILE[1], licence=HOSTILE[4], now=HOSTILE[5]))
    assert [tag for tag, _ in read.elements].count("script") == 3
    assert {tag for tag, _ in read.elements} <= {tag for tag, _ in plain.elements} | {"time", "img"} - {"img"}
    assert not any(name.startswith("on") for _, attributes in read.elements for name in attributes)
    hrefs = [a["href"] or "" for tag, a in read.elements if tag == "a"]
    assert all(href.startswith(("#", "https://")) for href in hrefs)


def test_links_to_sources_do_not_tell_where_they_come_from(tmp_path: Path) -> None:
    read = Read(page_of(hostile_graph(), tmp_path))
    outward = [a for tag, a in read.elements if tag == "a" and (a["href"] or "").startswith("http")]
    assert outward
    assert all("noopener" in (a["rel"] or "") for a in outward)


def test_the_data_are_valid_json_without_nan(tmp_path: Path) -> None:
    G = nx.DiGraph([("a", "b")])
    G.nodes["a"]["odd"] = float("nan")
    read = Read(page_of(G, tmp_path))

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    data = json.loads(read.scripts[0], parse_constant=refuse)
    assert len(data["nodes"]) == 2


def test_same_input_same_bytes(tmp_path: Path, small: SmallRelease) -> None:
    pages = [show(small).write(tmp_path / f"{i}.html").read_bytes() for i in range(2)]
    assert pages[0] == pages[1]


def test_the_table_reads_without_a_script(tmp_path: Path, small: SmallRelease) -> None:
    text = show(small).write(tmp_path / "page.html").read_text("utf-8")
    body = text[text.index("<tbody>") : text.index("</tbody>")]
    assert body.count("<tr") == 7
    assert "Madrid" in body
    assert "0.333" in body
    assert text.index(">Peer exchange<") < text.index(">Peer exchange, k = 1<")


def test_too_many_nodes_are_cut_and_the_page_says_so() -> None:
    star = nx.DiGraph([("hub", f"leaf {i:03}") for i in range(50)])
    star.add_edge("leaf 042", "hub")
    made = compose(drawing_of(star, title="Star"), top=10)
    assert len(made.drawing.nodes) == 10
    assert {"hub", "leaf 042"} <= {node.key for node in made.drawing.nodes}
    assert made.left_out == 41
    assert made.drawing.notes[0].key == "note_cut"
    assert dict(made.drawing.notes[0].values)["total"] == 51


@pytest.mark.parametrize("colour_by", ["community", "kind", "country", "region"])
def test_colours_by_anything(colour_by: str) -> None:
    G = nx.DiGraph([("a", "b"), ("c", "d")])
    nx.set_node_attributes(G, {"a": "north", "b": "north", "c": "south"}, "region")
    nx.set_node_attributes(G, dict.fromkeys(G, "ES"), "country")
    made = compose(drawing_of(G, title="x", colour_by=colour_by))
    assert len(made.groups) == 4
    assert max(made.groups) + 1 == len(made.group_names)


def test_an_empty_graph_is_a_page_too(tmp_path: Path) -> None:
    assert "<tbody>" in page_of(nx.DiGraph(), tmp_path)


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(ProjectionError, match="nowhere"):
        write_network_html(nx.DiGraph(), tmp_path / "nowhere" / "page.html")
    assert list(tmp_path.iterdir()) == []


def test_top_below_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProjectionError, match="at least one"):
        write_network_html(nx.DiGraph(), tmp_path / "page.html", top=0)


def test_importing_views_draws_in_nothing_heavy() -> None:
    heavy = ("pyvis", "jinja2", "networkx", "numpy", "pyarrow")
    code = f"import sys, coopgraph.views; print([m for m in {heavy} if m in sys.modules])"
    told = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        check=True,
        text=True,
    )
    assert told.stdout.strip() == "[]"
