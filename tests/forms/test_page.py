"""The page that lists the forms of cities, and the forms it gives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from coopgraph.release.served import Served
from coopgraph.web.app import make_app


@pytest.fixture(scope="module")
def client(three: Path) -> Iterator[TestClient]:
    with Served(three) as served, TestClient(make_app(served), base_url="http://127.0.0.1") as client:
        yield client


def test_each_city_has_a_form_in_three_languages(client: TestClient, blank: Path) -> None:
    shown = client.get("/pt/secretariat/forms")
    assert shown.status_code == 200
    assert "Formulários para cidades" in shown.text
    for city in ("lima", "madrid", "quito"):
        assert f"/es/secretariat/forms/{city}.xlsx" in shown.text
    got = client.get("/es/secretariat/forms/lima.xlsx")
    assert got.headers["content-disposition"] == "attachment; filename*=UTF-8''lima.xlsx"
    assert got.content == blank.read_bytes()


def test_the_list_of_answers_leads_there(client: TestClient) -> None:
    assert "/en/secretariat/forms" in client.get("/en/secretariat").text
    assert client.get("/en/secretariat/forms/atlantis.xlsx").status_code == 404
