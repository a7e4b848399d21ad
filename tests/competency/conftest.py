"""What the tests of the competency questions share: questions, expected answers, the bundled tables."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import coopgraph as cg

Answer = list[dict[str, str]]
Row = dict[str, str]


def plain(term: str) -> str:
    r"""Return the value of a term of SPARQL TSV without its quotes, language and datatype.

    >>> plain('"14"^^<http://www.w3.org/2001/XMLSchema#decimal>'), plain('"La \\"Paz\\""@en'), plain("5")
    ('14', 'La "Paz"', '5')
    """
    literal = re.fullmatch(r'"(.*)"(@[\w-]+|\^\^<[^>]+>)?', term)
    return literal[1].replace('\\"', '"') if literal else term.strip("<>")


@pytest.fixture(scope="session")
def questions(root: Path) -> dict[int, Path]:
    """The query files by number."""
    files = sorted((root / "ontology" / "queries" / "competency").glob("cq-*.rq"))
    return {int(file.name[3:6]): file for file in files}


@pytest.fixture(scope="session")
def answer(questions: dict[int, Path]) -> Callable[[int], Answer]:
    """The expected answer to a question, as rows of plain values."""

    def read(number: int) -> Answer:
        header, *lines = questions[number].with_suffix(".tsv").read_text(encoding="utf-8").splitlines()
        names = [name.lstrip("?") for name in header.split("\t")]
        return [dict(zip(names, map(plain, line.split("\t")), strict=True)) for line in lines]

    return read


@pytest.fixture(scope="session")
def table(root: Path) -> Callable[[str], list[Row]]:
    """A table of the bundled workspace."""

    def read(name: str) -> list[Row]:
        with (root / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read


@pytest.fixture(scope="session")
def release(built: Path) -> Iterator[cg.Release]:
    """The bundled workspace, built."""
    with cg.open(built) as opened:
        yield opened
