"""Downloads: a table or a part of the graph as a file, with the name and the type that it has."""

from __future__ import annotations

import json

import pytest

from coopgraph.web.data import download
from tests.web.data.conftest import Ask

TABLE = {"title": "Ciudades: ¿cuáles?", "lang": "es", "columns": ["Ciudad"], "rows": [["Lima"]]}


def test_a_table_as_a_file_with_its_sources(ask: Ask) -> None:
    answer = ask("/download/csv", "POST", json=TABLE)
    assert answer.headers["content-disposition"] == (
        'attachment; filename="coopgraph-ciudades-cuales-2026-11-22.csv"'
    )
    text = answer.content.decode("utf-8-sig")
    assert (
        text.startswith("Ciudad\r\nLima\r\n")
        and "# Fuente,A report. A city. https://example.org/report" in text
    )
    none = ask("/download/csv", "POST", json=TABLE | {"sources": []})
    assert "# Fuente" not in none.content.decode("utf-8-sig")
    assert ask("/download/xlsx", "POST", json=TABLE).content[:2] == b"PK"


@pytest.mark.parametrize("kind", ["csv", "xlsx", "gexf", "graphml", "jsonld", "geojson", "gpkg"])
def test_the_graph_or_a_part_of_it_in_every_format(ask: Ask, kind: str) -> None:
    whole = ask(f"/download/{kind}", "POST", json={"title": "All"})
    part = ask(
        f"/download/{kind}", "POST", json={"title": "All", "nodes": [3, 4], "links": [7], "events": [4]}
    )
    assert (whole.status_code, part.status_code) == (200, 200)
    if kind == "gpkg":  # of whole pages of 4,096 bytes, whatever stands in them
        assert part.content != whole.content and len(part.content) <= len(whole.content)
    else:
        assert len(part.content) < len(whole.content)
    assert whole.headers["content-type"] == download.TYPES[kind]
    assert whole.content == ask(f"/download/{kind}", "POST", json={"title": "All"}).content


def test_what_cannot_be_made_is_told(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {
        ("pdf", "{}"): 404,
        ("csv", "no json"): 400,
        ("csv", "[]"): 400,
        ("csv", '{"lang": "de"}'): 400,
        ("gexf", json.dumps(TABLE)): 400,
        ("gexf", '{"nodes": [1]}'): 400,
        ("gexf", '{"nodes": [99], "links": [], "events": []}'): 400,
        ("csv", '{"columns": ["a"], "rows": [[]]}'): 400,
        ("csv", '{"release": "gone"}'): 410,
    }
    for (kind, body), status in wrong.items():
        answer = ask(f"/download/{kind}", "POST", content=body)
        assert answer.status_code == status and answer.json()["error"], (kind, body)
    monkeypatch.setattr(download, "MOST_BYTES", 10)
    assert ask("/download/csv", "POST", json=TABLE).status_code == 413
    assert ask("/download/csv").status_code == 405
