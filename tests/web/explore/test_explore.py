"""The Explore page: everything beside the drawing is clicked, and the address holds what is seen."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Look

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]


def sentence(page: Page) -> str:
    return page.inner_text("#sentence")


def cities(page: Page) -> int:
    """How many cities are seen: 87 of "87 of 173 cities", 173 of "173 cities"."""
    found = re.search(r"(\d+)(?: of \d+)? cit", sentence(page))
    assert found
    return int(found[1])


def count(page: Page, facet: str, value: str) -> int:
    row = page.locator(f'[data-facet="{facet}"] label', has=page.locator(f'input[value="{value}"]'))
    return int(row.locator(".count").inner_text().replace(",", ""))


def choose(page: Page, facet: str, value: str) -> None:
    page.locator(f'[data-facet="{facet}"] input[value="{value}"]').click()


def graph(page: Page) -> dict[str, Any]:
    """The data the page shows, asked for anew: the oracle."""
    found: dict[str, Any] = page.evaluate(
        "fetch(`/data/graph.json?release=${document.documentElement.dataset.release}`).then((a) => a.json())"
    )
    return found


def exchanging(data: dict[str, Any], keep: Any = lambda link: True) -> set[int]:
    links = data["links"]
    rows = range(len(links["source"]))
    return {
        end
        for i in rows
        if data["layers"][links["layer"][i]]["directed"] and keep(i)
        for end in (links["source"][i], links["target"][i])
    }


def test_the_sentence_says_what_the_data_say(look: Look) -> None:
    seen = look("/en/explore?layers=exchange")
    data = graph(seen.page)
    all_cities = data["nodes"]["kind"].count(data["kinds"].index("city"))
    drawn = exchanging(data)
    exchanges = sum(data["layers"][layer]["directed"] for layer in data["links"]["layer"])
    assert sentence(seen.page).startswith(f"{len(drawn)} of {all_cities} cities, {exchanges} exchanges, ")
    alone = len(data["nodes"]["iri"]) - len(drawn)
    assert f"{alone} without a link are not drawn" in sentence(seen.page)
    assert seen.page.locator("#notes li").count() == len(data["notes"])
    seen.expect_quiet()


def test_a_facet_filters_counts_and_is_cleared(look: Look) -> None:
    seen = look("/en/explore?layers=exchange")
    page = seen.page
    before = cities(page)
    brazil = count(page, "countries", "BR")
    choose(page, "countries", "BR")
    page.locator('[data-facet="countries"]').get_by_label("With their partners elsewhere").uncheck()
    assert cities(page) <= brazil < before
    assert count(page, "countries", "PT") > 0, "counted as if the facet itself were cleared"
    assert "countries=BR" in page.url and "only=1" in page.url
    assert page.locator('[data-chip="countries"]').inner_text().startswith("Country: Brazil")
    page.locator('[data-facet="countries"] > .clear').click()
    assert cities(page) == before and "countries" not in page.url
    seen.expect_quiet()


def test_evidence_layers_kinds_networks_goals_and_reset(look: Look) -> None:
    seen = look("/en/explore")
    page = seen.page
    before = sentence(page)
    choose(page, "layers", "exchange")
    assert "layers=" in page.url and "exchanges" not in sentence(page)
    choose(page, "layers", "exchange")
    assert "layers=" not in page.url and sentence(page) == before
    choose(page, "kinds", "city")
    assert "network" not in sentence(page)
    choose(page, "networks", "network/ucci")
    choose(page, "evidence", "derived")
    assert "evidence=derived" in page.url
    page.locator('[data-facet="goals"] summary').click()
    choose(page, "goals", "none")
    assert page.locator("#chips button").count() == 4
    page.click("#reset")
    assert sentence(page) == before and page.url.split("?")[0].endswith("/en/explore")
    seen.expect_quiet()


def test_the_evidence_facet_equals_the_data(look: Look) -> None:
    seen = look("/en/explore?layers=exchange")
    data = graph(seen.page)
    events = {
        event
        for layer, row in zip(data["links"]["layer"], data["links"]["events"], strict=True)
        if data["layers"][layer]["directed"]
        for event in row
    }
    for certainty in ("stated", "derived"):
        expected = sum(data["events"]["certainty"][event] == certainty for event in events)
        assert count(seen.page, "evidence", certainty) == expected > 0


def test_every_agreement_says_how_sure_it_is(look: Look) -> None:
    seen = look("/en/explore")
    events = graph(seen.page)["events"]
    text = (Path(__file__).parents[3] / "data" / "agreements.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    stated = Counter(row["certainty"] for row in rows)
    told = Counter(
        word for word, kind in zip(events["certainty"], events["kind"], strict=True) if kind == "agreement"
    )
    assert told == stated and stated.total() == 100
    assert count(seen.page, "evidence", "unknown") == 0
    assert "the weakest of what is said" in seen.page.locator('[data-facet="evidence"]').inner_text()


def test_countries_are_of_cities_and_members_are_counted_of_all(look: Look) -> None:
    page = look("/en/explore").page
    facet = page.locator('[data-facet="countries"]')
    assert facet.locator(".unit").inner_text() == "cities"
    assert facet.locator('input[value="none"]').count() == 0, "networks are no cities without a country"
    ucci = page.locator('[data-facet="networks"] label', has=page.locator('input[value="network/ucci"]'))
    assert re.fullmatch(r"\d+ of 28", ucci.locator(".count").inner_text())
    page.goto(page.url + "?sel=network/ucci")
    page.wait_for_selector("html[data-ready]")
    drawn = ucci.locator(".count").inner_text()
    assert page.inner_text('#details [data-part="members"]') == f"{drawn} members are drawn."


def test_what_two_share_without_a_link_is_named(look: Look) -> None:
    seen = look("/en/explore?sel=city/quito,city/madrid")
    page = seen.page
    shared = page.locator('#details [data-section="together"]')
    shared.locator('[data-part="actions"] h4').wait_for()
    said = shared.inner_text()
    assert "Multiple and solidarity twinning of Ibero-American capitals" in said
    assert "2 networks both are members of\nAL-LAs\nUCCI" in said, "though memberships are switched off"
    assert "6 actions both took part in, where it is not known who gave to whom" in said
    assert shared.locator('[data-part="actions"] li').count() == 6
    common = page.locator('[data-section="common"] .named-row')
    assert common.all_inner_texts() == ["Buenos Aires", "Mexico City"], "cities only"
    page.click('[data-act="compare"]')
    page.locator('#details [data-section="together"] [data-part="actions"] li').nth(5).wait_for()
    networks = page.locator(".compared tr", has_text="Networks")
    assert networks.locator("td").all_inner_texts() == ["2", "2"]
    seen.expect_quiet()


def test_the_panel_says_what_it_counts_of_a_city(look: Look) -> None:
    seen = look("/en/explore?sel=city/quito")
    counted = seen.page.locator('#details [data-part="counted"] p')
    counted.wait_for()
    said = counted.inner_text()
    assert said.startswith(
        "3 of 9 actions are drawn. In the others it is not known who gave and who received"
    )
    assert "Exchanges with 8; documented together with 34. 1 amount is stated that is not drawn" in said
    assert "0 amounts" not in seen.page.inner_text("#details")
    seen.expect_quiet()


def test_the_surroundings_stay_when_their_centre_is_hidden(look: Look) -> None:
    page = look("/en/explore?scope=ego:city/madrid:1&sel=city/madrid").page
    before = cities(page)
    page.keyboard.press("h")
    assert 1 < cities(page) < before and page.locator("#empty").is_hidden()


def test_a_long_facet_is_searched(look: Look) -> None:
    page = look("/en/explore").page
    facet = page.locator('[data-facet="countries"]')
    assert facet.locator("li").count() < 10
    facet.locator(".find").fill("perú")
    assert facet.locator("li .what").all_inner_texts() == ["Peru"]
    facet.locator(".find").fill("")
    facet.locator(".more").click()
    assert facet.locator("li").count() > 40


def test_the_period_is_moved_by_keys_and_played(look: Look) -> None:
    seen = look("/en/explore")
    page = seen.page
    handle = page.get_by_role("slider", name="From year")
    first = int(handle.get_attribute("aria-valuenow") or 0)
    handle.focus()
    page.keyboard.press("PageUp")
    page.keyboard.press("ArrowRight")
    assert f"from={first + 6}" in page.url
    assert page.inner_text("#period .years") == f"since {first + 6}"
    undated = page.get_by_label(re.compile("Keep .* undated"))
    less = cities(page)
    undated.check()
    assert cities(page) > less and "undated=1" in page.url
    page.keyboard.press("Escape")
    page.locator("#period .clear").click()
    assert "from" not in page.url
    page.get_by_role("button", name="Play through the years").click()
    page.wait_for_function("new URLSearchParams(location.search).get('to') > 0")
    page.get_by_role("button", name="Pause").click()
    held = page.url
    page.wait_for_timeout(1200)
    assert page.url == held
    seen.expect_quiet()


def test_the_period_is_brushed(look: Look) -> None:
    page = look("/en/explore").page
    box = page.locator("#period .brush").bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.5, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.75, y, steps=4)
    page.mouse.up()
    assert re.search(r"from=(19|20)\d\d&to=20\d\d", page.url)
    page.go_back()
    assert "from" not in page.url, "a drag is one step"


def test_the_amount_has_a_currency_and_unknown_is_counted(look: Look) -> None:
    page = look("/en/explore").page
    facet = page.locator('[data-facet="amount"]')
    facet.locator("summary").click()
    assert "state an amount" in facet.inner_text()
    unknown = facet.get_by_label(re.compile("Keep .* whose amount is not known"))
    facet.get_by_label("At least").fill("1")
    facet.get_by_label("At least").press("Enter")
    few = cities(page)
    assert "amount=EUR1" in page.url
    unknown.check()
    assert cities(page) > few


def test_a_city_is_told_with_its_evidence(look: Look) -> None:
    seen = look("/en/explore?sel=city/madrid")
    page = seen.page
    details = page.locator("#details")
    assert details.locator("h2").inner_text() == "Madrid"
    data = graph(page)
    place = data["nodes"]["iri"].index("https://w3id.org/coopgraph/id/city/madrid")
    values = details.locator(".measures div dd").all_inner_texts()
    assert values[0].split("\n")[0] == f"{data['nodes']['measures']['peer_exchange'][place]:.3f}"
    details.locator(".measures summary").click()
    assert details.locator(".whats dd").count() == 6, "each measure says what it is"
    details.locator(".partner summary").first.click()
    assert details.locator(".partner .proof a[href^=http]").count() > 0
    assert details.locator(".partner .proof").first.inner_text()
    details.locator('[data-section="agreement"] > summary').click()
    assert details.locator('[data-section="agreement"] .proof').count() > 3
    details.locator('[data-section="recorded"] > summary').click()
    details.locator('[data-section="recorded"] .proof').first.wait_for()
    told = details.locator('[data-section="recorded"]').inner_text()
    assert "Spain · 3,255,944 people" in told and "GeoNames" in told
    assert "16 actions" in told and "contributed: yes · benefited: not known" in told
    page.get_by_role("link", name="The whole page of this city").wait_for()
    page.keyboard.press("Escape")
    assert details.is_hidden() and page.locator("#legend").is_visible()
    seen.expect_quiet()


def test_hide_pin_undo_and_redo(look: Look) -> None:
    seen = look("/en/explore?sel=city/madrid")
    page = seen.page
    before = cities(page)
    page.keyboard.press("p")
    assert "pinned=city%2Fmadrid" in page.url
    page.keyboard.press("h")
    assert cities(page) < before and "hidden=city%2Fmadrid" in page.url
    page.keyboard.press("z")
    assert cities(page) == before and "hidden" not in page.url
    page.click("#redo")
    assert "hidden" in page.url
    page.locator('[data-chip="hidden"]').click()
    page.locator('[data-chip="pinned"]').click()
    assert "hidden" not in page.url and "pinned" not in page.url and cities(page) == before
    seen.expect_quiet()


def test_ego_network_and_expansion(look: Look) -> None:
    seen = look("/en/explore?sel=city/madrid")
    page = seen.page
    page.click('[data-act="around1"]')
    assert "scope=ego%3Acity%2Fmadrid%3A1" in page.url
    partners = int(page.locator('[data-section="partners"] h3').inner_text().split()[-1])
    total = page.locator("#nodes-title").inner_text()
    assert total.endswith(f"({partners + 1})")
    page.locator('[data-section="partners"] summary', has_text="Buenos Aires").click()
    page.locator('.partner[open] button:text-is("Select")').click()
    expand = page.locator('[data-act="expand"]')
    drawn, of = map(int, re.findall(r"\d+", expand.inner_text()))
    assert drawn < of
    expand.click()
    assert re.findall(r"\d+", expand.inner_text()) == [str(of)] and "open=city%2Fbuenos-aires" in page.url
    page.locator('[data-chip="scope"]').click()
    assert "scope" not in page.url
    seen.expect_quiet()


def test_main_component_and_core(look: Look) -> None:
    seen = look("/en/explore")
    page = seen.page
    whole = cities(page)
    page.get_by_label("The largest connected part").check()
    main = cities(page)
    assert main < whole and "scope=main" in page.url
    page.get_by_label("Its core").check()
    assert "scope=core%3A2" in page.url
    page.get_by_label("Partners each has at least").press("ArrowRight")
    assert "scope=core%3A3" in page.url and cities(page) < main
    assert count(page, "kinds", "city") == cities(page), "counted within the part"
    page.get_by_label("Draw those without a link").check()
    assert "alone=1" in page.url
    seen.expect_quiet()


def test_two_cities_path_compare_and_common_partners(look: Look) -> None:
    seen = look("/en/explore?sel=city/almada,city/madrid")
    page = seen.page
    page.click('[data-act="path"]')
    stops = page.locator(".chain .stop").all_inner_texts()
    assert stops == ["Almada", "Belo Horizonte", "Buenos Aires", "Madrid"]
    page.locator(".chain summary").first.click()
    assert page.locator(".chain details[open] .proof").count() == 1, "each step has its evidence"
    page.keyboard.press("Escape")
    page.click('[data-act="compare"]')
    assert page.locator(".compared thead th").all_inner_texts() == ["Almada", "Madrid"]
    assert page.locator(".compared tbody tr").count() >= 10
    seen.expect_quiet()


def test_another_is_added_by_search_and_left_out(look: Look) -> None:
    seen = look("/en/explore?sel=city/madrid")
    page = seen.page
    page.click('[data-act="add"]')
    assert page.locator('[data-act="add"]').get_attribute("aria-pressed") == "true"
    page.fill("#search", "quito")
    page.wait_for_selector("#found li[aria-selected=true]")
    page.keyboard.press("Enter")
    page.wait_for_function("location.search.includes('quito')")
    assert page.locator("#details h2").inner_text() == "2 selected"
    page.locator('[data-section="common"] .link').first.wait_for()
    page.get_by_role("button", name="Leave out Madrid").click()
    assert page.locator("#details h2").inner_text() == "Quito"
    seen.expect_quiet()


def test_adding_another_offers_cities_of_the_graph_and_never_leaves(look: Look) -> None:
    seen = look("/en/explore?sel=city/madrid")
    page = seen.page
    page.click('[data-act="add"]')
    page.fill("#search", "mexico")
    page.wait_for_selector("#found li[aria-selected=true]")
    assert page.locator("#found li").first.inner_text().split("\n") == ["Mexico City", "City · Mexico"]
    assert page.locator("#found li", has_text="Country").count() == 0
    page.keyboard.press("Enter")
    page.wait_for_function("location.search.includes('mexico-city')")
    assert page.locator("#details h2").inner_text() == "2 selected"
    seen.expect_quiet()


def test_finds_of_one_name_are_told_apart(look: Look) -> None:
    seen = look("/es/explore")
    page = seen.page
    page.fill("#search", "ucci")
    page.wait_for_selector("#found li[aria-selected=true]")
    found = [one.split("\n") for one in page.locator("#found li").all_inner_texts()[:2]]
    assert found == [["UCCI", "Red"], ["UCCI", "Fuente"]]
    page.fill("#search", "quito")
    page.wait_for_selector("#found >> text=Ciudad · Ecuador")
    seen.expect_quiet()


def test_escape_leaves_what_is_nearest(look: Look) -> None:
    page = look("/en/explore?sel=city/madrid").page
    page.click("#download summary")
    page.keyboard.press("Escape")
    assert page.locator("#download[open]").count() == 0 and page.locator("#details").is_visible()
    page.locator(".find").first.focus()
    page.keyboard.press("Escape")
    assert page.locator("#details").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#details").is_hidden()


def test_a_link_is_selected(look: Look) -> None:
    page = look("/en/explore?layers=exchange").page
    page.locator("#links-table tbody button").first.click()
    assert "link=" in page.url
    assert page.locator("#details .gives").count() == 2
    assert page.locator("#details .proof").count() >= 1


def test_the_legend_filters(look: Look) -> None:
    seen = look("/en/explore")
    page = seen.page
    before = cities(page)
    page.locator('[data-entry="communities 1"]').click()
    assert "communities=1" in page.url and cities(page) < before
    page.locator('[data-entry="communities 1"]').click()
    page.locator('[data-entry="layers exchange"]').click()
    assert "exchanges" not in sentence(page)
    page.locator('[data-entry="layers exchange"]').click()
    page.locator('[data-entry="shapes network"]').click()
    assert "kinds=network" in page.url
    page.locator('[data-entry="shapes network"]').click()
    page.select_option("#colour", "country")
    page.locator('[data-entry="countries BR"]').click()
    assert "colour=country" in page.url and "countries=BR" in page.url
    page.select_option("#size", "given")
    assert "size=given" in page.url and "events" in page.locator(".sizes").inner_text()
    assert sentence(page) and page.locator(".sizes figcaption").count() == 3
    seen.expect_quiet()


def test_the_address_is_the_view(look: Look) -> None:
    seen = look("/en/explore")
    page = seen.page
    choose(page, "countries", "BR")
    choose(page, "evidence", "stated")
    page.select_option("#size", "partners")
    address, said = page.url, sentence(page)
    page.go_back()
    page.go_back()
    assert "evidence" not in page.url and sentence(page) != said
    page.go_forward()
    page.go_forward()
    assert page.url == address and sentence(page) == said
    other = look(address.removeprefix(seen.site))
    assert sentence(other.page) == said
    assert other.page.locator("#chips").inner_text() == page.locator("#chips").inner_text()
    seen.expect_quiet()
    other.expect_quiet()


def test_nothing_passes(look: Look) -> None:
    seen = look("/en/explore?countries=XX&networks=network/ciuca")
    page = seen.page
    empty = page.locator("#empty")
    assert "Nothing passes these filters." in empty.inner_text() and "Country: XX" in empty.inner_text()
    empty.get_by_role("button", name="Reset all").click()
    expect(empty).to_be_hidden()
    assert cities(page) > 100
    seen.expect_quiet()


def test_an_error_is_told(look: Look) -> None:
    seen = look("/en/about", complain=False)
    page = seen.page
    page.route(
        "**/data/graph.json*", lambda route: route.fulfill(status=500, json={"error": "The disk is gone."})
    )
    page.goto(seen.site + "/en/explore")
    page.wait_for_selector("html[data-ready]")
    assert page.locator("#loading").inner_text().startswith("The disk is gone.")
    assert page.locator("#loading button").inner_text() == "Try again"


def test_the_tables_are_in_step(look: Look) -> None:
    seen = look("/en/explore?layers=exchange")
    page = seen.page
    rows = page.locator("#nodes-table tbody tr")
    assert rows.count() == cities(page)
    page.locator("#nodes-table thead button", has_text="Given").click()
    given = [
        float(text.replace(",", ""))
        for text in page.locator("#nodes-table tbody td:nth-child(7)").all_inner_texts()
    ]
    assert given == sorted(given, reverse=True) and given[0] > given[-1]
    choose(page, "countries", "BR")
    assert rows.count() == cities(page) < len(given)
    rows.first.locator("button").click()
    assert "sel=city" in page.url and page.locator("#details").is_visible()
    seen.expect_quiet()


def test_a_long_table_shows_more(look: Look) -> None:
    page = look("/en/explore").page
    rows = page.locator("#links-table tbody tr")
    assert rows.count() == 200
    page.locator("#links-table").locator("xpath=ancestor::section").get_by_role(
        "button", name="Show more"
    ).click()
    assert 200 < rows.count() <= 400


def test_search_chooses_on_the_drawing(look: Look) -> None:
    seen = look("/en/explore")
    page = seen.page
    page.keyboard.press("/")
    page.keyboard.type("cordoba")
    page.wait_for_selector("#found li[aria-selected=true]")
    page.keyboard.press("Enter")
    page.wait_for_function("location.search.includes('sel=')")
    assert page.locator("#details h2").inner_text() == "Córdoba"
    seen.expect_quiet()


def test_pictures_are_handed_over(look: Look) -> None:
    seen = look("/en/explore")
    page = seen.page
    for kind, start in (("png", b"\x89PNG"), ("svg", b"<svg")):
        page.click("#download summary")
        with page.expect_download() as got:
            page.click(f'[data-picture="{kind}"]')
        assert got.value.path().read_bytes().startswith(start)
        assert got.value.suggested_filename.endswith(kind)
    seen.expect_quiet()


def test_the_first_picture_names_whom_readers_look_for(look: Look) -> None:
    seen = look("/en/explore")
    page = seen.page
    page.click("#download summary")
    with page.expect_download() as got:
        page.click('[data-picture="svg"]')
    named = set(re.findall(r"<text[^>]*>([^<]+)</text>", got.value.path().read_text("utf-8")))
    assert named >= {"Quito", "Madrid", "Lisbon", "São Paulo", "Montevideo", "Buenos Aires"}


def test_what_is_seen_is_downloaded(look: Look) -> None:
    import io
    import json
    import zipfile

    seen = look("/en/explore?countries=PT&only=1")
    page = seen.page
    names = page.locator("#nodes-table tbody th").all_inner_texts()
    assert names
    files = {}
    for kind in ("csv", "xlsx", "gexf", "graphml", "jsonld", "geojson", "gpkg"):
        page.click("#download summary")
        with page.expect_download() as got:
            page.click(f'[data-graph="{kind}"]')
        files[kind] = got.value.path().read_bytes()
        assert got.value.suggested_filename.endswith(f".{kind}")
    assert files["gpkg"][:15] == b"SQLite format 3"
    for kind in ("csv", "gexf", "graphml"):
        text = files[kind].decode()
        assert all(name in text for name in names) and "Brasília" not in text
    assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(files["xlsx"])).namelist()
    assert json.loads(files["jsonld"])["@context"] and json.loads(files["geojson"])["features"]
    seen.expect_quiet()


def test_a_view_is_saved_and_opened_without_a_server(look: Look, tmp_path: Path) -> None:
    seen = look("/es/explore?sel=city/madrid&layers=exchange&size=given")
    page = seen.page
    said = sentence(page)
    page.click("#share summary")
    with page.expect_download() as got:
        page.click("#save")
    got.value.save_as(tmp_path / "view.html")
    asked: list[str] = []
    wrong: list[str] = []
    saved = page.context.new_page()
    saved.on("request", lambda request: asked.append(request.url))
    saved.on("pageerror", lambda error: wrong.append(str(error)))
    saved.on("console", lambda told: wrong.append(told.text) if told.type == "error" else None)
    saved.goto((tmp_path / "view.html").as_uri())
    saved.wait_for_selector("html[data-ready]")
    assert saved.locator("#details h2").inner_text() == "Madrid"
    assert exchanges(sentence(saved)) == exchanges(said) > 100
    layers = saved.locator('[data-facet="layers"] input, [data-entry^="layers"]')
    assert layers.count() == 2, "the facet and the legend have exchanges, which is all it carries"
    assert saved.get_by_text("Dibujar las que no tienen").is_hidden()
    assert saved.locator("#share").is_hidden() and saved.locator("#sparql").is_hidden()
    assert saved.locator("#size").input_value() == "given"
    saved.keyboard.press("Escape")
    saved.fill("#search", "caL")
    saved.wait_for_selector("#found li[aria-selected=true]")
    saved.keyboard.press("Enter")
    assert saved.locator("#details h2").inner_text() == "Cali"
    saved.keyboard.press("h")
    assert exchanges(sentence(saved)) < exchanges(said)
    saved.keyboard.press("z")
    assert exchanges(sentence(saved)) == exchanges(said)
    assert asked == [saved.url] and wrong == []
    seen.expect_quiet()


def exchanges(said: str) -> int:
    """How many exchanges a sentence speaks of, in English or in Spanish."""
    found = re.search(r"(\d+) (?:exchange|intercambio)", said)
    assert found
    return int(found[1])


def test_the_sparql_behind_follows_the_choice(look: Look) -> None:
    page = look("/en/explore").page
    link = page.locator("#sparql")
    assert "name=cq-060" in (link.get_attribute("href") or "")
    page.goto(page.url + "?sel=city/madrid")
    expect(link).to_have_attribute("href", re.compile("cq-025.*city%2Fmadrid"))
    page.locator("summary", has_text="Show the SPARQL").click()
    assert "filters of this page are not in it" in page.locator(".behind").inner_text()
    link.click()
    page.wait_for_url("**/en/query?**")
    assert "city/madrid" in page.content()


def test_the_links_are_what_the_stored_query_gives(look: Look, built: Path) -> None:
    import coopgraph as cg

    with cg.open(built) as release:
        rows = release.query("cq-060-giving-between-cities").to_arrow().to_pylist()
    expected = {(row["name"], row["partnerName"]): row["actions"] for row in rows}
    page = look("/en/explore?layers=exchange").page
    columns = page.locator("#links-table tbody tr").evaluate_all(
        "(rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent))"
    )
    assert len(columns) == len({frozenset(pair) for pair in expected}) == 197
    found: set[tuple[str, str]] = set()
    for first, second, _, given, returned, *_ in columns:
        found |= {(first, second)} if given != "0" else set()
        found |= {(second, first)} if returned != "0" else set()
    assert found == set(expected)


@pytest.mark.parametrize("width, height", [(1280, 800), (1600, 1000)])
def test_nothing_overlaps(look: Look, width: int, height: int) -> None:
    page = look("/es/explore?sel=city/madrid&countries=ES", width=width, height=height).page
    boxes = [page.locator(part).bounding_box() for part in (".facets", ".seen", ".panel")]
    left, middle, right = (box for box in boxes if box)
    assert left["x"] + left["width"] <= middle["x"] + 0.5
    assert middle["x"] + middle["width"] <= right["x"] + 0.5
    assert right["x"] + right["width"] <= width
    picture = page.locator(".picture").bounding_box()
    assert picture and picture["height"] >= 0.5 * height
    page.click("#toggle-facets")
    assert page.locator(".facets").is_hidden()


def in_sight(page: Page, selector: str) -> bool:
    box = page.locator(selector).bounding_box()
    size = page.viewport_size
    return bool(box and size and box["y"] >= 0 and box["y"] + min(box["height"], 120) <= size["height"])


def test_a_phone_has_the_drawing_first(look: Look) -> None:
    seen = look("/pt/explore", width=390, height=780)
    page = seen.page
    assert page.locator(".facets").is_hidden() and page.locator("#legend").is_hidden()
    page.click("#toggle-facets")
    assert in_sight(page, "#facets") and page.evaluate("document.activeElement.id") == "facets"
    page.click("#facets [data-shut]")
    assert page.locator(".facets").is_hidden()
    assert page.evaluate("document.activeElement.id") == "toggle-facets"
    page.click("#toggle-panel")
    assert in_sight(page, "#legend")
    page.keyboard.press("Escape")
    assert page.locator("#legend").is_hidden()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390
    seen.expect_quiet()


def test_a_phone_shows_the_details_of_what_the_address_selects(look: Look) -> None:
    seen = look("/en/explore?sel=city/quito", width=390, height=780)
    page = seen.page
    assert page.locator("#details h2").inner_text() == "Quito" and in_sight(page, "#details h2")
    page.click("#panel [data-shut]")
    assert page.locator("#details").is_hidden() and "quito" in page.url
    seen.expect_quiet()


def test_shortcuts_work_from_a_ticked_box(look: Look) -> None:
    seen = look("/en/explore")
    seen.page.locator('[data-facet="kinds"] input').first.check()
    seen.page.keyboard.press("?")
    assert seen.page.locator("dialog.help").is_visible()
    seen.expect_quiet()


def test_words_of_facet_headings_are_whole(look: Look) -> None:
    seen = look("/en/explore")
    heads = seen.page.locator(".facet summary h3")
    assert {round(box["height"]) for one in heads.all() if (box := one.bounding_box())} <= {19, 20, 21}
    cut = "all => all.filter((one) => one.scrollWidth > one.clientWidth).length"
    assert seen.page.locator(".facet summary .unit").evaluate_all(cut) == 0
