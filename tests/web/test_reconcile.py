"""The reconciliation service over the bundled workspace, asked as OpenRefine asks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

import coopgraph as cg
from coopgraph.sources.places.making import Place, write_gazetteer
from tests.web.conftest import serving

REFINE = "http://127.0.0.1:3333"


@pytest.fixture(scope="module")
def client(built: Path) -> Iterator[httpx.Client]:
    with (
        serving(built, "--allow-origin", REFINE) as address,
        httpx.Client(base_url=address, timeout=60) as opened,
    ):
        yield opened


def batch(client: httpx.Client, **queries: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Post a batch as OpenRefine does, and return the candidates of each query."""
    response = client.post("/reconcile", data={"queries": json.dumps(queries)})
    assert response.status_code == 200
    return {key: each["result"] for key, each in response.json().items()}


def having(**properties: str) -> list[dict[str, str]]:
    return [{"pid": name, "v": value} for name, value in properties.items()]


def test_manifest_has_what_the_specification_asks(client: httpx.Client) -> None:
    told = client.get("/reconcile").json()
    assert told["versions"] == ["0.2"]
    assert told["identifierSpace"] == "https://w3id.org/coopgraph/id/"
    assert {"name", "schemaSpace"} <= told.keys()
    assert all("{{id}}" in told[name]["url"] for name in ("view", "preview"))
    assert told["view"]["url"].startswith(str(client.base_url).rstrip("/"))
    assert told["suggest"].keys() == {"entity", "property", "type"}


def test_release_comes_first_and_only_what_is_certain_matches(client: httpx.Client) -> None:
    found = batch(
        client,
        alias={"query": "Lisboa"},
        tie={"query": "Córdoba"},
        country={"query": "cordoba", "properties": having(country="España")},
        code={"query": "Córdoba", "properties": having(country="ARG")},
        placed={"query": "San Jose", "properties": having(coordinates="9.93,-84.08")},
        apart={"query": "San Jose", "properties": having(lat="37.3", lon="-121.9")},
        nobody={"query": "ogo"},
        empty={"query": ""},
        network={"query": "Lisboa", "type": "Network"},
    )
    told = {key: [(one["id"], one["match"]) for one in each] for key, each in found.items()}
    assert told["alias"] == [("city/lisbon", True)]
    assert told["tie"] == [
        ("city/cordoba-ar", False), ("city/geonames-2519240", False), ("city/geonames-3530240", False)
    ]  # fmt: skip
    assert told["country"] == [("city/geonames-2519240", True)]
    assert told["code"] == [("city/cordoba-ar", True)]
    assert told["placed"][0] == ("city/san-jose", True)
    assert told["apart"][0] == ("city/geonames-5392171", True)
    assert (told["nobody"], told["empty"], told["network"]) == ([], [], [])
    scores = [one["score"] for one in found["placed"]]
    assert scores == sorted(scores, reverse=True) and scores[0] > 99
    assert found["placed"][0]["features"][1]["id"] == "km"


def test_every_candidate_has_the_fields_of_the_specification(client: httpx.Client) -> None:
    for one in batch(client, q={"query": "Santiago", "limit": 3})["q"]:
        assert isinstance(one["id"], str) and isinstance(one["name"], str)
        assert isinstance(one["score"], float) and isinstance(one["match"], bool)
        assert one["type"] == [{"id": "City", "name": "City"}]
    assert len(batch(client, q={"query": "Santiago", "limit": 3})["q"]) == 3


def test_batch_and_single_query_in_the_address(client: httpx.Client) -> None:
    queries = json.dumps({"q0": {"query": "Lisboa"}})
    assert client.get("/reconcile", params={"queries": queries}).json()["q0"]["result"][0]["match"]
    for query in ("Lisboa", json.dumps({"query": "Lisboa"})):
        assert client.get("/reconcile", params={"query": query}).json()["result"][0]["id"] == "city/lisbon"


def test_suggestions_begin_as_was_typed(client: httpx.Client) -> None:
    found = client.get("/reconcile/suggest/entity", params={"prefix": "LÍSBO"}).json()["result"]
    assert [one["id"] for one in found] == ["city/lisbon"]
    assert client.get("/reconcile/suggest/entity", params={"prefix": ""}).json() == {"result": []}
    found = client.get("/reconcile/suggest/property", params={"prefix": "coun"}).json()["result"]
    assert [one["id"] for one in found] == ["country"]
    assert client.get("/reconcile/suggest/type", params={"prefix": "c"}).json()["result"][0]["id"] == "City"


def test_values_of_properties(client: httpx.Client) -> None:
    proposed = client.get("/reconcile/properties", params={"type": "City"}).json()
    assert [one["id"] for one in proposed["properties"]] == ["name", "country", "lat", "lon", "population"]
    wanted = {
        "ids": ["city/lisbon", "city/geonames-2519240", "no"],
        "properties": [{"id": "country"}, {"id": "lat"}],
    }
    told = client.post("/reconcile", data={"extend": json.dumps(wanted)}).json()
    assert told["rows"] == {
        "city/lisbon": {"country": [{"str": "PT"}], "lat": [{"float": 38.72509}]},
        "city/geonames-2519240": {"country": [{"str": "ES"}], "lat": [{"float": 37.89155}]},
        "no": {"country": [], "lat": []},
    }
    assert [one["id"] for one in told["meta"]] == ["country", "lat"]


