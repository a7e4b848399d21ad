"""The kinds of tables a table may be, and what each of their columns may mean.

In: the mappings of the starter workspace, which say what columns become, and the words for them. Out: a
`TableKind`: its maps as they are written, and its meanings. `city.country` is the country of what `city`
names, which the mapping of cities describes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import yaml

from coopgraph.resources import STARTER
from coopgraph.sources.guided.words import ColumnWords, column_words, described

REFERENCE: Final = re.compile(r"\$\((\w+)\)")
_REFERS: Final = re.compile(r"id:(\w+)/\$\((\w+)\)~iri")
_OTHERS: Final = {
    "city": "mappings/cities.yml", "network": "mappings/networks.yml", "action": "mappings/actions.yml",
    "programme": "mappings/programmes.yml", "agreement": "mappings/agreements.yml",
}  # fmt: skip
_NOT_ASKED: Final = ("source_id", "note", "id")  # of what a table refers to


@dataclass(frozen=True)
class Statement:
    """One predicate and object of a map, as YARRRML writes them."""

    predicate: str
    object: str
    datatype: str | None

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(REFERENCE.findall(self.object)))


@dataclass(frozen=True)
class Map:
    """A subject and what is said of it; where `any_of` are columns, only of rows in which one is filled."""

    name: str
    subject: str
    statements: tuple[Statement, ...]
    any_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Meaning:
    """What a column may mean; `of` is the column that names what it is said of, where that is another."""

    name: str
    words: ColumnWords
    refers: str | None = None  # to what: city, network ...
    of: str | None = None
    is_list: bool = False
    scheme: str | None = None
    datatype: str | None = None

    @property
    def key(self) -> str:
        return f"{self.of}.{self.name}" if self.of else self.name


@dataclass(frozen=True)
class TableKind:
    """A kind of table: its maps, its meanings by key, and which of them it needs (one of each group)."""

    name: str
    maps: tuple[Map, ...]
    meanings: Mapping[str, Meaning]
    needs: tuple[tuple[str, ...], ...]


@cache
def table_kinds() -> Mapping[str, TableKind]:
    """Return every kind of table by its name.

    >>> list(table_kinds()["memberships"].meanings)[:5]
    ['network', 'city', 'since', 'until', 'source_id']
    >>> table_kinds()["memberships"].meanings["city.country"].words.cells
    'country'
    """
    return {name: _kind(name, said) for name, said in described()["tables"].items()}


@cache
def maps_of(file: str) -> tuple[Map, ...]:
    """Return the maps of one of the package's mappings."""
    content = yaml.safe_load((STARTER / file).read_text(encoding="utf-8"))
    return tuple(
        Map(
            name,
            each["s"],
            tuple(Statement(po[0], po[1], po[2] if len(po) > 2 else None) for po in each["po"]),
            tuple(REFERENCE.findall(str(each.get("condition", "")))),
        )
        for name, each in content["mappings"].items()
    )


def maps_of_what(refers: str) -> tuple[Map, ...]:
    """Return the maps that describe what a column refers to."""
    return maps_of(_OTHERS[refers]) if refers in _OTHERS else ()


def _kind(name: str, said: Mapping[str, Any]) -> TableKind:
    maps = maps_of(said["mapping"])
    also: Mapping[str, list[str]] = said.get("also", {})
    own = {key: _meaning(key, maps, also.get(key, ())) for key in _columns(maps)}
    others = {
        meaning.key: meaning
        for key, one in own.items()
        if one.refers and (one.refers == "city" or not one.is_list)
        for meaning in _meanings_of(key, one.refers)
    }
    return TableKind(name, maps, own | others, tuple(tuple(group) for group in said["needs"]))


def _columns(maps: tuple[Map, ...]) -> list[str]:
    terms = [term for each in maps for term in (each.subject, *(one.object for one in each.statements))]
    return [*dict.fromkeys(name for term in terms for name in REFERENCE.findall(term)), "source_id"]


def _meaning(key: str, maps: tuple[Map, ...], also: Any, of: str | None = None) -> Meaning:
    words = column_words(key)
    phrases = words.phrases.union(*(column_words(other).phrases for other in also))
    statements = [one for each in maps for one in each.statements if key in one.columns]
    refers = next((m[1] for one in statements if (m := _REFERS.fullmatch(one.object)) and m[2] == key), None)
    scheme = next((m[1] for one in statements if (m := re.match(r"concept:([\w-]+)/", one.object))), None)
    datatype = next((one.datatype for one in statements if one.datatype), None)
    return Meaning(
        key, ColumnWords(phrases, words.cells), refers if refers in _OTHERS else None, of,
        key in ("cities", "networks", "sdgs"), scheme, datatype,
    )  # fmt: skip


def _meanings_of(key: str, refers: str) -> list[Meaning]:
    maps = maps_of_what(refers)
    found = [_meaning(name, maps, (), of=key) for name in _columns(maps) if name not in _NOT_ASKED]
    return [one for one in found if not (one.refers and one.refers != "city")]
