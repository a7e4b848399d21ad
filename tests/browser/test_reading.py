"""What the page owes its readers: readable tables, kept focus, tips that go away, names of what matters."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest

from coopgraph.views import show, write_network_html
from tests.browser.conftest import Open
from tests.views.conftest import LIST, SmallRelease

pytestmark = pytest.mark.browser

SCRIPTS = Path(__file__).parent / "scripts"
FOCUSED = "document.activeElement"
WRITTEN = """(() => { const own = CanvasRenderingContext2D.prototype.fillText; window.written = [];
CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
  window.written.push(text); return own.call(this, text, ...rest); }; })()"""


@pytest.fixture
def release_page(small: SmallRelease, tmp_path: Path) -> Path:
    return show(small).write(tmp_path / "page.html")


@pytest.mark.parametrize("lang", ["en", "es", "pt"])
@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_no_word_of_the_table_is_broken(see: Open, release_page: Path, width: int, lang: str) -> None:
    seen = see(release_page, width=width)
    seen.page.click(f"[data-lang={lang}]")
    broken = seen.page.evaluate(
        """() => [...document.querySelectorAll("#rows th, #rows td")].filter((cell) => {
          const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
          const range = document.createRange();
          while (walk.nextNode()) for (const word of walk.currentNode.data.matchAll(/\\S+/g)) {
            range.setStart(walk.currentNode, word.index);
            range.setEnd(walk.currentNode, word.index + word[0].length);
            if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) return true;
          } return false; }).map((cell) => cell.innerText)"""
    )
    assert broken == []
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_names_stay_in_sight_when_the_table_is_scrolled(see: Open, release_page: Path) -> None:
    seen = see(release_page, width=390)
    left = "document.querySelector('#rows tbody th').getBoundingClientRect().left"
    before = seen.page.evaluate(left)
    seen.page.evaluate("document.querySelector('.scroll').scrollLeft = 200")
    assert seen.page.evaluate("document.querySelector('.scroll').scrollLeft") == 200
    assert seen.page.evaluate(left) == before


def test_focus_stays_on_what_was_switched(see: Open, release_page: Path) -> None:
    seen = see(release_page)
    seen.page.focus("[data-switch='0m']")
    seen.page.keyboard.press("Space")
    assert seen.page.evaluate(f"{FOCUSED}.dataset.switch") == "0m"
    assert seen.page.locator("#said").inner_text().startswith("Both give and receive hidden; ")
    seen.page.keyboard.press("Space")
    assert seen.page.locator("#said").inner_text().startswith("Both give and receive shown; ")
    seen.page.focus("[data-group='0']")
    seen.page.keyboard.press("Enter")
    assert seen.page.evaluate(f"{FOCUSED}.dataset.group") == "0"
    assert "picked out" in seen.page.locator("#said").inner_text()


def test_focus_stays_in_the_panel(see: Open, release_page: Path) -> None:
    seen = see(release_page)
    seen.page.locator("#rows tbody button", has_text="Madrid").focus()
    seen.page.keyboard.press("Enter")
    seen.page.locator(".partner > button").first.focus()
    seen.page.keyboard.press("Enter")
    assert seen.page.evaluate(f"{FOCUSED}.tagName") == "H3"
    assert seen.page.locator("#details h3").inner_text() != "Madrid"
    seen.page.locator(".back").first.focus()
    seen.page.keyboard.press("Enter")
    assert seen.page.evaluate(f"{FOCUSED}.id") == "legend"


def test_show_all_leaves_the_focus_in_the_panel(see: Open, release_page: Path) -> None:
    seen = see(release_page)
    seen.page.click("[data-switch='0m']")
    seen.page.locator("#legend h2 button").focus()
    seen.page.keyboard.press("Enter")
    assert seen.page.evaluate(f"{FOCUSED}.id") == "legend"


def test_opened_evidence_stays_open_in_another_theme(see: Open, release_page: Path) -> None:
    seen = see(release_page)
    seen.page.locator("#rows tbody button", has_text="Madrid").click()
    seen.page.locator(".partner summary").first.click()
    seen.page.click("#theme")
    assert seen.page.locator(".partner details[open]").count() == 1


@pytest.fixture
def tipped(see: Open, tmp_path: Path) -> Open:
    """Open a page and point at its one node without a link, so that its tip shows."""
    G: nx.DiGraph[str] = nx.DiGraph()
    G.add_node("Ushuaia")
    path = write_network_html(G, tmp_path / "one.html")

    def point() -> object:
        seen = see(path)
        seen.page.locator("#search").fill("Ushuaia")
        seen.page.keyboard.press("Enter")
        box = seen.page.locator("#graph").bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        seen.page.mouse.move(x - 60, y - 60)
        seen.page.mouse.move(x, y, steps=4)
        seen.page.wait_for_selector("#tip:not([hidden])")
        return seen

    return point  # type: ignore[return-value]  # a page opened without arguments


@pytest.mark.parametrize("key", ["Escape", "+", "ArrowLeft", "0"])
def test_a_tip_goes_away_at_a_key(tipped: Open, key: str) -> None:
    seen = tipped()
    seen.page.keyboard.press(key)
    assert seen.page.locator("#tip").is_hidden()
    assert seen.page.locator("#details h3").inner_text() == "Ushuaia"  # Escape takes the tip first


def test_a_tip_goes_away_with_the_pointer_and_with_the_language(tipped: Open) -> None:
    seen = tipped()
    seen.page.evaluate("document.querySelector('[data-lang=es]').click()")
    assert seen.page.locator("#tip").is_hidden()
    seen = tipped()
    seen.page.mouse.move(1200, 30)
    seen.page.wait_for_selector("#tip", state="hidden")


def test_a_tip_can_be_pointed_at(tipped: Open) -> None:
    seen = tipped()
    box = seen.page.locator("#tip").bounding_box()
    assert box
    seen.page.mouse.move(box["x"] + 10, box["y"] + 10, steps=3)
    seen.page.wait_for_timeout(500)
    assert seen.page.locator("#tip").is_visible()


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1920, 1080)])
def test_what_the_legend_names_is_named_in_the_drawing(
    see: Open, tmp_path: Path, width: int, height: int
) -> None:
    """Twelve dense communities of forty: the legend's three of the first eight, and the first of all."""
    G = nx.relabel_nodes(
        nx.random_partition_graph([40] * 12, 0.6, 0.002, seed=3, directed=True), "City {}".format
    )
    seen = see(write_network_html(G, tmp_path / "page.html"), width=width, height=height)
    seen.page.evaluate(WRITTEN)
    seen.page.click("#theme")
    seen.page.wait_for_timeout(300)
    written = set(seen.page.evaluate("window.written"))
    called = [row.split(", ") for row in seen.page.locator(".groups .what").all_inner_texts()]
    assert {name for names in called[:8] for name in names} <= written
    assert seen.page.locator("#rows tbody th").first.inner_text() in written


