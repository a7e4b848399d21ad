"""Tables in a terminal that is too narrow for them: no word is broken, nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.cli import answering
from coopgraph.cli.fitting import fitted, records_text

WORDS = st.lists(
    st.sampled_from(["Lima", "Quito", "intercambio", "de", "3\u00a0000", "San-José"]), max_size=9
)
ROWS = st.lists(
    st.tuples(WORDS.map(" ".join), WORDS.map(" ".join), st.integers(0, 9999).map(str)), min_size=1
)
COLUMNS = [("Ciudad", False), ("Lo que se hizo", False), ("Acciones", True)]


@given(ROWS, st.integers(8, 120))
def test_nothing_is_lost_and_no_word_is_broken(rows: list[tuple[str, str, str]], width: int) -> None:
    found = fitted(COLUMNS, rows, width)
    for row in rows:
        assert {word for cell in row for word in cell.split(" ")} - {""} <= set(
            found.text.replace("\n", " ").split(" ")
        )
    if not found.as_records:
        assert max(map(len, found.text.splitlines())) <= width


def test_what_fits_is_a_table_and_what_would_be_tall_is_not() -> None:
    row = ("Lima", "alfa beta gamma delta", "7")
    assert fitted(COLUMNS, [row], 80).text.splitlines()[2] == "Lima     alfa beta gamma delta          7"
    folded = fitted(COLUMNS, [row], 33)
    assert not folded.as_records and "Lima     alfa beta              7" in folded.text
    tall = fitted(COLUMNS, [("Lima", "alfa beta gamma delta epsilon zeta eta theta iota", "7")], 33)
    assert tall.as_records
    assert tall.text.splitlines() == [
        "Ciudad:      Lima",
        "Lo que se hizo: alfa beta gamma",
        "             delta epsilon zeta",
        "             eta theta iota",
        "Acciones:    7",
    ]  # fmt: skip


def test_a_record_of_nothing_has_its_names() -> None:
    assert records_text(["City", "Gave"], [("", "–")], 80) == "City:\nGave: –\n"


def test_an_answer_says_how_to_get_the_table(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ["quito", "--table", "introductions", "--lang", "es", "--top", "1", "-w", str(built)]
    wide = CliRunner().invoke(answering.command("partners"), asked).output
    monkeypatch.setattr("coopgraph.cli.output.WHOLE", 80)
    narrow = CliRunner().invoke(answering.command("partners"), asked).output
    assert "Demasiado ancha" not in wide and "Ciudad   " in wide
    assert max(map(len, narrow.splitlines())) <= 80
    assert "Coincidieron en:" in narrow and "--table introductions --format csv" in narrow
