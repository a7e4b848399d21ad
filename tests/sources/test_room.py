"""Too little memory: a sentence, not a library's error."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopgraph.columns.duck import DuckError, connect
from coopgraph.errors import SourceError
from coopgraph.namespaces import workspace_prefixes
from coopgraph.sources.compile import map_records
from coopgraph.sources.mapping import load_mapping
from coopgraph.sources.quads import make_tables, write_nquads
from coopgraph.sources.read import read
from coopgraph.sources.room import enough_room
from coopgraph.sources.source_spec import SourceSpec

SENTENCE = (
    "could not be worked on: there is no more room in memory or on the disk. "
    'Make room on the disk, or set memory = "..." under [engine] in coopgraph.toml.'
)


@pytest.fixture
def spec(tmp_path: Path) -> SourceSpec:
    table, mapping = tmp_path / "a.csv", tmp_path / "m.yml"
    table.write_text("id,name\n" + "".join(f"{n},{'x' * 150}{n}\n" for n in range(60_000)))
    pairs = "".join(f"      - [coop:p{n}, $(name)]\n" for n in range(10))
    mapping.write_text(f"mappings:\n  m:\n    s: id:$(id)\n    po:\n{pairs}")
    return SourceSpec("a", (table,), "csv", mapping=mapping)


def test_reading_mapping_and_writing_say_when_there_is_no_room(spec: SourceSpec, tmp_path: Path) -> None:
    assert spec.mapping
    mapping = load_mapping(spec.mapping, workspace_prefixes("https://example.org/"))
    with connect(allow=[tmp_path], memory="4MB", threads=1) as connection:
        with pytest.raises(SourceError) as caught:
            read(spec, connection)
        assert [str(fault) for fault in caught.value.faults] == [f"a.csv: {SENTENCE}"]
    with connect(allow=[tmp_path], memory="60MB", threads=1) as connection:
        records = read(spec, connection)
        with pytest.raises(SourceError) as caught:
            map_records(records, mapping, spec, "https://example.org/", connection)
        assert [str(fault) for fault in caught.value.faults] == [f"a.csv: {SENTENCE}"]
    with connect(allow=[tmp_path], threads=1) as connection:
        make_tables(connection)
        long = "'s' || repeat('x', 200) || i"
        connection.execute(f"INSERT INTO quads SELECT {long}, 'p', 'o', 'g' FROM range(200_000) t(i)")
        connection.execute("SET memory_limit = '60MB'")
        with pytest.raises(SourceError) as caught:
            write_nquads(connection, tmp_path / "z", tmp_path / "q", tmp_path / "t")
        assert [str(fault) for fault in caught.value.faults] == [f"The data {SENTENCE}"]


def test_other_errors_are_not_hidden() -> None:
    with connect() as connection, pytest.raises(DuckError), enough_room():
        connection.execute("SELECT nothing")
