"""The form of the competency questions: numbered, titled in three languages, ordered, parameters declared."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from coopgraph.web.answer_words import THEMES

TYPES = {"iri", "string", "integer", "decimal", "date", "gYear", "lang"}


def test_numbers_are_consecutive_and_names_unique(questions: dict[int, Path], root: Path) -> None:
    assert sorted(questions) == list(range(1, len(questions) + 1))
    assert len(questions) >= 30
    files = list((root / "ontology" / "queries" / "competency").glob("*.rq"))
    assert len(files) == len(questions), "two questions share a number"
    assert len({file.stem[7:] for file in files}) == len(files)


def test_every_question_has_an_answer_that_says_something(
    questions: dict[int, Path], answer: Callable[[int], list[dict[str, str]]]
) -> None:
    for number, file in questions.items():
        rows = answer(number)
        assert rows, f"{file.name}: an empty expected answer proves nothing"
        unused = [name for name in rows[0] if not any(row[name] for row in rows)]
        assert unused == [] or set(unused) <= MAY_BE_EMPTY.get(number, set()), (file.name, unused)


MAY_BE_EMPTY = {
    34: {"action", "title"},  # no source puts an action on a line
    37: {"until"},  # no such date is known
    39: {"until"},
    53: {"grewOutOf"},  # no source says so of any agreement
    54: {"agreements"},
    56: {"signed", "start", "end"},
}


def test_titles_in_three_languages_are_different_questions(questions: dict[int, Path]) -> None:
    for language in ("en", "es", "pt"):
        titles = [
            re.findall(rf"^# title@{language}: (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
            for file in questions.values()
        ]
        assert all(len(found) == 1 for found in titles)
        assert len({found[0] for found in titles}) == len(titles)
        assert all(found[0].endswith("?") for found in titles)


def test_answers_are_ordered(questions: dict[int, Path]) -> None:
    for file in questions.values():
        last = file.read_text(encoding="utf-8").rstrip().rpartition("}\n")[2]
        assert "ORDER BY" in last, file.name


def test_each_parameter_has_one_default(questions: dict[int, Path]) -> None:
    for file in questions.values():
        text = file.read_text(encoding="utf-8")
        declared = dict(re.findall(r"^# param: (\w+) (\w+) \| \S", text, re.MULTILINE))
        defaults = re.findall(r"VALUES \?(\w+) \{ (?:<[^>]*>|\"[^\"]*\"(?:\^\^[\w:]+)?|\d+) \}", text)
        assert sorted(declared) == sorted(defaults), file.name
        assert set(declared.values()) <= TYPES, file.name


def test_questions_are_standard_and_stay_at_home(questions: dict[int, Path]) -> None:
    for file in questions.values():
        text = re.sub(r"<[^>\s]*>|\"[^\"]*\"|^#.*$", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert not re.search(r"\b(SERVICE|FROM|LOAD|INSERT|DELETE)\b", text), file.name
        assert not re.search(r"GRAPH \?\w+ \{\s*SELECT", text), f"{file.name}: Oxigraph answers this wrongly"


def test_prefixes_are_declared_once_and_used(questions: dict[int, Path]) -> None:
    for file in questions.values():
        text = file.read_text(encoding="utf-8")
        declared = re.findall(r"^PREFIX (\w+): <", text, re.MULTILINE)
        body = re.sub(r"<[^>\s]*>|\"[^\"]*\"|^(?:#|PREFIX).*$", "", text, flags=re.MULTILINE)
        assert declared == sorted(set(re.findall(r"(?<![?\w])(\w+):\w", body))), file.name


def test_each_question_stands_under_a_theme(questions: dict[int, Path]) -> None:
    found = [
        re.findall(r"^# theme: (.+)$", file.read_text("utf-8"), re.MULTILINE) for file in questions.values()
    ]
    assert all(len(themes) == 1 for themes in found)
    assert {themes[0] for themes in found} == set(THEMES)
