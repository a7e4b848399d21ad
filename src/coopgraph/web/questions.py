"""The form of a stored question: a field for each of its parameters, filled, checked, and told what is wrong.

In: a stored query, what the address says, the things of a release. Out: `Field`s, and the
arguments it is asked with. A thing may be given by its name in any language, by its IRI, or by the end of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from coopgraph.letters import plain_letters
from coopgraph.rdf.stored import argument_term, plain_default
from coopgraph.rdf.terms import short_iri
from coopgraph.views.answer.things import Thing, Things, by_name
from coopgraph.views.drawing import in_language

if TYPE_CHECKING:
    from coopgraph.rdf.stored import Parameter, StoredQuery
    from coopgraph.release import Release
    from coopgraph.web.words import Words

CHOSEN_FROM: Final = 40  # as many things are offered as a list to choose from; more are typed and completed
OFFERED: Final = 500  # as many names are in the page; of more, the script asks for those that fit
_TOLD_APART: Final = 5  # as many things of one name are told apart in a message


@dataclass(frozen=True)
class Choice:
    """Something to choose: what is sent, and what is shown."""

    value: str
    text: str = ""


@dataclass(frozen=True)
class Field:
    """One field: its parameter, what stands in it, what it means, what is wrong, and what it may be."""

    name: str
    kind: str  # of Parameter.kind, or `choice` and `thing` for an IRI
    about: str
    shown: str
    value: str = ""  # what the query is asked with; empty where something is wrong
    wrong: str = ""
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Form:
    """What a question is asked of, and in which words."""

    query: StoredQuery
    release: Release
    things: Things
    _: Words

    def fields(self, given: Mapping[str, str]) -> list[Field]:
        """Return the fields, filled with what is given and else with the question's defaults."""
        return [
            self._field(parameter, given.get(parameter.name))
            for parameter in self.query.parameters
            if parameter.kind != "lang"
        ]

    def arguments(self, fields: list[Field]) -> dict[str, Any]:
        """Return what the query is asked with: the fields' values, and the reader's language."""
        spoken = {one.name: self._.lang for one in self.query.parameters if one.kind == "lang"}
        return {**{field.name: field.value for field in fields}, **spoken}

    def _field(self, parameter: Parameter, given: str | None) -> Field:
        if parameter.kind == "iri":
            return self._thing_field(parameter, (given or "").strip())
        default = (parameter.name == "now" and self.release.now) or plain_default(parameter)
        text = default if given is None else given.strip()
        try:
            argument_term(parameter.kind, text, self.release.prefixes)
            wrong = ""
        except (ValueError, InvalidOperation):
            wrong = _wanted(parameter.kind, self._)
        about = self._(parameter.about)
        return Field(parameter.name, parameter.kind, about, text, "" if wrong else text, wrong)

    def _thing_field(self, parameter: Parameter, given: str) -> Field:
        lang, about = self._.lang, self._(parameter.about)
        default = plain_default(parameter)
        family = self.things.like(default) or self._siblings(default)
        names = _names(by_name(family, lang), lang) if len(family) <= OFFERED else {}
        usual = default if self.things.get(default) or not family else family[0].iri
        found = self._found(parameter, given or usual, names, family[0].family if family else None)
        listed = 1 < len(names) <= CHOSEN_FROM and all(thing.iri in names for thing in found)
        if listed:
            choices = tuple(Choice(iri, name) for iri, name in names.items())
        else:
            choices = tuple(map(Choice, names.values()))
        kind = "choice" if listed else "thing"
        if len(found) == 1:
            iri = found[0].iri
            shown = iri if listed else names.get(iri) or in_language(found[0].texts, lang)
            return Field(parameter.name, kind, about, shown, iri, "", choices)
        return Field(parameter.name, kind, about, given or usual, "", self._which(found), choices)

    def _which(self, found: tuple[Thing, ...]) -> str:
        if not found:
            return self._("Nothing in these data is called this. Choose one of the names offered.")
        said = ", ".join(short_iri(thing.iri, self.release.prefixes) for thing in found[:_TOLD_APART])
        return self._("Several things are called this. Write one of: {names}.", names=said)

    def _siblings(self, default: str) -> tuple[Thing, ...]:
        """What stands beside the default by its IRI: for a release that does not have the default itself."""
        folder = self.release.prefixes["id"] + default.rstrip("/").split("/")[-2] + "/"
        return next((self.things.like(iri) for iri in self.things.by_iri if iri.startswith(folder)), ())

    def _found(
        self, parameter: Parameter, given: str, names: Mapping[str, str], family: tuple[str, str] | None
    ) -> tuple[Thing, ...]:
        """What is meant: an identifier, else a name in the family, else a name of anything."""
        iri = self._iri(parameter, given)
        if known := self.things.get(iri):
            return (known,)
        told = tuple(
            self.things.by_iri[iri]
            for iri, name in names.items()
            if plain_letters(name) == plain_letters(given)
        )
        named = self.things.called(given)
        meant = told or tuple(thing for thing in named if thing.family == family) or named
        if meant or not iri or self.release.unknown_things(self.query.name, **{parameter.name: iri}):
            return meant
        return (Thing(iri, (), (), {"": short_iri(iri, self.release.prefixes)}),)

    def _iri(self, parameter: Parameter, given: str) -> str:
        try:
            return self.query.terms({parameter.name: given}, self.release.prefixes)[parameter.name][1:-1]
        except ValueError:
            return ""


def _wanted(kind: str, _: Words) -> str:
    return {
        "integer": _("This is not a whole number. Write one such as 12."),
        "decimal": _("This is not a number. Write one such as 12.50."),
        "date": _("This is not a date. Write one like 2017-05-31."),
        "gYear": _("This is not a year. Write one like 2017."),
    }.get(kind, _("This cannot be used here."))


def _names(family: list[Thing], lang: str) -> dict[str, str]:
    """What each is called; where two are called the same, the end of the identifier tells them apart."""
    names = {thing.iri: in_language(thing.texts, lang) for thing in family}
    often = Counter(plain_letters(name) for name in names.values())
    return {
        iri: name if often[plain_letters(name)] == 1 else f"{name} ({iri.rsplit('/', 1)[-1]})"
        for iri, name in names.items()
    }
