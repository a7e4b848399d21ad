"""Check that the ontology is complete and consistent in itself.

In: the ontology's files and whatever uses its terms (Turtle, SPARQL, YARRRML, SSSOM). Out: findings, each with the check
that made it, the file, and what is wrong. Each check has a good and a bad example in `tests/ontology/hygiene/`.

    python ontology/build/hygiene.py            # all files of this checkout; exit 1 where something is found
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SH, SKOS, DCTERMS, Graph, Literal, Namespace, URIRef

COOP = Namespace("https://w3id.org/coopgraph/ns#")
CONCEPT = "https://w3id.org/coopgraph/concept/"
SDG = "http://metadata.un.org/sdg"
LANGUAGES = frozenset({"en", "es", "pt"})
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
TEXTS = (RDFS.label, SKOS.prefLabel, SKOS.definition, DCTERMS.title, DCTERMS.description, SH.message)
SLIPS = {
    "https://www.w3.org/": "http://www.w3.org/",
    "http://schema.org/": "https://schema.org/",
    "http://w3id.org/": "https://w3id.org/",
    "https://purl.org/": "http://purl.org/",
    "https://metadata.un.org/": "http://metadata.un.org/",
    "https://www.geonames.org/ontology": "http://www.geonames.org/ontology",
    "http://sws.geonames.org/": "https://sws.geonames.org/",
    "https://www.wikidata.org/entity/": "http://www.wikidata.org/entity/",
    "https://www.opengis.net/": "http://www.opengis.net/",
}


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that is wrong."""

    check: str
    file: str
    what: str


@dataclass(frozen=True)
class Document:
    """One file; `graph` is its triples where it is Turtle, else empty."""

    path: Path
    text: str

    @cached_property
    def graph(self) -> Graph:
        graph = Graph(bind_namespaces="none")
        return graph.parse(data=self.text, format="turtle") if self.path.suffix == ".ttl" else graph

    @cached_property
    def bare(self) -> str:
        """The text without comments and string literals, so that words in them are not taken for terms."""
        if self.path.suffix not in {".ttl", ".rq"}:
            return self.text
        kept = re.sub(r'"""(.*?)"""|"(?:[^"\\\n]|\\.)*"', lambda m: m.group(1) or '""', self.text, flags=re.DOTALL)
        return re.sub(r"(?m)(^|\s)#.*$", r"\1", kept)


Documents = Sequence[Document]
Check = Callable[[Documents], Iterator[Finding]]


def read(paths: Iterable[Path]) -> list[Document]:
    """Read the files, in order of their paths."""
    return [Document(path, path.read_text(encoding="utf-8")) for path in sorted(paths)]


def check(documents: Documents) -> list[Finding]:
    """Return every finding of every check, sorted."""
    return sorted(finding for one in CHECKS.values() for finding in one(documents))


def _terms(documents: Documents) -> Iterator[tuple[Document, URIRef]]:
    for document in documents:
        for subject in sorted(set(document.graph.subjects())):
            declared = any((subject, RDF.type, kind) in document.graph for kind in KINDS)
            if isinstance(subject, URIRef) and subject in COOP and declared:
                yield document, subject


def _concepts(documents: Documents) -> Iterator[tuple[Document, URIRef]]:
    for document in documents:
        for subject in sorted(set(document.graph.subjects(RDF.type, SKOS.Concept))):
            if isinstance(subject, URIRef):
                yield document, subject


def _ours(documents: Documents) -> Iterator[tuple[Document, URIRef]]:
    """Terms, and concepts that are not the United Nations'."""
    yield from _terms(documents)
    yield from ((document, each) for document, each in _concepts(documents) if not each.startswith(SDG))


def label_missing(documents: Documents) -> Iterator[Finding]:
    """A term without rdfs:label, or a concept without skos:prefLabel."""
    for found, wanted in ((_terms(documents), RDFS.label), (_concepts(documents), SKOS.prefLabel)):
        for document, each in found:
            if (each, wanted, None) not in document.graph:
                yield Finding("label-missing", document.path.name, f"{each} has no label")


def definition_missing(documents: Documents) -> Iterator[Finding]:
    """A term or concept of ours without skos:definition."""
    for document, each in _ours(documents):
        if (each, SKOS.definition, None) not in document.graph:
            yield Finding("definition-missing", document.path.name, f"{each} has no definition")


