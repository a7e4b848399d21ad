"""What every page does: nobody else is asked, nothing goes wrong, all can read it, no text becomes code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from coopgraph.namespaces import BASE
from tests.web.conftest import Look, serving
from tests.web.hostile_site import hostile_workspace

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

QUITO, UCCI = f"{BASE}id/city/quito", f"{BASE}id/network/ucci"
PAGES = {
    "explore": "explore",
    "map": "map",
    "timeline": "timeline",
    "measures": "measures",
    "sdgs": "sdgs",
    "money": "money",
    "secretariat": "secretariat",
    "answer": "secretariat/money",
    "yearbook": "secretariat/yearbook",
    "ask": "ask",
    "question": "ask/cq-021-agreements-of-city",
    "query": "query",
    "ontology": "ontology",
    "city": f"city?iri={QUITO}",
    "network": f"network?iri={UCCI}",
    "thing": f"thing?iri={BASE}id/organisation/segib",
    "about": "about",
}
BROKEN = re.compile(r"\bundefined\b|\bNaN\b|\[object |\bNone\b|\bnull\b|\{[a-z_]+\}")
every_page = pytest.mark.parametrize("path", PAGES.values(), ids=list(PAGES))


@every_page
@pytest.mark.parametrize(
    ("lang", "theme"), [("en", "light"), ("en", "dark"), ("es", "light"), ("pt", "light")]
)
def test_a_page_is_whole_and_has_no_barrier(look: Look, axe: str, path: str, lang: str, theme: str) -> None:
    seen = look(f"/{lang}/{path}", theme=theme)
    page = seen.page
    page.wait_for_load_state("networkidle")
    assert page.locator("html").get_attribute("lang") == lang
    assert page.title().strip(" ·")
    assert BROKEN.findall(page.inner_text("body")) == []
    if lang == "en":
        assert barriers(page, axe) == []
    seen.expect_quiet()


@every_page
def test_a_phone_does_not_scroll_sideways(look: Look, path: str) -> None:
    seen = look(f"/es/{path}", width=390, height=780)
    seen.page.wait_for_load_state("networkidle")
    assert seen.page.evaluate("document.scrollingElement.scrollWidth") <= 390
    seen.expect_quiet()


@every_page
def test_the_keyboard_reaches_the_foot(look: Look, path: str) -> None:
    """Tab goes on and on, and what it stands on can be seen."""
    page = look(f"/en/{path}").page
    page.wait_for_load_state("networkidle")
    page.evaluate(FOLLOWED)
    for _ in range(4000 // AT_ONCE):
        for _ in range(AT_ONCE):
            page.keyboard.press("Tab")
        if page.evaluate("foot"):
            break
    else:
        pytest.fail(f"caught at {page.evaluate('met')[-1]}")
    met = page.evaluate("met")
    assert len(met) > 5
    assert [place for place in met if not place["seen"]] == []


AT_ONCE = 20
FOLLOWED = """() => {
  Object.assign(window, {met: [], foot: false});
  const note = () => {
    const at = document.activeElement, box = at.getBoundingClientRect();
    foot ||= !!at.closest('footer');
    const seen = box.width > 0 && box.height > 0;
    if (!foot) met.push({what: at.outerHTML.slice(0, 120), seen});
  };
  document.addEventListener('keyup', (event) => event.key === 'Tab' && note(), true);
}"""


@every_page
def test_hostile_texts_stay_texts(look: Look, hostile_site: str, path: str) -> None:
    for lang in ("en", "pt"):
        seen = look(f"/{lang}/{path}", at=hostile_site)
        seen.page.wait_for_load_state("networkidle")
        assert seen.page.evaluate("window.hurt") is None
        assert set(seen.page.evaluate(PROTOCOLS)) <= {"http:", "https:", "blob:"}
        seen.expect_quiet()


PROTOCOLS = """[...document.querySelectorAll('a[href]')].map(
  (a) => new URL(a.href.baseVal ?? a.href, location).protocol)"""  # a link in an SVG says it otherwise


@pytest.mark.parametrize("name", ["lang", "iri", "q", "sel", "query", "name", "sort", "city", "release"])
@every_page
def test_a_hostile_address_stays_text(look: Look, site: str, path: str, name: str) -> None:
    from urllib.parse import quote

    import httpx

    text = "\"'><script>window.hurt=1</script>{{1234*5678}}"
    joint = "&" if "?" in path else "?"
    answer = httpx.get(f"{site}/en/{path}{joint}{name}={quote(text)}")
    assert answer.status_code < 500
    assert answer.headers["content-type"].startswith("text/html")
    assert "<script>window.hurt" not in answer.text and f"{1234 * 5678}" not in answer.text


def test_a_newer_release_is_offered(look: Look, built: Path, tmp_path: Path) -> None:
    import shutil

    import coopgraph as cg

    folder = tmp_path / "moving"
    shutil.copytree(built, folder)
    with serving(folder) as address:
        seen = look("/en/explore", at=address, fresh=True)
        cities = folder / "cities.csv"
        cities.write_text(cities.read_text("utf-8").replace(",Quito,", ",Quito the Great,", 1), "utf-8")
        cg.build(folder)
        seen.page.clock.install()
        seen.page.evaluate("dispatchEvent(new Event('focus'))")
        seen.page.wait_for_selector("#newer button", timeout=30_000)
        old = seen.page.locator("html").get_attribute("data-release")
        assert seen.page.evaluate(STILL_THERE, old) == 200  # the page goes on with the release it shows
        seen.page.click("#newer button")
        seen.page.wait_for_function("(old) => document.documentElement.dataset.release !== old", arg=old)
        seen.expect_quiet()


STILL_THERE = "(id) => fetch(`/data/graph.json?release=${id}`).then((answer) => answer.status)"


@pytest.fixture(scope="session")
def axe(root: Path) -> str:
    """The accessibility checker of the lock file, as text."""
    import subprocess

    folder = root / "tests" / "web" / "npm"
    script = folder / "node_modules" / "axe-core" / "axe.min.js"
    if not script.is_file():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=folder, check=True, capture_output=True)
    return script.read_text("utf-8")


def barriers(page: Page, axe: str) -> list[tuple[str, Any]]:
    """What axe-core finds serious or critical, by rule and place."""
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        (one["id"], [node["target"] for node in one["nodes"]][:5])
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]


@pytest.fixture(scope="session")
def hostile_site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site whose every written text tries to become code."""
    with serving(hostile_workspace(root, tmp_path_factory.mktemp("hostile") / "site")) as address:
        yield address


TOUCHED = "button, select, summary, textarea, input, .tabs a, .segmented > a"
SMALL = """(touched) => [...document.querySelectorAll(touched)]
  .map((one) => (['checkbox', 'radio'].includes(one.type) ? one.closest('label') ?? one : one))
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest('.hidden, .CodeMirror'))
  .map((one) => [Math.round(one.getBoundingClientRect().height), one.className || one.id, one.innerText])
  .filter(([height]) => height > 1 && height < 44)"""


@pytest.mark.browser
@pytest.mark.parametrize(
    "path", ["explore", "explore?sel=city/quito", "map", "ask", "ask/cq-025", "query", "measures", "money"]
)
def test_what_is_touched_is_44_pixels_high(look: Look, path: str) -> None:
    seen = look(f"/en/{path}", width=390, height=780, touch=True)
    if path in ("explore", "map"):
        seen.page.tap("#toggle-facets")
    assert seen.page.evaluate(SMALL, TOUCHED) == []
    assert seen.page.evaluate("document.scrollingElement.scrollWidth") <= 390
