"""`coopgraph import table` from the shell: what is shown, written and refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from coopgraph.cli.app import coopgraph
from coopgraph.errors import ConfigError

MEMBERS = (
    "Ciudad;País;Alta;Red;Correo\nLisboa;Portugal;1982;UCCI;a@example.org\nMadrid;España;1/10/1982;UCCI;\n"
)


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "miembros.csv"
    path.write_text(MEMBERS, encoding="utf-8")
    return path


def run(*words: str) -> str:
    done = CliRunner().invoke(coopgraph, ["import", "table", *words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_the_proposal_is_shown_and_taken_without_a_terminal(table: Path) -> None:
    told = run(
        "miembros.csv",
        "-w",
        "w",
        "--publisher",
        "UCCI",
        "--date",
        "2024-03",
        "--url",
        "https://example.org/m",
    )
    assert "It is read as a table of memberships." in told
    assert "Madrid, ES (exact)   1982-10-01   ES" in told
    assert "Not used: Correo." in told
    assert "Column 'Correo' holds addresses for electronic mail, which are persons': it is not used." in told
    assert "Go on with: coopgraph build w" in told
    assert (Path("w") / "tables" / "miembros.csv").read_bytes() == table.read_bytes()
    origin = (Path("w") / "tables" / "miembros.ttl").read_text(encoding="utf-8")
    assert 'dcterms:publisher "UCCI"' in origin
    assert 'dcterms:issued "2024-03"^^xsd:gYearMonth' in origin
    settings = (Path("w") / "coopgraph.toml").read_text(encoding="utf-8")
    assert 'Alta = { date = "dd/mm/yyyy" }' in settings
    assert 'name = ["Ciudad"]\ncountry = "País"\ninto = "city"' in settings


def test_a_dry_run_writes_nothing_and_json_says_all(table: Path) -> None:
    told = json.loads(run("miembros.csv", "-w", "w", "--dry-run", "--format", "json", "--map", "Alta="))
    assert told["columns"] == {"network": "Red", "city": "Ciudad", "city.country": "País"}
    assert told["not_used"] == ["Alta", "Correo"]
    assert told["first_rows"][0]["city"] == "Lisbon, PT (alias)"
    assert told["mapping"].startswith("# What each column of the table means: a table of memberships")
    assert not Path("w").exists()


def test_a_table_in_the_workspace_is_not_copied(table: Path) -> None:
    Path("w/lists").mkdir(parents=True)
    inside = table.rename("w/lists/miembros.csv")
    run(str(inside), "-w", "w", "--yes")
    assert 'path = "lists/miembros.csv"' in Path("w/coopgraph.toml").read_text(encoding="utf-8")
    assert not Path("w/tables/miembros.csv").exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ["--url", "example.org"],
            "'example.org' is no address. Write it whole: https://example.org/members.",
        ),
        (["--date", "March"], "'March' is no date. Write 2017, 2017-05 or 2017-05-31."),
        (["--name", "My List"], "'My List' is no source's name."),
        (["--map", "Alta"], "--map takes name=value"),
    ],
)
def test_wrong_use_is_told_and_writes_nothing(table: Path, words: list[str], sentence: str) -> None:
    done = CliRunner().invoke(coopgraph, ["import", "table", "miembros.csv", "-w", "w", *words])
    assert done.exit_code == 2
    assert sentence in " ".join(done.output.split())
    assert not Path("w").exists()


def test_a_meaning_nobody_knows_is_told_with_what_was_likely_meant(table: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        run("miembros.csv", "-w", "w", "--map", "Alta=sinze")
    assert [str(fault) for fault in caught.value.faults] == [
        "--map Alta=sinze: 'sinze' is no meaning of a column. Did you mean 'since'?"
    ]
