"""The map: what is on it and what is not, moving it, choosing on it, and taking it away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.web.conftest import Look

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]
STAGE = "document.getElementById('drawing').stage"


def unplaced(graph: dict[str, Any]) -> list[str]:
    """The nodes that pass at first sight and have no coordinates, read from the graph itself."""
    nodes, links = graph["nodes"], graph["links"]
    shown = {place for place, layer in enumerate(graph["layers"]) if layer["shown"]}
    ends = {
        end
        for source, target, layer in zip(links["source"], links["target"], links["layer"], strict=True)
        if layer in shown
        for end in (source, target)
    }
    return [nodes["label"]["en"][i] for i in sorted(ends) if nodes["lat"][i] is None]


def test_what_has_no_place_is_counted_and_listed(look: Look, site: str) -> None:
    seen = look("/en/map")
    missing = unplaced(httpx.get(f"{site}/data/graph.json", timeout=60).json())
    assert len(missing) >= 10
    assert seen.page.locator("#off-map").inner_text() == f"{len(missing)} are not on the map"
    listed = seen.page.locator("#unplaced-list").inner_text()
    assert [name for name in missing if name not in listed] == []
    assert "Boundaries: Natural Earth" in seen.page.locator(".credit").inner_text()
    seen.expect_quiet()


def test_the_address_holds_where_the_map_was_moved(look: Look) -> None:
    seen = look("/en/map")
    page = seen.page
    page.locator("#drawing").hover()
    page.mouse.wheel(0, -600)
    page.wait_for_function("() => location.search.includes('cam=')")
    there = page.url
    page.keyboard.press("f")
    page.wait_for_function("() => !location.search.includes('cam=')")
    again = look(there.removeprefix(seen.site))
    assert again.page.url == there
    seen.expect_quiet()
    again.expect_quiet()


def test_the_help_lists_only_what_works_here(look: Look) -> None:
    keys = {}
    for name in ("map", "explore"):
        seen = look(f"/en/{name}?sel=city/madrid")
        acts = seen.page.locator("#details .acts button").evaluate_all(
            "all => all.map((one) => one.dataset.act)"
        )
        assert ("pin" in acts, "expand" in acts) == (name == "explore",) * 2
        seen.page.keyboard.press("?")
        keys[name] = seen.page.locator("dialog.help dt").all_inner_texts()
        seen.expect_quiet()
    assert set(keys["explore"]) - set(keys["map"]) == {"e", "p"} and {"f", "h", "z", "?"} < set(keys["map"])


def test_a_city_is_chosen_by_keyboard(look: Look, site: str) -> None:
    nodes = httpx.get(f"{site}/data/graph.json", timeout=60).json()["nodes"]
    names = dict(zip((iri.partition("/id/")[2] for iri in nodes["iri"]), nodes["label"]["en"], strict=True))
    seen = look("/en/map?countries=ES&only=1")
    page = seen.page
    page.locator("#drawing").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.search.includes('sel=city')")
    slug = page.evaluate("new URLSearchParams(location.search).get('sel')")
    assert page.locator("#details h2").inner_text() == names[slug]
    page.keyboard.press("Escape")
    assert page.locator("#details").is_hidden()
    seen.expect_quiet()


def test_explore_shows_what_the_map_shows(look: Look) -> None:
    seen = look("/es/map?countries=ES&sel=city/madrid&cam=10,20,0.4")
    page = seen.page
    said = page.locator("#sentence").inner_text()
    page.click('.tabs a[data-page="explore"]')
    page.wait_for_selector("html[data-ready]")
    assert "countries=ES" in page.url and "cam=10" not in page.url
    assert page.locator("#sentence").inner_text() == said
    page.click('.tabs a[data-page="map"]')
    page.wait_for_selector("html[data-ready]")
    assert "/es/map?" in page.url and "sel=city%2Fmadrid" in page.url
    seen.expect_quiet()


def test_pictures_are_handed_over(look: Look, tmp_path: Path) -> None:
    seen = look("/en/map", theme="dark")
    page = seen.page
    for kind in ("svg", "png"):
        page.click("#download summary")
        with page.expect_download() as given:
            page.click(f"[data-picture={kind}]")
        assert given.value.suggested_filename == f"coopgraph-map.{kind}"
        given.value.save_as(tmp_path / given.value.suggested_filename)
    drawing = (tmp_path / "coopgraph-map.svg").read_text("utf-8")
    assert "Natural Earth" in drawing and "NaN" not in drawing and "São Paulo" in drawing
    assert (tmp_path / "coopgraph-map.png").read_bytes().startswith(b"\x89PNG")
    seen.expect_quiet()


def test_search_brings_a_city_near_and_a_click_chooses_it(look: Look) -> None:
    seen = look("/pt/map")
    page = seen.page
    page.fill("#search", "bogota")
    page.click("#found li")
    page.wait_for_function("() => location.search.includes('cam=')")
    assert page.locator("#details h2").inner_text() == "Bogotá"
    page.keyboard.press("Escape")
    page.locator("#details").wait_for(state="hidden")
    page.locator("#drawing").click()  # in the middle, where the city was brought
    assert page.locator("#details h2").inner_text() == "Bogotá"
    seen.expect_quiet()


@pytest.mark.parametrize("width, height", [(1280, 800), (390, 780)])
def test_no_city_is_under_the_foot_note_or_the_buttons(look: Look, width: int, height: int) -> None:
    seen = look("/en/map", width=width, height=height)
    seen.page.locator("#off-map").wait_for()
    boxes = [seen.page.locator(one).bounding_box() for one in ("#drawing", ".credit", ".zoom")]
    room, *covers = [box for box in boxes if box]
    assert len(covers) == 2
    cities = seen.page.evaluate(f"{STAGE}.composed.nodes.map((i) => {STAGE}.spot(i))")
    assert len(cities) > 80
    for city in cities:
        x, y = room["x"] + city["x"], room["y"] + city["y"]
        assert 8 < city["x"] < room["width"] - 8 and 8 < city["y"] < room["height"] - 8
        for cover in covers:
            beside = not cover["x"] < x < cover["x"] + cover["width"]
            assert beside or not cover["y"] < y < cover["y"] + cover["height"]
    seen.expect_quiet()


def test_pointing_at_a_city_brings_its_arcs_out_and_leaving_it_puts_them_back(look: Look) -> None:
    seen = look("/en/map")
    faded = "() => Number(getComputedStyle(document.querySelector('.map .below')).opacity)"
    place = f"{STAGE}.composed.nodes.find((i) => {STAGE}.model.name(i) === 'Guadalajara')"
    seen.page.locator("#drawing").hover(position=seen.page.evaluate(f"{STAGE}.spot({place})"))
    seen.page.wait_for_function(f"() => ({faded})() < 0.3")
    seen.page.mouse.move(2, 2)
    seen.page.wait_for_function(f"() => ({faded})() === 1")
    seen.expect_quiet()
