"""Who is let in, and what a browser may do: each guard refuses one thing, and lets its neighbour pass."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from coopgraph.web.guards import HEADERS, host_of
from tests.web.conftest import serving

get = partial(httpx.get, timeout=30)
post = partial(httpx.post, timeout=30)
options = partial(httpx.options, timeout=30)
ASK = {"query": "ASK {}"}
OTHER = "https://other.example"


def port_of(address: str) -> int:
    return urlsplit(address).port or 0


@pytest.fixture(scope="module")
def open_to(trig: Path) -> Iterator[str]:
    """A server that lets one other site's scripts ask."""
    with serving(trig, "--allow-origin", f"{OTHER}/", "--name", "cities.example") as address:
        yield address


@pytest.mark.parametrize("path", ["/sparql?query=ASK%7B%7D", "/en/about", "/health", "/static/app.css"])
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", ""])
def test_a_name_that_is_not_ours_is_refused(tiny: str, path: str, host: str) -> None:
    assert get(tiny + path, headers={"Host": host}).status_code in (400, 421)


@pytest.mark.parametrize("name", ["localhost", "LOCALHOST", "127.0.0.1", "[::1]"])
def test_the_loopback_has_three_names(tiny: str, name: str) -> None:
    headers = {"Host": f"{name}:{port_of(tiny)}"}
    assert get(f"{tiny}/health", headers=headers).status_code == 200


def test_other_names_are_given(open_to: str) -> None:
    assert get(f"{open_to}/health", headers={"Host": "cities.example"}).status_code == 200


@pytest.mark.parametrize("path", ["/sparql", "/en/about", "/data/release.json"])
@pytest.mark.parametrize("origin", [OTHER, "null", "http://localhost:1", "http://127.0.0.1"])
def test_a_foreign_origin_is_refused(tiny: str, path: str, origin: str) -> None:
    answer = get(tiny + path, params=ASK, headers={"Origin": origin})
    assert (answer.status_code, "access-control-allow-origin" in answer.headers) == (403, False)


def test_its_own_origin_is_let_in(tiny: str) -> None:
    assert post(f"{tiny}/sparql", data=ASK, headers={"Origin": tiny}).status_code == 200


@pytest.mark.parametrize(
    "site, mode, status",
    [("cross-site", "no-cors", 403), ("cross-site", "navigate", 200), ("same-origin", "cors", 200)],
)
def test_another_sites_picture_is_refused_and_its_link_followed(
    tiny: str, site: str, mode: str, status: int
) -> None:
    headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode}
    assert get(f"{tiny}/sparql", params=ASK, headers=headers).status_code == status


def test_another_sites_form_is_refused(tiny: str) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert post(f"{tiny}/sparql", data=ASK, headers=headers).status_code == 403


def test_an_allowed_origin_may_read_the_endpoint_and_nothing_else(open_to: str) -> None:
    headers = {"Origin": OTHER, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}
    answer = get(f"{open_to}/sparql", params=ASK, headers=headers)
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, OTHER)
    assert "Origin" in answer.headers["vary"]
    assert "Origin" in get(f"{open_to}/sparql", params=ASK).headers["vary"]  # a cache keeps the two apart
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "Coopgraph-Truncated" in answer.headers["access-control-expose-headers"]
    before = options(f"{open_to}/sparql", headers={**headers, "Access-Control-Request-Method": "POST"})
    assert before.status_code == 204 and "POST" in before.headers["access-control-allow-methods"]
    wrong = get(f"{open_to}/sparql", params={"query": "ASK {"}, headers=headers)
    assert (wrong.status_code, wrong.headers["access-control-allow-origin"]) == (400, OTHER)
    assert get(f"{open_to}/data/release.json", headers=headers).status_code == 403
    third = get(f"{open_to}/sparql", params=ASK, headers={"Origin": "https://third.example"})
    assert (third.status_code, "access-control-allow-origin" in third.headers) == (403, False)


def test_anyone_may_be_let_in(trig: Path) -> None:
    with serving(trig, "--allow-origin", "*") as address:
        answer = get(f"{address}/sparql", params=ASK, headers={"Origin": OTHER})
        assert answer.headers["access-control-allow-origin"] == "*"
        assert get(f"{address}/en/about", headers={"Origin": OTHER}).status_code == 403


