"""The section of a table in the workspace file, and the description of where it comes from.

In: a source as it was found to be written, a proposal and its bindings; what the user says of its origin.
Out: TOML, and Turtle.
Formats: docs/decisions/0001-workspace-file.md; DCMI terms, schema.org.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from coopgraph.sources.cell_formats import CellFormat
from coopgraph.sources.guided.bindings import Bound, is_list
from coopgraph.sources.guided.cells import Look
from coopgraph.sources.guided.layout import settings_of
from coopgraph.sources.guided.mapping_text import named_by
from coopgraph.sources.guided.proposal import Proposal
from coopgraph.sources.source_spec import SourceSpec

_NUMBERS = ("number", "whole", "latitude", "longitude")
_BARE = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True)
class Origin:
    """Where a table comes from, as the user says."""

    title: str
    publisher: str | None = None
    url: str | None = None
    date: str | None = None
    licence: str | None = None


@dataclass(frozen=True)
class ColumnSetting:
    """What a source must say of one column."""

    separator: str | None = None
    decimal: str | None = None
    form: CellFormat | None = None

    def written(self) -> dict[str, str]:
        form = self.form or CellFormat()
        said = {"separator": self.separator, "decimal": self.decimal, "date": form.date,
                "thousands": form.thousands, "unit": form.unit}  # fmt: skip
        return {key: text for key, text in said.items() if text is not None}


def column_settings(proposal: Proposal, lists: frozenset[str]) -> dict[str, ColumnSetting]:
    """Return what is to be said of each column for its cells to be read."""
    found = {}
    for key, header in proposal.columns.items():
        look, words = proposal.looks[header], proposal.kind.meanings[key].words
        if header in lists:
            continue
        if is_list(proposal, key):
            setting = ColumnSetting(separator=look.separator)
        elif words.cells == "date" and look.date not in (None, "iso"):
            setting = ColumnSetting(form=CellFormat(date=look.date))
        elif words.cells in _NUMBERS:
            setting = _number(look, whole=words.cells == "whole")
        else:
            continue
        if setting.written():
            found[header] = setting
    return found


def _number(look: Look, *, whole: bool) -> ColumnSetting:
    """How a number is written; in whole numbers a mark before three digits stands between thousands."""
    thousands, decimal = look.thousands, look.decimal
    for mark in (",", ".") if whole and not thousands else ():
        grouped = rf"\d{{1,3}}({re.escape(mark)}\d{{3}})*"
        if any(mark in cell for cell in look.distinct) and all(
            re.fullmatch(grouped, c) for c in look.distinct
        ):
            thousands, decimal = mark, "." if mark == "," else ","
    form = CellFormat(None, thousands, look.unit, decimal) if thousands or look.unit else None
    return ColumnSetting(decimal="," if decimal == "," else None, form=form)


def section_text(
    spec: SourceSpec, path: str, proposal: Proposal, bound: Bound, lists: frozenset[str] = frozenset()
) -> str:
    """Return `[sources.NAME]` and what belongs to it."""
    lines = [f"[sources.{spec.name}]", f"path = {_toml(path)}", f'mapping = "mappings/{spec.name}.yml"',
             f'source_id = "{spec.name}"']  # fmt: skip
    lines += [f"{key} = {_toml(value)}" for key, value in settings_of(spec).items()]
    if "id" in proposal.columns:
        lines.append(f"key = {_toml([proposal.columns['id']])}")
    if row := named_by(proposal):
        lines.append(f"row_name = {_toml(list(row))} # nothing else names a row")
    if settings := column_settings(proposal, lists):
        lines.append(f"[sources.{spec.name}.columns]")
        for header, setting in settings.items():
            inner = ", ".join(f"{key} = {_toml(text)}" for key, text in setting.written().items())
            lines.append(f"{header if _BARE.fullmatch(header) else _toml(header)} = {{ {inner} }}")
    for place in bound.places:
        lines += [
            f"[[sources.{spec.name}.place]] # looked up in the gazetteer",
            f"name = {_toml(list(place.name))}",
        ]
        said = {"country": place.country, "lat": place.lat, "lon": place.lon}
        lines += [f"{key} = {_toml(value)}" for key, value in said.items() if value]
        lines.append(f"into = {_toml(place.into)}")
    lines += ["", f"[sources.{spec.name}-origin]", f'path = "tables/{spec.name}.ttl"', 'kind = "rdf"']
    return "\n".join(lines) + "\n"


def origin_text(name: str, base: str, origin: Origin, read: date) -> str:
    """Return the description of the table as a source, in Turtle."""
    lines = [
        "@prefix coop: <https://w3id.org/coopgraph/ns#> .",
        "@prefix dcterms: <http://purl.org/dc/terms/> .",
        "@prefix schema: <https://schema.org/> .",
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .",
        "",
        f"<{base}id/source/{name}> a coop:Source ;",
        *(f"  {line} ;" for line in _said(origin)),
        f'  coop:retrieved "{read.isoformat()}"^^xsd:date .',
    ]
    return "\n".join(lines) + "\n"


def _said(origin: Origin) -> Iterator[str]:
    yield f"dcterms:title {_quoted(origin.title)}"
    if origin.publisher:
        yield f"dcterms:publisher {_quoted(origin.publisher)}"
    if origin.url:
        yield f"schema:url {_quoted(origin.url)}^^xsd:anyURI"
    if origin.date:
        kind = {4: "gYear", 7: "gYearMonth"}.get(len(origin.date), "date")
        yield f'dcterms:issued "{origin.date}"^^xsd:{kind}'
    if origin.licence:
        is_address = origin.licence.startswith(("http://", "https://"))
        yield f"dcterms:license {f'<{origin.licence}>' if is_address else _quoted(origin.licence)}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _toml(value: object) -> str:
    """A value as TOML writes it; a JSON string is a basic string of TOML."""
    if isinstance(value, list):
        return f"[{', '.join(_toml(each) for each in value)}]"
    return str(value) if isinstance(value, int) else json.dumps(value, ensure_ascii=False)
