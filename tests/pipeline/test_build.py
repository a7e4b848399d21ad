"""A whole build, from files to a release."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import coopgraph as cg
from coopgraph.release import read_graph

GRAPH = "https://example.org/graph/"


def lines(release: Path, *graphs: str) -> list[str]:
    """The lines of a release's graph file that are in these graphs."""
    ends = tuple(f" <{GRAPH}{graph}> ." for graph in graphs)
    text = b"".join(read_graph(release)).decode()
    return [line for line in text.splitlines() if line.endswith(ends)]


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_published_release_holds_what_the_files_say(workspace: Path) -> None:
    built = cg.build(workspace)
    assert built.new and built.directory.name == built.release_id
    assert [(s.name, s.file, s.records, s.quads) for s in built.sources] == [
        ("cities", "cities.csv", 3, 9),
        ("actions", "actions.csv", 2, 6),
        ("participations", "participations.csv", 6, 30),
        ("sources", "sources.csv", 2, 6),
    ]
    assert (built.counts["participations"], built.counts["cities"], built.counts["sources"]) == (5, 3, 2)
    start = "<https://example.org/id/action/workshop> <https://schema.org/startDate>"
    assert f'{start} "2017-05-31"^^<http://www.w3.org/2001/XMLSchema#date> <{GRAPH}two> .' in lines(
        built.directory, "two"
    )


def test_a_statement_of_two_sources_is_counted_once(workspace: Path) -> None:
    cg.build(workspace)
    city = "https://example.org/id/city/lima"
    participation = "https://example.org/id/participation/visit/lima"
    with cg.open(workspace) as release:
        counted = release.query(
            "PREFIX coop: <https://w3id.org/coopgraph/ns#> "
            f"SELECT (COUNT(?p) AS ?n) {{ ?p coop:participant <{city}> ; a ?type }}"
        )
        assert list(counted) == [(2,)]
        graphs = release.query(f"SELECT ?g {{ GRAPH ?g {{ <{participation}> a ?type }} }} ORDER BY ?g")
        assert [str(graph) for (graph,) in graphs] == [f"{GRAPH}one", f"{GRAPH}two"]


def test_every_subject_leads_back_to_its_rows(workspace: Path) -> None:
    built = cg.build(workspace)
    subject = "<https://example.org/id/participation/visit/lima> <http://www.w3.org/ns/prov#wasDerivedFrom>"
    file = "https://example.org/id/file/participations#row="
    assert [line for line in lines(built.directory, "provenance") if line.startswith(subject)] == [
        f"{subject} <{file}{row}> <{GRAPH}provenance> ." for row in (2, 7)
    ]


def test_same_input_gives_the_same_bytes(workspace: Path, tmp_path: Path) -> None:
    first = cg.build(workspace)
    again = cg.build(workspace)
    assert (again.new, again.release_id) == (False, first.release_id)
    other = tmp_path / "elsewhere"
    workspace.rename(other)
    (other / ".coopgraph").rename(tmp_path / "old")
    moved = cg.build(other)
    assert moved.release_id == first.release_id
    assert (moved.directory / "graph.nq.zst").read_bytes() == (
        tmp_path / "old/releases" / first.release_id / "graph.nq.zst"
    ).read_bytes()


def test_reordered_rows_give_the_same_source_graphs_and_tables(workspace: Path) -> None:
    first = cg.build(workspace)
    path = workspace / "participations.csv"
    header, *rows = path.read_text().splitlines()
    path.write_text("\n".join([header, *reversed(rows)]) + "\n")
    second = cg.build(workspace)
    assert second.release_id != first.release_id  # the provenance names other rows
    assert lines(first.directory, "one", "two") == lines(second.directory, "one", "two")
    for table in (first.directory / "tables").iterdir():
        assert table.read_bytes() == (second.directory / "tables" / table.name).read_bytes()


def test_a_flag_two_rows_disagree_on_is_merged_and_told(workspace: Path) -> None:
    replace(workspace / "participations.csv", "visit,lima,yes,no,two", "visit,lima,unknown,unknown,two")
    built = cg.build(workspace)
    rows = pq.read_table(built.directory / "tables/participations.parquet").to_pylist()
    merged = next(row for row in rows if row["event"].endswith("visit") and row["city"].endswith("lima"))
    assert (merged["contributes"], merged["benefits"]) == (True, None)  # yes over unknown over no
    assert {(fault.file, fault.line, fault.severity) for fault in built.faults} >= {
        ("participations.csv", 2, "warning"),
        ("participations.csv", 7, "warning"),
    }