def language_missing(documents: Documents) -> Iterator[Finding]:
    """A text that is there, but not exactly once in each of en, es and pt."""
    for document in documents:
        for predicate in TEXTS:
            for subject in sorted(set(document.graph.subjects(predicate))):
                tags = sorted(str(getattr(o, "language", None)) for o in document.graph.objects(subject, predicate))
                if tags != sorted(LANGUAGES):
                    what = f"{subject} has {predicate.rsplit('/')[-1]} in {', '.join(tags)}"
                    yield Finding("language-missing", document.path.name, what)


def defined_elsewhere(documents: Documents) -> Iterator[Finding]:
    """A term whose rdfs:isDefinedBy is not the ontology of its file, and that alone."""
    for document, each in _terms(documents):
        homes = set(document.graph.subjects(RDF.type, OWL.Ontology))
        if set(document.graph.objects(each, RDFS.isDefinedBy)) != homes:
            yield Finding("defined-elsewhere", document.path.name, f"{each} is not said to be defined here")


def kind_unclear(documents: Documents) -> Iterator[Finding]:
    """A term that is both class and property, or property of both kinds."""
    for document, each in _terms(documents):
        if sum((each, RDF.type, kind) in document.graph for kind in KINDS) > 1:
            yield Finding("kind-unclear", document.path.name, f"{each} is of two kinds")


def name_style(documents: Documents) -> Iterator[Finding]:
    """A class that does not start with a capital, or a property that does."""
    for document, each in _terms(documents):
        is_class = (each, RDF.type, OWL.Class) in document.graph
        if each.removeprefix(str(COOP))[0].isupper() != is_class:
            yield Finding("name-style", document.path.name, f"{each} starts with the wrong case")


def scheme_missing(documents: Documents) -> Iterator[Finding]:
    """A concept in no scheme, or in one that is not declared."""
    schemes = {scheme for document in documents for scheme in document.graph.subjects(RDF.type, SKOS.ConceptScheme)}
    for document, each in _concepts(documents):
        stated = set(document.graph.objects(each, SKOS.inScheme))
        if not stated or not stated <= schemes:
            yield Finding("scheme-missing", document.path.name, f"{each} is in no declared scheme")


def notation_missing(documents: Documents) -> Iterator[Finding]:
    """A concept without skos:notation."""
    for document, each in _concepts(documents):
        if (each, SKOS.notation, None) not in document.graph:
            yield Finding("notation-missing", document.path.name, f"{each} has no notation")


def notation_twice(documents: Documents) -> Iterator[Finding]:
    """Two things of one scheme with the same notation."""
    yield from _shared(documents, SKOS.notation, "notation-twice")


def label_twice(documents: Documents) -> Iterator[Finding]:
    """Two concepts of one scheme, or two terms of one kind, with the same label in one language."""
    yield from _shared(documents, SKOS.prefLabel, "label-twice")
    holders: dict[tuple[object, object], list[URIRef]] = defaultdict(list)
    for document, each in _terms(documents):
        is_class = (each, RDF.type, OWL.Class) in document.graph
        for label in document.graph.objects(each, RDFS.label):
            holders[is_class, label].append(each)
    for (_, label), owners in holders.items():
        if len(owners) > 1:
            yield Finding("label-twice", "", f"'{label}' labels {', '.join(owners)}")


def _shared(documents: Documents, predicate: URIRef, name: str) -> Iterator[Finding]:
    for document in documents:
        holders: dict[tuple[object, object], set[str]] = defaultdict(set)
        for subject, scheme in document.graph.subject_objects(SKOS.inScheme):
            for value in document.graph.objects(subject, predicate):
                holders[scheme, value].add(str(subject))
        for (_, value), owners in holders.items():
            if len(owners) > 1:
                yield Finding(name, document.path.name, f"'{value}' is shared by {', '.join(sorted(owners))}")


def prefix_unused(documents: Documents) -> Iterator[Finding]:
    """A prefix that is declared and never used."""
    for document in documents:
        if document.path.suffix in {".ttl", ".rq"}:
            declaration = r"(?im)^\s*@?prefix\s+([\w-]*):\s*<[^>]*>\s*\.?"
            body = re.sub(declaration, "", document.bare)
            for prefix in re.findall(declaration, document.bare):
                if not re.search(rf"(?<![\w:#-]){re.escape(prefix)}:", body):
                    yield Finding("prefix-unused", document.path.name, f"prefix {prefix}: is never used")


