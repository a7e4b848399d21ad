"""What there is in a release, counted in one pass.

In: its statements as N-Quads, equal ones beside each other. Out: a `Counted`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from coopgraph.namespaces import COOP, PROV, RDF, SKOS, WGS84
from coopgraph.rdf.serialised import address, split
from coopgraph.rdf.terms import plain_text, split_literal

LINKS: Final = {
    "geonames": ("https://sws.geonames.org/", "GeoNames"),
    "wikidata": ("http://www.wikidata.org/entity/", "Wikidata"),
}
_EXAMPLES: Final = ("City", "Agreement", "Action")
_DATES: Final = ("https://schema.org/startDate", "https://schema.org/endDate", f"{COOP}signedOn")


@dataclass
class Counted:
    """What there is: statements by graph, things by class, uses of properties, links, sources, extents."""

    quads: int = 0
    triples: int = 0
    subjects: int = 0
    stated: int = 0  # in graphs of sources, or of files
    classes: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)
    graphs: Counter[str] = field(default_factory=Counter)
    links: Counter[str] = field(default_factory=Counter)
    source_of: dict[str, str] = field(default_factory=dict)
    sources: set[str] = field(default_factory=set)
    examples: dict[str, str] = field(default_factory=dict)
    countries: set[str] = field(default_factory=set)
    years: list[str] = field(default_factory=list)
    box: dict[str, tuple[float, float]] = field(default_factory=dict)


def counted(lines: Iterable[bytes], base: str) -> Counted:
    """Count in one pass; equal statements of several graphs stand beside each other."""
    found, last, subject = Counted(), (b"", b"", b""), b""
    for line in lines:
        s, p, o, g = split(line)
        graph, prop = address(g), address(p)
        found.quads += 1
        found.graphs[graph] += 1
        apart = graph in (f"{base}graph/ontology", f"{base}graph/provenance")
        found.stated += not apart
        if s != subject:
            found.subjects += 1
            subject = s
        if (s, p, o) != last:
            last = (s, p, o)
            found.triples += 1
            found.properties[prop] += 1
            _note(found, address(s), prop, o.decode(), apart=apart)
    return found


def _note(found: Counted, s: str, prop: str, term: str, *, apart: bool) -> None:
    if prop == f"{RDF}type":
        name = plain_text(term)
        found.classes[name] += 1
        if name == f"{COOP}Source":
            found.sources.add(s)
        for short in _EXAMPLES:
            if name == f"{COOP}{short}":
                found.examples.setdefault(short, s)
    elif prop == f"{PROV}hadPrimarySource":
        found.source_of[s] = plain_text(term)
    elif prop == f"{SKOS}exactMatch" and not apart:
        for name, (space, _) in LINKS.items():
            found.links[name] += term.startswith(f"<{space}")
    elif prop == f"{COOP}country":
        found.countries.add(plain_text(term))
    elif prop in _DATES:
        year = split_literal(term)[0][:4]
        found.years = sorted({*found.years[:1], *found.years[-1:], year}) if year.isdigit() else found.years
    elif prop in (f"{WGS84}lat", f"{WGS84}long"):
        value = float(split_literal(term)[0])
        least, most = found.box.get(prop, (value, value))
        found.box[prop] = (min(least, value), max(most, value))
