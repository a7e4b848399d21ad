"""Stored queries: `.rq` files that run anywhere as they stand, with titles and typed parameters in their
comments.

In: folders of `.rq` files. Out: queries found by name, and their text with parameters bound. A parameter is
bound by replacing the one `VALUES ?name { term }` the lexer finds, by a term made here: no text of a user's
becomes syntax.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from pathlib import Path
from typing import Final
from urllib.parse import quote

from coopgraph.errors import Fault, QueryError
from coopgraph.namespaces import XSD
from coopgraph.rdf.lexer import Token, tokens
from coopgraph.rdf.terms import iri_term, literal_term, plain_text

Argument = str | int | float | Decimal | bool | date

_HEADER: Final = re.compile(
    r"^#\s*(?:title@(?P<language>[A-Za-z-]+):\s*(?P<title>.+)"
    r"|theme:\s*(?P<theme>\S+)"
    r"|param:\s*(?P<name>\w+)\s+(?P<kind>\w+)(?:\s*\|\s*(?P<about>.*))?)$"
)
_PARAMETER: Final = re.compile(r"^#\s*param:")
_NUMBERED: Final = re.compile(r"^(cq-\d+)-(.+)$")
_ESCAPED: Final = re.compile(r"\\\\([uU])|\\u[0-9A-F]{4}|\\.")
_YEAR: Final = re.compile(r"-?[0-9]{4,}")
_TAG: Final = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True)
class Parameter:
    """A typed hole of a stored query; `default` is the term the file itself has there."""

    name: str
    kind: str
    about: str
    default: str


@dataclass(frozen=True)
class StoredQuery:
    """A query file: its name, where it is, its titles by language, its parameters, its text and its theme."""

    name: str
    path: Path
    text: str
    titles: Mapping[str, str] = field(default_factory=dict)
    parameters: tuple[Parameter, ...] = ()
    theme: str = ""

    def title(self, language: str = "en") -> str:
        """The title in a language, else in English, else the name."""
        return self.titles.get(language) or self.titles.get("en") or self.name

    def bind(self, arguments: Mapping[str, Argument], prefixes: Mapping[str, str]) -> str:
        """Return the text with arguments in place of the defaults; every wrong argument is told at once."""
        known = {parameter.name: parameter for parameter in self.parameters}
        faults: list[Fault] = []
        text = self.text
        for name, value in arguments.items():
            if name not in known:
                faults.append(self._unknown(name))
                continue
            try:
                text = _replaced(
                    text, name, argument_term(known[name].kind, _full(known[name], value), prefixes)
                )
            except (ValueError, InvalidOperation):
                what = f"parameter '{name}' has {str(value)!r}, which is not of type {known[name].kind}."
                faults.append(Fault(self.name, None, None, what, _EXAMPLE.get(known[name].kind)))
        if faults:
            which = f"stored query {self.name}" if self.path.is_file() else "query"
            raise QueryError(f"The {which} was not run.", faults=faults)
        return text

    def _unknown(self, name: str) -> Fault:
        names = ", ".join(parameter.name for parameter in self.parameters)
        what = f"'{name}' is no parameter of this query."
        if names or self.path.is_file():
            return Fault(self.name, None, None, what, f"It has: {names or 'none'}.")
        fix = "Write the value into the text, or declare a parameter there as the stored queries do (--list)."
        return Fault(self.name, None, None, what, fix)

    def terms(self, arguments: Mapping[str, Argument], prefixes: Mapping[str, str]) -> dict[str, str]:
        """The IRIs given as arguments, as terms by parameter; for what `bind` has let pass."""
        return {
            parameter.name: argument_term("iri", _full(parameter, arguments[parameter.name]), prefixes)
            for parameter in self.parameters
            if parameter.kind == "iri" and parameter.name in arguments
        }


_EXAMPLE: Final = {
    "iri": "Give an IRI, a short form such as id:city/madrid, or the last part alone, such as madrid.",
    "integer": "Give a whole number such as 12.",
    "decimal": "Give a number such as 12.50.",
    "date": "Give a date like 2017-05-31.",
    "gYear": "Give a year like 2017.",
    "lang": "Give a language tag such as es.",
}
KINDS: Final = ("iri", "string", "integer", "decimal", "date", "gYear", "lang")


def argument_term(kind: str, value: Argument, prefixes: Mapping[str, str]) -> str:
    """Write an argument as a SPARQL term of the declared type, or raise ValueError.

    >>> argument_term("iri", "id:city/lima", {"id": "https://example.org/id/"})
    '<https://example.org/id/city/lima>'
    >>> argument_term("string", 'a" } DROP', {})
    '"a\\\\" } DROP"'
    """
    text = str(value)
    if kind == "iri":
        prefix, colon, local = text.partition(":")
        return iri_term(prefixes[prefix] + local if colon and prefix in prefixes else text)
    if kind == "integer":
        return literal_term(str(int(text)), datatype=f"{XSD}integer")
    if kind == "decimal":
        number = Decimal(text)
        if not number.is_finite():
            raise ValueError(text)
        return literal_term(f"{number:f}", datatype=f"{XSD}decimal")
    if kind == "date":
        return literal_term(date.fromisoformat(text).isoformat(), datatype=f"{XSD}date")
    if kind == "gYear":
        return literal_term(_matching(_YEAR, text), datatype=f"{XSD}gYear")
    return _sparql_string(_matching(_TAG, text).lower() if kind == "lang" else text)


def _full(parameter: Parameter, value: Argument) -> Argument:
    """A bare name given for an IRI stands beside the default: `panama-city` for `<.../id/city/madrid>`."""
    if parameter.kind != "iri" or not isinstance(value, str) or ":" in value:
        return value
    start = re.match(r"<(.*[/#])[^/#]*>", parameter.default)
    return start[1] + quote(value, safe="") if start and value else value


def _matching(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError(text)
    return text


def _sparql_string(text: str) -> str:
    """A string safe under both readings of `\\\\u`: resolved before parsing, as SPARQL says, or after."""
    return _ESCAPED.sub(_apart, literal_term(text))


def _apart(escape: re.Match[str]) -> str:
    """A backslash before a `u` that is only a letter: the letter is escaped too."""
    return rf"\\\u{ord(escape[1]):04X}" if escape[1] else escape[0]


def _replaced(text: str, name: str, term: str) -> str:
    block = _values_block(tokens(text), name)
    if block is None:
        raise ValueError(name)
    return f"{text[: block[0]]} {term} {text[block[1] :]}"


def _values_block(found: list[Token], name: str) -> tuple[int, int] | None:
    """Where the inside of the one `VALUES ?name { term }` begins and ends; None if there is not just one."""
    blocks = [
        (found[at + 2].end, _closing(found, at + 3))
        for at in range(len(found) - 4)
        if found[at].word == "VALUES"
        and found[at + 1].kind == "variable"
        and found[at + 1].text[1:] == name
        and found[at + 2].text == "{"
    ]
    return blocks[0] if len(blocks) == 1 else None


def _closing(found: list[Token], at: int) -> int:
    while at < len(found) - 1 and found[at].text != "}":
        at += 1
    return found[at].start


def read_query(path: Path) -> StoredQuery:
    """Read one `.rq` file, and refuse a header or a parameter that does not fit its text."""
    return parsed_query(path.read_text(encoding="utf-8-sig"), path)


def parsed_query(text: str, path: Path = Path("query")) -> StoredQuery:
    """Read the headers of a query's text, wherever it is from."""
    titles: dict[str, str] = {}
    parameters: list[Parameter] = []
    faults: list[Fault] = []
    theme = ""
    for number, line in enumerate(text.splitlines(), 1):
        found = _HEADER.match(line)
        if found and found["title"]:
            titles[found["language"]] = found["title"].strip()
        elif found and found["theme"]:
            theme = found["theme"]
        elif found:
            parameter, wrong = _parameter(text, found)
            parameters.append(parameter)
            faults += (
                [Fault(path.name, number, None, f"parameter '{parameter.name}' {wrong}")] if wrong else []
            )
        elif _PARAMETER.match(line):
            faults.append(Fault(path.name, number, None, "is not `# param: name type | meaning`."))
    if faults:
        raise QueryError(f"The stored query {path.name} is wrong.", faults=faults)
    return StoredQuery(path.stem, path, text, titles, tuple(parameters), theme)


