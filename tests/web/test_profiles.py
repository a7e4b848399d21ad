"""The pages about one thing: what they say is what the release says, in three languages, on paper too."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import httpx
import pytest

import coopgraph as cg
from coopgraph.namespaces import BASE
from tests.views.hostile import HOSTILE
from tests.web.conftest import Look, serving

ID = f"{BASE}id/"
MADRID = f"city?iri={quote(ID + 'city/madrid')}"


@pytest.fixture(scope="module")
def five(root: Path) -> Iterator[httpx.Client]:
    """The site over five cities made up by hand."""
    with (
        serving(root / "tests" / "views" / "explorer" / "five.ttl") as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        yield client


def text(html: str) -> str:
    """Return the words of a page without its marks, one space between them."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_a_city_tells_its_facts_and_what_is_not_known(five: httpx.Client) -> None:
    page = five.get("/en/city", params={"iri": f"{ID}city/madrid"})
    assert page.status_code == 200
    said = text(page.text)
    assert "Population not stated" in said
    assert "Twins twinning Lisbon 12 October 1982 not stated not stated end not stated stated" in said
    assert "A course 2018 February 2019 gave" in said
    assert "700.5 EUR" in said and "1,500 EUR" in said and "1,600 USD" in said
    assert "248" not in said and "3,800.5" not in said  # nothing is added up


def test_a_city_without_action_has_no_rank_of_zero(five: httpx.Client) -> None:
    said = text(five.get("/en/city", params={"iri": f"{ID}city/lisboa"}).text)
    assert "It takes part in no documented action" in said and "Population 545,000" in said


def test_each_kind_of_thing_has_its_page(five: httpx.Client) -> None:
    there = five.get("/pt/thing", params={"iri": f"{ID}city/quito"}, follow_redirects=False)
    assert there.status_code == 307 and there.headers["location"].startswith("/pt/city?iri=")
    assert "Situação expirado" in text(five.get("/pt/thing", params={"iri": f"{ID}agreement/grant"}).text)
    action = text(five.get("/es/thing", params={"iri": f"{ID}action/course"}).text)
    assert "Bogotá no se sabe" in action and "Madrid dio" in action


@pytest.mark.parametrize(
    "iri, said", [("urn:nothing", "Nothing here has this address"), ("", "Say what to show")]
)
def test_what_is_nothing_here_is_told_in_words(five: httpx.Client, iri: str, said: str) -> None:
    page = five.get("/en/city", params={"iri": iri})
    assert page.status_code == 404 and said in page.text


def test_what_is_no_iri_is_refused_in_words(five: httpx.Client) -> None:
    page = five.get("/en/city", params={"iri": "urn:a b<c>"})
    assert page.status_code == 400 and "was not run" in page.text


def test_the_bundled_city_says_what_cq_021_and_rank_say(site: str, built: Path) -> None:
    html = httpx.get(f"{site}/en/{MADRID}", timeout=60).text
    table = html.split('data-sort="agreements"')[1].split("</table>")[0]
    states = re.findall(r'<span class="state">([^<]*)</span>', table)
    with cg.open(built) as release:
        asked = [str(row["statusLabel"]) for row in release.query("cq-021", city=f"{ID}city/madrid").dicts()]
        ranks = {
            row["city"]: row["rank"] for row in cg.rank(release).table.select(["city", "rank"]).to_pylist()
        }
    assert sorted(states) == sorted(asked) and "in force" not in states
    assert f"rank {ranks[f'{ID}city/madrid']} of 140" in html


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    turtle = (
        "PREFIX coop: <https://w3id.org/coopgraph/ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
    )
    for place, hostile in enumerate(HOSTILE):
        told = hostile.encode("utf-8", "replace").decode().replace("\\", "\\\\").replace('"', '\\"')
        told = "".join(f"\\u{ord(c):04X}" if ord(c) < 32 or ord(c) > 126 else c for c in told if c != "\x00")
        turtle += (
            f'<urn:c{place}> a coop:City ; skos:prefLabel "{told}"@en ; skos:altLabel "{told}" ; '
            f'skos:note "{told}"@en .\n<urn:a{place}> a coop:Agreement ; skos:prefLabel "{told}"@en ; '
            f"coop:party <urn:c{place}>, <urn:c0> .\n"
        )
    (tmp_path / "hostile.ttl").write_text(turtle, "utf-8")
    with serving(tmp_path / "hostile.ttl") as address, httpx.Client(base_url=address, timeout=60) as client:
        for place in range(len(HOSTILE)):
            html = client.get("/en/city", params={"iri": f"urn:c{place}"}).text
            assert "<script>window" not in html and "<img src=x" not in html and "<svg onload" not in html
            assert not re.search(r"""<[a-z]+[^>]*\s(?:onmouseover|onerror|onload)=""", html)
            assert 'href="javascript' not in html


