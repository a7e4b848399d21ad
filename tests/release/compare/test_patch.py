"""An RDF Patch applied to the one release gives the other: by an applier of its own, on a store."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

import coopgraph as cg
from coopgraph.rdf.terms import literal_term
from coopgraph.release import Release
from coopgraph.release.compare.patch import patch
from coopgraph.release.graph import compress
from coopgraph.release.manifest import Manifest


def applied(quads: bytes, rows: bytes) -> set[str]:
    """Apply a patch as its page says, by pyoxigraph's own parser of N-Quads."""
    store = {str(quad) for quad in ox.parse(quads, ox.RdfFormat.N_QUADS, lenient=True)}
    lines = rows.decode().split("\n")
    assert lines.pop() == ""
    heads = [line for line in lines if line.startswith("H ")]
    assert lines[: len(heads)] == heads
    assert (lines[len(heads)], lines[-1]) == ("TX .", "TC .")
    for line in lines[len(heads) + 1 : -1]:
        (quad,) = ox.parse(line[2:], ox.RdfFormat.N_QUADS, lenient=True)
        if line.startswith("A "):
            assert str(quad) not in store, "nothing is added that is there"
            store.add(str(quad))
        else:
            assert line.startswith("D ")
            store.remove(str(quad))
    return store


def lines_of(folder: Path) -> bytes:
    from coopgraph.release import read_graph

    return b"".join(read_graph(folder))


def test_patch_of_two_releases(two: Path) -> None:
    found = cg.compare(workspace=two)
    first, second = (two / ".coopgraph" / "releases" / side.id for side in (found.before, found.after))
    with cg.open(first) as a, cg.open(second) as b:
        there, back = (b"".join(patch(*pair)) for pair in ((a, b), (b, a)))
        assert b"".join(patch(a, b)) == there  # the same each time
    expected = {str(quad) for quad in ox.parse(lines_of(second), ox.RdfFormat.N_QUADS, lenient=True)}
    assert applied(lines_of(first), there) == expected
    assert applied(lines_of(second), back) != expected
    assert there.startswith(b"H id <uuid:")
    assert b"#row=3" in there


term = st.one_of(
    st.sampled_from(["<urn:a>", "<urn:a-b>", "<urn:é>"]),
    st.builds(lambda text: literal_term(text), st.text(st.characters(exclude_categories=["Cs"]), max_size=4)),
    st.builds(lambda text: literal_term(text, language="pt"), st.sampled_from(["x", 'q"', "\n"])),
)
quad = st.builds(
    lambda s, p, o, g: f"{s} {p} {o} {g} .\n",
    st.sampled_from(["<urn:a>", "<urn:ab>", "<urn:a/b>"]),
    st.sampled_from(["<urn:p>", "<urn:q>"]),
    term,
    st.sampled_from(["<urn:g>", "<https://w3id.org/coopgraph/graph/provenance>"]),
)
quads = st.sets(quad, max_size=12).map(lambda found: "".join(sorted(found)).encode())


@dataclass(frozen=True)
class OnlyGraph:
    """What a patch needs of a release."""

    directory: Path
    manifest: Manifest
    base: str = "https://w3id.org/coopgraph/"


def only_graph(folder: Path, content: bytes) -> Release:
    folder.mkdir(parents=True)
    (folder / "graph.nq").write_bytes(content)
    found = compress(folder / "graph.nq", folder / "graph.nq.zst")
    return cast("Release", OnlyGraph(folder, Manifest(found.sha256, found.quads, found.quads)))


@settings(max_examples=100, deadline=None)
@given(quads, quads)
def test_any_two_graphs(old: bytes, new: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        sides = [only_graph(Path(folder) / name, text) for name, text in (("a", old), ("b", new))]
        expected = {str(quad) for quad in ox.parse(new, ox.RdfFormat.N_QUADS, lenient=True)}
        assert applied(old, b"".join(patch(*sides))) == expected
