"""What is written: sorted, distinct, counted, the same bytes for the same quads."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pyarrow as pa
import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgraph.columns.duck import Connection, connect
from coopgraph.errors import StoreError
from coopgraph.sources import quads as quads_module
from coopgraph.sources.quads import Written, count_quads, make_tables, write_nquads
from coopgraph.sources.rdffiles import insert_quads, insert_rdf

QUADS = [
    ("<http://a>", "<http://p>", '"b"', "<http://g>"),
    ("<http://a>", "<http://p>", '"b"@en', "<http://g>"),
    ("<http://a>", "<http://p>", '"b"^^<http://d>', "<http://g>"),
    ("<http://a>", "<http://p>", '"b"', "<http://g2>"),
    ("<http://a>", "<http://p>", '"b"', "<http://g>"),
    ("<http://é>", "<http://p>", '"\\n𐀀"', "<http://g>"),
    ("<http://\ufb00>", "<http://p>", '""', "<http://g>"),
    ("<http://𐀀>", "<http://p>", '""', "<http://g>"),
]


def write(quads: list[tuple[str, str, str, str]], folder: Path) -> tuple[Written, bytes, bytes, bytes]:
    with connect(folder) as connection:
        make_tables(connection)
        if quads:
            insert_quads(quads, connection)
        written = write_nquads(connection, folder / "g.zst", folder / "g.nq", folder / "m.nt")
    with pa.OSFile(str(folder / "g.zst")) as packed, pa.CompressedInputStream(packed, "zstd") as stream:
        unpacked = bytes(stream.read())
    return written, unpacked, (folder / "g.nq").read_bytes(), (folder / "m.nt").read_bytes()


def expected(quads: list[tuple[str, str, str, str]]) -> tuple[bytes, bytes]:
    """Sorted by code point, which for UTF-8 is the order of the bytes."""
    lines = sorted({f"{s} {p} {o} {g} .\n".encode() for s, p, o, g in quads})
    triples = sorted({f"{s} {p} {o} .\n".encode() for s, p, o, _ in quads})
    return b"".join(lines), b"".join(triples)


def test_lines_are_sorted_distinct_and_counted(tmp_path: Path) -> None:
    written, unpacked, plain, merged = write(QUADS, tmp_path)
    assert (unpacked, merged) == expected(QUADS)
    assert plain == unpacked
    assert written == Written({"http://g": 6, "http://g2": 1}, 7, 6, hashlib.sha256(plain).hexdigest())


def test_nothing_is_written_for_nothing(tmp_path: Path) -> None:
    written, unpacked, _, merged = write([], tmp_path)
    assert (written.quads, written.triples, unpacked, merged) == (0, 0, b"", b"")


def test_batches_do_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quads_module, "_ROWS_AT_ONCE", 3)
    chosen = random.Random(3)
    many = [
        (f"<http://{chosen.randrange(40)}>", "<http://p>", '"x"', f"<http://g{chosen.randrange(3)}>")
        for _ in range(9_000)
    ]
    written, unpacked, _, merged = write(many, tmp_path)
    assert (unpacked, merged) == expected(many)
    assert written.quads == len(set(many))


TERM = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters='<>"{}|^`\\ '), min_size=1, max_size=4
)
QUAD = st.tuples(
    TERM.map(lambda t: f"<http://{t}>"),
    st.sampled_from(["<http://p>", "<http://p/2>"]),
    st.one_of(
        TERM.map(lambda t: f'"{t}"'), TERM.map(lambda t: f'"{t}"@en'), TERM.map(lambda t: f"<http://{t}>")
    ),
    st.sampled_from(["<http://g>", "<http://g/2>"]),
)


@settings(max_examples=40, deadline=None)
@given(quads=st.lists(QUAD, max_size=12))
def test_any_quads_come_out_as_the_sorted_set_of_their_lines(
    quads: list[tuple[str, str, str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    _, unpacked, _, merged = write(quads, tmp_path_factory.mktemp("q"))
    assert (unpacked, merged) == expected(quads)


def test_what_is_written_parses(tmp_path: Path) -> None:
    _, unpacked, _, merged = write(QUADS, tmp_path)
    assert len(list(ox.parse(unpacked, ox.RdfFormat.N_QUADS))) == 7
    assert len(list(ox.parse(merged, ox.RdfFormat.N_TRIPLES))) == 6


def test_a_full_disk_is_told_in_words(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.fail("This test writes to /dev/full, which Linux has.")
    with connect(tmp_path) as connection:
        make_tables(connection)
        insert_quads(QUADS, connection)
        with pytest.raises(StoreError) as caught:
            write_nquads(connection, tmp_path / "g.zst", full, tmp_path / "m.nt")
    assert "cannot be written" in str(caught.value) and "the disk is full" in str(caught.value)


@pytest.fixture
def connection(tmp_path: Path) -> Connection:
    return connect(tmp_path)


def test_rdf_files_become_quads_of_their_graph(connection: Connection, tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text('@prefix e: <http://e/> . e:a e:p 007, "x"@EN ; e:q [ e:r "y" ] .')
    assert insert_rdf(path, "http://g", "https://example.org/", connection) == 4
    assert count_quads(connection) == 4
    rows = connection.table("quads").fetchall()
    assert {g for *_, g in rows} == {"<http://g>"}
    assert '"007"^^<http://www.w3.org/2001/XMLSchema#integer>' in {o for _, _, o, _ in rows}
    assert not any("_:" in term for row in rows for term in row)
