"""Terms of a mapping: templates with columns in them, as IRIs or literals.

In: the text of a term as YARRRML writes it. Out: a `Term` with every prefix written out and every constant
part checked.
Standards: YARRRML, RFC 3987 (IRIs), BCP 47 (languages), XML Schema datatypes, W3C date and time formats.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from coopgraph.namespaces import DCTERMS, XSD
from coopgraph.settings.section import nearest
from coopgraph.sources.iris import is_absolute_iri
from coopgraph.sources.yaml_lines import Node, Refusal

_REFERENCE: Final = re.compile(r"\$\(((?:[^()\\]|\\.)+)\)")
_PREFIXED: Final = re.compile(r"([A-Za-z_][\w.-]*):(.*)", re.DOTALL)
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_SCHEMES: Final = ("urn", "mailto", "tel", "doi", "info", "tag", "data", "geo", "ftp")

W3CDTF: Final = f"{DCTERMS}W3CDTF"
DATATYPES: Final = (
    *(
        XSD + name
        for name in (
            "string",
            "integer",
            "nonNegativeInteger",
            "decimal",
            "boolean",
            "date",
            "dateTime",
            "gYear",
            "gYearMonth",
            "anyURI",
        )
    ),
    W3CDTF,
)


@dataclass(frozen=True)
class Reference:
    """`$(column)`."""

    column: str


Template = tuple[str | Reference, ...]


@dataclass(frozen=True)
class Term:
    """A term of each record. An IRI that is one reference alone is taken as it stands."""

    kind: Literal["iri", "literal"]
    template: Template
    datatype: str | None = None
    language: str | Reference | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it uses, each once, in order; that of its language is the last."""
        parts = [*self.template, self.language]
        return tuple(dict.fromkeys(part.column for part in parts if isinstance(part, Reference)))

    @property
    def as_it_stands(self) -> bool:
        return self.kind == "iri" and len(self.template) == 1 and isinstance(self.template[0], Reference)


def parse_template(text: str) -> Template:
    """Split a template into constant texts and references.

    >>> parse_template("city/$(id)")
    ('city/', Reference(column='id'))
    """
    parts: list[str | Reference] = []
    end = 0
    for match in _REFERENCE.finditer(text):
        if match.start() > end:
            parts.append(text[end : match.start()])
        parts.append(Reference(re.sub(r"\\(.)", r"\1", match[1]).strip()))
        end = match.end()
    if end < len(text) or not parts:
        parts.append(text[end:])
    return tuple(parts)


def iri_of(text: str, node: Node) -> str:
    if not is_absolute_iri(text):
        raise Refusal(node, f"'{text}' is not an absolute IRI.", "Write it out: https://example.org/.")
    return text


@dataclass(frozen=True)
class TermReader:
    """Reads terms with some prefixes in force."""

    prefixes: Mapping[str, str]

    def iri(self, written: tuple[str, Node]) -> Term:
        """Return an IRI term; its constant part must make it absolute unless it is one column alone."""
        text, node = written
        term = Term("iri", parse_template(self._expanded(text, node)))
        _refuse_open_reference(text, node)
        if not term.as_it_stands:
            example = "".join(part if isinstance(part, str) else "x" for part in term.template)
            if not isinstance(term.template[0], str):
                what = f"'{text}' begins with a column and goes on: it cannot be told to be an IRI."
                raise Refusal(node, what, "Begin with a prefix, or make the column hold whole IRIs.")
            if not is_absolute_iri(example):
                raise Refusal(
                    node, f"'{text}' does not make an absolute IRI.", "Begin with a prefix, like id:city/."
                )
        return term

    def literal(self, written: tuple[str, Node], kind: str | None, *, plain: bool | None = None) -> Term:
        """Return a literal; `kind` is a datatype or `language~lang`, `plain` that it is meant to be a
        literal."""
        text, node = written
        _refuse_open_reference(text, node)
        template = parse_template(text)
        if not plain:
            self._refuse_hidden_iri(text, template, node)
        if kind is None:
            return Term("literal", template)
        if kind.endswith("~lang"):
            return Term("literal", template, language=_language(kind.removesuffix("~lang"), node))
        return Term("literal", template, datatype=self._datatype(kind, node))

    def _expanded(self, text: str, node: Node) -> str:
        """Write a prefix out."""
        match = _PREFIXED.match(text)
        if not match or match[2].startswith("//"):
            return text
        if match[1] in self.prefixes:
            return self.prefixes[match[1]] + match[2]
        if match[1].lower() in _SCHEMES:
            return text
        raise Refusal(node, f"'{text}' has the unknown prefix '{match[1]}'.", self._prefix_hint(match[1]))

    def _prefix_hint(self, prefix: str) -> str:
        return nearest(prefix, list(self.prefixes)).replace("Known:", "Add it under prefixes:. Known:")

    def _datatype(self, text: str, node: Node) -> str | None:
        expanded = self._expanded(text, node)
        if expanded not in DATATYPES:
            short = [f"xsd:{name.removeprefix(XSD)}" for name in DATATYPES if name.startswith(XSD)]
            raise Refusal(
                node, f"'{text}' is not a datatype taken here.", nearest(text, [*short, "dcterms:W3CDTF"])
            )
        return None if expanded == f"{XSD}string" else expanded

    def _refuse_hidden_iri(self, text: str, template: Template, node: Node) -> None:
        """`coop:Agreement` without ~iri would silently become a text."""
        first = template[0]
        if not isinstance(first, str) or re.search(r"\s", first):
            return
        match = _PREFIXED.match(first)
        if match and (match[1] in self.prefixes or match[2].startswith("//")):
            fix = f"Write {text}~iri, or {{ value: ..., type: literal }} when it is meant."
            raise Refusal(node, f"'{text}' looks like an IRI and would become a text.", fix)


def _language(tag: str, node: Node) -> str | Reference:
    match parse_template(tag):
        case (Reference() as column,):
            return column
    if not _LANGUAGE.fullmatch(tag):
        what = f"'{tag}' is not a language tag."
        raise Refusal(node, what, "Write one like en~lang, or a column alone, like $(language)~lang.")
    return tag.lower()


def _refuse_open_reference(text: str, node: Node) -> None:
    rest = _REFERENCE.sub("", text)
    if "$(" in rest:
        raise Refusal(
            node, f"'{text}' has a $( without its ).", "Write $(column); a ) in a name is written \\)."
        )
