"""The page in a real browser: it works, asks nobody for anything, and hostile texts stay texts."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest

from coopgraph.views import show, write_network_html
from tests.browser.conftest import Open, Seen
from tests.views.conftest import SmallRelease
from tests.views.hostile import HOSTILE

pytestmark = pytest.mark.browser

CITIES = {
    "madrid": ("Madrid", "ES"),
    "bogota": ("Bogotá", "CO"),
    "quito": ("Quito", "EC"),
    "sao-paulo": ("São Paulo", "BR"),
    "lima": ("Lima", "PE"),
    "alone": ("Ushuaia", "AR"),
}


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    G: nx.DiGraph[str] = nx.DiGraph()
    for key, (label, country) in CITIES.items():
        G.add_node(key, labels={"en": label, "pt": f"{label} (pt)"}, country=country, kind="city")
    address = "https://example.org/report"
    for one, other in (
        ("madrid", "bogota"),
        ("bogota", "madrid"),
        ("madrid", "quito"),
        ("sao-paulo", "lima"),
    ):
        G.add_edge(one, other, weight=1.5, evidence=[f"{one} visits {other}"], url=address)
    place = tmp_path_factory.mktemp("page") / "page.html"
    return write_network_html(G, place, title={"en": "Six cities", "es": "Seis ciudades"}, now="2026-11-22")


def canvas_point(seen: Seen, label: str) -> tuple[float, float]:
    """Choose a node by its name and return where it is: a node without partners is put in the middle."""
    seen.page.locator("#search").fill(label)
    seen.page.keyboard.press("Enter")
    box = seen.page.locator("#graph").bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_quiet_complete_and_never_too_wide(see: Open, page_file: Path, width: int, theme: str) -> None:
    seen = see(page_file, width=width, theme=theme)
    seen.expect_quiet()
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    assert seen.page.locator("#rows tbody tr").count() == len(CITIES)
    assert seen.page.locator("#counts").inner_text().startswith("6 cities")
    assert seen.page.evaluate("document.documentElement.dataset.theme") == theme


def test_something_is_drawn(see: Open, page_file: Path) -> None:
    seen = see(page_file)
    colours = seen.page.evaluate(
        """() => { const c = document.querySelector("#graph canvas");
        const d = c.getContext("2d").getImageData(0, 0, c.width, c.height).data;
        const found = new Set();
        for (let i = 0; i < d.length; i += 4) found.add(`${d[i]},${d[i + 1]},${d[i + 2]}`);
        return found.size; }"""
    )
    assert colours > 20


def test_search_ignores_accents_and_works_by_keyboard(see: Open, page_file: Path) -> None:
    seen = see(page_file)
    seen.page.keyboard.press("/")
    seen.page.keyboard.type("SAO")
    assert seen.page.locator("#found li").all_inner_texts() == ["São Paulo\nBrazil"]
    seen.page.keyboard.press("Enter")
    assert seen.page.locator("#details h3").inner_text() == "São Paulo"
    assert seen.page.locator("#said").inner_text() == "São Paulo: 1 link"
    seen.page.keyboard.press("Escape")
    assert seen.page.locator("#legend").is_visible()
    seen.expect_quiet()


def test_arrows_move_through_what_was_found(see: Open, page_file: Path) -> None:
    seen = see(page_file)
    seen.page.locator("#search").fill("i")
    first = seen.page.locator("#found li[aria-selected=true]").inner_text()
    seen.page.keyboard.press("ArrowDown")
    assert seen.page.locator("#found li[aria-selected=true]").inner_text() != first
    seen.page.keyboard.press("Escape")
    assert seen.page.locator("#found").is_hidden()
    seen.page.locator("#search").fill("zzz")
    assert seen.page.locator("#found").inner_text() == "Nothing found"


def test_every_language_translates_page_and_names(see: Open, page_file: Path) -> None:
    seen = see(page_file)
    seen.page.click("[data-lang=es]")
    assert seen.page.title() == "Seis ciudades"
    assert seen.page.locator("h2#table").inner_text() == "Todos los nodos en una tabla"
    assert seen.page.evaluate("document.documentElement.lang") == "es"
    seen.page.click("[data-lang=pt]")
    assert "Quito (pt)" in seen.page.locator("#rows tbody").inner_text()
    assert "Espanha" in seen.page.locator("#rows tbody").inner_text()
    assert seen.page.locator("[data-lang=pt]").get_attribute("aria-pressed") == "true"


def test_evidence_leads_to_its_source(see: Open, page_file: Path) -> None:
    seen = see(page_file)
    canvas_point(seen, "Madrid")
    seen.page.locator(".partner summary").first.click()
    link = seen.page.locator(".partner a").first
    assert link.get_attribute("href") == "https://example.org/report"
    assert "noopener" in (link.get_attribute("rel") or "")
    assert "visits" in seen.page.locator(".proof").first.inner_text()
    seen.expect_quiet()


def test_pointing_at_a_node_shows_its_name(see: Open, page_file: Path) -> None:
    seen = see(page_file)
    x, y = canvas_point(seen, "Ushuaia")
    seen.page.mouse.move(x - 40, y - 40)
    seen.page.mouse.move(x, y, steps=4)
    seen.page.wait_for_selector("#tip:not([hidden])")
    assert "Ushuaia" in seen.page.locator("#tip").inner_text()


def test_clicking_a_node_chooses_it_and_beside_it_clears(see: Open, page_file: Path) -> None:
    seen = see(page_file)
    x, y = canvas_point(seen, "Ushuaia")
    seen.page.keyboard.press("Escape")
    assert seen.page.locator("#details").is_hidden()
    seen.page.mouse.click(x, y)
    seen.page.wait_for_selector("#details:not([hidden])")
    assert seen.page.locator("#details h3").inner_text() == "Ushuaia"
    seen.page.mouse.click(x, y + 200)  # it is in the lowest row: nothing is below
    seen.page.wait_for_selector("#legend:not([hidden])")


def test_the_graph_is_worked_by_keyboard(see: Open, page_file: Path) -> None:
    seen = see(page_file)
    seen.page.locator("#graph").focus()
    seen.page.keyboard.press("n")
    first = seen.page.locator("#details h3").inner_text()
    seen.page.keyboard.press("n")
    assert seen.page.locator("#details h3").inner_text() != first
    seen.page.keyboard.press("p")
    assert seen.page.locator("#details h3").inner_text() == first
    for key in ("+", "-", "ArrowLeft", "ArrowUp", "0", "Escape"):
        seen.page.keyboard.press(key)
    assert seen.page.locator("#legend").is_visible()
    seen.expect_quiet()


def test_every_control_is_reached_by_tab_and_has_a_name(see: Open, page_file: Path) -> None:
    seen = see(page_file)
    nameless = seen.page.evaluate(
        """() => [...document.querySelectorAll("button, input, a, [tabindex='0']")]
        .filter((e) => e.checkVisibility() && !e.textContent.trim())
        .filter((e) => !e.getAttribute("aria-label") && !e.getAttribute("aria-labelledby"))
        .map((e) => e.outerHTML)"""
    )
    assert nameless == []
    reached = set()
    for _ in range(60):
        seen.page.keyboard.press("Tab")
        reached.add(
            seen.page.evaluate("document.activeElement.id || document.activeElement.dataset.lang || ''")
        )
    assert {"search", "en", "theme", "graph", "closer", "fit"} <= reached


def test_a_layer_is_switched_off_and_all_shown_again(see: Open, page_file: Path) -> None:
    seen = see(page_file)
    assert "3 links" in seen.page.locator("#counts").inner_text()
    seen.page.click("[data-switch='0o']")
    assert "1 link " in seen.page.locator("#counts").inner_text()
    assert seen.page.locator("[data-switch='0o']").get_attribute("aria-checked") == "false"
    seen.page.get_by_role("button", name="Show all").last.click()
    assert "3 links" in seen.page.locator("#counts").inner_text()


def test_the_table_sorts_and_chooses(see: Open, page_file: Path) -> None:
    seen = see(page_file)
    seen.page.click("[data-column=name]")
    names = seen.page.locator("#rows tbody th").all_inner_texts()
    assert names == ["Bogotá", "Lima", "Madrid", "Quito", "São Paulo", "Ushuaia"]
    seen.page.click("[data-column=name]")
    assert seen.page.locator("#rows tbody th").all_inner_texts() == names[::-1]
    assert seen.page.locator("th[aria-sort=descending]").count() == 1
    seen.page.get_by_role("button", name="Quito").last.click()
    assert seen.page.locator("#details h3").inner_text() == "Quito"


def test_the_theme_is_switched(see: Open, page_file: Path) -> None:
    seen = see(page_file)
    before = seen.page.evaluate("getComputedStyle(document.body).color")
    seen.page.click("#theme")
    assert seen.page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert seen.page.evaluate("getComputedStyle(document.body).color") != before
    seen.expect_quiet()


def test_paper_is_white_whatever_the_screen_is(see: Open, page_file: Path) -> None:
    seen = see(page_file, theme="dark")
    theme = "document.documentElement.dataset.theme"
    seen.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert seen.page.evaluate(theme) == "light"
    seen.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert seen.page.evaluate(theme) == "dark"


def test_the_page_scrolls_until_the_graph_is_clicked(see: Open, page_file: Path) -> None:
    seen = see(page_file, height=600)
    box = seen.page.locator("#graph").bounding_box()
    assert box
    seen.page.mouse.move(box["x"] + 30, box["y"] + 30)
    seen.page.mouse.wheel(0, 400)
    seen.page.wait_for_timeout(300)
    assert seen.page.evaluate("window.scrollY") > 0


def test_hostile_texts_stay_texts(see: Open, tmp_path: Path) -> None:
    G: nx.DiGraph[str] = nx.DiGraph()
    for i, text in enumerate(HOSTILE):
        G.add_node(f"{i} {text}", label=text, country=text, url=text, note=text)
        G.add_edge("0 " + HOSTILE[0], f"{i} {text}", kind=text, evidence=text, url=text)
    path = write_network_html(G, tmp_path / "page.html", title=HOSTILE[1], licence=HOSTILE[3], now=HOSTILE[4])
    seen = see(path)
    seen.page.locator("#graph").focus()
    for _ in range(len(HOSTILE) + 1):
        seen.page.keyboard.press("n")
    seen.page.locator("#search").fill("script")
    for lang in ("es", "pt", "en"):
        seen.page.click(f"[data-lang={lang}]")
    x, y = canvas_point(seen, "img src")
    for step in range(-60, 60, 6):
        seen.page.mouse.move(x + step, y + step)
    assert seen.page.evaluate("window.hurt") is None
    assert seen.page.locator("img, iframe, object").count() == 0
    seen.expect_quiet()


def test_the_policy_stops_a_script_that_is_not_ours(see: Open, page_file: Path, tmp_path: Path) -> None:
    """The second wall: even if a text did become an element, it would not run."""
    broken = tmp_path / "broken.html"
    text = page_file.read_text("utf-8")
    broken.write_text(text.replace("<main>", "<main><script>window.hurt = 1</script>"), "utf-8")
    seen = see(broken)
    assert seen.page.evaluate("window.hurt") is None
    assert any("Content Security Policy" in complaint for complaint in seen.complaints)


def test_more_nodes_than_drawn_are_admitted(see: Open, tmp_path: Path) -> None:
    G = nx.DiGraph([("hub", f"leaf {i}") for i in range(40)])
    seen = see(write_network_html(G, tmp_path / "page.html", top=10))
    assert "10 of 41" in seen.page.locator("#counts").inner_text()
    assert "10 most important of 41" in seen.page.locator("#caveat").inner_text()
    assert seen.page.locator("#rows tbody tr").count() == 10


def test_an_empty_graph_is_no_error(see: Open, tmp_path: Path) -> None:
    see(write_network_html(nx.DiGraph(), tmp_path / "page.html")).expect_quiet()


def test_a_release_shows_its_layers_and_hides_memberships_at_first(
    see: Open, small: SmallRelease, tmp_path: Path
) -> None:
    seen = see(show(small).write(tmp_path / "page.html"))
    assert "5 cities" in seen.page.locator("#counts").inner_text()
    switch = seen.page.get_by_role("checkbox", name="Membership")
    assert switch.get_attribute("aria-checked") == "false"
    before = seen.page.locator("#counts").inner_text()
    switch.click()
    assert seen.page.locator("#counts").inner_text() != before
    assert "1 of 5 participations" in seen.page.locator("#caveat").inner_text()
    seen.expect_quiet()


def test_two_thousand_nodes_are_there_within_seconds(see: Open, tmp_path: Path) -> None:
    G = nx.relabel_nodes(nx.random_partition_graph([80] * 25, 0.12, 0.0006, seed=1, directed=True), str)
    seen = see(write_network_html(G, tmp_path / "page.html", top=2000))
    assert seen.page.locator("#rows tbody tr").count() == 2000
    drawn_in = seen.page.evaluate("performance.now()")
    assert drawn_in < 20_000  # measured 2 to 3 s; this only catches a change of order
    seen.expect_quiet()
