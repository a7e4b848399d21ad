"""What is said while sources are read: nothing of small ones, how far it is of those that tell."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

import coopgraph as cg

ACTIVITY = "<iati-activity><iati-identifier>{}</iati-identifier></iati-activity>\n<!--{}-->\n"


def workspace(folder: Path, file: str, kind: str) -> Path:
    text = f'[workspace]\ntitle = "W"\n[sources.some]\npath = "{file}"\nkind = "{kind}"\n'
    if kind == "csv":
        text += 'mapping = "a.yml"\n'
        mapping = "mappings:\n  a:\n    s: id:a/$(id)\n    po:\n      - [skos:note, x]\n"
        (folder / "a.yml").write_text(mapping, encoding="utf-8")
    (folder / "coopgraph.toml").write_text(text, encoding="utf-8")
    return folder


def said_of(place: Path) -> list[str]:
    said: list[str] = []
    cg.check(place, on_progress=said.append)
    return [each for each in said if each.startswith("reading") and not each.endswith("sources")]


@pytest.mark.parametrize("packed", [False, True])
def test_a_large_file_says_how_far_it_is(
    tmp_path: Path, packed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coopgraph.sources.telling.PATIENCE", -1.0)  # else every other second
    text = "".join(ACTIVITY.format(number, "x" * 100_000) for number in range(50))
    data = f"<iati-activities version='2.03'>{text}</iati-activities>".encode()
    name = "a.xml.gz" if packed else "a.xml"
    (tmp_path / name).write_bytes(gzip.compress(data, 0) if packed else data)
    first, *rest = said_of(workspace(tmp_path, name, "iati"))
    assert first == "reading some (5 MB)"
    assert rest[0] == f"reading {name}: 0 of 5 MB" and rest[-1] == f"reading {name}: 5 of 5 MB"
    assert len(rest) > 20
    monkeypatch.undo()
    assert said_of(tmp_path) == ["reading some (5 MB)"]


@pytest.mark.parametrize(("rows", "said"), [(10, []), (5000, ["reading some (5 MB)"])])
def test_only_a_large_table_is_named(tmp_path: Path, rows: int, said: list[str]) -> None:
    (tmp_path / "a.csv").write_text("id\n" + ("x" * 1000 + "\n") * rows, encoding="utf-8")
    assert said_of(workspace(tmp_path, "a.csv", "csv")) == said
