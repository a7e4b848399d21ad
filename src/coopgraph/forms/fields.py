"""The sheets of a form and their columns, as `fields.toml` lists them.

In: `fields.toml`. Out: `FormSheet`s with their `Field`s: what a city can state, of which node, by which
property, and what happens to a word that differs from another source's.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

from coopgraph.namespaces import PREFIXES

LISTS: Final = ("actors", "cities", "sdgs")  # kinds of columns that hold several, parted by ;
Node = Literal["row", "during", "part", "others"]
Contest = Literal["beside", "note", "apart"]


@dataclass(frozen=True)
class Field:
    """A column: its kind, the property it states, the node it is stated of, and its words."""

    key: str
    kind: str
    states: str  # the property
    head: Mapping[str, str]
    hint: Mapping[str, str]
    width: int
    at: Node = "row"
    language: str | None = None
    required: bool = False
    fixed: bool = False  # says which thing a row is: never changed once it is there
    contest: Contest = "beside"

    @property
    def is_list(self) -> bool:
        return self.kind in LISTS

    @property
    def holds_several(self) -> bool:
        """Whether a cell may stand for several IRIs: a list, or what the row is about."""
        return self.is_list or (self.fixed and self.kind != "text")

    @property
    def scheme(self) -> str | None:
        """The name of the list of concepts it is chosen from."""
        return self.kind.removeprefix("concept:") if self.kind.startswith("concept:") else None


@dataclass(frozen=True)
class FormSheet:
    """A sheet: what its rows are, its columns, and how many empty rows there is room for."""

    key: str
    kind: str  # the class of its things
    title: Mapping[str, str]
    about: Mapping[str, str]
    fields: tuple[Field, ...]
    new_rows: int
    needs_one: tuple[str, ...] = ()  # columns of which a new row fills in one at least

    def field(self, key: str) -> Field:
        """Return the column of this key; raises KeyError for one there is not."""
        return {field.key: field for field in self.fields}[key]


@cache
def form_sheets() -> tuple[FormSheet, ...]:
    """Return the sheets of a form in their order.

    >>> [sheet.key for sheet in form_sheets()]
    ['city', 'memberships', 'agreements', 'actions', 'interests', 'money']
    """
    listed = tomllib.loads((Path(__file__).with_name("fields.toml")).read_text("utf-8"))
    return tuple(
        FormSheet(
            key,
            _iri(sheet["class"]),
            sheet["title"],
            sheet["about"],
            tuple(Field(**{**field, "states": _iri(field["states"])}) for field in sheet["fields"]),
            sheet["new_rows"],
            tuple(sheet.get("needs_one", ())),
        )
        for key, sheet in listed.items()
    )


def form_sheet(key: str) -> FormSheet:
    """Return the sheet of this key; raises KeyError for one there is not."""
    return {sheet.key: sheet for sheet in form_sheets()}[key]


def _iri(name: str) -> str:
    prefix, _, rest = name.partition(":")
    return PREFIXES[prefix] + rest
