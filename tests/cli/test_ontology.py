"""ontology: the terms in three languages, and pages that open offline."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Command


@pytest.mark.parametrize(
    ("lang", "label"), [("en", "network of cities"), ("es", "red de ciudades"), ("pt", "rede de cidades")]
)
def test_each_term_has_a_label_and_a_definition(run: Command, lang: str, label: str) -> None:
    done = run("ontology", "--lang", lang, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert {"coop:City", "coop:Agreement", "coop:contributes"} <= {row["term"] for row in rows}
    assert all(row["label"] and row["definition"] for row in rows)
    assert label in {row["label"] for row in rows}


@pytest.mark.filterwarnings(
    "ignore::ResourceWarning",
    "ignore::DeprecationWarning",
    "default::pytest.PytestUnraisableExceptionWarning",
)
def test_pages_open_offline(run: Command, tmp_path: Path) -> None:
    done = run("ontology", "--html", tmp_path / "pages")
    assert done.code == 0, done.err
    assert done.err == ""
    pages = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "pages").iterdir()}
    kinds = [f"{kind}.{lang}.html" for kind in ("terms", "concepts", "shapes") for lang in ("en", "es", "pt")]
    assert set(pages) == {"index.html", *kinds}
    for name, text in pages.items():
        assert not re.search(r"<(script|link|img|iframe)[^>]+(src|href)=[\"']https?:", text), name
        assert "@import" not in text
        local = re.findall(r'href="([\w.]+\.html)"', text)
        assert set(local) <= set(pages)
    assert "red de ciudades" in pages["terms.es.html"]
    assert "network of cities" not in pages["terms.es.html"]
    assert "twinning" in pages["concepts.en.html"]
