"""What the ontology tests share: its graphs, its shapes, and the hygiene checker loaded from its script."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from rdflib import Graph, Literal
from rdflib.term import Node

ONTOLOGY = Path(__file__).parents[2] / "ontology"


def parsed(paths: Iterator[Path]) -> Graph:
    """Return one graph of all these Turtle files."""
    graph = Graph()
    for path in sorted(paths):
        graph.parse(path, format="turtle")
    return graph


def languages(graph: Graph, subject: Node, predicate: Node) -> list[str | None]:
    """Return the language tags of these texts, sorted."""
    texts = graph.objects(subject, predicate)
    return sorted((text.language for text in texts if isinstance(text, Literal)), key=str)


@pytest.fixture(scope="session")
def modules() -> Graph:
    """The ontology proper: `coopgraph.ttl` and its modules."""
    return parsed(path for path in ONTOLOGY.rglob("*.ttl") if path.parent.name in {"ontology", "modules"})


@pytest.fixture(scope="session")
def schemes() -> Graph:
    """The concept schemes, the SDGs and the countries."""
    return parsed(ONTOLOGY.glob("schemes/*.ttl"))


@pytest.fixture(scope="session")
def shapes() -> Graph:
    """The SHACL shapes."""
    return parsed(ONTOLOGY.glob("shapes/*.ttl"))


@pytest.fixture(scope="session")
def hygiene() -> ModuleType:
    """`ontology/build/hygiene.py`, which is a script and no package."""
    spec = importlib.util.spec_from_file_location("hygiene", ONTOLOGY / "build" / "hygiene.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up there
    spec.loader.exec_module(module)
    return module