def term_undeclared(documents: Documents) -> Iterator[Finding]:
    """A coop: term that is used somewhere and declared nowhere."""
    declared = {str(each).removeprefix(str(COOP)) for _, each in _terms(documents)}
    for document in documents:
        used = set(re.findall(r"(?:(?<![\w:/-])coop:|\{COOP\})([A-Za-z]\w*)", document.bare))
        for name in sorted(used - declared):
            yield Finding("term-undeclared", document.path.name, f"coop:{name} is not declared")


def concept_undeclared(documents: Documents) -> Iterator[Finding]:
    """A concept that is used somewhere and declared nowhere, or whose scheme is not."""
    declared = {str(each) for _, each in _concepts(documents)}
    for document in documents:
        for slug in sorted(set(re.findall(r"concept[:/]([a-z-]+/[a-z][a-z-]*)(?![\w/$({-])", document.bare))):
            if CONCEPT + slug not in declared:
                yield Finding("concept-undeclared", document.path.name, f"concept/{slug} is not declared")


def namespace_slip(documents: Documents) -> Iterator[Finding]:
    """http for https or the other way round in a well-known namespace."""
    for document in documents:
        for slip, right in SLIPS.items():
            if slip in document.bare:
                yield Finding("namespace-slip", document.path.name, f"{slip} should be {right}")


def version_undated(documents: Documents) -> Iterator[Finding]:
    """An ontology without a dated version IRI, a semantic version of major 0 or 1, or a licence."""
    for document in documents:
        for ontology in document.graph.subjects(RDF.type, OWL.Ontology):
            version = str(document.graph.value(ontology, OWL.versionIRI))
            number = str(document.graph.value(ontology, OWL.versionInfo))
            dated = re.fullmatch(re.escape(str(ontology)) + r"/\d{4}-\d\d-\d\d", version)
            licensed = (ontology, DCTERMS.license, None) in document.graph
            if not (dated and re.fullmatch(r"[01]\.\d+\.\d+", number) and licensed):
                yield Finding("version-undated", document.path.name, f"{ontology} is not dated, numbered and licensed")


def import_cycle(documents: Documents) -> Iterator[Finding]:
    """An ontology that imports itself through others, or one that is not here."""
    imports = {
        ontology: set(document.graph.objects(ontology, OWL.imports))
        for document in documents
        for ontology in document.graph.subjects(RDF.type, OWL.Ontology)
    }
    for start in sorted(imports):
        reached, open_ = set(), set(imports[start])
        while open_:
            reached |= (now := open_)
            open_ = {target for one in now for target in imports.get(one, set())} - reached
        if start in reached or not reached <= set(imports):
            yield Finding("import-cycle", "", f"{start} imports itself, or what is not here")


def message_missing(documents: Documents) -> Iterator[Finding]:
    """A shape that has a target and no message."""
    for document in documents:
        for shape in sorted(set(document.graph.subjects(RDF.type, SH.PropertyShape))):
            if (shape, SH.message, None) not in document.graph:
                yield Finding("message-missing", document.path.name, f"{shape} says nothing")


def text_untidy(documents: Documents) -> Iterator[Finding]:
    """A text with stray white space, or not in Unicode's composed form."""
    for document in documents:
        for _, predicate, text in document.graph:
            if predicate in TEXTS and isinstance(text, Literal):
                tidy = unicodedata.normalize("NFC", " ".join(text.split()))
                if str(text) != tidy:
                    yield Finding("text-untidy", document.path.name, f"'{text}' is not tidy")


CHECKS: dict[str, Check] = {
    check.__name__.replace("_", "-"): check
    for check in (
        label_missing,
        definition_missing,
        language_missing,
        defined_elsewhere,
        kind_unclear,
        name_style,
        scheme_missing,
        notation_missing,
        notation_twice,
        label_twice,
        prefix_unused,
        term_undeclared,
        concept_undeclared,
        namespace_slip,
        version_undated,
        import_cycle,
        message_missing,
        text_untidy,
    )
}


def project_files(root: Path) -> list[Path]:
    """Return all files of a checkout that define or use the ontology's terms."""
    patterns = ("ontology/**/*.ttl", "ontology/**/*.rq", "ontology/**/*.sssom.tsv")
    users = ("data/**/*.yml", "examples/**/*.yml", "src/**/*.yml", "src/**/*.rq", "src/**/*.py", "docs/**/*.md")
    return [path for pattern in (*patterns, *users) for path in root.glob(pattern) if ".coopgraph" not in path.parts]


def main() -> int:
    """Check this checkout and say what was found."""
    findings = check(read(project_files(Path(__file__).parents[2])))
    for finding in findings:
        sys.stdout.write(f"{finding.check}: {finding.file}: {finding.what}\n")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
