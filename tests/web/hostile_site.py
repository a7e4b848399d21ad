"""The bundled workspace with texts that try to become code wherever a person may write one."""

from __future__ import annotations

import csv
import itertools
import shutil
from pathlib import Path
from typing import Final

import coopgraph as cg
from tests.views.hostile import HOSTILE

WRITTEN: Final = {  # columns a person fills with words
    *(f"{name}_{lang}" for name in ("name", "title", "purpose", "definition") for lang in ("en", "es", "pt")),
    *("title", "alt_title", "note", "publisher", "themes", "scope", "measure", "unit", "acronym"),
}
KEPT: Final = [text for text in HOSTILE if "\x00" not in text and "\ud800" not in text]  # no CSV holds those


def hostile_workspace(root: Path, folder: Path) -> Path:
    """Copy the bundled workspace, put hostile texts into it, and build it."""
    shutil.copytree(root / "data", folder, ignore=shutil.ignore_patterns(".coopgraph"))
    texts = itertools.cycle(KEPT)
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            for name in WRITTEN & set(row):
                row[name] = f"{row[name]} {next(texts)}" if row[name] else ""
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    cg.build(folder)
    return folder