def test_now_is_the_newest_day_a_source_was_read_or_what_is_asked(workspace: Path) -> None:
    assert _manifest(cg.build(workspace))["now"] == "2026-03-04"
    replace(workspace / "cities.csv", "Lima", "Ciudad de Lima")
    assert _manifest(cg.build(workspace, now=date(2019, 12, 31)))["now"] == "2019-12-31"


def _manifest(built: object) -> dict[str, object]:
    directory = getattr(built, "directory")  # noqa: B009
    found: dict[str, object] = json.loads((directory / "manifest.json").read_text())
    return found


def spoil(workspace: Path) -> None:
    """Three things wrong: a date, an answer, and an action nobody described."""
    replace(workspace / "actions.csv", "visit,Visit,2016", "visit,Visit,200l")
    replace(workspace / "participations.csv", "workshop,lima,yes,yes", "workshop,lima,maybe,yes")


WRONG = {
    ("actions.csv", 2, "start"),
    ("participations.csv", 4, "contributes"),
}


def test_all_that_is_wrong_is_told_at_once_and_the_old_release_stands(workspace: Path) -> None:
    before = cg.build(workspace)
    spoil(workspace)
    with pytest.raises(cg.ValidationError) as refused:
        cg.build(workspace)
    assert {(f.file, f.line, f.column) for f in refused.value.faults} == WRONG
    assert "has '200l', expected a date" in str(refused.value)
    with cg.open(workspace) as release:
        assert release.manifest.id == before.release_id


def test_check_finds_the_same_and_writes_nothing(workspace: Path) -> None:
    spoil(workspace)
    checked = cg.check(workspace)
    found = {(f.file, f.line, f.column) for f in checked.faults if f.severity == "violation"}
    assert found == WRONG
    assert not (workspace / ".coopgraph").exists()


def test_keep_going_leaves_the_wrong_rows_out_and_says_which(workspace: Path) -> None:
    spoil(workspace)
    built = cg.build(workspace, keep_going=True)
    assert {(f.file, f.line) for f in built.faults if f.severity == "violation"} >= {
        ("actions.csv", 2),
        ("participations.csv", 4),
    }
    report = (built.directory / "left-out.csv").read_text().splitlines()
    assert len(report) == 1 + sum(f.severity == "violation" for f in built.faults)
    assert built.report == built.directory / "left-out.csv"
    with built.report.open(encoding="utf-8", newline="") as file:
        rows = {(row["file"], row["line"]): row["row"] for row in csv.DictReader(file)}
    assert json.loads(rows["actions.csv", "2"]) == {
        "id": "visit",
        "title": "Visit",
        "start": "200l",
        "source_id": "one",
    }
    assert not [
        line for line in lines(built.directory, "one", "two") if "participation/workshop/lima>" in line
    ]
    assert built.left_out == _manifest(built)["validation"]["rows_left_out"]  # type: ignore[index]  # plain JSON


def test_a_mapping_error_and_an_unreadable_file_are_told_in_words(workspace: Path) -> None:
    replace(workspace / "cities.yml", "coop:City", "cop:City")
    replace(workspace / "actions.yml", "$(title)", "$(titel)")
    with pytest.raises(cg.MappingError, match=r"cities.yml, line 5.*cop"):
        cg.build(workspace)
    replace(workspace / "cities.yml", "cop:City", "coop:City")
    with pytest.raises(cg.MappingError, match=r"titel.*title"):
        cg.build(workspace)
    (workspace / "cities.csv").write_bytes(b"id,name,country\nlima,Lim\xe1,PE\n")
    with pytest.raises(cg.SourceError, match=r"cities\.csv, line 2"):
        cg.build(workspace)


def test_a_listener_that_has_gone_is_not_called_a_full_disk(workspace: Path) -> None:
    def gone(_: str) -> None:
        raise BrokenPipeError(32, "Broken pipe")

    with pytest.raises(BrokenPipeError):
        cg.build(workspace, on_progress=gone)
    assert not list((workspace / ".coopgraph/releases").iterdir())


def test_faults_of_all_files_are_told_at_once_even_where_some_cannot_be_read(workspace: Path) -> None:
    replace(workspace / "cities.csv", "id,name,", "id,Nombre,")
    replace(workspace / "participations.csv", "contributes", "aporta")
    replace(workspace / "actions.csv", "visit,Visit,2016", "visit,Visit,200l")
    with pytest.raises(cg.MappingError) as refused:
        cg.build(workspace)
    told = [str(fault) for fault in refused.value.faults]
    assert told[0] == (
        "cities.csv, line 1: has no column 'name', which cities.yml uses in line 6 (it has 'Nombre', which "
        "no mapping uses). Rename the column in the header, or change the mapping."
    )
    assert told[1].startswith("participations.csv, line 1: has no column 'contributes'")
    assert told[2].startswith("actions.csv, line 2: column 'start' has '200l'")
    (workspace / "sources.csv").write_bytes(b"id,title,retrieved\none,\xe1,2026-01-02\n")
    with pytest.raises(cg.SourceError) as unread:
        cg.build(workspace)
    assert [fault.file for fault in unread.value.faults] == [
        "sources.csv",
        "cities.csv",
        "participations.csv",
        "actions.csv",
    ]
    assert not (workspace / ".coopgraph/current").exists()


