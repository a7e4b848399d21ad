"""An open data release described for portals: the data set, a distribution for each file, its quality.

In: what is told of a crate, its files. Out: `dcat.ttl`. Standards: DCAT 3, DQV, SPDX checksums. Addresses of
files are relative: they hold wherever the folder is published.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coopgraph.exports.ro_crate.parts import Part
from coopgraph.exports.ro_crate.words import crate_words
from coopgraph.exports.turtle_text import Block, document, iri, text, typed
from coopgraph.languages import LANGUAGES
from coopgraph.namespaces import DCAT, DCTERMS, FOAF, GEO, SKOS, VCARD, WGS84, XSD

if TYPE_CHECKING:
    from coopgraph.exports.ro_crate.described import Crate

_EU: Final = "http://publications.europa.eu/resource/authority"
_PREFIXES: Final = {
    "dcat": DCAT, "dcterms": DCTERMS, "dqv": "http://www.w3.org/ns/dqv#",
    "foaf": FOAF, "geo": GEO, "skos": SKOS, "spdx": "http://spdx.org/rdf/terms#",
    "vcard": VCARD, "xsd": XSD,
}  # fmt: skip
_FILE_TYPES: Final = {
    "text/csv": "CSV", "text/turtle": "RDF_TURTLE", "application/n-quads": "RDF_N_QUADS",
    "application/json": "JSON",
    "application/vnd.apache.parquet": "PARQUET",
}  # fmt: skip


def write_dcat(crate: Crate, parts: Iterable[Part], target: Path) -> None:
    """Write the description; README and descriptions are no distributions."""
    data = [part for part in parts if "/" in part.path]
    blocks = [_dataset(crate, data), *(_distribution(crate, part) for part in data), *_quality(crate)]
    target.write_text(document(_PREFIXES, blocks), encoding="utf-8", newline="\n")


def _dataset(crate: Crate, data: list[Part]) -> Block:
    told, publishing = crate.told, crate.publishing
    return "<#dataset>", [
        ("a", ["dcat:Dataset"]),
        ("dcterms:title", [text(told.title, told.lang)]),
        ("dcterms:description", _in_each(crate_words()["words"]["description"])),
        ("dcterms:identifier", [text(told.release)] if told.release else []),
        ("dcat:version", [text(told.release)] if told.release else []),
        ("dcterms:issued", [typed(crate.published, "xsd:date")]),
        ("dcterms:license", [iri(told.licence)]),
        ("dcterms:accessRights", [f"<{_EU}/access-right/PUBLIC>"]),
        ("dcterms:language", [f"<{_EU}/language/{code}>" for code in ("ENG", "POR", "SPA")]),
        ("dcterms:publisher", [f"[ a foaf:Agent ; foaf:name {text(publishing.publisher)} ]"]
         if publishing.publisher else []),
        ("dcat:contactPoint", _contact(publishing.contact)),
        ("dcat:landingPage", [iri(publishing.landing_page)] if publishing.landing_page else []),
        ("dcat:theme", [f"<{_EU}/data-theme/{code}>" for code in ("GOVE", "INTR", "REGI")]),
        ("dcat:keyword", [term for texts in crate_words()["keywords"].values() for term in _in_each(texts)]),
        ("dcterms:temporal", _period(crate)),
        ("dcterms:spatial", _box(crate)),
        ("dcterms:conformsTo", ["<https://w3id.org/coopgraph/ns>"]),
        ("dcat:distribution", [iri(f"#{part.path}") for part in data]),
        ("dqv:hasQualityMeasurement", [f"<#quality-{name}>" for name in crate.measured.shares()]),
    ]  # fmt: skip


def _distribution(crate: Crate, part: Part) -> Block:
    kind = _FILE_TYPES.get(part.media)
    return iri(f"#{part.path}"), [
        ("a", ["dcat:Distribution"]),
        ("dcterms:title", [text(part.name, "en")]),
        ("dcat:accessURL", [iri(crate.publishing.landing_page or part.path)]),
        ("dcat:downloadURL", [iri(part.path)]),
        ("dcat:mediaType", [f"<https://www.iana.org/assignments/media-types/{part.media}>"]),
        ("dcterms:format", [f"<{_EU}/file-type/{kind}>"] if kind else []),
        ("dcat:byteSize", [typed(part.size, "xsd:nonNegativeInteger")]),
        ("dcterms:license", [iri(crate.told.licence)]),
        ("dcterms:conformsTo", ["<http://www.w3.org/ns/csvw>"] if part.path.startswith("tables/") else []),
        ("spdx:checksum", ["[ a spdx:Checksum ; spdx:algorithm spdx:checksumAlgorithm_sha256 ; "
                           f"spdx:checksumValue {typed(part.digest(), 'xsd:hexBinary')} ]"]),
    ]  # fmt: skip


def _period(crate: Crate) -> list[str]:
    years = crate.counted.years
    if not years:
        return []
    first, last = typed(years[0], "xsd:gYear"), typed(years[-1], "xsd:gYear")
    return [f"[ a dcterms:PeriodOfTime ; dcat:startDate {first} ; dcat:endDate {last} ]"]


def _box(crate: Crate) -> list[str]:
    box = crate.counted.box
    if len(box) < 2:
        return []
    (south, north), (west, east) = box[f"{WGS84}lat"], box[f"{WGS84}long"]
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    ring = ", ".join(f"{long} {lat}" for long, lat in corners)
    return [f"[ a dcterms:Location ; dcat:bbox {typed(f'POLYGON(({ring}))', 'geo:wktLiteral')} ]"]


def _contact(contact: str) -> list[str]:
    if not contact:
        return []
    if "@" in contact and "://" not in contact:
        return [f"[ a vcard:Kind ; vcard:hasEmail {iri(f'mailto:{contact}')} ]"]
    return [f"[ a vcard:Kind ; vcard:hasURL {iri(contact)} ]"]


def _in_each(texts: list[str]) -> list[str]:
    return [text(each, lang) for lang, each in zip(LANGUAGES, texts, strict=True)]


def _quality(crate: Crate) -> list[Block]:
    """Return what is measured, and what the measures mean."""
    metrics, blocks = crate_words()["metrics"], list[Block]()
    for name, share in crate.measured.shares().items():
        measurement = [
            ("a", ["dqv:QualityMeasurement"]),
            ("dqv:computedOn", ["<#dataset>"]),
            ("dqv:isMeasurementOf", [f"<#metric-{name}>"]),
            ("dqv:value", [typed(share, "xsd:decimal")]),
        ]
        metric = [
            ("a", ["dqv:Metric"]),
            ("skos:definition", _in_each(metrics[name])),
            ("dqv:expectedDataType", ["xsd:decimal"]),
            ("dqv:inDimension", ["<#completeness>"]),
        ]
        blocks += [(f"<#quality-{name}>", measurement), (f"<#metric-{name}>", metric)]
    if blocks:
        named = _in_each(metrics["completeness"])
        blocks.append(("<#completeness>", [("a", ["dqv:Dimension"]), ("skos:prefLabel", named)]))
    return blocks
