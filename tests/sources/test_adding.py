"""A source added to a workspace is there with its files, or the workspace is as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopgraph.errors import ConfigError
from coopgraph.sources.adding import add_source

SECTION = '[sources.members]\npath = "imported/members.csv"\nmapping = "mappings/members.yml"'
FILES = {"imported/members.csv": b"id\n1\n", "mappings/members.yml": b"mappings: {}\n"}


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_folder_becomes_a_workspace(tmp_path: Path) -> None:
    made = add_source(tmp_path / "w", "members", SECTION, FILES, title='Of "ours"')
    assert [path.name for path in made] == ["members.csv", "members.yml", "coopgraph.toml"]
    text = (tmp_path / "w/coopgraph.toml").read_text()
    assert text.endswith(f"\n\n{SECTION}\n")
    assert text.startswith('[workspace]\ntitle = "Of \\"ours\\""\n')


def test_what_stands_in_the_file_stays(tmp_path: Path) -> None:
    before = '# ours\n[workspace]\ntitle = "A" # as we call it\n'
    (tmp_path / "coopgraph.toml").write_text(before)
    add_source(tmp_path, "members", SECTION, FILES)
    assert (tmp_path / "coopgraph.toml").read_text() == f"{before}\n{SECTION}\n"


@pytest.mark.parametrize(
    ("there", "told"),
    [
        (
            {"coopgraph.toml": b'[workspace]\ntitle = "A"\n[sources.members]\n'},
            "has a source 'members' already",
        ),
        ({"imported/members.csv": b"id\n2\n"}, "says something else"),
    ],
)
def test_nothing_is_overwritten(tmp_path: Path, there: dict[str, bytes], told: str) -> None:
    for name, text in there.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(text)
    before = content(tmp_path)
    with pytest.raises(ConfigError, match=told):
        add_source(tmp_path, "members", SECTION, FILES)
    assert content(tmp_path) == before


def test_a_section_that_cannot_be_read_leaves_the_workspace_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "coopgraph.toml").write_text('[workspace]\ntitle = "A"\n')
    before = content(tmp_path)
    with pytest.raises(ConfigError):
        add_source(tmp_path, "members", "[sources.members\n", FILES)
    assert content(tmp_path) == before


def test_a_file_that_cannot_be_copied_leaves_nothing_of_the_others(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        add_source(tmp_path, "members", SECTION, {**FILES, "imported/more.csv": tmp_path / "gone.csv"})
    assert content(tmp_path) == {}