def test_a_renamed_key_is_told_once(workspace: Path) -> None:
    replace(workspace / "coopgraph.toml", '"cities.csv"', '"cities.csv"\nkey = ["id"]')
    replace(workspace / "cities.csv", "id,name,", "ide,name,")
    with pytest.raises(cg.MappingError) as refused:
        cg.build(workspace)
    assert [fault.what[:21] for fault in refused.value.faults] == ["has no column 'id', w"]


def test_files_of_one_name_are_told_apart(workspace: Path) -> None:
    for year in ("2016", "2017"):
        (workspace / year).mkdir()
        (workspace / year / "cities.csv").write_text(f"id,name,country\nc{year},C,PE\n,x,PE\n")
    replace(workspace / "coopgraph.toml", '"cities.csv"', '["2016/cities.csv", "2017/cities.csv"]')
    told = [f for f in cg.check(workspace).faults if f.what == "is empty, so the row says nothing."]
    assert [(f.file, f.line) for f in told] == [("2016/cities.csv", 3), ("2017/cities.csv", 3)]


def test_a_table_whose_rows_are_all_left_out_is_told(workspace: Path) -> None:
    (workspace / "actions.csv").write_text("id,title,start,source_id\nvisit,Visit,200l,one\n")
    built = cg.build(workspace, keep_going=True)
    assert "actions.csv: makes no statement: its only row was left out. Mend them and build again." in map(
        str, built.faults
    )


def test_a_row_without_its_key_is_left_out_once(workspace: Path) -> None:
    replace(workspace / "coopgraph.toml", '"cities.csv"', '"cities.csv"\nkey = ["id"]')
    replace(workspace / "cities.csv", "la-paz,La Paz", "la-paz,La Paz,BO\n,Cusco")
    assert cg.build(workspace, keep_going=True).left_out == 1


def test_an_unknown_value_is_told_with_what_was_meant(workspace: Path) -> None:
    replace(workspace / "participations.csv", "visit,lima,yes,no,one", "visit,lmia,Sí,perhaps,one")
    told = {f.column: (f.what, f.fix) for f in cg.check(workspace).faults if f.severity == "violation"}
    allowed = "Use one of no, unknown, yes, or leave the cell empty."
    assert told == {
        "city": ("has 'lmia', which cities.csv does not have.", "Did you mean 'lima'?"),
        "contributes": ("has 'Sí', which is not in the list.", f"Did you mean 'yes'? {allowed}"),
        "benefits": ("has 'perhaps', which is not in the list.", allowed),
    }


def test_what_a_shape_finds_has_its_advice_apart(workspace: Path) -> None:
    replace(workspace / "cities.csv", "Lima,PE", "Lima,")
    (fault,) = [f for f in cg.check(workspace).faults if f.line == 2 and f.column == "country"]
    assert fault.what == "The city has no country, so namesakes cannot be told apart."
    assert fault.fix == "Add the ISO 3166-1 code of its country."


@pytest.mark.parametrize(
    ("broken", "error", "told"),
    [
        ("sources.delimited.read_delimited", cg.SourceError, "cities.csv: The server said no."),
        ("pipeline.draft.load_mapping", cg.MappingError, "cities.yml: The server said no."),
        ("sources.delimited._open", cg.SourceError, "cities.csv: The server said no."),
        ("sources.read.join_lookups", cg.SourceError, "cities.csv: The server said no."),
    ],
)
def test_an_error_that_lists_no_fault_stops_a_build(
    workspace: Path, broken: str, error: type[cg.CoopgraphError], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise error("The server said no.")

    monkeypatch.setattr(f"coopgraph.{broken}", refuse)
    with pytest.raises(error) as refused:
        cg.build(workspace)
    assert told in str(refused.value)
    assert not list(workspace.glob(".coopgraph/releases/*"))


def test_a_source_of_several_files_is_named_where_none_of_them_is_at_fault(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise cg.SourceError("The server said no.")

    (workspace / "more.csv").write_text("id,name,country\n", encoding="utf-8")
    replace(workspace / "coopgraph.toml", '"cities.csv"', '["cities.csv", "more.csv"]')
    monkeypatch.setattr("coopgraph.sources.delimited.read_delimited", refuse)
    with pytest.raises(cg.SourceError, match=r"\[sources.cities\]: The server said no."):
        cg.build(workspace)