def _parameter(text: str, found: re.Match[str]) -> tuple[Parameter, str | None]:
    block = _values_block(tokens(text), found["name"])
    default = text[block[0] : block[1]].strip() if block else ""
    parameter = Parameter(found["name"], found["kind"], found["about"] or "", default)
    if parameter.kind not in KINDS:
        return parameter, f"has the type {parameter.kind}. Use one of {', '.join(KINDS)}."
    if not default:
        return parameter, f"needs exactly one `VALUES ?{parameter.name} {{ term }}` in the query."
    return parameter, None


class QueryLibrary:
    """Stored queries of some folders; a name found in an earlier folder hides the same name in a later one.

    A query answers to its file's stem (`cq-004-planned-and-invested`), its number (`cq-004`) and its slug.
    """

    def __init__(self, folders: Iterable[Path | Iterable[Path]]) -> None:
        self._paths: dict[str, Path] = {}
        for folder in folders:
            found = folder.rglob("*.rq") if isinstance(folder, Path) else folder
            for path in sorted(found):
                self._paths.setdefault(path.stem, path)
        self._aliases = _aliases(self._paths)

    def __contains__(self, name: str) -> bool:
        return name in self._aliases

    def names(self) -> list[str]:
        """Every query's full name, sorted."""
        return sorted(self._paths)

    def queries(self) -> list[StoredQuery]:
        """Every query, read, in the order of names."""
        return [read_query(self._paths[name]) for name in self.names()]

    def get(self, name: str) -> StoredQuery:
        """Find a query by any of its names; an unknown name is told with the nearest ones."""
        if name not in self._aliases:
            near = get_close_matches(name, sorted(self._aliases), n=3)
            hint = f"Did you mean {' or '.join(near)}?" if near else "`coopgraph query --list` shows all."
            raise QueryError(f"There is no stored query '{name}'. {hint}")
        return read_query(self._paths[self._aliases[name]])


def _aliases(stems: Iterable[str]) -> dict[str, str]:
    """Each name a query answers to; a number or slug that two queries share names neither."""
    found: dict[str, list[str]] = {}
    for stem in stems:
        numbered = _NUMBERED.match(stem)
        for name in {stem, *(numbered.groups() if numbered else ())}:
            found.setdefault(name, []).append(stem)
    return {name: name if name in of else of[0] for name, of in found.items() if len(of) == 1 or name in of}


def plain_default(parameter: Parameter) -> str:
    """A parameter's default as a user would type it.

    >>> plain_default(Parameter("year", "gYear", "", '"2017"^^xsd:gYear'))
    '2017'
    """
    text, typed, _ = parameter.default.rpartition("^^")
    try:
        return plain_text(text if typed else parameter.default)
    except ValueError:
        return parameter.default
