"""The drawing of the Explore page: what is chosen, moved, opened and named, and its pictures."""

from __future__ import annotations

import base64
import itertools
import re
import runpy
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from defusedxml import ElementTree
from playwright.sync_api import Page, expect

from tests.web.conftest import Look, Seen

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

SVG = "{http://www.w3.org/2000/svg}"
STAGE = "document.getElementById('drawing').stage"


def stage(page: Page, expression: str) -> Any:
    """What the drawing says of itself."""
    return page.evaluate(f"(stage => ({expression}))({STAGE})")


def place(page: Page, name: str) -> tuple[float, float]:
    """Where a city is on the page."""
    found: dict[str, float] = page.evaluate(
        f"""name => {{
          const stage = {STAGE};
          const i = stage.model.data.nodes.label.en.indexOf(name);
          const {{ x, y }} = stage.spot(i);
          const box = stage.container.getBoundingClientRect();
          return {{ x: box.x + x, y: box.y + y }};
        }}""",
        name,
    )
    return found["x"], found["y"]


def selected(page: Page) -> set[str]:
    return {stage(page, f"stage.model.data.nodes.label.en[{i}]") for i in stage(page, "stage.scene.selected")}


def clear_of_names(page: Page) -> None:
    boxes = stage(page, "stage.names.map(({ box, text }) => ({ ...box, text }))")
    for a, b in itertools.combinations(boxes, 2):
        apart = (
            a["right"] <= b["left"]
            or b["right"] <= a["left"]
            or a["bottom"] <= b["top"]
            or b["bottom"] <= a["top"]
        )
        assert apart, f"{a['text']} covers {b['text']}"


def test_names_never_cover_one_another_and_more_appear_nearer(look: Look) -> None:
    seen = look("/en/explore", height=1000)
    page = seen.page
    named = []
    for _ in range(4):
        page.wait_for_timeout(300)
        clear_of_names(page)
        inside = stage(
            page,
            "stage.composed.nodes.filter((i) => { const { x, y } = stage.spot(i);"
            " return x > 0 && y > 0 && x < stage.view.width && y < stage.view.height; }).length",
        )
        named.append(stage(page, "stage.names.length") / inside)
        stage(page, "stage.zoom(1.7)")
    assert named[0] > 0.2 and named[-1] > named[0]
    seen.expect_quiet()


def test_a_click_chooses_shift_adds_and_empty_ground_clears(look: Look) -> None:
    seen = look("/en/explore", height=1000)
    page = seen.page
    page.mouse.click(*place(page, "Madrid"))
    assert selected(page) == {"Madrid"}
    assert "sel=city" in page.url
    expect(page.locator("#details h2").first).to_contain_text("Madrid")
    page.keyboard.down("Shift")
    page.mouse.click(*place(page, "Lisbon"))
    page.keyboard.up("Shift")
    assert selected(page) == {"Madrid", "Lisbon"}
    box = page.locator("#drawing").bounding_box()
    assert box
    page.mouse.click(box["x"] + 6, box["y"] + 6)
    assert selected(page) == set()
    seen.expect_quiet()


def test_a_double_click_expands_and_two_quick_clicks_elsewhere_do_not(look: Look) -> None:
    seen = look("/en/explore", height=1000)
    page = seen.page
    madrid = place(page, "Madrid")
    page.mouse.dblclick(*madrid)
    assert re.match(r"Madrid: \d+ of \d+", page.text_content("#said") or "")
    box = page.locator("#drawing").bounding_box()
    assert box
    page.mouse.click(*place(page, "Madrid"))
    page.mouse.click(box["x"] + 6, box["y"] + 6)
    assert selected(page) == set()
    seen.expect_quiet()


