"""The pages of the answers: what their forms suggest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from coopgraph.release.served import Served
from coopgraph.web.app import make_app


@pytest.fixture(scope="module")
def client(built: Path) -> Iterator[TestClient]:
    with Served(built) as served, TestClient(make_app(served), base_url="http://127.0.0.1") as client:
        yield client


def offers(page: str, field: str) -> list[str]:
    found = re.search(f'<datalist id="names-{field}">(.*?)</datalist>', page)
    assert found and f'list="names-{field}"' in page
    return re.findall('value="(.*?)"', found[1])


def test_fields_suggest_what_the_release_speaks_of(client: TestClient) -> None:
    page = client.get("/es/secretariat/partners").text
    assert offers(page, "sdg") == ["4", "11", "17"]
    assert 'value="11" label="11 Ciudades inclusivas' in page
    assert "redes urbanas verdes" in offers(page, "line") and "air quality" in offers(page, "theme")
    assert {"Bogotá", "Ciudad de México"} <= set(offers(page, "city"))
    parts = offers(client.get("/es/secretariat/reliance").text, "without")
    assert {"Ciudad de México", "UCCI", "Cooperación integral con ciudades y territorios"} <= set(parts)
    assert offers(client.get("/pt/secretariat/reciprocity").text, "partner")[0] == "A Coruña"
