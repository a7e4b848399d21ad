"""What each meaning of a table becomes in its mapping: a column, a place to look up, words for concepts.

In: a `Proposal`. Out: a `Binding` for each meaning, and the places to look up. A city that is named is looked
up in the gazetteer; one that has a code is taken by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from coopgraph.sources.guided.cells import Look, odd_cells
from coopgraph.sources.guided.proposal import Proposal
from coopgraph.sources.guided.tables import Meaning
from coopgraph.sources.guided.words import concept_of
from coopgraph.sources.places.countries import country_code
from coopgraph.sources.places.setting import ADDED, PlaceSetting

_SIGNS: Final = {"€": "EUR", "£": "GBP", "R$": "BRL", "US$": "USD"}  # $ alone is many countries'
MOST_ODD: Final = 20  # beyond that the build tells of each with its line


@dataclass(frozen=True)
class Binding:
    """How a meaning is written: in an IRI and in a text; `words` are the cells that mean each code, `odd`
    those that are not of the column's sort and are left out.
    """

    iri: str
    text: str
    words: Mapping[str, tuple[str, ...]] | None = None
    odd: tuple[str, ...] = ()
    place: PlaceSetting | None = None


@dataclass(frozen=True)
class Bound:
    """Every binding by its meaning's key, and cells that mean no concept known here."""

    of: Mapping[str, Binding]
    unknown: Mapping[str, tuple[str, ...]]  # by the column's header

    @property
    def places(self) -> tuple[PlaceSetting, ...]:
        return tuple(one.place for one in self.of.values() if one.place)


def bindings(proposal: Proposal) -> Bound:
    """Return how each meaning of a proposal is written."""
    found = dict(_bindings(proposal))
    unknown = {
        proposal.columns[key]: words
        for key, one in found.items()
        if one.words is not None and (words := _unknown(proposal.look(key), one.words))
    }
    return Bound(found, unknown)


def names_cities(proposal: Proposal, key: str) -> bool:
    """Tell whether a column names cities to look up: not where they have codes, or several in a cell."""
    meaning = proposal.kind.meanings[key]
    if proposal.kind.name == "cities" and key == "name":
        return "id" not in proposal.columns
    if meaning.refers != "city" or is_list(proposal, key):
        return False
    return not (proposal.look(key).is_code and f"{key}.name" in proposal.columns)


def is_list(proposal: Proposal, key: str) -> bool:
    """Tell whether a column holds several in a cell."""
    return proposal.kind.meanings[key].is_list and proposal.look(key).separator is not None


def reference(header: str) -> str:
    r"""Return how a mapping names a column.

    >>> reference("Name (es)")
    '$(Name \\(es\\))'
    """
    escaped = "".join(f"\\{c}" if c in "()\\" else c for c in header)
    return f"$({escaped})"


def _bindings(proposal: Proposal) -> Iterator[tuple[str, Binding]]:
    taken = set(proposal.looks)
    for key, header in proposal.columns.items():
        meaning = proposal.kind.meanings[key]
        own = reference(header)
        if names_cities(proposal, key):
            into = _free(meaning, taken)
            where = _where(proposal, key)
            place = PlaceSetting((header,), into, where["country"], where["lat"], where["lon"])
            yield key, Binding(f"$({into})", f"$({into}_label)", place=place)
        elif meaning.words.cells in ("answer", "concept", "country"):
            yield key, Binding(own, own, words=_words(meaning, proposal.look(key), proposal.words))
        else:
            odd = odd_cells(meaning.words.cells, proposal.look(key))
            yield key, Binding(own, own, odd=odd if len(odd) <= MOST_ODD else ())
    row_kind = proposal.row_kind or ("other" if proposal.kind.name == "agreements" else None)
    if row_kind and "kind" not in proposal.columns:
        yield "kind", Binding(row_kind, row_kind)
    if proposal.kind.name == "money" and "currency" not in proposal.columns and (code := currency(proposal)):
        yield "currency", Binding(code, code)
    if proposal.network:
        yield "network", Binding(slug(proposal.network), proposal.network)


def currency(proposal: Proposal) -> str | None:
    """The currency that stands beside the amounts, where it can mean one alone."""
    unit = proposal.look("amount").unit or ""
    return _SIGNS.get(unit) or (unit if re.fullmatch(r"[A-Z]{3}", unit) else None)


def slug(text: str) -> str:
    """Return a name as a word of an IRI.

    >>> slug("Red de Ciudades (Mercociudades)")
    'red-de-ciudades-mercociudades'
    """
    from coopgraph.sources.guided.words import plain

    return plain(text).replace(" ", "-")


def _free(meaning: Meaning, taken: set[str]) -> str:
    """A word for the columns a place adds, of which the table has none."""
    first = "city" if meaning.name in ("name", "cities") else meaning.name
    for word in (first, f"{first}_found", f"{first}_place", *(f"{first}_{n}" for n in range(2, 99))):
        added = {f"{word}{ending}" for ending in ADDED}
        if not added & taken:
            taken |= added
            return word
    raise AssertionError("a table has fewer columns than that")


def _where(proposal: Proposal, key: str) -> dict[str, str | None]:
    """The columns that say where the city of a column is."""
    before = "" if proposal.kind.name == "cities" else f"{key}."
    country = proposal.columns.get(f"{before}country")
    lat, lon = (proposal.columns.get(f"{before}{name}") for name in ("latitude", "longitude"))
    both = lat is not None and lon is not None
    return {"country": country, "lat": lat if both else None, "lon": lon if both else None}


def _words(meaning: Meaning, look: Look, given: Mapping[str, str]) -> dict[str, tuple[str, ...]] | None:
    """The cells that mean each code; None where the cells are the codes themselves."""
    scheme = "answer" if meaning.words.cells == "answer" else meaning.scheme
    found: dict[str, list[str]] = {}
    for cell in look.distinct:
        code = country_code(cell) if meaning.words.cells == "country" else concept_of(scheme or "", cell)
        code = given.get(cell) if meaning.scheme and cell in given else code
        if scheme == "agreement-kind":  # every agreement is of a kind
            code = code or "other"
        if code:
            found.setdefault(code, []).append(cell)
    if scheme == "agreement-kind" and None in look.cells:
        found.setdefault("other", []).append("")
    if all(cells == [code] for code, cells in found.items()) and len(found) == len(look.distinct):
        return None
    return {code: tuple(sorted(cells)) for code, cells in sorted(found.items())}


def others(proposal: Proposal) -> tuple[str, ...]:
    """Return the cells that name a kind of agreement not known here, which is `other` then."""
    if proposal.kind.name != "agreements" or "kind" not in proposal.columns:
        return ()
    cells = proposal.look("kind").distinct
    return tuple(
        cell for cell in cells if concept_of("agreement-kind", proposal.words.get(cell, cell)) is None
    )


def _unknown(look: Look, words: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    known = {cell for cells in words.values() for cell in cells}
    return tuple(cell for cell in look.distinct if cell not in known)
