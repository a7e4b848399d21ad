"""`coopgraph forms` as a user runs it, and a person looked for and taken out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coopgraph.cli import main
from coopgraph.errors import ConfigError
from coopgraph.forms.contacts import keep_contacts
from coopgraph.forms.forgetting import where_is
from coopgraph.forms.returned import Contact
from tests.forms.conftest import Filling

JUANA = Contact("https://w3id.org/coopgraph/id/city/lima", "Juana Quispe", "", "juana@example.org")


def test_unknown_cities_are_told_together(
    three: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["forms", "write", "Limma", "Atlantis", "-w", str(three), "-o", str(tmp_path / "out")]) == 2
    told = capsys.readouterr().err
    assert "No city is called 'Limma'. No city is called 'Atlantis'." in told
    assert "Near it: Lima, PE (city/lima)." in told
    assert "Without names, every city gets a form." in told
    assert not (tmp_path / "out").exists()


def test_diff_tells_faults_and_goes_on(
    workspace: Path, filling: Filling, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filling.put("Ciudad", "city/lima", population=10092000)
    filling.put("Redes", "ucci/lima", since="200l")
    filling.sheet("Contacto")["C3"] = "Juana Quispe"
    form = filling.save(tmp_path / "lima.xlsx")
    diff = tmp_path / "diff.json"
    words = ["forms", "diff", str(form), "-w", str(workspace), "-o", str(diff), "--received", "2026-11-27"]
    assert main(words) == 1
    told = capsys.readouterr().err
    assert "lima.xlsx [Redes], row 5: column 'Desde' has '200l', which is no date." in told
    record = json.loads(diff.read_text("utf-8"))
    assert [change["says"] for change in record["changes"]] == ["10092000"]
    assert "Juana" not in diff.read_text("utf-8")
    assert "Juana Quispe" in (workspace / "contacts" / "contacts.csv").read_text("utf-8")
    record["changes"][0]["accept"] = "sí"
    diff.write_text(json.dumps(record), "utf-8")
    assert main(["forms", "accept", str(diff), "-w", str(workspace)]) == 0
    assert "Accepted 1, refused 0, left open 0." in capsys.readouterr().out


@pytest.mark.parametrize("day", ["tomorrow", "9999-01-01"])
def test_a_day_that_is_none_or_to_come_is_refused(
    three: Path, blank: Path, day: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["forms", "diff", str(blank), "-w", str(three), "--received", day]) == 2
    assert (
        f"--received has {day!r}" in (told := capsys.readouterr().err) or f"has {day}, a day to come" in told
    )


def test_a_wholly_wrong_form_is_no_form_without_changes(
    three: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"no")
    assert main(["forms", "diff", str(tmp_path / "a.xlsx"), "-w", str(three)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "No changes" not in told.err
    assert "a.xlsx" in told.err


def test_a_person_is_found_everywhere_and_taken_out_of_the_contacts(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep_contacts(workspace, [JUANA, Contact(JUANA.city, "Ana")])
    (workspace / "note.md").write_text("\n\nAsk JUANA  QUISPE.\n", "utf-8")
    (workspace / "photo.png").write_bytes(b"x")
    found = {(place.kind, place.file, place.row) for place in where_is(workspace, "juana quispe")}
    assert found == {
        ("contact", "contacts/contacts.csv", 2),
        ("file", "note.md", 3),
        ("unread", "photo.png", None),
    }
    assert "release" in {place.kind for place in where_is(workspace, "Twinning of Lima")}
    assert main(["forms", "forget", "Juana Quispe", "--yes", "-w", str(workspace)]) == 0
    assert "Taken out of the contacts: 1 row." in capsys.readouterr().out
    kept = (workspace / "contacts" / "contacts.csv").read_text("utf-8")
    assert "Juana" not in kept
    assert "Ana" in kept


def test_contacts_are_not_kept_where_they_would_be_published(workspace: Path) -> None:
    toml = workspace / "coopgraph.toml"
    toml.write_text(toml.read_text("utf-8") + '\n[sources.all]\npath = "contacts/*.csv"\n', "utf-8")
    with pytest.raises(ConfigError, match="would be published"):
        keep_contacts(workspace, [JUANA])
    assert not (workspace / "contacts").exists()