def test_preview_is_harmless_and_view_leads_on(client: httpx.Client) -> None:
    page = client.get("/reconcile/preview", params={"id": "city/lisbon"})
    assert "<h1>Lisbon</h1>" in page.text
    assert page.headers["content-security-policy"] == f"default-src 'none'; frame-ancestors 'self' {REFINE}"
    lisbon = client.get("/reconcile/view", params={"id": "city/lisbon"})
    assert client.get(lisbon.headers["location"]).status_code == 200
    other = client.get("/reconcile/view", params={"id": "city/geonames-2519240"})
    assert other.headers["location"] == "https://www.geonames.org/2519240"
    same = client.get("/reconcile/view", params={"id": "city/geonames-2267057"})
    assert same.headers["location"] == lisbon.headers["location"]


@pytest.mark.parametrize(
    ("form", "status", "words"),
    [
        ({"queries": "["}, 400, "is not JSON"),
        ({"queries": "[" * 100_000}, 400, "is not JSON"),
        ({"queries": "[]"}, 400, "is no JSON object"),
        ({"queries": '{"a": 1}'}, 400, "`queries.a` is no object"),
        ({"queries": '{"a": {"query": 1}}'}, 400, "`queries.a.query` is no text"),
        ({"queries": '{"a": {"query": "x", "limit": 0}}'}, 400, "`queries.a.limit` is no number"),
        ({"queries": '{"a": {"query": "x", "limit": NaN}}'}, 400, "`queries.a.limit` is no number"),
        ({"queries": '{"a": {"query": "x", "type": 1}}'}, 400, "`queries.a.type` is no text"),
        ({"queries": '{"a": {"query": "x", "properties": [1]}}'}, 400, "without `pid` and `v`"),
        ({"queries": json.dumps({str(n): {"query": "x"} for n in range(101)})}, 413, "at most 100"),
        ({"query": "x" * 201}, 400, "at most 200 characters"),
        ({"extend": "{}"}, 400, "`extend.ids` is no list"),
        ({"extend": '{"ids": ["a"], "properties": [1]}'}, 400, "`extend.properties` is no list"),
        ({"query": "x", "queries": "{}"}, 400, "Send one of"),
    ],
)
def test_what_is_asked_wrongly_is_told(
    client: httpx.Client, form: dict[str, str], status: int, words: str
) -> None:
    response = client.post("/reconcile", data=form)
    assert response.status_code == status
    assert words in response.json()["message"]


def test_too_much_another_type_and_an_unknown_id_are_refused(client: httpx.Client) -> None:
    assert client.post("/reconcile", data={"queries": "x" * (3 << 20)}).status_code == 413
    assert client.post("/reconcile", json={}).status_code == 415
    assert client.get("/reconcile/preview", params={"id": "<script>"}).status_code == 404
    assert client.get("/reconcile/suggest/entity", params={"prefix": "a", "cursor": "-1"}).status_code == 400


def test_only_sites_that_are_allowed_may_ask(client: httpx.Client, site: str) -> None:
    allowed = client.get("/reconcile", headers={"Origin": REFINE})
    assert allowed.headers["access-control-allow-origin"] == REFINE
    assert client.options("/reconcile", headers={"Origin": REFINE}).status_code == 204
    assert client.get("/reconcile", headers={"Origin": "https://evil.example"}).status_code == 403
    assert client.get("/data/search", headers={"Origin": REFINE}).status_code == 403
    assert httpx.get(f"{site}/reconcile", headers={"Origin": REFINE}, timeout=60).status_code == 403
    assert "access-control-allow-origin" not in httpx.get(f"{site}/reconcile", timeout=60).headers


def served_with(folder: Path, gazetteer: str, parameters: str = "") -> Path:
    """A workspace that names a gazetteer of one town, built."""
    (folder / "more").mkdir()
    town = Place(7, "Macondo", "Macondo", (), "CO", "", 10.59, -74.19, 300)
    write_gazetteer([town], folder / "more" / "own.parquet", title="Own")
    (folder / "a.ttl").write_text("<urn:a> <urn:b> <urn:c> .", encoding="utf-8")
    text = f'[workspace]\ntitle = "W"\ngazetteer = "{gazetteer}"\n{parameters}[sources.a]\npath = "a.ttl"\n'
    (folder / "coopgraph.toml").write_text(text, encoding="utf-8")
    cg.build(folder, settings={"geo": str(folder / "more")} if "{geo}" in gazetteer else None)
    return folder


@pytest.mark.parametrize(
    ("gazetteer", "parameters"),
    [("more/own.parquet", ""), ("{geo}/own.parquet", '[parameters]\ngeo = "more"\n')],
)
def test_the_gazetteer_of_the_workspace_is_asked(tmp_path: Path, gazetteer: str, parameters: str) -> None:
    place = served_with(tmp_path, gazetteer, parameters)
    with serving(place) as address, httpx.Client(base_url=address, timeout=60) as own:
        found = batch(own, own={"query": "Macondo"}, bundled={"query": "Lisboa"})
    assert [(one["id"], one["match"]) for one in found["own"]] == [("city/geonames-7", True)]
    assert found["bundled"] == []


def test_a_gazetteer_that_cannot_be_told_is_said(tmp_path: Path) -> None:
    place = served_with(tmp_path, "{geo}/own.parquet")
    with serving(place) as address:
        answer = httpx.get(f"{address}/reconcile", params={"query": "Macondo"}, timeout=60)
    assert answer.status_code == 503
    assert "uses {geo}, which is not set" in answer.json()["message"]
