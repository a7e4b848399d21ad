"""What the columns leave to pySHACL gives pySHACL's own results for all of the data: none more, none less.

Each comparison is with pySHACL on one rdflib graph of everything, messages included. A check that is blinded
must make its comparison fail, so each is known to be needed.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pyoxigraph as ox
import pytest
from rdflib import Graph

from coopgraph.pipeline.draft import collect
from coopgraph.pipeline.left_out import LeftOut
from coopgraph.rdf import doubts, shacl
from coopgraph.rdf.shape_plan import PARAMETERS, NotPlanned, plan
from coopgraph.rdf.to_rdflib import rdflib_graph
from coopgraph.resources import bundled
from coopgraph.sources.quads import QUADS
from coopgraph.sources.workspace import load_workspace

EXAMPLES = sorted((Path(__file__).parents[1] / "ontology" / "examples").glob("*.ttl"))
SHAPES = sorted((bundled("ontology") / "shapes").glob("*.ttl"))
SHAPE = "https://w3id.org/coopgraph/shapes#"
Triple = tuple[str, str, str]


def batches(triples: Sequence[Triple], size: int = 1000) -> Iterator[pa.RecordBatch]:
    for start in range(0, len(triples), size):
        columns = zip(*triples[start : start + size], strict=True)
        yield pa.record_batch([pa.array(column) for column in columns], names=["s", "p", "o"])


def parsed(turtle: str) -> list[Triple]:
    """Triples as text; N-Triples are Turtle too."""
    quads = ox.parse(turtle, ox.RdfFormat.TURTLE, lenient=True)
    return [(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads]


def ours(triples: Sequence[Triple], shapes: Sequence[Path]) -> list[dict[str, Any]]:
    return plain(shacl.check_shapes(batches(triples), shapes))


def theirs(triples: Sequence[Triple], shapes: Sequence[Path]) -> list[dict[str, Any]]:
    graph = Graph()
    for path in shapes:
        graph.parse(path)
    lines = "".join(f"{s} {p} {o} .\n" for s, p, o in triples).encode()
    return plain(shacl.check_graph(rdflib_graph(lines), graph))


def plain(found: Sequence[shacl.ShapeViolation]) -> list[dict[str, Any]]:
    """All of it, but for what pySHACL, not a shape, says of a blank node: it quotes all it knows of it."""
    return [asdict(one) | ({} if ":" in one.focus else {"messages": {}}) for one in found]


# Our shapes, on their own examples and on corrupted data.


@pytest.fixture(scope="module")
def known() -> list[Triple]:
    """What the examples may refer to."""
    ontology = bundled("ontology")
    files = [ontology / "coopgraph.ttl", *ontology.glob("modules/*.ttl"), *ontology.glob("schemes/*.ttl")]
    return [triple for path in sorted(files) for triple in parsed(path.read_text("utf-8"))]


def test_all_of_our_shapes_are_planned() -> None:
    graph = Graph()
    for path in SHAPES:
        graph.parse(path)
    planned = plan(graph)
    assert len(planned.aimed) + len(planned.queried) == len(set(graph.subjects(shacl._sh("message"))))
    assert {str(shape.node) for shape in planned.queried} == {
        SHAPE + name for name in ("interval", "money-below-zero", "renewal-kind", "renewal-parties")
    }


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_alone(path: Path, known: list[Triple]) -> None:
    name, bad, _ = path.stem.partition("-bad")
    found = ours([*known, *parsed(path.read_text("utf-8"))], SHAPES)
    assert {one["shape"] for one in found} == ({SHAPE + name} if bad else set())


def test_all_examples_together(known: list[Triple]) -> None:
    triples = list(known)
    for number, path in enumerate(EXAMPLES):  # each in a namespace of its own, so that none mends another
        own = path.read_text("utf-8").replace("w3id.org/coopgraph/id/", f"w3id.org/coopgraph/id/{number}/")
        triples += parsed(own)
    found = ours(triples, SHAPES)
    assert found == theirs(triples, SHAPES)
    assert len({one["shape"] for one in found}) == len(
        {path.stem.partition("-bad")[0] for path in EXAMPLES if "-bad" in path.stem}
    )


@pytest.fixture(scope="module")
def bundled_triples(tmp_path_factory: pytest.TempPathFactory) -> list[Triple]:
    """The bundled workspace as it is mapped, provenance left out."""
    workspace = load_workspace(bundled("data"))
    draft = collect(workspace, tmp_path_factory.mktemp("draft"), LeftOut(), lambda _: None)
    rows = draft.connection.table(QUADS).fetchall()
    return sorted({(s, p, o) for s, p, o, g in rows if not g.endswith("graph/provenance>")})


ODD = (
    '"2017-02-30"^^<http://www.w3.org/2001/XMLSchema#date>',
    '"17"^^<http://www.w3.org/2001/XMLSchema#gYear>',
    '"-5"^^<http://www.w3.org/2001/XMLSchema#decimal>',
    '"007"^^<http://www.w3.org/2001/XMLSchema#integer>',
    '"NaN"^^<http://www.w3.org/2001/XMLSchema#decimal>',
    '"1e400"^^<http://www.w3.org/2001/XMLSchema#double>',
    '"-7"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger>',
    '"yes"^^<http://www.w3.org/2001/XMLSchema#boolean>',
    '"text"',
    '"Lima"@en-GB',
    '"Lima"@en-gb',
    "<https://example.org/nowhere>",
    "_:nobody",
)


def corrupted(triples: Sequence[Triple], seed: int, faults: int = 400) -> list[Triple]:
    """Take away, add and change triples: any of them, and more often those of what has few."""
    random = Random(seed)
    found = list(triples)
    predicates = sorted({p for _, p, _ in found})
    by_predicate = {p: [i for i, triple in enumerate(found) if triple[1] == p] for p in predicates}
    nodes = sorted({s for s, _, _ in found})
    for _ in range(faults):
        place = random.choice(by_predicate[random.choice(predicates)])
        s, p, o = found[place]
        other = random.choice((random.choice(ODD), random.choice(nodes), random.choice(found)[2]))
        found.append(
            random.choice(((s, p, other), (random.choice(nodes), p, o), (s, random.choice(predicates), o)))
        )
        found[place] = random.choice(((s, p, o), (s, p, other), found[-1]))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_corrupted_data(bundled_triples: list[Triple], seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shacl, "_AT_ONCE", 60)  # several parts
    triples = corrupted(bundled_triples, seed)
    found = ours(triples, SHAPES)
    assert found == theirs(triples, SHAPES)
    assert len(found) > 100


def test_pyshacl_sees_only_what_is_in_doubt(
    bundled_triples: list[Triple], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    real = shacl.check_graph

    def counted(data: Graph, shapes: Graph) -> list[shacl.ShapeViolation]:
        asked.append(len(data))
        return real(data, shapes)

    monkeypatch.setattr(shacl, "check_graph", counted)
    assert not [one for one in ours(bundled_triples, SHAPES) if one["severity"] == "violation"]
    assert sum(asked) < len(bundled_triples) / 10


# Each parameter, target and path, in shapes of their own.


def cases() -> dict[str, list[Triple]]:
    """The graphs of cases.trig by name."""
    found: dict[str, list[Triple]] = {}
    path = Path(__file__).parent / "cases.trig"
    for s, p, o, graph in ox.parse(path=str(path), format=ox.RdfFormat.TRIG, lenient=True):
        assert isinstance(graph, ox.NamedNode)
        found.setdefault(graph.value.removeprefix("urn:case:"), []).append((str(s), str(p), str(o)))
    return found


CASES = cases()


@pytest.fixture(scope="module")
def things() -> list[Triple]:
    return CASES["data"]


def case_names(kind: str) -> list[str]:
    return [name.removeprefix(f"{kind}:") for name in CASES if name.startswith(f"{kind}:")]


def shapes_of(folder: Path, kind: str, name: str) -> list[Path]:
    lines = [f"{s} {p} {o} .\n" for s, p, o in CASES[f"{kind}:{name}"]]
    (folder / "shapes.ttl").write_text("".join(["@prefix : <urn:> .\n", *lines]), encoding="utf-8")
    return [folder / "shapes.ttl"]


def test_every_parameter_has_a_case() -> None:
    assert set(case_names("parameter")) == PARAMETERS


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind in ("parameter", "other") for name in case_names(kind)]
)
def test_a_case(
    kind: str, name: str, things: list[Triple], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shapes = shapes_of(tmp_path, kind, name)
    found = ours([*things, *things], shapes)  # two sources may state the same
    assert found == theirs(things, shapes)
    assert bool(found) == (name not in ("no-such-class", "switched-off"))
    assert not [record for record in caplog.records if record.name == shacl.__name__]


@pytest.mark.parametrize("name", case_names("parameter"))
def test_a_blinded_check_is_noticed(
    name: str, things: list[Triple], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shapes = shapes_of(tmp_path, "parameter", name)
    for method in ("_by_path", "_by_value"):
        real = getattr(doubts.Doubts, method)

        def blinded(self: doubts.Doubts, asked: str, *rest: Any, real: Any = real) -> Any:
            return np.empty(0, np.int32) if asked == name else real(self, asked, *rest)

        monkeypatch.setattr(doubts.Doubts, method, blinded)
    assert ours(things, shapes) != theirs(things, shapes)


@pytest.mark.filterwarnings("ignore::pyshacl.errors.ShapeRecursionWarning")
@pytest.mark.parametrize("name", case_names("unknown"))
def test_what_is_not_known_goes_to_pyshacl(
    name: str, things: list[Triple], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shapes = shapes_of(tmp_path, "unknown", name)
    with pytest.raises(NotPlanned):
        plan(Graph().parse(shapes[0]))
    with caplog.at_level(logging.WARNING, shacl.__name__):
        found = ours(things, shapes)
    assert found == theirs(things, shapes)
    assert "pySHACL checks all of the data" in caplog.text


def test_two_literals_that_are_one_to_rdflib_count_as_one(tmp_path: Path) -> None:
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    named = [("<urn:a>", "<urn:p>", text) for text in ('"x"@en-GB', '"x"@en-gb')]
    triples = [("<urn:a>", kind, "<urn:City>"), *named]
    shapes = shapes_of(tmp_path, "parameter", "minCount")
    assert ours(triples, shapes) == theirs(triples, shapes) != []


def test_no_triples_at_all(tmp_path: Path) -> None:
    assert ours([], shapes_of(tmp_path, "parameter", "node")) == []