def test_what_is_chosen_is_named(see: Open, tmp_path: Path) -> None:
    G = nx.relabel_nodes(nx.complete_graph(70, create_using=nx.DiGraph), "A city with a long name {}".format)
    seen = see(write_network_html(G, tmp_path / "page.html"))
    seen.page.evaluate(WRITTEN)
    for i in range(0, 70, 7):
        seen.page.evaluate("window.written.length = 0")
        seen.page.locator("#rows tbody button").nth(i).evaluate("(button) => button.click()")
        seen.page.wait_for_timeout(60)
        name = seen.page.locator("#details h3").inner_text()
        assert f"{name[:25]}…" in seen.page.evaluate("window.written") or name in seen.page.evaluate(
            "window.written"
        )


def test_evidence_names_its_source_in_full_and_how_sure_it_is(
    see: Open, small: SmallRelease, tmp_path: Path
) -> None:
    title, publisher = (
        "A report on the exchange of cities with a rather long title",
        "The council (as read in print)",
    )
    small.rows["sources"][0] |= {"title": title, "publisher": publisher}
    small.certain = LIST
    for row in small.rows["agreements"]:
        row["certainty"] = ["https://w3id.org/coopgraph/concept/certainty/derived"]
    small.names.append(
        {
            "thing": "https://w3id.org/coopgraph/id/agreement/twins",
            "class": "",
            "name": "Twins",
            "lang": "en",
            "acronym": None,
        }
    )
    seen = see(show(small).write(tmp_path / "page.html"))
    seen.page.locator("#rows tbody button", has_text="Lisboa").click()
    seen.page.locator(".partner summary").first.click()
    proof = seen.page.locator(".proof").first
    assert f"{title}, {publisher}" in proof.inner_text()
    assert "1982-10-12 derived" in " ".join(proof.inner_text().split())
    seen.page.click("[data-lang=es]")
    assert "derivado" in proof.inner_text()
    assert proof.locator("span[lang=en]").inner_text() == "Twins"


