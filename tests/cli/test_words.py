"""Errors become words on stderr, and exit codes: 0 fine, 1 wrong in the data, 2 wrong use."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import click
import pytest

from coopgraph.cli.options import MeasureName
from coopgraph.cli.words import as_typed, exit_code
from coopgraph.errors import (
    ConfigError,
    CoopgraphError,
    Fault,
    QueryError,
    QueryTimeout,
    SourceError,
    ValidationError,
)

SOURCE = str(Path(__file__).parents[2] / "src")


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
        (["rank", "--measure", "pagerunk"], "There is no measure 'pagerunk'. Did you mean pagerank"),
        (["query"], "Say one question"),
        (["query", "a", "b"], "Say one question"),
        (["rank", "--formt", "csv"], "--format"),
        (["build", "--set", "data"], "--set takes name=value"),
        (["init"], "Missing argument 'DIR'"),
        (["query", "nofile.rq"], "nofile.rq cannot be read: No such file or directory."),
        (["query", "--from", "nope.ttl", "ASK {}"], "There is no file nope.ttl."),
        (["query", "--from", "nope.ttl", "-w", ".", "ASK {}"], "Give one of the two."),
        (["query", "ASK {}", "--timeout", "nan"], "--timeout takes seconds"),
        (["query", "ASK {}", "--timeout", "inf"], "--timeout takes seconds"),
        (["query", "ASK {}", "-o", "nowhere/x.csv"], "There is no folder nowhere to write x.csv in."),
        (["rank", "-o", "nowhere/x.csv"], "There is no folder nowhere to write x.csv in."),
        (["ontology", "-o", "x.xyz"], "says no format. Add --format, or use one of these endings: .csv"),
        (
            ["view", "out.txt"],
            "view writes a page or a picture: name it out.html, .png or .svg, not out.txt.",
        ),
        (["view", "nowhere/out.html"], "There is no folder nowhere"),
        (["build", "--now", "2020"], "--now takes a day like 2026-11-22, not '2020'."),
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


LONG = "SELECT ?a ?b { ?a ?b ?c } LIMIT 3000"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no broken pipe in this sense")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    "words",
    [
        ("query", "-w", "{place}", LONG, "--format", "csv"),
        ("query", "-w", "{place}", LONG),
        ("ontology", "--format", "json"),
        ("--help",),
    ],
    ids=lambda words: " ".join(words[:1] + words[3:4]),
)
def test_the_reader_of_a_pipe_has_gone(built: Path, words: tuple[str, ...], unbuffered: str) -> None:
    given = [str(built) if word == "{place}" else word for word in words]
    command = [sys.executable, "-m", "coopgraph", *given]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        command,
        stdout=writing,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": SOURCE, "PYTHONUNBUFFERED": unbuffered},
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no broken pipe in this sense")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_goes_after_a_part(built: Path, unbuffered: str) -> None:
    """Unbuffered, the system takes a part of one write and says so by its length alone."""
    process = subprocess.Popen(
        [sys.executable, "-m", "coopgraph", "query", "-w", str(built), LONG, "--format", "csv"],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": SOURCE, "PYTHONUNBUFFERED": unbuffered},
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == b"a,b"
    process.stdout.close()
    assert process.wait() == 141


def test_unbuffered_output_is_whole(built: Path) -> None:
    """Whatever the pipe takes at once, all of it arrives."""
    command = [sys.executable, "-m", "coopgraph", "query", "-w", str(built), LONG, "--format", "csv"]
    told = [
        subprocess.run(
            command,
            capture_output=True,
            env={**os.environ, "PYTHONPATH": SOURCE, "PYTHONUNBUFFERED": unbuffered},
            check=True,
        ).stdout
        for unbuffered in ("", "1")
    ]
    assert len(told[0]) > 100_000
    assert told[0] == told[1]


def test_ctrl_c_while_importing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    import coopgraph.cli

    monkeypatch.setattr(coopgraph.cli, "_run", lambda _: raising(KeyboardInterrupt())())
    assert coopgraph.cli.main([]) == 130
    assert capsys.readouterr().err == "Interrupted.\n"


def test_ctrl_c_says_what_was_published_where_something_could_be(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], small: Path
) -> None:
    import coopgraph.pipeline
    from coopgraph.cli import main
    from coopgraph.release import opening

    def stop(*_: object, **__: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(coopgraph.pipeline, "build", stop)
    monkeypatch.setattr(opening, "open_release", stop)
    assert main(["build", str(small)]) == 130
    assert "Nothing was published" in capsys.readouterr().err
    assert main(["query", "-w", str(small), "ASK {}"]) == 130
    assert capsys.readouterr().err.split() == ["Interrupted."]


def test_options_of_python_are_told_as_the_shell_writes_them() -> None:
    told = as_typed("now='2020-01-01' has no use here. Add half_life=, in years, or events='all'.")
    assert told == "--now 2020-01-01 has no use here. Add --half-life, in years, or --events all."
    assert as_typed("alpha=2 is out of bounds.") == "alpha=2 is out of bounds."


def test_a_measure_misspelt_is_told_with_what_was_meant() -> None:
    with pytest.raises(click.BadParameter, match="Did you mean betweenness"):
        MeasureName(("betweenness", "given")).convert("betweeness", None, None)
    with pytest.raises(click.BadParameter, match="'katz' has no closed form, which is needed here"):
        MeasureName(("given",)).convert("katz", None, None)
    assert MeasureName(("peer-exchange",)).convert("peer_exchange", None, None) == "peer-exchange"
