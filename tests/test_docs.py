"""What is documented is there, what is there is documented, and every example runs."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click
import pytest

from coopgraph.cli.app import COMMANDS, coopgraph
from coopgraph.cli.reference import PAGE, reference

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "data" / "README.md"])
FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS


def commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """Yield each command that does something, with its words."""
    if not isinstance(command, click.Group):
        yield path, command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        inner = command.get_command(context, name)
        assert inner is not None
        yield from commands(inner, f"{path} {name}")


ALL = dict(commands(coopgraph, "coopgraph"))


def test_reference_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference(), "write it again: python3 run.py docs"


@pytest.mark.parametrize("path", ALL)
def test_command_and_each_option_is_explained(path: str) -> None:
    command = ALL[path]
    assert command.help, f"{path} has no help"
    assert command.help.split("\n")[0].endswith("."), "the first line is a sentence"
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{path} {parameter.opts[0]} has no help"
            assert parameter.help.endswith("."), f"{path} {parameter.opts[0]}: {parameter.help}"
    section = reference().split(f"\n## {path}\n")[1].split("\n## ")[0]
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert all(f"{name}" in section for name in parameter.opts)


@pytest.mark.parametrize("path", ALL)
def test_every_command_has_a_format_and_a_workspace(path: str) -> None:
    names = {name for parameter in ALL[path].params for name in parameter.opts}
    assert ("--format" in names) == (path.split()[1] not in ("mcp", "completion"))  # these speak to programs
    without = ("demo", "init", "build", "serve", "ontology", "gazetteer", "mcp", "completion")
    assert ("-w" in names) == (path.split()[1] not in without)


@pytest.mark.parametrize("name", COMMANDS)
def test_overview_says_what_the_command_says(name: str) -> None:
    command = coopgraph.get_command(click.Context(coopgraph), name)
    assert command is not None
    assert (command.help or "").split("\n")[0] == COMMANDS[name]


@pytest.fixture
def checkout(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the examples see: the bundled workspace and the examples, in a folder they may write to."""
    for name in ("data", "examples"):
        shutil.copytree(
            root / name, tmp_path / name, ignore=shutil.ignore_patterns(".coopgraph", "__pycache__")
        )
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_examples_run(page: Path, checkout: Path) -> None:
    text = page.read_text(encoding="utf-8").replace("\n```", "\n\n```")
    test = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
    told: list[str] = []
    runner = doctest.DocTestRunner(optionflags=FLAGS)
    with ThreadPoolExecutor(1) as thread:  # an example may run a loop: a browser test has one in this
        thread.submit(runner.run, test, out=told.append).result()
    assert not told, "".join(told)


def test_readme_has_an_example_of_fifteen_lines() -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 1
    assert len([line for line in blocks[0].splitlines() if line.startswith((">>>", "..."))]) <= 15


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_to_headings_there_are(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s:]*)#([^)\s]+)\)", page.read_text(encoding="utf-8"))
    dead = []
    for file, anchor in links:
        target = page.parent / file if file else page
        if target.suffix == ".md" and anchor not in anchors(target):
            dead.append(f"{file}#{anchor}")
    assert not dead


def anchors(page: Path) -> set[str]:
    """What the headings of a page are called in addresses, as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link]
    assert not [link for link in local if not (page.parent / link).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_commands_that_are_shown_exist(page: Path) -> None:
    shown = re.findall(
        r"(?:^    |`)(?:python3 run\.py|coopgraph) ([a-z]+)", page.read_text(encoding="utf-8"), re.MULTILINE
    )
    known = {*COMMANDS, "test", "check", "lint", "docs", "front", "lock", "help"}
    assert set(shown) <= known


def test_every_page_can_be_reached() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    assert not [
        name
        for name in (
            page.relative_to(ROOT / "docs").as_posix() for page in sorted((ROOT / "docs").rglob("*.md"))
        )
        if name != "index.md" and f"({name})" not in index
    ]


def test_rdflib_script_runs(checkout: Path, root: Path) -> None:
    import coopgraph as cg

    cg.build(checkout / "data")
    script = [sys.executable, str(root / "examples" / "rdflib_script.py"), "data"]
    done = subprocess.run(
        script,
        env={**os.environ, "PYTHONPATH": str(root / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "names: La Paz (en), La Paz (es), La Paz (pt)" in done.stdout
    assert re.search(r"agreements: [1-9]", done.stdout)
    assert re.search(r"participations: [1-9]", done.stdout)
