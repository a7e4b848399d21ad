"""Numbers of a whole network: its parts, reciprocity beside chance, mixing by country, communities.

In: a source and the options of `flows`. Out: a WholeNetwork: an Arrow table, and what it rests on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Unpack

from coopgraph.errors import MeasureError
from coopgraph.network.adjacency import Adjacency, adjacency
from coopgraph.network.basis import Basis
from coopgraph.network.centrality.communities import communities
from coopgraph.network.centrality.mixing import attribute_assortativity_coefficient
from coopgraph.network.centrality.reciprocity import overall_reciprocity, reciprocity_excess
from coopgraph.network.cities import known_cities
from coopgraph.network.flows import flows
from coopgraph.network.selection import Options
from coopgraph.network.tables import Source

if TYPE_CHECKING:
    import pyarrow as pa

    Row = tuple[str, float | None, str, str | None]

_SQUARTINI, _NEWMAN, _LEIDEN = "10.1038/srep02729", "10.1103/PhysRevE.67.026126", "10.1038/s41598-019-41695-z"


@dataclass(frozen=True)
class WholeNetwork:
    """Numbers of a whole network.

    Attributes
    ----------
    table
        name, value (null where it is not defined), definition and doi.
    basis
        What the flows rest on.
    said
        Why a number could not be worked out.
    """

    table: pa.Table
    basis: Basis
    said: tuple[str, ...]

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        from coopgraph.markup import described

        return described(self.table, self.sentences(), columns=("name", "value", "definition"))

    def sentences(self) -> tuple[str, ...]:
        """Return what must be said beside the numbers."""
        return (*self.basis.sentences(), *self.said)


def whole_network(source: Source, *, seed: int = 0, **options: Unpack[Options]) -> WholeNetwork:
    """Work out the numbers of the whole network of cities.

    Parameters
    ----------
    source
        As for `flows`; countries come from its cities, where there are any.
    seed
        For the rewired networks reciprocity is compared with.
    **options
        The options of `flows`.

    Raises
    ------
    ProjectionError
        As `flows` does.

    Examples
    --------
    >>> import pyarrow as pa
    >>> table = pa.table({"event": ["visit"] * 3, "city": ["Lima", "Quito", "La Paz"],
    ...                   "contributes": [True, True, False], "benefits": [True, True, True]})
    >>> found = whole_network(table).table.to_pylist()
    >>> [(row["name"], row["value"]) for row in found[:3]]
    [('cities', 3.0), ('ties', 4.0), ('pairs', 3.0)]
    """
    import pyarrow as pa

    made = flows(source, **options)
    matrix = adjacency(made)
    known = known_cities(source, made.nodes)
    countries = {node: known[node].country for node in made.nodes}
    said: list[str] = []
    rows = [
        *_size(matrix),
        *_reciprocity(matrix, seed, said),
        _mixing(matrix, countries),
        *_communities(matrix),
    ]
    names = ("name", "value", "definition", "doi")
    kinds = (pa.string(), pa.float64(), pa.string(), pa.string())
    table = pa.table(
        {
            name: pa.array([row[place] for row in rows], kind)
            for place, (name, kind) in enumerate(zip(names, kinds, strict=True))
        }
    )
    return WholeNetwork(table, made.basis, tuple(said))


def _size(made: Adjacency) -> Iterator[Row]:
    import numpy as np

    sizes = np.bincount(made.components())
    yield "cities", len(made), "Cities in V.", None
    yield "ties", made.matrix.nnz, "Ordered pairs with a flow from the first to the second.", None
    yield "pairs", made.undirected().matrix.nnz // 2, "Pairs with a flow one way or both.", None
    yield "parts", int((sizes > 1).sum()), "Parts not linked by any flow, of two cities or more.", None
    yield "largest-part", int(sizes.max(initial=0)), "Cities in the largest part.", None
    yield "without-flow", int((sizes == 1).sum()), "Cities without any flow.", None


def _reciprocity(made: Adjacency, seed: int, said: list[str]) -> Iterator[Row]:
    told = "Share of all flow that is reciprocated: sum of min(w_ij, w_ji) over sum of w_ij."
    yield "reciprocity", overall_reciprocity(made), told, _SQUARTINI
    try:
        excess = reciprocity_excess(made, seed=seed)
    except MeasureError as error:
        excess = None
        said.append(f"Reciprocity expected by chance is not known. {' '.join(str(error).splitlines())}")
    values = (excess.expected, excess.rho, excess.rewired, excess.rewired_rho) if excess else (None,) * 4
    told = "Expected by chance, if each city gave and received as much as it does, with anybody."
    yield "reciprocity-expected", values[0], told, _SQUARTINI
    told = "Reciprocity beyond that, over the most there could be: 0 as by chance, 1 all, below 0 less."
    yield "reciprocity-excess", values[1], told, _SQUARTINI
    told = "Expected by chance, if each city also kept its number of ties (mean of 20 rewired networks)."
    yield "reciprocity-rewired", values[2], told, None
    told = "Reciprocity beyond that, over the most there could be."
    yield "reciprocity-excess-rewired", values[3], told, _SQUARTINI


def _mixing(made: Adjacency, countries: dict[str, str | None]) -> Row:
    known = any(country is not None for country in countries.values())
    value = attribute_assortativity_coefficient(made, countries) if known else None
    told = "Whether flow stays within countries: 1 all does, 0 as by chance, below 0 less than by chance."
    return "country-assortativity", value, told, _NEWMAN


def _communities(made: Adjacency) -> Iterator[Row]:
    found = communities(made)
    alone = len(found) - len({found.labels[made.nodes[i]] for i in made.matrix.tocoo().row.tolist()})
    told = f"Groups of cities with much flow within and little between, the best of {found.seeds} tries."
    yield "communities", len(found) - alone, told, _LEIDEN
    told = "Share of flow within communities, less what chance would put there."
    yield "modularity", found.modularity, told, "10.1103/PhysRevE.70.056131"
    told = "How alike the tries are (mean adjusted Rand index): well below 1, other divisions are as good."
    yield "community-stability", found.stability, told, "10.1007/BF01908075"