def test_choosing_a_node_shows_each_of_its_links_and_dims_the_rest(look: Look) -> None:
    seen = look("/en/explore", height=1000)
    page = seen.page
    page.mouse.click(*place(page, "Madrid"))
    found = stage(
        page,
        "(() => { const [i] = stage.scene.selected; const { links, nodes, lit } = stage.composed;"
        " const own = [...stage.model.incident(i)].filter((l) => stage.scene.link[l]);"
        " return { own: own.length, drawn: own.filter((l) => links.includes(l)).length, lit: lit.size,"
        " dim: nodes.filter((j) => stage.looks.node(j).alpha < 0.3).length, all: nodes.length }; })()",
    )
    assert found["own"] == found["drawn"] > 3
    assert found["dim"] == found["all"] - found["lit"] > 50
    seen.expect_quiet()


def test_shift_and_drag_chooses_what_is_in_the_box(look: Look) -> None:
    seen = look("/en/explore", height=1000)
    page = seen.page
    x, y = place(page, "Madrid")
    inside = stage(
        page,
        "(() => { const names = stage.model.data.nodes.label.en;"
        " const m = stage.spot(names.indexOf('Madrid'));"
        " return stage.composed.nodes.filter((i) => { const { x, y } = stage.spot(i);"
        " return Math.abs(x - m.x) < 60 && Math.abs(y - m.y) < 45; }).map((i) => names[i]); })()",
    )
    page.keyboard.down("Shift")
    page.mouse.move(x - 60, y - 45)
    page.mouse.down()
    page.mouse.move(x, y, steps=3)
    page.mouse.move(x + 60, y + 45, steps=3)
    page.mouse.up()
    page.keyboard.up("Shift")
    assert selected(page) == set(inside) and len(inside) > 1
    seen.expect_quiet()


def in_the_data(page: Page, name: str) -> list[float]:
    found: list[float] = stage(
        page,
        f"(() => {{ const i = stage.model.data.nodes.label.en.indexOf('{name}');"
        " return [stage.composed.x[i], stage.composed.y[i]]; })()",
    )
    return found


def test_a_node_that_is_dragged_is_pinned_where_it_was_left(look: Look) -> None:
    seen = look("/en/explore", height=1000)
    page = seen.page
    x, y = place(page, "Madrid")
    scale = stage(page, "stage.view.scale")
    before = in_the_data(page, "Madrid")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 40, y + 20, steps=4)
    page.mouse.move(x - 60, y + 30, steps=4)
    page.mouse.up()
    left = pytest.approx([before[0] - 60 / scale, before[1] + 30 / scale], abs=1.5 / scale)
    assert in_the_data(page, "Madrid") == left
    assert "pinned=city" in page.url and selected(page) == set()
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert in_the_data(page, "Madrid") == left
    seen.expect_quiet()


def test_dragging_the_ground_moves_the_drawing_and_the_wheel_zooms(look: Look) -> None:
    seen = look("/en/explore", height=1000)
    page = seen.page
    x, y = place(page, "Madrid")
    box = page.locator("#drawing").bounding_box()
    assert box
    page.mouse.move(box["x"] + 8, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 58, box["y"] + 38, steps=5)
    page.mouse.up()
    page.wait_for_timeout(300)
    assert place(page, "Madrid") == pytest.approx((x + 50, y + 30), abs=2)
    before = stage(page, "stage.camera().ratio")
    page.mouse.wheel(0, -200)
    page.wait_for_timeout(700)
    assert stage(page, "stage.camera().ratio") < before
    assert "cam=" in page.url
    seen.expect_quiet()


