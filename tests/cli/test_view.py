"""view: one page, from the options of the shell. What the page does is tested with the views."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Command


def test_one_page_that_asks_nobody(run: Command, built: Path, tmp_path: Path) -> None:
    page = tmp_path / "a b" / "network.html"
    page.parent.mkdir()
    done = run("view", page, "-w", built)
    assert done.code == 0, done.err
    assert str(page) in done.out
    text = page.read_text(encoding="utf-8")
    assert "Madrid" in text
    assert not re.search(r"<(script|link|img)[^>]+(src|href)=[\"']https?:", text)
    assert [path.name for path in page.parent.iterdir()] == ["network.html"]


def test_options_reach_the_page(run: Command, built: Path, tmp_path: Path) -> None:
    words = (
        "--title",
        "Una <b>prueba</b>",
        "--lang",
        "es",
        "--country",
        "BO",
        "--size-by",
        "given",
        "--layer",
        "exchange",
    )
    told = json.loads(run("view", tmp_path / "a.html", "-w", built, *words, "--format", "json").out)
    [written] = told["files"]
    text = Path(written["file"]).read_text(encoding="utf-8")
    assert written["bytes"] == len(text.encode())
    assert 'lang="es"' in text
    assert "<b>prueba</b>" not in text


def test_a_place_that_is_not_there(run: Command, built: Path, tmp_path: Path) -> None:
    done = run("view", tmp_path / "nowhere" / "a.html", "-w", built)
    assert done.code in (1, 2)
    assert "nowhere" in done.err


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (["--ego", "Lisboa"], "Lisbon and its partners"),
        (["--ego", "city/lisbon", "--hops", "2"], "Lisbon and those up to 2 steps away"),
        (["--of", "ucci"], "UCCI: its members and what is between them"),
        (["--agreement", "guarulhos-maputo-2007"], "Guarulhos and Maputo technical cooperation agreement"),
        (["--query", "cq-025", "--param", "city=lisbon"], "With whom does a city cooperate"),
        (["--query", "SELECT ?n { ?n a coop:Network }", "--title", "Networks"], "Networks"),
    ],
)
def test_parts_are_called_by_names(
    run: Command, built: Path, tmp_path: Path, words: list[str], title: str
) -> None:
    done = run("view", tmp_path / "a.html", "-w", built, "--replicates", 0, *words)
    if "--agreement" in words or "--query" in words:
        assert done.code == 2, "replicates are no part of it"
        done = run("view", tmp_path / "a.html", "-w", built, *words)
    assert done.code == 0, done.err
    assert f'<h1 id="title">{title}' in (tmp_path / "a.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--ego", "Lisbom"], "Near it: Lisbon, PT (city/lisbon)"),
        (["--of", "nothing at all"], "There are 8, such as al-las"),
        (["--agreement", "barcelona-medellin"], "agreement/barcelona-medellin-2013"),
        (["--query", "cq-035"], "no thing in any of them"),
        (["--query", "cq-999"], "cq-999"),
        (["--ego", "Lisbon", "--of", "UCCI"], "--ego and --of"),
        (["--hops", "2"], "Add --ego"),
        (["--param", "city=lisbon"], "Add --query"),
        (["--query", "cq-025", "--layer", "exchange", "--unknown", "both"], "--layer, --unknown"),
        (["--ego", "Lisbon", "--hops", "0"], "--hops"),
    ],
)
def test_what_is_not_clear_is_said(
    run: Command, built: Path, tmp_path: Path, words: list[str], said: str
) -> None:
    done = run("view", tmp_path / "a.html", "-w", built, *words)
    assert (done.code, said in done.err) == (2, True), done.err
    assert not list(tmp_path.iterdir())
