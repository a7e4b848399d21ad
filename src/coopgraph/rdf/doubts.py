"""Which focus nodes may break a shape: the others are shown to conform, by whole columns.

In: encoded triples and planned shapes. Out: focus nodes in doubt, every one that breaks a shape among them,
and the triples that decide about them. A node is in doubt unless it certainly conforms; pySHACL then judges.
Standard: SHACL core, the parameters of `shape_plan`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache, partial
from math import isnan
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from coopgraph.rdf.encoded import Ids, Mask, Triples
from coopgraph.rdf.shape_plan import OF_PATHS, SUBCLASS, TYPE, Shape, Step
from coopgraph.rdf.to_rdflib import rdflib_triples

_LANGUAGE: Final = '"@(?P<tag>[A-Za-z0-9-]+)$'


class Doubts:
    """Triples, and what several shapes ask of them."""

    def __init__(self, triples: Triples, shapes: Sequence[Shape]) -> None:
        self._triples = triples
        self._ids = triples.ids(term for shape in shapes for term in shape.terms)
        self._literal = pc.starts_with(triples.terms, '"').to_numpy(zero_copy_only=False)
        self._pairs = cache(self._pairs_of)
        self._instances = cache(self._instances_of)
        self._parsed: dict[int, Any] = {}

    def about(self, shape: Shape) -> Ids:
        """The focus nodes that may break a shape."""
        focus = self._none()
        for name in shape.classes:
            focus |= self._instances(name)
        for predicate in shape.subjects_of:
            focus[self._triples.pairs(predicate)[0]] = True
        return self._doubtful(shape, _numbers(focus))

    def neighbours(self, focus: Ids, shapes: Sequence[Shape]) -> Mask:
        """Which triples decide whether these focus nodes conform to the shapes."""
        steps = {Step(TYPE)} | {Step(predicate) for shape in shapes for predicate in shape.subjects_of}
        steps = steps.union(*(shape.steps for shape in shapes))
        chosen = np.zeros(len(self._triples.subjects), bool)
        chosen[self._triples.rows.get(SUBCLASS, slice(0, 0))] = True
        reached = self._marked(focus)
        for _ in range(max(shape.depth for shape in shapes) + 1):
            further = reached.copy()
            for step in steps:
                rows = self._triples.rows.get(step.predicate, slice(0, 0))
                near, far = self._triples.subjects[rows], self._triples.objects[rows]
                if step.inverse:
                    near, far = far, near
                chosen[rows] |= reached[near]
                further[far[reached[near]]] = True
            reached = further
        return chosen

    def _none(self) -> Mask:
        return np.zeros(len(self._triples.terms), bool)

    def _marked(self, nodes: Ids) -> Mask:
        marked = self._none()
        marked[nodes] = True
        return marked

    def _doubtful(self, shape: Shape, focus: Ids) -> Ids:
        """Those of some focus nodes that are not certain to conform to a shape."""
        nodes, values = (focus, focus) if shape.path is None else self._values(shape.path, focus)
        distinct = _numbers(self._marked(values))
        doubt = self._none()
        for name, wanted in shape.constraints:
            if name in OF_PATHS:
                doubt[self._by_path(name, wanted, focus, nodes, values)] = True
            else:
                doubt[nodes[self._marked(self._by_value(name, wanted, distinct))[values]]] = True
        return _numbers(doubt)

    def _values(self, path: tuple[Step, ...], focus: Ids) -> tuple[Ids, Ids]:
        nodes, values = self._pairs(path)
        wanted = self._marked(focus)[nodes]
        return nodes[wanted], values[wanted]

    def _pairs_of(self, path: tuple[Step, ...]) -> tuple[Ids, Ids]:
        """Nodes and their values along a path, each pair once."""
        found = []
        for step in path:
            subjects, objects = self._triples.pairs(step.predicate)
            found.append((objects, subjects) if step.inverse else (subjects, objects))
        if len(found) == 1:
            return found[0]
        each: Ids = np.unique(np.concatenate([np.stack(pairs) for pairs in found], axis=1), axis=1)
        return each[0], each[1]

    def _instances_of(self, name: str) -> Mask:
        """Which terms are instances of a class or of a subclass of it."""
        kinds = self._none()
        if name in self._ids:
            kinds[self._ids[name]] = True
        below, above = self._triples.pairs(SUBCLASS)
        while (more := kinds[above] & ~kinds[below]).any():
            kinds[below[more]] = True
        subjects, types = self._triples.pairs(TYPE)
        return self._marked(subjects[kinds[types]])

    def _by_path(self, name: str, wanted: Any, focus: Ids, nodes: Ids, values: Ids) -> Ids:
        """The focus nodes whose values, taken together, may not do."""
        match name:
            case "minCount":
                doubt = self._least(nodes, values) < wanted
            case "maxCount":
                doubt = self._count(nodes) > wanted
            case "uniqueLang":
                doubt = self._marked(self._language_twice(nodes, values)) & wanted
            case _:  # hasValue
                doubt = ~self._marked(nodes[values == self._ids.get(wanted, -1)])
        found: Ids = focus[doubt[focus]]
        return found

    def _least(self, nodes: Ids, values: Ids) -> NDArray[np.intp]:
        """How many values at least: literals count as one, for rdflib may take two for one (en-GB, en-gb)."""
        literal = self._literal[values]
        return self._count(nodes[~literal]) + self._marked(nodes[literal])

    def _count(self, nodes: Ids) -> NDArray[np.intp]:
        return np.bincount(nodes, minlength=len(self._triples.terms))

    def _language_twice(self, nodes: Ids, values: Ids) -> Ids:
        distinct, place = np.unique(values, return_inverse=True)
        tags = pc.struct_field(
            pc.extract_regex(self._triples.terms.take(pa.array(distinct)), _LANGUAGE), "tag"
        )
        number = pc.utf8_lower(tags).dictionary_encode().indices.fill_null(-1).to_numpy(zero_copy_only=False)
        tagged = np.stack([nodes, number[place]], axis=1)[number[place] >= 0]
        pairs, times = np.unique(tagged, axis=0, return_counts=True)
        twice: Ids = pairs[times > 1, 0]
        return twice

    def _by_value(self, name: str, wanted: Any, values: Ids) -> Ids:
        """The values that may not do, each by itself."""
        match name:
            case "class":
                return values[~self._instances(wanted)[values]]
            case "node" | "property":
                return self._doubtful(wanted, values)
            case "or":
                for shape in wanted:
                    values = self._doubtful(shape, values)
                return values
            case _:
                return self._fails(partial(_PASSES[name], wanted), values)

    def _fails(self, passes: Callable[[Any], bool], values: Ids) -> Ids:
        """Judge each value once by what rdflib makes of it, as pySHACL does."""
        unknown = [value for value in values.tolist() if value not in self._parsed]
        texts = self._triples.terms.take(pa.array(unknown, pa.int32())).to_pylist()
        lines = "".join(f"<urn:s> <urn:p> {text} .\n" for text in texts).encode()
        self._parsed |= zip(unknown, (obj for _, _, obj in rdflib_triples(lines)), strict=True)
        return np.array([v for v in values.tolist() if not passes(self._parsed[v])], np.int32)


def _numbers(mask: Mask) -> Ids:
    return np.flatnonzero(mask).astype(np.int32)


def _is_of(datatype: str, term: Any) -> bool:
    from rdflib import Literal

    return isinstance(term, Literal) and str(term.datatype) == datatype and term.ill_typed is not True


def _matches(pattern: Any, term: Any) -> bool:
    from rdflib import BNode

    return not isinstance(term, BNode) and pattern.search(term) is not None


def _number(term: Any) -> Any:
    """A literal's number, or None where it is none that compares as numbers do."""
    from rdflib import Literal

    found = term.value if isinstance(term, Literal) and term.ill_typed is False else None
    plain = isinstance(found, int | float | Decimal) and not isinstance(found, bool) and not isnan(found)
    return found if plain else None


def _at_least(bound: Any, term: Any) -> bool:
    return (found := _number(term)) is not None and found >= bound


def _at_most(bound: Any, term: Any) -> bool:
    return (found := _number(term)) is not None and found <= bound


_PASSES: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "datatype": _is_of,
    "pattern": _matches,
    "minInclusive": _at_least,
    "maxInclusive": _at_most,
}