def test_the_keyboard_alone_goes_from_city_to_city(look: Look) -> None:
    seen = look("/en/explore", height=1000)
    page = seen.page
    drawing = page.locator("#drawing")
    expect(drawing).to_have_attribute("role", "application")
    expect(drawing).to_have_attribute("aria-label", re.compile("."))
    drawing.focus()
    page.keyboard.press("ArrowRight")
    first = page.text_content("#said")
    assert first and re.search(r", \d+ neighbours?$", first)
    page.keyboard.press("ArrowLeft")
    second = page.text_content("#said")
    assert second != first
    page.keyboard.press("Enter")
    assert selected(page) == {(second or "").rsplit(", ", 1)[0]}
    before = stage(page, "stage.camera().ratio")
    page.keyboard.press("+")
    assert stage(page, "stage.camera().ratio") < before
    page.keyboard.press("f")
    assert stage(page, "stage.camera().ratio") == pytest.approx(before, rel=0.05)  # what is chosen takes room
    page.keyboard.press("e")
    assert "partners are drawn" in (page.text_content("#said") or "")
    seen.expect_quiet()


def test_an_arrow_stands_where_one_side_gives_alone(look: Look) -> None:
    seen = look("/en/explore?layers=exchange", height=1000)
    found = stage(
        seen.page,
        "stage.composed.links.map((l) => ({ forward: stage.scene.forward[l],"
        " backward: stage.scene.backward[l], ...stage.looks.link(l) }))",
    )
    for link in found:
        both = link["forward"] > 0 and link["backward"] > 0
        assert link["head"] == (0 if both else 1 if link["forward"] > 0 else -1)
    by_weight = sorted(found, key=lambda link: link["forward"] + link["backward"])
    assert by_weight[0]["width"] < by_weight[-1]["width"]
    assert [link["width"] for link in by_weight] == sorted(link["width"] for link in found)
    assert {link["head"] for link in found} >= {0, 1}
    seen.expect_quiet()


def test_kinds_have_shapes_and_parallel_links_lanes(look: Look) -> None:
    seen = look("/en/explore", height=1000)
    data = stage(seen.page, "{ kinds: stage.model.data.kinds, kind: stage.model.data.nodes.kind }")
    forms = stage(seen.page, "stage.composed.nodes.map((i) => [i, stage.looks.node(i).form])")
    shape = {"city": 0, "network": 1, "organisation": 2, "agreement": 3}
    assert all(shape[data["kinds"][data["kind"][i]]] == form for i, form in forms)
    assert {form for _, form in forms} == {0, 1, 2, 3}
    lanes: dict[tuple[int, int], list[float]] = {}
    for a, b, lane in stage(
        seen.page,
        "stage.composed.links.map((l) => [stage.model.source[l], stage.model.target[l],"
        " stage.looks.link(l).lane])",
    ):
        lanes.setdefault((a, b), []).append(lane)
    assert any(len(each) > 1 for each in lanes.values())
    assert all(len(set(each)) == len(each) and sum(each) == 0 for each in lanes.values())


def test_the_svg_is_made_of_texts_and_shapes(look: Look) -> None:
    seen = look("/en/explore?sel=city/madrid", height=1000)
    asked = (
        "{ title: 'A & <b>title</b>', date: 'Data as of 22 November 2026',"
        " legend: [{ text: 'City', kind: 'city', colour: 'g0' }] }"
    )
    text = stage(seen.page, f"stage.svg({asked})")
    root = ElementTree.fromstring(text)
    texts = [element.text for element in root.iter(f"{SVG}text")]
    assert {"A & <b>title</b>", "Data as of 22 November 2026", "City", "Madrid"} <= set(texts)
    assert not {element.tag.removeprefix(SVG) for element in root.iter()} - {
        "svg", "title", "path", "circle", "text",
    }  # fmt: skip
    drawn = stage(seen.page, "stage.composed.links.length + stage.composed.nodes.length")
    assert len(list(root.iter(f"{SVG}path"))) >= drawn
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    again = stage(seen.page, f"stage.svg({asked})")
    assert again == text
    seen.expect_quiet()