def test_sorting_is_right_by_itself(root: Path) -> None:
    """The pure functions of the tables' script, in node."""
    scripts = root / "src" / "coopgraph" / "web" / "front" / "scripts" / "tables" / "sorting.js"
    checks = f"""
      import {{ order, passes }} from '{scripts.as_uri()}';
      import assert from 'node:assert/strict';
      assert.deepEqual(order(['b', 'a', '', 'a']), [1, 3, 0, 2]);
      assert.deepEqual(order(['b', 'a', '', 'a'], {{ descending: true }}), [0, 1, 3, 2]);
      assert.deepEqual(order(['10', '9', '', '-1'], {{ number: true }}), [3, 1, 0, 2]);
      assert.deepEqual(order(['10', '9', '', '-1'], {{ number: true, descending: true }}), [0, 1, 3, 2]);
      assert.equal(passes('sao paulo brazil', 'paulo sao'), true);
      assert.equal(passes('sao paulo brazil', 'paulo peru'), false);
    """
    subprocess.run(["node", "--input-type=module", "-e", checks], check=True)


@pytest.mark.browser
def test_tables_are_sorted_and_filtered_in_step_with_the_address(look: Look) -> None:
    seen = look(f"/en/{MADRID}")
    page = seen.page
    first = page.locator("#partners tbody tr:not([hidden]) th").first
    page.click("#partners thead button:has-text('Partner')")
    assert first.text_content() == "Andorra la Vella" and "partners-sort=partner" in page.url
    page.click("#partners thead button:has-text('Partner')")
    names = page.locator("#partners tbody tr:not([hidden]) th").all_text_contents()
    assert names[-1] == "Andorra la Vella" and "partners-desc=1" in page.url
    page.fill("#partners input[type=search]", "quit")
    assert page.locator("#partners tbody tr:not([hidden])").count() == 1
    address = page.url
    page.goto(address)
    page.wait_for_selector("html[data-ready]")
    assert page.locator("#partners tbody tr:not([hidden])").count() == 1
    assert page.locator("#partners th[aria-sort=descending]").count() == 1
    page.go_back()
    seen.expect_quiet()


@pytest.mark.browser
@pytest.mark.parametrize("theme, width", [("light", 1280), ("dark", 390)])
def test_no_name_of_the_drawing_covers_another(look: Look, theme: str, width: int) -> None:
    seen = look(f"/es/{MADRID}", width=width, theme=theme)
    boxes = seen.page.evaluate(
        """() => [...document.querySelectorAll('svg.ego text')].map((text) => {
             const { x, y, width, height } = text.getBBox(); return [x, y, width, height]; })"""
    )
    assert len(boxes) == 18
    for i, (x, y, w, h) in enumerate(boxes):
        assert x >= 0 and x + w <= 480
        for x2, y2, w2, h2 in boxes[i + 1 :]:
            assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y
    assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    seen.expect_quiet()


@pytest.mark.browser
def test_a_city_prints_on_a4(look: Look) -> None:
    seen = look(f"/en/city?iri={quote(ID + 'city/quito')}")
    pdf = seen.page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 2
    seen.page.emulate_media(media="print")
    assert not seen.page.locator(".tabs").is_visible() and seen.page.locator("svg.ego").is_visible()
    partners = seen.page.locator("#partners tbody tr")
    printed = [row for row in partners.all() if row.is_visible()]
    assert len(printed) == 10 and seen.page.locator("#partners .more").inner_text() == (
        f"and {partners.count() - 10} more"
    )
    assert not seen.page.locator("#goals").is_visible(), "nothing is known of them"
    address = seen.page.evaluate(
        "getComputedStyle(document.querySelector('#sources li > a'), '::after').content"
    )
    assert "https://" in address
    seen.expect_quiet()


