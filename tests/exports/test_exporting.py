"""`cg.export`: whole or not at all, nothing replaced unasked, faults told together."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

import coopgraph as cg
from coopgraph.columns.duck_file import duck_file
from coopgraph.errors import ConfigError, ProjectionError, StoreError
from coopgraph.exports.exporting import export
from coopgraph.exports.formats import Format, Options, Written, format_of, formats
from coopgraph.exports.target import beside
from coopgraph.release import Release
from tests.views.explorer.conftest import five

__all__ = ["five"]


def test_a_file_is_there_once_all_is_written(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    with beside(target, folder=False) as unfinished:
        unfinished.write_text("whole")
        assert not target.exists()
    assert target.read_text() == "whole" and [*tmp_path.iterdir()] == [target]


@pytest.mark.parametrize("ending", [KeyboardInterrupt, ConfigError])
def test_what_ends_early_leaves_the_old_and_nothing_beside_it(
    tmp_path: Path, ending: type[BaseException]
) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")
    with pytest.raises(ending), beside(target, folder=False, force=True) as unfinished:
        unfinished.write_text("half")
        raise ending("stop")
    assert target.read_text() == "old" and [*tmp_path.iterdir()] == [target]


def test_a_full_disk_is_told_with_the_file_and_what_to_do(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    with (
        pytest.raises(StoreError, match=r"a\.txt cannot be written: the disk is full\. Free") as caught,
        beside(target, folder=False) as unfinished,
    ):
        unfinished.write_text("half")
        raise OSError(errno.ENOSPC, "No space left on device")
    assert "unfinished" not in str(caught.value) and not [*tmp_path.iterdir()]


@pytest.mark.parametrize("ending", [KeyboardInterrupt, duckdb.IOException])
def test_a_database_that_ends_early_leaves_nothing_beside_it(
    tmp_path: Path, ending: type[BaseException]
) -> None:
    target = tmp_path / "x.duckdb"
    with (
        pytest.raises((KeyboardInterrupt, StoreError)),
        beside(target, folder=False) as unfinished,
        duck_file(unfinished) as connection,
    ):
        connection.execute("CREATE TABLE a AS SELECT 1")
        assert [path.name for path in tmp_path.glob("*.wal")]
        (tmp_path / "unfinished-x.duckdb.tmp").mkdir()
        raise ending("Could not write: No space left on device")
    assert not [*tmp_path.iterdir()]


def test_what_is_there_is_replaced_only_by_force(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")
    with (
        pytest.raises(ConfigError, match=r"is there already\. Choose another name, or .* --force"),
        beside(target, folder=False),
    ):
        pass
    with beside(target, folder=False, force=True) as unfinished:
        unfinished.write_text("new")
    assert target.read_text() == "new"


def test_a_folder_is_replaced_only_by_its_own_kind(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    (target / "nodes.csv").write_text("old")
    with beside(target, folder=True, force=True) as unfinished:
        unfinished.mkdir()
        (unfinished / "nodes.csv").write_text("new")
    assert (target / "nodes.csv").read_text() == "new" and [*tmp_path.iterdir()] == [target]
    (target / "thesis.docx").write_text("years of work")
    with (
        pytest.raises(ConfigError, match=r"holds 'thesis\.docx', which this export does not write"),
        beside(target, folder=True, force=True) as unfinished,
    ):
        unfinished.mkdir()
        (unfinished / "nodes.csv").write_text("newer")
    assert (target / "thesis.docx").read_text() == "years of work"
    assert (target / "nodes.csv").read_text() == "new" and [*tmp_path.iterdir()] == [target]
    with (
        pytest.raises(ConfigError, match="is a folder, and a file is made"),
        beside(target, folder=False, force=True),
    ):
        pass


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with (
        pytest.raises(ConfigError, match=r"There is no folder .*missing to write a\.txt in"),
        beside(tmp_path / "missing" / "a.txt", folder=False),
    ):
        pass


def test_faults_are_told_together(five: Release, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        cg.export(five, tmp_path / "x", "parquet", lang="fr", graph="friends", sdg=11)
    assert len(caught.value.faults) == 3
    assert "parquet holds the whole release" in str(caught.value)
    assert not [*tmp_path.iterdir()]


def test_the_ending_says_the_format(tmp_path: Path) -> None:
    for name, each in formats().items():
        if each.ending:
            assert format_of(Path(f"a{each.ending}")).name == name
    with pytest.raises(ConfigError, match="Did you mean 'parquet'"):
        format_of(tmp_path / "x", "parket")


def _lister(release: Release, target: Path, options: Options) -> Written:
    """A writer as a plugin would bring it."""
    target.write_text(f"{options.graph} {sorted(options.selection)}", encoding="utf-8")
    return Written((target,), {"lines": 1})


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Format]:
    found = Format("listing", ".list", "any editor", f"{__name__}:_lister", network=True)
    monkeypatch.setattr("coopgraph.exports.exporting.format_of", lambda target, name: found)
    yield found


def test_options_reach_the_writer_and_files_are_told_where_they_are(
    five: Release, tmp_path: Path, listed: Format
) -> None:
    target = tmp_path / "a.list"
    assert export(five, target).files == (target,)
    assert target.read_text() == "all []"
    export(five, target, force=True, programme="x", unknown="both")
    assert target.read_text() == "exchange ['programme', 'unknown']"
    with pytest.raises(ConfigError, match="sdg chooses among exchanges"):
        export(five, target, force=True, sdg=11, graph="all")


def test_every_format_is_in_the_index_of_the_documentation(root: Path) -> None:
    pages = root / "docs" / "exports"
    told = " ".join(page.read_text("utf-8") for page in pages.glob("*.md"))
    for name, each in formats().items():
        shown = f"{each.ending}" if each.ending else f"coopgraph export {name} "
        assert shown in told, name
    index = (pages / "index.md").read_text("utf-8")
    assert all(f"({page.name})" in index for page in pages.glob("*.md") if page.name != "index.md")


@pytest.mark.parametrize(
    ("name", "form"), [("x.gexf", "csvw"), ("y.graphml", "gexf"), ("x.nq.gz", "ro-crate")]
)
def test_a_name_that_says_another_format_is_refused(
    five: Release, tmp_path: Path, name: str, form: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        cg.export(five, tmp_path / name, form)
    assert f"{form} is asked for, and the name '{name}' says " in caught.value.faults[0].what
    assert not [*tmp_path.iterdir()]


def test_a_choice_that_matches_nothing_writes_no_empty_file(bundled: Release, tmp_path: Path) -> None:
    with pytest.raises(ProjectionError, match=r"Nothing matches: .* chosen by period"):
        cg.export(bundled, tmp_path / "x.gexf", period=("1800", "1800"))
    assert not [*tmp_path.iterdir()]