@pytest.mark.parametrize("dark", [False, True])
def test_the_png_is_what_is_seen_at_twice_the_size(look: Look, dark: bool) -> None:
    seen = look("/en/explore", height=1000)
    encoded = seen.page.evaluate(
        f"""async (dark) => {{
          const blob = await {STAGE}.png({{ title: 'Cities', date: '2026', legend: [], dark }});
          const bytes = new Uint8Array(await blob.arrayBuffer());
          return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
        }}""",
        dark,
    )
    data = base64.b64decode(encoded)
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", data[16:24])
    size = stage(seen.page, "stage.sigma.getDimensions()")
    assert (width, height) == (2 * size["width"], 2 * (size["height"] + 52))
    corner = seen.page.evaluate(
        """async (encoded) => {
          const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
          const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
          const ctx = new OffscreenCanvas(1, 1).getContext('2d');
          ctx.drawImage(image, 0, 0);
          return [...ctx.getImageData(0, 0, 1, 1).data];
        }""",
        encoded,
    )
    assert corner == ([15, 20, 26, 255] if dark else [255, 255, 255, 255])


def test_colours_follow_the_theme(look: Look) -> None:
    seen = look("/en/explore", height=1000)
    page = seen.page
    first = stage(page, "stage.looks.node(stage.composed.nodes[0]).hex")
    page.click("#theme")
    assert stage(page, "stage.looks.node(stage.composed.nodes[0]).hex") != first
    assert "#0f141a" in stage(page, "stage.svg({})")
    assert "#0f141a" not in stage(page, "stage.svg({ dark: false })")
    seen.expect_quiet()


def test_the_drawing_fills_its_room_and_turns_on_an_upright_page(look: Look) -> None:
    seen = look("/en/explore", height=1000)
    page = seen.page
    assert stage(page, "stage.composed.turned") is False
    page.set_viewport_size({"width": 400, "height": 1000})
    page.wait_for_timeout(1000)
    assert stage(page, "stage.composed.turned") is True
    assert stage(page, "stage.view.width") == stage(page, "stage.container.offsetWidth")
    x, y = place(page, "Madrid")
    assert 0 < x < 400 and y > 0
    page.mouse.click(x, y)
    assert selected(page) == {"Madrid"}
    seen.expect_quiet()


def test_without_webgl_the_page_says_so_and_the_tables_stand(look: Look) -> None:
    seen = look("/en/about", fresh=True)
    seen.page.add_init_script(
        "const get = HTMLCanvasElement.prototype.getContext;"
        "HTMLCanvasElement.prototype.getContext = function (kind, ...rest)"
        " { return kind.includes('webgl') ? null : get.call(this, kind, ...rest); };"
    )
    seen.page.goto(seen.site + "/en/explore")
    seen.page.wait_for_selector("html[data-ready]")
    expect(seen.page.locator("#drawing .nodrawing")).to_contain_text("WebGL")
    assert seen.page.locator("#tables tbody tr").count() > 10
    seen.expect_quiet()


@pytest.fixture
def large(look: Look, root: Path) -> Iterator[Seen]:
    """The Explore page over a graph of 3,000 nodes and 9,000 links (invented)."""
    graph = runpy.run_path(str(root / "benchmarks" / "picture_data.py"))["graph"]
    seen = look("/en/about")
    seen.page.route("**/data/graph.json?*", lambda route: route.fulfill(json=graph(3_000, 9_000)))
    unknown: dict[str, list[str]] = {"actions": [], "partners": [], "money": []}  # of what is invented
    seen.page.route("**/data/thing?*", lambda route: route.fulfill(json=unknown))
    seen.page.goto(seen.site + "/en/explore")
    seen.page.wait_for_selector("html[data-ready]", timeout=30_000)
    yield seen


def disc(page: Page, number: int) -> tuple[float, float]:
    """The middle of a community on the page."""
    found = stage(
        page,
        f"(() => {{ const {{ x, y }} = stage.composed.discs.find(({{ c }}) => c === {number});"
        " const { view, container } = stage; const box = container.getBoundingClientRect();"
        " return [box.x + view.x + x * view.scale, box.y + view.y + y * view.scale]; })()",
    )
    return found[0], found[1]