def test_a_network_tells_its_members_and_the_totals_that_differ(site: str, built: Path) -> None:
    html = httpx.get(f"{site}/en/network?iri={quote(ID + 'network/ucci')}", timeout=60).text
    totals = html.split('class="totals"')[1].split("</ul>")[0]
    values = re.findall(r"<b>(\d+)</b>", totals)
    with cg.open(built) as release:
        asked = release.query("cq-018", network=f"{ID}network/ucci")
        assert sorted(values) == sorted(str(row["reported"]) for row in asked.dicts())
        members = {str(row["city"]) for row in release.query("cq-037", network=f"{ID}network/ucci").dicts()}
        offices = len(release.query("cq-038", network=f"{ID}network/ucci"))
        made = cg.flows(release, nodes=members)
    assert {"26", "27", "29"} <= set(
        values
    ) and "Documented by name: 27 members, 1 associate, 28 in all." in html
    assert "members; 28 with associates" in html
    assert f'href="#members">{len(members)}<' in html and f'href="#offices">{offices}<' in html
    edges = {(row["source"], row["target"]): row["weight"] for row in made.edges.to_pylist()}
    back = sum(min(weight, edges.get((b, a), 0)) for (a, b), weight in edges.items()) / sum(edges.values())
    assert f"{back:.0%} is returned" in html and back == pytest.approx(0.7246, abs=1e-4)


def test_agreements_members_and_offices_say_how_sure_they_are_and_what_is_noted(site: str) -> None:
    network = httpx.get(f"{site}/en/network?iri={quote(ID + 'network/ucci')}", timeout=60).text
    for table in ("members", "offices"):
        assert 'data-key="certainty"' in network.split(f'data-sort="{table}"')[1].split("</table>")[0]
    network = httpx.get(f"{site}/en/network?iri={quote(ID + 'network/uccla')}", timeout=60).text
    members = network.split('data-sort="members"')[1].split("</table>")[0]
    assert "<small>effective member in the 2006 list</small>" in members.replace("&#34;", "").replace('"', "")
    city = httpx.get(f"{site}/es/city?iri={quote(ID + 'city/sao-paulo')}", timeout=60).text
    agreements = city.split('data-sort="agreements"')[1].split("</table>")[0]
    assert '<small lang="en">Law 14471/2007 consolidates earlier laws; ' in agreements
    sure = re.findall(r"<td>(declarado|derivado|no consta)</td><td data-sources", agreements)
    assert len(sure) == agreements.count("<tr>") - 1 and "declarado" in sure


def test_a_network_without_exchange_says_so(five: httpx.Client) -> None:
    said = text(five.get("/pt/network", params={"iri": f"{ID}network/ucci"}).text)
    assert "Não consta que algo tenha passado" in said and "Madrid não consta 1982" in said


@pytest.mark.browser
def test_a_networks_cities_lead_to_their_pages(look: Look) -> None:
    seen = look(f"/en/network?iri={quote(ID + 'network/ucci')}")
    assert seen.page.locator("svg.small-map circle").count() == 28
    seen.page.locator("svg.small-map a", has_text="Lima").click()
    seen.page.wait_for_selector("html[data-ready]")
    assert seen.page.locator("h1").text_content() == "Lima"
    seen.expect_quiet()


@pytest.mark.browser
def test_a_drawing_is_a_file_that_needs_no_style_sheet(look: Look) -> None:
    seen = look(f"/en/{MADRID}")
    seen.page.click("#ego summary")
    with seen.page.expect_download() as download:
        seen.page.click("#ego button[data-download=svg]")
    svg = Path(download.value.path()).read_text("utf-8")
    assert download.value.suggested_filename == "ego.svg"
    assert svg.startswith("<svg") and "Buenos Aires" in svg and "href" not in svg.replace("url(", "")
    assert 'fill="rgb(' in svg
    seen.expect_quiet()


