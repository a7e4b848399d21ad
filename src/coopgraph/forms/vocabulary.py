"""How things are called in a form, and what is meant by what stands in one.

In: an open release and a language. Out: a `Vocabulary`: IRI -> the one name it has in lists, and any name,
in any language, -> IRI; or an `Unreadable` that says what to write.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coopgraph.forms.cells import Unreadable, amount_of, currency_of, day_of, plain_of, whole_of
from coopgraph.forms.fields import Field
from coopgraph.letters import plain_letters
from coopgraph.namespaces import CONCEPT, COUNTRY, SDG
from coopgraph.network.cities import known_cities
from coopgraph.secretariat.goals import goal_order
from coopgraph.views.drawing import in_language
from coopgraph.views.names import Name, full_name, name_of, names_in

if TYPE_CHECKING:
    from coopgraph.release import Release

ACTORS: Final = ("city", "network", "organisation")
SUBJECTS: Final = ("sdg", "strategic-line")  # what a city may seek or offer
KINDS: Final = (*ACTORS, "programme", "agreement", "action")
_CONCEPTS: Final = Path(__file__).parent / "queries" / "concepts.rq"
_GOAL: Final = re.compile(r"^(SDG|ODS) ")
_NEW_CITY: Final = re.compile(r"(?P<name>[^,;]{2,80}),\s*(?P<country>[A-Z]{2})")


@dataclass(frozen=True)
class NewThing:
    """Something that a form names and no data know: a city by name and country, or a network."""

    kind: str
    name: str
    country: str | None = None


@dataclass(frozen=True)
class Vocabulary:
    """The names of one release in one language."""

    lang: str
    shown: Mapping[str, Mapping[str, str]]  # kind or list -> IRI -> the name in lists
    meant: Mapping[str, Mapping[str, tuple[str, ...]]]  # kind or list -> plain name -> IRIs
    titles: Mapping[str, str]  # of everything else

    def choices(self, kind: str) -> list[str]:
        """Return the names a list offers, in order; goals and targets by number, then lines."""
        names = self.shown.get(kind, {})
        if kind == "subject":
            return [names[iri] for iri in sorted(names, key=goal_order)]
        return sorted(names.values(), key=plain_letters)

    def near(self, kind: str, name: str) -> list[str]:
        """Return the known things of a kind whose name is nearly this one, at most three."""
        plain = {plain_letters(text.partition(",")[0]): text for text in self.shown.get(kind, {}).values()}
        close = difflib.get_close_matches(plain_letters(name), plain, n=3, cutoff=0.8)
        return [plain[text] for text in close]

    def called(self, iri: str) -> str:
        """Return what a thing is called in lists, or the nearest to it."""
        for names in self.shown.values():
            if iri in names:
                return names[iri]
        return self.titles.get(iri) or in_language(name_of(iri, {}).texts, self.lang)

    def text(self, field: Field, codes: Iterable[str]) -> str:
        """Return what a cell of this column shows for values of the data."""
        return "; ".join(self._shown(field, code) for code in codes)

    def _shown(self, field: Field, code: str) -> str:
        if field.kind == "sdgs":
            return code.removeprefix(SDG)
        if field.kind == "subject":
            return self.shown["subject"].get(code) or self.called(code)
        if field.scheme or field.kind in ("network", "programme", "about", "actor", "actors", "cities"):
            return self.called(code)
        return code

    def codes(self, field: Field, text: str) -> tuple[str | NewThing, ...]:
        """Return what is meant by a cell of this column; raises Unreadable.

        Values come as the data have them; what nobody knows yet as a `NewThing`.
        """
        if not field.is_list:
            return (self._code(field, " ".join(text.split())),)
        parts = [" ".join(part.split()) for part in re.split(r"[;\n]", text)]
        return tuple(dict.fromkeys(self._code(field, part) for part in parts if part))

    def _code(self, field: Field, text: str) -> str | NewThing:
        if field.scheme:
            return self._chosen(field.scheme, text)
        plain = {
            "day": day_of,
            "whole": whole_of,
            "amount": amount_of,
            "currency": currency_of,
            "text": plain_of,
        }
        if field.kind in plain:
            return plain[field.kind](text)
        if field.kind == "sdgs":
            return self._chosen("sdg", _GOAL.sub("", text))
        if field.kind == "subject":
            return self._chosen("subject", _GOAL.sub("", text))
        if field.kind == "network":
            found = self._found(("network",), text)
            return found or NewThing("network", plain_of(text))
        if field.kind == "programme":
            return self._known(("programme",), text)
        if field.kind == "about":
            return self._known(("agreement", "action", "programme"), text)
        return self._actor(("city",) if field.kind == "cities" else ACTORS, text)

    def _actor(self, kinds: tuple[str, ...], text: str) -> str | NewThing:
        found = self._found(kinds, text)
        named = _NEW_CITY.fullmatch(text)
        if found is None and named and f"{COUNTRY}{named['country']}" in self.shown["country"]:
            return NewThing("city", plain_of(named["name"].strip()), named["country"])
        return found or self._refuse(kinds, text, "A city that is not in the sheet Lists is written with "
                                     "its country, as in: Cusco, PE. Part several by ;")  # fmt: skip

    def _known(self, kinds: tuple[str, ...], text: str) -> str:
        return self._found(kinds, text) or self._refuse(kinds, text, "Write it as it stands in the form.")

    def _chosen(self, scheme: str, text: str) -> str:
        return self._found((scheme,), text) or self._refuse((scheme,), text, "Choose one of the list.")

    def _found(self, kinds: tuple[str, ...], text: str) -> str | None:
        """Return the one thing called so; None where nothing is."""
        for kind in kinds:
            exact = [iri for iri, name in self.shown.get(kind, {}).items() if name == text]
            if len(exact) == 1:
                return exact[0]
        plain = plain_letters(text)
        found = sorted({iri for kind in kinds for iri in self.meant.get(kind, {}).get(plain, ())})
        if len(found) > 1:
            which = "; ".join(self.called(iri) for iri in found[:6])
            raise Unreadable(
                f"has '{_short(text)}', which may be several: {which}.", "Write the one that is meant."
            )
        return found[0] if found else None

    def _refuse(self, kinds: tuple[str, ...], text: str, fix: str) -> str:
        names = [name for kind in kinds for name in self.shown.get(kind, {}).values()]
        plain = {plain_letters(name): name for name in names}
        near = difflib.get_close_matches(plain_letters(text), plain, n=3, cutoff=0.5)
        meant = f" Near it: {'; '.join(plain[name] for name in near)}." if near else ""
        raise Unreadable(f"has '{_short(text)}', which is not known.", fix + meant)


def vocabulary_of(release: Release, lang: str) -> Vocabulary:
    """Read the names of a release in one of `LANGUAGES`."""
    names = names_in(release)
    countries = {iri: (city.country or "").rsplit("/", 1)[-1] for iri, city in known_cities(release).items()}
    shown: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
    meant: dict[str, dict[str, set[str]]] = {kind: {} for kind in KINDS}
    for iri, name in sorted(names.items()):
        if name.kind in KINDS:
            shown[name.kind][iri] = _in_lists(iri, name, lang, countries.get(iri, ""))
            for text in {*_texts(name), iri.rsplit("/", 1)[-1], shown[name.kind][iri], iri}:
                meant[name.kind].setdefault(plain_letters(text), set()).add(iri)
    for row in release.query(_CONCEPTS.read_text("utf-8"), trusted=True).dicts():
        _add_concept({name: str(text) for name, text in row.items()}, lang, shown, meant)
    shown["country"] = {
        iri: in_language(name.texts, lang) for iri, name in names.items() if iri.startswith(COUNTRY)
    }
    titles = {iri: full_name(names, lang, iri) for iri in names}
    unique = {kind: _unlike(found) for kind, found in shown.items()}
    sets = {
        kind: {text: tuple(sorted(iris)) for text, iris in found.items()} for kind, found in meant.items()
    }
    return Vocabulary(lang, unique, sets, titles)


def _add_concept(
    row: Mapping[str, str], lang: str, shown: dict[str, dict[str, str]], meant: dict[str, dict[str, set[str]]]
) -> None:
    scheme, concept = row["scheme"].removeprefix(CONCEPT).rsplit("/", 1)[-1], row["concept"]
    code = concept.rsplit("/", 1)[-1]
    listed = shown.setdefault(scheme, {})
    if row["lang"] == lang or concept not in listed:
        listed[concept] = code if scheme == "sdg" else row["label"]
    for text in {code} if scheme == "sdg" else {code, row["label"]}:
        meant.setdefault(scheme, {}).setdefault(plain_letters(text), set()).add(concept)
    if scheme in SUBJECTS:
        subject = f"{code} {row['label']}" if scheme == "sdg" else row["label"]
        subjects = shown.setdefault("subject", {})
        if row["lang"] == lang or concept not in subjects:
            subjects[concept] = subject
        for text in {code, row["label"], subject}:
            meant.setdefault("subject", {}).setdefault(plain_letters(text), set()).add(concept)


def _in_lists(iri: str, name: Name, lang: str, country: str) -> str:
    text = in_language(name.texts, lang).replace(";", ",").strip()
    return f"{text}, {country}" if name.kind == "city" and country else text or iri


def _texts(name: Name) -> list[str]:
    return [text for texts in (name.texts, name.full or {}) for text in texts.values()]


def _unlike(names: Mapping[str, str]) -> dict[str, str]:
    """Tell things of one name apart by the end of their IRI."""
    counts = Counter(names.values())
    return {
        iri: f"{text} ({iri.rsplit('/', 1)[-1]})" if counts[text] > 1 else text for iri, text in names.items()
    }


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
