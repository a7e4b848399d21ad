"""What `import coopgraph` promises: these names, no more, and that it costs next to nothing."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import coopgraph

NAMES = {
    "__version__",
    *(
        "build",
        "check",
        "compare",
        "publish",
        "open",
        "load_gazetteer",
        "match_names",
        "Release",
        "Solutions",
    ),
    *(
        "flows",
        "exchange_graph",
        "affiliation_graph",
        "peer_exchange_centrality",
        "rank",
        "one_sided",
        "over_time",
        "ranges",
        "leave_one_source_out",
        "explain",
        "dependence",
        "dependence_of_each",
        "with_events",
        "show",
        "write_network_html",
        "write_ranking_plot",
        "write_trend_plot",
        "credits_of",
        "export",
        "lifecycle",
        "write_calendar",
    ),
    *("coverage", "declared", "find_partners", "money_sheet", "reciprocity_sheet", "reliance", "report"),
    *("given", "received", "balance", "reciprocity"),
    *("partners", "effective_partners", "generalised_exchange"),
    *("Adjacency", "adjacency", "degree", "strength", "pagerank", "hits", "core_number"),
    *("eigenvector_centrality", "katz_centrality", "harmonic_centrality"),
    *("betweenness_centrality", "betweenness_error"),
    *("constraint", "effective_size", "brokerage", "participation_coefficient", "communities"),
    *("bipartite_degree_centrality", "bipartite_betweenness_centrality", "interlocking_connectivity"),
    *("overall_reciprocity", "reciprocity_excess", "attribute_assortativity_coefficient", "whole_network"),
    *("write_forms", "read_forms", "declaration_diff", "accept_declarations"),
    *("CoopgraphError", "ConfigError", "SourceError", "MappingError", "RdfSyntaxError", "ValidationError"),
    *("QueryError", "QueryTimeout", "StoreError", "ProjectionError", "MeasureError"),
}
HEAVY = (
    "click",
    "duckdb",
    "ibis",
    "jinja2",
    "matplotlib",
    "networkx",
    "numpy",
    "pyarrow",
    "pyoxigraph",
    "pyvis",
    "rdflib",
    "rich",
    "yaml",
)


def test_all_is_what_is_promised() -> None:
    assert set(coopgraph.__all__) == NAMES
    assert coopgraph.__all__ == sorted(coopgraph.__all__)
    assert dir(coopgraph) == coopgraph.__all__


@pytest.mark.parametrize("name", sorted(NAMES))
def test_name_is_there_and_says_what_it_is(name: str) -> None:
    thing = getattr(coopgraph, name)
    assert name == "__version__" or (thing.__doc__ or "").strip()


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'rankings'"):
        coopgraph.rankings  # noqa: B018  # the access itself is tested


def test_type_checkers_see_the_same_names(root: Path) -> None:
    tree = ast.parse((root / "src/coopgraph/__init__.py").read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {
        alias.asname for node in ast.walk(block) if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    assert seen == NAMES - {"__version__"}


def test_import_is_light() -> None:
    code = f"import sys, coopgraph; print(sorted(set({HEAVY}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "command", [["--help"], ["query", "--help"], ["rank", "--help"], ["demo", "--help"], ["--version"]]
)
def test_help_imports_click_alone(command: list[str]) -> None:
    code = (
        "import sys; from coopgraph.cli import main; main(sys.argv[1:]);"
        f"print(sorted(set({HEAVY}) & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "['click']"
