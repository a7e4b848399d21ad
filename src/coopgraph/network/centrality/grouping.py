"""To which group, such as a country, each node of a network belongs.

In: a network, and a node attribute or a mapping. Out: a number for each node, -1 where it is not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from coopgraph.errors import MeasureError
from coopgraph.network.adjacency import Adjacency, Network
from coopgraph.network.faults import fault
from coopgraph.network.flows import Flows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

Groups: TypeAlias = str | Mapping[Any, Any]
UNKNOWN = -1


def group_numbers(G: Network, nodes: tuple[Any, ...], groups: Groups) -> NDArray[np.int64]:
    """Return a number for each node's group, in the order in which groups are met; None is not known.

    Raises MeasureError where `groups` is an attribute's name and G has no attributes, or none of this name.

    >>> import networkx as nx
    >>> group_numbers(nx.Graph([("Lima", "Quito")]), ("Lima", "Quito"), {"Quito": "EC"}).tolist()
    [-1, 0]
    """
    import numpy as np

    known = groups if isinstance(groups, Mapping) else _attribute(G, groups)
    labels = [known.get(node) for node in nodes]
    met = dict.fromkeys(label for label in labels if label is not None)
    number = {label: place for place, label in enumerate(met)}
    return np.array([UNKNOWN if label is None else number[label] for label in labels], dtype=np.int64)


def membership(numbers: NDArray[np.int64]) -> csr_array[np.float64]:
    """Return nodes by groups: 1 where a node is in a group."""
    import numpy as np
    from scipy.sparse import csr_array

    known = np.flatnonzero(numbers != UNKNOWN)
    shape = (len(numbers), int(numbers.max(initial=UNKNOWN)) + 1)
    return csr_array((np.ones(len(known)), (known, numbers[known])), shape=shape)


def _attribute(G: Network, name: str) -> dict[Any, Any]:
    if isinstance(G, Flows | Adjacency):
        fix = "Give a mapping from node to group, or a networkx graph such as exchange_graph makes."
        raise MeasureError("Groups are not known.", faults=[fault("Here nodes have no attributes.", fix)])
    known = {node: attributes[name] for node, attributes in G.nodes(data=True) if name in attributes}
    if len(G) and not known:
        fix = "Name a node attribute the graph has, or give a mapping from node to group."
        raise MeasureError(
            "Groups are not known.", faults=[fault(f"No node has the attribute {name!r}.", fix)]
        )
    return known
