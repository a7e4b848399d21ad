"""Errors become words on stderr, and exit codes: 0 fine, 1 wrong in the data, 2 wrong use."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from coopgraph.cli.words import exit_code
from coopgraph.errors import (
    ConfigError,
    CoopgraphError,
    Fault,
    QueryError,
    QueryTimeout,
    SourceError,
    ValidationError,
)


def raising(error: BaseException) -> Callable[[], NoReturn]:
    def act() -> NoReturn:
        raise error

    return act


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ConfigError("The file is wrong."), 2),
        (QueryError("LOAD is refused."), 2),
        (QueryTimeout("Stopped after 1 s."), 1),
        (SourceError("cities.csv cannot be read."), 1),
        (ValidationError("Nothing was published."), 1),
        (CoopgraphError("Something else."), 1),
        (KeyboardInterrupt(), 130),
        (FileNotFoundError(2, "No such file or directory", "a.rq"), 1),
        (OSError(28, "No space left on device", "out.csv"), 1),
    ],
)
def test_each_error_has_its_code_and_a_sentence(
    error: BaseException, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code(raising(error)) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert err.strip().endswith(".")
    assert "Traceback" not in err


def test_faults_are_told_and_the_rest_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    faults = [
        Fault("a.csv", line, "start", "has '200l', expected a date.", "Fix the row.") for line in range(2, 27)
    ]
    exit_code(raising(ValidationError("Nothing was published.", faults=faults)))
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "Error: Nothing was published."
    assert lines[1] == "  a.csv, line 2: column 'start' has '200l', expected a date. Fix the row."
    assert lines[-1] == "  ... and 5 more. All of them: coopgraph check --format json"
    assert len(lines) == 22


def test_a_defect_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        exit_code(lambda: 1 / 0)


def test_a_result_can_be_cut_off_by_a_pipe(root: Path) -> None:
    code = (
        "import sys; from coopgraph.cli.words import exit_code; import click\n"
        "sys.exit(exit_code(lambda: [click.echo('x' * 1000) for _ in range(1000)]))"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None and process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    assert (process.wait(), err) == (141, b"")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["quary"], "Did you mean 'query'?"),
        (["zzz"], "coopgraph --help lists the commands."),
        (["rank", "--measure", "pagerank"], "'pagerank' is not one of"),
        (["query"], "Say one question"),
        (["query", "a", "b"], "Say one question"),
        (["rank", "--formt", "csv"], "--format"),
        (["build", "--set", "data"], "--set takes name=value"),
        (["init"], "Missing argument 'DIR'"),
    ],
)
def test_wrong_use_is_told_with_what_would_be_right(
    words: list[str],
    said: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from coopgraph.cli import main

    (tmp_path / "coopgraph.toml").touch()
    monkeypatch.chdir(tmp_path)
    assert main(words) == 2
    assert said in capsys.readouterr().err


def test_no_workspace_here(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coopgraph.cli import main

    monkeypatch.chdir(tmp_path)
    assert main(["rank"]) == 2
    assert "coopgraph init" in capsys.readouterr().err
