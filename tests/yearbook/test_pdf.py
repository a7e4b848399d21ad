"""The year book as PDF, read back by another library: tagged, its fonts within, the same bytes anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import coopgraph as cg
from coopgraph.cli.app import coopgraph
from coopgraph.errors import ProjectionError
from coopgraph.yearbook import answers
from coopgraph.yearbook.answers import CARRIED
from coopgraph.yearbook.pdf import printed
from tests.yearbook.made import TURTLE

SCRIPT = """
import sys
import coopgraph as cg
from coopgraph.yearbook import answers
with cg.open(sys.argv[1]) as release:
    cg.report(release, 2018, sys.argv[3], lang="pt")
    answers.CARRIED.clear()
    cg.report(release, 2018, sys.argv[2], lang="pt")
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "made.ttl"
    path.write_text(TURTLE, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def files(made: Path) -> Iterator[tuple[Path, ...]]:
    with pytest.MonkeyPatch.context() as patched, cg.open(made) as release:
        patched.setattr(answers, "CARRIED", {})
        yield cg.report(release, 2018, made.parent, lang="pt")


@pytest.fixture(scope="module")
def read(files: tuple[Path, ...]) -> Any:
    from pypdf import PdfReader

    return PdfReader(files[1])


def test_both_files_of_a_folder(files: tuple[Path, ...]) -> None:
    assert [path.name for path in files] == ["yearbook-2018-pt.html", "yearbook-2018-pt.pdf"]


def test_pages_and_their_texts(read: Any) -> None:
    texts = [" ".join(page.extract_text().split()) for page in read.pages]
    assert len(texts) == 8
    assert "Anuário 2018" in texts[0] and "Índice" in texts[0]
    for n, text in enumerate(texts[1:], start=2):
        assert "Anuário 2018 · coopgraph" in text and str(n) in text.split()  # what runs at the foot
    whole = " ".join(texts)
    for said in (
        "Ações iniciadas",
        "Łódź",
        "Quito & <b>más</b>",
        "De 6 participações, 2 têm um papel",
        "Fontes",
    ):
        assert said in whole, said


def test_it_is_tagged_and_says_what_it_is(read: Any) -> None:
    root = read.trailer["/Root"]
    assert root["/Lang"] == "pt" and root["/MarkInfo"]["/Marked"]
    assert read.metadata.title == "Anuário 2018 · coopgraph"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    tags, alts = [], []

    def walk(node: Any) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif isinstance(node, dict):
            if "/S" in node:
                tags.append(node["/S"])
            if "/Alt" in node:
                alts.append(node["/Alt"])
            if "/K" in node:
                walk(node["/K"])

    walk(root["/StructTreeRoot"])
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/Figure", "/L", "/P"} <= set(tags)
    assert len(alts) == tags.count("/Figure") == 3
    assert alts[0].startswith("Barras por ano de 2010 a 2018.")


def test_its_fonts_are_within(read: Any) -> None:
    fonts = set()
    for page in read.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            (below,) = font.get_object()["/DescendantFonts"]
            about = below.get_object()["/FontDescriptor"].get_object()
            assert "/FontFile2" in about or "/FontFile3" in about
            fonts.add(str(about["/FontName"]).split("+")[1])
    assert fonts and all(name.startswith("Source-Sans-3") for name in fonts), fonts


def test_the_same_bytes_elsewhere(
    made: Path, files: tuple[Path, ...], tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": str(root / "src"),
        "PYTHONHASHSEED": "4",  # this process has another one: no order of a set may be seen
        "TZ": "Asia/Tokyo",
        "LC_ALL": "C",
        "LANG": "C",
    }
    target, page = tmp_path / "elsewhere.pdf", tmp_path / "elsewhere.html"
    command = [sys.executable, "-c", SCRIPT, str(made), str(target), str(page)]
    subprocess.run(command, check=True, cwd=tmp_path, env=environment)
    assert target.read_bytes() == files[1].read_bytes()
    monkeypatch.setattr(answers, "CARRIED", CARRIED)
    with cg.open(made) as release:
        (here,) = cg.report(release, 2018, tmp_path / "here.html", lang="pt")
    assert here.read_bytes() == page.read_bytes() and b"answer-reliance" in page.read_bytes()


def test_nothing_is_fetched(tmp_path: Path) -> None:
    style = "p { break-before: page }"
    (tmp_path / "own.css").write_text(style)
    linked = f'<link rel="stylesheet" href="{(tmp_path / "own.css").as_uri()}">'
    page = '<html lang="en"><title>x</title>{}<p>one</p><p>two</p>'
    assert _pages(page.format(linked)) == 1  # a page of ours holds its styles
    assert _pages(page.format(f"<style>{style}</style>")) == 2


def _pages(page: str) -> int:
    from pypdf import PdfReader

    return len(PdfReader(BytesIO(printed(page))).pages)


@pytest.mark.parametrize(
    ("error", "fix"),
    [(ImportError("none"), "pip install"), (OSError("cannot load libpango"), "apt-get install")],
)
def test_what_is_missing_is_told(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, fix: str
) -> None:
    class Missing:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "weasyprint":
                raise error

    monkeypatch.setattr(answers, "CARRIED", {})
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    with cg.open(made) as release, pytest.raises(ProjectionError, match="the HTML can") as told:
        cg.report(release, 2018, tmp_path)
    assert fix in str(told.value.faults[0].fix)
    assert [path.name for path in tmp_path.iterdir()] == ["yearbook-2018-en.html"]


def test_from_the_shell(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "CARRIED", {})

    def shell(*words: str) -> Any:
        return CliRunner().invoke(coopgraph, ["report", *words, "-w", str(built)])

    done = shell("2018", "--lang", "es", "-o", str(tmp_path / "anuario.html"))
    assert done.exit_code == 0 and "Wrote" in done.output
    page = (tmp_path / "anuario.html").read_text("utf-8")
    assert "<h1" in page and "Anuario 2018" in page
    done = shell("2018", "--lang", "es", "--format", "html", "-o", str(tmp_path))
    assert (tmp_path / "yearbook-2018-es.html").read_text("utf-8") == page and done.exit_code == 0
    for words in ((), ("0",), ("soon",), ("2018", "-o", str(tmp_path / "none" / "a.pdf")),
                  ("2018", "-o", str(tmp_path / "a.pdf"), "--format", "html")):  # fmt: skip
        assert shell(*words).exit_code == 2, words
    refused = shell("2018", "-o", str(tmp_path / "book.docx"))
    wrong = refused.exception
    assert isinstance(wrong, ProjectionError) and "says no form" in wrong.message
    assert "Making" not in refused.output
    assert "20x8 is no year: write a year such as 2018." in shell("20x8").output
    copied = shell("--write-templates", str(tmp_path / "look"))
    assert copied.exit_code == 0 and (tmp_path / "look" / "yearbook.css").is_file()
