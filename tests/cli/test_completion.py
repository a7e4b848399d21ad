"""Completion as shells ask for it: by click's protocol, and in real shells where they are installed."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from coopgraph.cli.app import COMMANDS
from tests.cli.conftest import Command

Complete = Callable[..., dict[str, str]]


@pytest.fixture(scope="module")
def program(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `coopgraph` in it, to be found by a shell."""
    folder = tmp_path_factory.mktemp("bin")
    script = folder / "coopgraph"
    script.write_text(
        f'#!/bin/sh\nPYTHONPATH="{root / "src"}" exec "{sys.executable}" -m coopgraph "$@"\n',
        encoding="utf-8",
    )
    script.chmod(0o755)
    return folder


@pytest.fixture
def complete(program: Path, built: Path) -> Complete:
    """Ask for completions of a line by click's protocol for zsh, which tells the help too."""

    def ask(line: str, cwd: Path = built) -> dict[str, str]:
        words = line.split(" ")
        asked = {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1), "_COOPGRAPH_COMPLETE": "zsh_complete"}
        done = subprocess.run(
            [str(program / "coopgraph")],
            capture_output=True,
            text=True,
            check=False,
            cwd=cwd,
            env={**os.environ, **asked},
        )
        assert (done.returncode, done.stderr) == (0, "")
        lines = done.stdout.splitlines()
        return dict(zip(lines[1::3], lines[2::3], strict=True))

    return ask


def test_commands_with_their_help(complete: Complete) -> None:
    assert complete("coopgraph ") == COMMANDS
    assert complete("coopgraph exp") == {name: COMMANDS[name] for name in ("explain", "export")}
    assert complete("coopgraph release ro").keys() == {"rollback"}


def test_options_choices_and_measures(complete: Complete) -> None:
    assert "--leave-one-out" in complete("coopgraph rank --le")
    assert complete("coopgraph rank --measure harm").keys() == {"harmonic", "harmonic-by-distance"}
    assert complete("coopgraph rank --format p").keys() == {"parquet"}
    assert complete("coopgraph query --lang ").keys() == {"en", "es", "pt"}


def test_questions_with_their_titles(complete: Complete) -> None:
    (title,) = complete("coopgraph query cq-011").values()
    assert title.startswith("How much was planned")
    assert len(complete("coopgraph query cq-0")) > 50


@pytest.mark.parametrize(
    "line", ["coopgraph explain sao", "coopgraph view --ego sao", "coopgraph trend lima sao"]
)
def test_cities_by_any_of_their_names(complete: Complete, line: str) -> None:
    assert complete(line)["sao-paulo"] == "São Paulo (BR)"


def test_cities_by_the_name_in_another_language(complete: Complete) -> None:
    assert complete("coopgraph explain lisboa").keys() == {"lisbon"}
    assert complete("coopgraph explain nobody") == {}


def test_releases_and_formats(complete: Complete, built: Path) -> None:
    (release,) = (path.name for path in (built / ".coopgraph" / "releases").iterdir())
    assert {release, "current", "previous"} <= complete("coopgraph compare ").keys()
    assert complete(f"coopgraph release rollback {release[:3]}").keys() == {release}
    assert complete(f"coopgraph compare -w {built} {release[:4]}", built.parent).keys() >= {release}
    assert complete("coopgraph export geo").keys() >= {"geojson"}


def test_without_a_workspace_nothing_is_offered_or_said(complete: Complete, tmp_path: Path) -> None:
    assert complete("coopgraph explain l", tmp_path) == {}
    assert complete("coopgraph release rollback ", tmp_path) == {}
    assert complete("coopgraph query cq-001", tmp_path).keys() == {"cq-001-programme-purpose"}


def test_completion_costs_little(complete: Complete) -> None:
    complete("coopgraph explain l")  # bytecode is written once
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for _ in range(3):
        complete("coopgraph explain l")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert cpu / 3 < 0.6  # 0.26 s where nothing else runs


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_script_is_printed(run: Command, shell: str) -> None:
    done = run("completion", shell)
    assert done.code == 0
    assert "_COOPGRAPH_COMPLETE" in done.out


BASH = """
source <(coopgraph completion bash)
COMP_WORDS=(coopgraph explain sao); COMP_CWORD=2; COMP_LINE="coopgraph explain sao"
_coopgraph_completion coopgraph sao explain
echo "${COMPREPLY[@]}"
complete -p coopgraph
"""
ZSH = """
compdef() { print -r -- "compdef $*" }
source <(coopgraph completion zsh)
_describe() { print -rl -- ${(P)3} }
compadd() { print -r -- "$@" }
words=(coopgraph explain sao); CURRENT=3
_coopgraph_completion
"""
FISH = """
coopgraph completion fish | source
complete -C "coopgraph explain sao"
"""


@pytest.mark.parametrize(
    ("shell", "options", "script", "told"),
    [
        ("bash", ("--norc", "-c"), BASH, ("sao-paulo", "-F _coopgraph_completion coopgraph")),
        ("zsh", ("-f", "-c"), ZSH, ("sao-paulo", "São Paulo (BR)")),
        ("fish", ("--no-config", "-c"), FISH, ("sao-paulo\tSão Paulo (BR)",)),
    ],
    ids=["bash", "zsh", "fish"],
)
def test_in_a_real_shell(
    program: Path,
    built: Path,
    tmp_path: Path,
    shell: str,
    options: tuple[str, ...],
    script: str,
    told: tuple[str, ...],
) -> None:
    found = os.environ.get(shell.upper()) or shutil.which(shell)
    if not found:
        pytest.skip(f"{shell} is not installed; set {shell.upper()} to where it is")
    env = {
        **os.environ,
        "PATH": f"{program}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(
        [found, *options, script], capture_output=True, text=True, check=False, cwd=built, env=env, timeout=60
    )
    assert not [words for words in told if words not in done.stdout], (done.stdout, done.stderr)
