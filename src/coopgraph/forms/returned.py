"""A returned form as it was filled in, and as it was sent.

In: nothing. Out: the types that reading a form gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from coopgraph.errors import Fault


@dataclass(frozen=True)
class SentCell:
    """What stood in a cell when the form was sent, and the values behind it."""

    text: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class SentRow:
    """A row as it was sent: its second node, and the cells that were filled in."""

    other: str | None
    cells: Mapping[str, SentCell]


@dataclass(frozen=True)
class ReturnedRow:
    """A row as it came back: its place, its technical id if it has one, and its texts by column."""

    sheet: str
    title: str  # what the sheet is called in this file
    number: int
    iri: str | None
    texts: Mapping[str, str]
    confirm: str
    remark: str


@dataclass(frozen=True)
class Contact:
    """Who filled in a form. It stands in no diff and in no release."""

    city: str
    name: str = ""
    office: str = ""
    email: str = ""
    filled: str = ""
    file: str = ""


@dataclass(frozen=True)
class Returned:
    """A form that came back.

    Attributes
    ----------
    file, sha256
        The file's name and digest.
    city, name, lang, release, base, licence
        What the form says it is.
    sent
        What was sent, by sheet and technical id.
    rows
        What came back; `read` are the columns that could be found, by sheet.
    contact
        Who filled it in, if anybody says.
    faults
        What could not be understood, and what to do about it.
    """

    file: str
    sha256: str
    city: str
    name: str
    lang: str
    release: str
    base: str
    licence: str
    sent: Mapping[tuple[str, str], SentRow]
    rows: tuple[ReturnedRow, ...]
    read: Mapping[str, frozenset[str]]
    contact: Contact | None
    faults: tuple[Fault, ...] = field(default=())
