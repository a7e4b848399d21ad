"""Every competency question, asked of the bundled workspace as built, gives its expected answer."""

from __future__ import annotations

from pathlib import Path

import pytest

import coopgraph as cg

QUESTIONS = sorted((Path(__file__).parents[2] / "ontology" / "queries" / "competency").glob("cq-*.rq"))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda file: file.stem)
def test_the_answer_is_the_expected_one(question: Path, release: cg.Release) -> None:
    answered = release.query(question.read_text(encoding="utf-8"), trusted=True).serialize("tsv")
    assert answered.decode() == question.with_suffix(".tsv").read_text(encoding="utf-8")


@pytest.mark.parametrize("question", QUESTIONS[:3], ids=lambda file: file.stem)
def test_it_can_be_asked_by_name(question: Path, release: cg.Release) -> None:
    answered = release.query(question.stem).serialize("tsv")
    assert answered.decode() == question.with_suffix(".tsv").read_text(encoding="utf-8")


def test_parameters_change_the_answer(release: cg.Release) -> None:
    asked = "cq-021-agreements-of-city"
    quito = (
        release.query(asked, city="https://w3id.org/coopgraph/id/city/quito", lang="es")
        .serialize("tsv")
        .decode()
    )
    assert "quito-brussels" in quito
    assert '"memorando"@es' in quito
    early = release.query(asked, now="1970-01-01").serialize("tsv").decode()
    assert '"not yet in force"@en' in early
