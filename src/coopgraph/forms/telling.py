"""How an answer is read, told, and turned into what accepting it would write.

In: a returned form, names. Out: values, `Change`s and `Deed`s; what is not understood, as faults.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from coopgraph.errors import Fault
from coopgraph.forms.cells import Unreadable
from coopgraph.forms.change import Change, Declaration, Deed, Status
from coopgraph.forms.fields import Field
from coopgraph.forms.form import shown
from coopgraph.forms.known import Known, KnownRow
from coopgraph.forms.minting import end_of, thing_iri
from coopgraph.forms.returned import Returned, ReturnedRow, SentCell
from coopgraph.forms.vocabulary import NewThing, Vocabulary
from coopgraph.forms.wording import say
from coopgraph.letters import plain_letters

_YES: Final = frozenset({"yes", "si", "sim", "y", "s", "x"})
_NO: Final = frozenset({"no", "nao", "n"})
NOTHING: Final = SentCell("", ())
Codes = dict[str, tuple[str, ...]]


class Telling:
    """What the answers of one form are read and told with; what is not understood is kept in `faults`."""

    def __init__(
        self,
        returned: Returned,
        source: Declaration,
        known: Known,
        meant: Vocabulary,
        told: Vocabulary,
        sources: Mapping[str, str],
    ) -> None:
        self.faults: list[Fault] = []
        self.taken = 0
        self._returned, self._source, self._meant, self._told = returned, source, meant, told
        self._known = {(key, row.iri): row for key, rows in known.items() for row in rows}
        self._sources = sources
        self._lang = told.lang
        self._things: dict[str, dict[str, str]] = {}
        self._titles: dict[str, str] = {}  # of the new rows of this form: plain title -> IRI
        self._new_titles: dict[str, str] = {}  # IRI -> title

    def _read(self, field: Field, row: ReturnedRow) -> tuple[str, ...] | None:
        text = row.texts[field.key]
        if field.kind == "about" and plain_letters(text) in self._titles:
            return (self._titles[plain_letters(text)],)
        try:
            found = self._meant.codes(field, text)
        except Unreadable as wrong:
            self._fault(wrong.what, wrong.fix, row, field)
            return None
        if (field.kind == "text" or not all(isinstance(each, str) for each in found)) and self._names_person(
            text
        ):
            self._person(row, field)
            return None
        codes = tuple(self._code(each) for each in found)
        if field.is_list and self._returned.city in codes:
            codes = tuple(code for code in codes if code != self._returned.city)
        if not codes:
            fix = "Name others: the city itself is part of it anyway."
            self._fault("names nobody but the city itself.", fix, row, field)
            return None
        return codes

    def _names_person(self, text: str) -> bool:
        """Whether a text holds the name of who filled in the form, first name first or last."""
        contact = self._returned.contact
        words = _words(contact.name) if contact else []
        if len(words) < 2:  # one word alone may be the city's name
            return False
        said = f" {' '.join(_words(text))} "
        return any(f" {' '.join(order)} " in said for order in (words, [words[-1], *words[:-1]]))

    def _person(self, row: ReturnedRow, field: Field | None = None, *, head: str | None = None) -> None:
        fix = (
            "Ask the city to word it without the name: a person's name stands in the sheet of contacts alone."
        )
        self._fault("holds the name of the person who filled in the form.", fix, row, field, head=head)

    def _code(self, found: str | NewThing) -> str:
        if isinstance(found, str):
            return found
        iri = thing_iri(self._source.base, found)
        told = {"kind": found.kind, "name": found.name, "country": found.country or ""}
        if iri not in self._meant.titles:
            self._things[iri] = told
        return iri

    def _deed(
        self,
        row: ReturnedRow,
        known: KnownRow,
        states: Codes | None = None,
        *,
        note: str | None = None,
        iri: str | None = None,
        is_new: bool = False,
    ) -> Deed:
        named = {code for codes in (states or {}).values() for code in codes}
        return Deed(
            self._source,
            self._returned.city,
            row.sheet,
            iri or known.iri,
            self._returned.lang,
            row.title + (f", {row.number}" if row.number else ""),
            known.other,
            is_new,
            states or {},
            note,
            {iri: thing for iri, thing in sorted(self._things.items()) if iri in named},
        )

    def _has_noted(self, known: KnownRow, note: str) -> bool:
        """Whether this very form is the source of this note already."""
        if any(note == value.code and self._source.iri in value.sources for value in known.notes):
            self.taken += 1
            return True
        return False

    def _change(
        self,
        status: Status,
        row: ReturnedRow,
        known: KnownRow,
        field: Field | None,
        says: str,
        remark: str,
        deed: Deed,
        *,
        head: str | None = None,
        thing: str | None = None,
    ) -> Change:
        sent = self._returned.sent.get((row.sheet, row.iri or ""))
        before = self._text(field, known, sent.cells.get(field.key, NOTHING).codes) if sent and field else ""
        values = known.values.get(field.key, ()) if field else ()
        by = {self._sources.get(iri, end_of(iri)) for value in values for iri in value.sources}
        return Change(
            status,
            self._told.titles.get(self._returned.city, self._returned.name),
            self._returned.file,
            f"{row.title}, {row.number}" if row.number else row.title,
            thing or self._thing(row.sheet, known),
            head or (field.head[self._lang] if field else say("said.whole", self._lang)),
            before,
            self._text(field, known, tuple(value.code for value in values)) if field else "",
            "; ".join(sorted(by)),
            says,
            remark,
            deed,
        )

    def _thing(self, sheet: str, known: KnownRow) -> str:
        """Return what a row is about, in a word or two."""
        keys = {"memberships": ("network",), "money": ("about",), "interests": ("seeks", "offers")}.get(sheet)
        codes = [code for key in keys for code in known.codes(key)][:1] if keys else [known.iri]
        names = self._told.shown["subject"] if sheet == "interests" else self._told.titles
        return "; ".join(names.get(code) or self._told.called(code) for code in codes)

    def _text(self, field: Field, known: KnownRow | None, codes: tuple[str, ...]) -> str:
        named = self._new_names(codes)
        if named != codes:
            return "; ".join(
                new if new != code else shown(field, known or KnownRow(code, None, {}), (code,), self._told)
                for new, code in zip(named, codes, strict=True)
            )
        if field.kind == "text":
            return "; ".join(codes)
        if field.kind == "about" and codes and codes[0] in self._new_titles:
            return self._new_titles[codes[0]]
        return shown(field, known or KnownRow("", None, {}), codes, self._told)

    def _new_names(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self._things[code]["name"] if code in self._things else code for code in codes)

    def _texts(self, fields: Iterable[Field], known: KnownRow | None, codes: Codes) -> str:
        """Return what several fields say, each with its head."""
        return "; ".join(
            f"{field.head[self._lang]}: {self._text(field, known, codes[field.key])}" for field in fields
        )

    def _values(self, field: Field, codes: tuple[str, ...], known: KnownRow) -> dict[str, str]:
        named = self._new_names(codes)
        value = (
            "; ".join(named)
            if field.kind == "text" or named != codes
            else shown(field, known, codes, self._meant)
        )
        return {"city": self._name, "field": field.head[self._returned.lang], "value": value}

    @property
    def _name(self) -> str:
        return self._meant.titles.get(self._returned.city, self._returned.name)

    def _first(self, codes: tuple[str, ...]) -> list[str]:
        """Say what is named for the first time, and what it may be a slip of the pen for."""
        named = [self._things[code] for code in codes if code in self._things]
        first = [say("said.new_thing", self._lang, name=thing["name"]) for thing in named]
        near = [name for thing in named for name in self._told.near(thing["kind"], thing["name"])]
        return [*first, *(say("said.alike", self._lang, name=name) for name in near)]

    def _is_taken(self, known: KnownRow, field: Field, codes: tuple[str, ...]) -> bool:
        if self._has_taken(known, field, codes):
            self.taken += 1
            return True
        return False

    def _has_taken(self, known: KnownRow, field: Field, codes: tuple[str, ...]) -> bool:
        """Whether this very form is a source of all these values already."""
        said = {value.code for value in known.values.get(field.key, ()) if self._source.iri in value.sources}
        return set(codes) <= said

    def _confirmed(self, row: ReturnedRow) -> bool | None:
        plain = plain_letters(row.confirm)
        if plain in _YES or plain in _NO:
            return plain in _YES
        if plain:
            head = say("form.confirm", self._returned.lang)
            self._fault(f"has '{row.confirm[:60]}'.", "Choose yes or no, or leave it empty.", row, head=head)
        return None

    def _fault(
        self, what: str, fix: str, row: ReturnedRow, field: Field | None = None, *, head: str | None = None
    ) -> None:
        column = field.head[self._returned.lang] if field else head
        self._say(what, fix, row.title, row.number, column)

    def _say(
        self, what: str, fix: str, title: str, number: int | None = None, column: str | None = None
    ) -> None:
        self.faults.append(Fault(f"{self._returned.file} [{title}]", number, column, what, fix))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", plain_letters(text))