@pytest.mark.parametrize(
    "path",
    ["/sparql?query=ASK%7B%7D", "/sparql?query=x", "/en/about", "/nowhere", "/health", "/static/app.css"],
)
def test_every_answer_has_the_headers(tiny: str, path: str) -> None:
    found = get(tiny + path).headers
    assert {name: found.get(name) for name in HEADERS} == HEADERS
    assert "server" not in found


@pytest.mark.parametrize(
    "host, name",
    [
        ("a.example:80", "a.example"),
        ("A.Example", "a.example"),
        ("[::1]:80", "[::1]"),
        ("a@b", ""),
        ("a:b", ""),
        ("a/b", ""),
        ("[::1", ""),
        ("", ""),
    ],
)
def test_the_name_in_a_host_header(host: str, name: str) -> None:
    assert host_of(host) == name


@pytest.fixture(scope="module")
def entry(trig: Path) -> Iterator[str]:
    """The address a server beyond the loopback tells, token and all."""
    with serving(trig, "--host", "0.0.0.0") as address:
        yield address.replace("0.0.0.0", "127.0.0.1")


class TestBeyondTheLoopback:
    """A token opens the site: in an address once, then as a cookie; or as a bearer token."""

    def test_nobody_without_it(self, entry: str) -> None:
        address = entry.split("/?")[0]
        for path in ("/sparql?query=ASK%7B%7D", "/en/about", "/health", "/metrics", "/data/release.json"):
            answer = get(address + path)
            assert (answer.status_code, answer.headers["www-authenticate"][:6]) == (401, "Bearer")
        for wrong in ("", "x", "é"):
            assert get(f"{address}/health", params={"token": wrong}).status_code == 401
            assert get(f"{address}/health", cookies={"coopgraph-token": "x"}).status_code == 401

    def test_it_becomes_a_cookie_and_leaves_the_address(self, entry: str) -> None:
        with httpx.Client(timeout=30) as client:
            answer = client.get(entry.replace("/?", "/en/about?a=1&"))
            assert (answer.status_code, answer.headers["location"]) == (303, "/en/about?a=1")
            assert answer.headers["cache-control"] == "no-store"
            cookie = answer.headers["set-cookie"].lower()
            assert "httponly" in cookie and "samesite=strict" in cookie
            page = client.get(entry.split("/?")[0] + "/en/about")
            assert page.status_code == 200

    def test_a_form_does_not_make_it_a_cookie(self, entry: str) -> None:
        answer = post(entry.replace("/?", "/sparql?"), data=ASK)
        assert (answer.status_code, "set-cookie" in answer.headers) == (401, False)

    def test_it_never_leads_away(self, entry: str) -> None:
        address, token = entry.split("/?")
        answer = get(f"{address}//evil.example/?{token}")
        assert answer.headers["location"] == "/evil.example/"

    def test_programs_send_it_as_bearer(self, entry: str) -> None:
        address, token = entry.split("/?token=")
        for scheme in ("Bearer", "bearer"):
            headers = {"Authorization": f"{scheme} {token}"}
            assert get(f"{address}/sparql", params=ASK, headers=headers).status_code == 200
        assert get(f"{address}/health", headers={"Authorization": f"Basic {token}"}).status_code == 401

    def test_names_are_held_to_there_too(self, entry: str) -> None:
        address, token = entry.split("/?token=")
        headers = {"Authorization": f"Bearer {token}"}
        assert get(f"{address}/health", headers={**headers, "Host": "evil.example"}).status_code == 421
        assert get(f"{address}/health", headers={**headers, "Host": "192.0.2.7"}).status_code == 200

    def test_a_token_of_ones_own(self, trig: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COOPGRAPH_TOKEN", "open-sesame")
        with serving(trig) as address:
            assert address.endswith("/?token=open-sesame")
            address = address.split("/?")[0]
            assert get(f"{address}/health").status_code == 401
            headers = {"Authorization": "Bearer open-sesame"}
            assert get(f"{address}/health", headers=headers).status_code == 200