def test_texts_in_another_language_say_so(see: Open, release_page: Path) -> None:
    seen = see(release_page)
    assert seen.page.locator("#title").get_attribute("lang") is None
    seen.page.click("[data-lang=pt]")
    assert seen.page.locator("#title").get_attribute("lang") == "en"
    assert seen.page.locator("head title").get_attribute("lang") == "en"
    seen.page.click("[data-lang=en]")
    assert seen.page.locator("#title").get_attribute("lang") is None


def test_the_legend_counts_what_the_header_counts(see: Open, small: SmallRelease, tmp_path: Path) -> None:
    small.rows["memberships"][0]["network"] = "https://w3id.org/coopgraph/id/network/other"
    seen = see(show(small).write(tmp_path / "page.html"))
    assert "1 network " in seen.page.locator("#counts").inner_text()
    assert "1 of 2" in seen.page.get_by_role("checkbox", name="Network").inner_text()
    seen.page.get_by_role("checkbox", name="Membership").click()
    assert "of" not in seen.page.get_by_role("checkbox", name="Network").inner_text()


def test_one_result_is_counted_as_one(see: Open, release_page: Path) -> None:
    seen = see(release_page)
    for lang, said in (("es", "1 encontrado"), ("pt", "1 encontrado"), ("en", "1 found")):
        seen.page.click(f"[data-lang={lang}]")
        seen.page.locator("#search").fill("Quito")
        assert seen.page.locator("#said").inner_text() == said


def test_rows_are_large_enough_to_hit(see: Open, release_page: Path) -> None:
    seen = see(release_page)
    heights = seen.page.evaluate("[...document.querySelectorAll('.row')].map((row) => row.offsetHeight)")
    assert min(heights) >= 24


def test_nearer_nodes_swell_less_than_the_drawing(see: Open, release_page: Path) -> None:
    """At four times the scale a node is not four times as wide: its ink covers less of the canvas."""
    seen = see(release_page)
    drawn = """() => { window.widest = 0; const own = CanvasRenderingContext2D.prototype.arc;
    CanvasRenderingContext2D.prototype.arc = function (x, y, r, ...rest) {
      window.widest = Math.max(window.widest, r * this.getTransform().a);
      return own.call(this, x, y, r, ...rest); }; }"""
    seen.page.evaluate("document.querySelector('#rows tbody button').click()")
    seen.page.evaluate("document.querySelector('.back').click()")
    seen.page.click("#fit")
    seen.page.evaluate(drawn)
    seen.page.click("#theme")
    seen.page.wait_for_timeout(150)
    before = seen.page.evaluate("window.widest")
    for _ in range(3):
        seen.page.click("#closer")
    seen.page.evaluate("window.widest = 0")
    seen.page.click("#theme")
    seen.page.wait_for_timeout(150)
    assert (
        0 < seen.page.evaluate("window.widest") < 2.3 * before
    )  # the scale is 1.4 ** 3 = 2.7 times what it was


def test_the_ring_of_focus_ends_where_the_graph_does(see: Open, release_page: Path) -> None:
    seen = see(release_page, width=390)
    foot = seen.page.evaluate("getComputedStyle(document.querySelector('.stage'), '::after').bottom")
    graph = seen.page.evaluate("getComputedStyle(document.querySelector('#graph')).bottom")
    seen.page.locator("#graph").focus()
    seen.page.keyboard.press("ArrowLeft")
    foot = seen.page.evaluate("getComputedStyle(document.querySelector('.stage'), '::after').bottom")
    assert foot == graph == "58px"


@pytest.mark.parametrize("width", [1280, 390])
def test_names_cover_neither_names_nor_discs(see: Open, tmp_path: Path, width: int) -> None:
    G = nx.gnm_random_graph(150, 260, seed=7, directed=True)
    nx.relabel_nodes(G, {i: f"Ciudad número {i}" for i in range(150)}, copy=False)
    seen = see(write_network_html(G, tmp_path / "many.html"), width=width)
    seen.page.evaluate((SCRIPTS / "frame.js").read_text("utf-8"))
    seen.page.click("#theme")  # draws anew
    seen.page.wait_for_timeout(300)
    drawn = seen.page.evaluate((SCRIPTS / "covered.js").read_text("utf-8"))
    assert drawn["texts"] > (4 if width < 800 else 15)
    assert drawn["discs"] >= 100
    assert drawn["found"] == []