@pytest.mark.parametrize("page", [MADRID, f"network?iri={quote(ID + 'network/ucci')}", "money"])
def test_every_figures_sparql_can_be_read(site: str, page: str) -> None:
    """The query behind a figure stands in the editor, about the same thing."""
    html = httpx.get(f"{site}/es/{page}", timeout=60).text
    links = set(re.findall(r'href="(/es/query[^"]+)"', html))
    assert len(links) >= 4
    for link in sorted(links):
        answer = httpx.get(site + link.replace("&amp;", "&"), timeout=60)
        assert answer.status_code == 200, link
        asked = re.search(r"=(https%3A%2F%2Fw3id[^&]+)", link)
        if asked:
            assert unquote(asked[1]) in answer.text, link


def test_a_measure_leads_to_the_participations_it_rests_on(site: str) -> None:
    city = httpx.get(f"{site}/en/{MADRID}", timeout=60).text
    stands = city.split('<section class="figure" id="standing"')[1].split("</section>")[0]
    assert "Show the SPARQL of the participations it rests on" in stands and "name=cq-027&amp;city=" in stands
    measures = httpx.get(f"{site}/es/measures", timeout=60).text
    assert "Ver la consulta SPARQL del intercambio en que se basa" in measures
    query = httpx.get(f"{site}/es/query?name=giving-between-cities&lang=es", timeout=60)
    assert query.status_code == 200 and "coop:contributes" in query.text


def test_dates_of_a_thing_are_written_out(site: str) -> None:
    page = httpx.get(f"{site}/es/thing?iri={quote(ID + 'agreement/lisbon-madrid')}", timeout=60).text
    assert '<td data-value="1979-05-31">31 de mayo de 1979</td>' in page


@pytest.mark.browser
def test_a_table_is_downloaded_as_it_stands(look: Look) -> None:
    seen = look(f"/en/{MADRID}&agreements-filter=twinning&agreements-sort=signed")
    seen.page.click("#agreements summary")
    with seen.page.expect_download() as download:
        seen.page.click("#agreements button[data-download=csv]")
    rows = list(csv.reader(Path(download.value.path()).read_text("utf-8-sig").splitlines()))
    head, told = rows[0], rows[1 : rows.index([])]
    signed, sources = head.index("Signed"), head.index("Sources")
    assert [row[signed] for row in told] == ["1979-05-31", "1982", "1982-10-12", "1988-11-04", "2022-06"]
    assert told[0][sources] == "Relações Internacionais"
    seen.expect_quiet()


@pytest.mark.browser
def test_a_table_is_a_workbook_about_its_city_in_the_readers_language(look: Look) -> None:
    from openpyxl import load_workbook

    seen = look(f"/es/city?iri={quote(ID + 'city/quito')}")
    seen.page.click("#agreements summary")
    with seen.page.expect_download() as download:
        seen.page.click("#agreements button[data-download=xlsx]")
    assert download.value.suggested_filename == "coopgraph-quito-acuerdos-2026-11-22.xlsx"
    shutil.copy(download.value.path(), kept := Path(download.value.path()).with_suffix(".xlsx"))
    book = load_workbook(kept)
    assert book.sheetnames == ["Quito acuerdos", "Acerca de"]
    about = [tuple(map(str, row)) for row in book["Acerca de"].iter_rows(values_only=True)]
    assert about[0] == ("Título", "Quito: acuerdos") and about[1][0] == "Datos a fecha de"
    rows = [tuple(map(str, row)) for row in book["Quito acuerdos"].iter_rows(values_only=True)]
    cited = {title for row in rows[1:] for title in row[rows[0].index("Fuentes")].split("; ")}
    sources = [said for word, said in about if word == "Fuente"]
    assert len(sources) == len(cited) and all(any(said.startswith(one) for one in cited) for said in sources)
    seen.expect_quiet()


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/es/money", "/pt/money", "/en/money", "/es/measures"])
def test_no_text_of_a_drawing_is_cut(look: Look, path: str) -> None:
    seen = look(path)
    cut = seen.page.evaluate("""() => [...document.querySelectorAll('svg[viewBox] text')].filter((text) => {
      const box = text.getBBox(), view = text.ownerSVGElement.viewBox.baseVal;
      return box.x < 0 || box.x + box.width > view.width;
    }).map((text) => text.textContent)""")
    assert cut == []
    seen.expect_quiet()