def test_a_large_graph_shows_communities_first_and_opens_them_one_by_one(large: Seen) -> None:
    page = large.page
    first = stage(page, "stage.counts")
    assert first["drawnNodes"] == first["drawnLinks"] == 0
    assert first["inClosed"] == first["nodes"] and first["closed"] > 10
    assert first["links"] == first["bandLinks"] + first["closedLinks"] == 9_000
    assert "9,000 links are inside closed communities or in bands" in page.inner_text("#sentence")
    page.mouse.click(*disc(page, 1))
    page.wait_for_timeout(300)
    opened = stage(page, "stage.counts")
    members = stage(page, "stage.composed.discs.find(({ c }) => c === 1).members")
    assert opened["drawnNodes"] == members and opened["closed"] == first["closed"] - 1
    assert "open=c2" in page.url
    page.go_back()
    assert stage(page, "stage.counts.drawnNodes") == 0
    page.locator("#drawing").focus()
    page.keyboard.press("ArrowRight")
    assert re.fullmatch(r"Community \d+, [\d,]+ members?", page.text_content("#said") or "")
    page.keyboard.press("Enter")
    assert stage(page, "stage.counts.drawnNodes") > 0
    large.expect_quiet()


def test_a_city_of_a_closed_community_brings_its_partners_out(large: Seen) -> None:
    page = large.page
    page.goto(large.site + "/en/explore?sel=city/c7")
    page.wait_for_selector("html[data-ready]", timeout=30_000)
    partners = stage(page, "new Set([...stage.model.incident(7)].map((l) => stage.model.other(l, 7))).size")
    assert stage(page, "stage.counts.drawnNodes") == partners + 1
    drawn = stage(page, "stage.composed.links.filter((l) => [...stage.model.incident(7)].includes(l)).length")
    assert drawn == partners
    large.expect_quiet()


@pytest.mark.parametrize("width, height, then", [(1280, 800, 1280), (390, 780, 390), (1900, 1000, 1280)])
def test_at_first_sight_no_node_covers_another(look: Look, width: int, height: int, then: int) -> None:
    seen = look("/en/explore", width=width, height=height)
    if then != width:
        seen.page.set_viewport_size({"width": then, "height": 800})
        seen.page.wait_for_timeout(500)
    nodes = stage(
        seen.page,
        "stage.composed.nodes.map((i) =>"
        " ({ i, ...stage.spot(i), r: stage.looks.node(i).r * stage.view.swell }))",
    )
    assert len(nodes) > 100
    covering = [
        (a["i"], b["i"])
        for a, b in itertools.combinations(nodes, 2)
        if (a["x"] - b["x"]) ** 2 + (a["y"] - b["y"]) ** 2 < (a["r"] + b["r"]) ** 2
    ]
    assert covering == []
    seen.expect_quiet()


def test_what_joins_communities_is_fainter_until_something_is_selected(look: Look) -> None:
    seen = look("/en/explore")
    links = (
        "stage.composed.links.map((l) => ({ ...stage.looks.link(l), own: stage.composed.own.has(l),"
        " dashed: stage.looks.link(l).dash > 0, between:"
        " stage.composed.communityOf(stage.model.source[l])"
        " !== stage.composed.communityOf(stage.model.target[l]) }))"
    )
    first = [link for link in stage(seen.page, links) if link["dashed"]]
    between = [link for link in first if link["between"]]
    assert len(between) > 20 and max(link["width"] for link in first) <= 1.4
    assert max(link["alpha"] for link in between) < 0.5
    seen.page.locator("#drawing").focus()
    seen.page.keyboard.press("ArrowRight")
    seen.page.keyboard.press("Enter")
    own = [link for link in stage(seen.page, links) if link["own"]]
    assert min(link["alpha"] for link in own) > 0.6
    seen.expect_quiet()
