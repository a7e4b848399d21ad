"""What of a release is open: statements by the licence and the access of their source, and no personal data.

In: an open release, what `[export.release]` says. Out: lines of N-Quads that may be published, and a count of
what may not, by reason and source. Rules: docs/decisions/0019-open-data-release.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from coopgraph.exports.statements import lines_of
from coopgraph.namespaces import CONCEPT, COOP, DCAT, DCTERMS, FOAF, PROV, RDF, SCHEMA, VCARD
from coopgraph.rdf.serialised import split

if TYPE_CHECKING:
    from coopgraph.release import Release
    from coopgraph.settings.export import Publishing

OPEN_LICENCES: Final = (
    "creativecommons.org/licenses/by/",
    "creativecommons.org/licenses/by-sa/",
    "creativecommons.org/publicdomain/",
    "opendatacommons.org/licenses/",
    "www.opendatacommons.org/licenses/",
    "www.nationalarchives.gov.uk/doc/open-government-licence/",
    "data.gov.uk/ogl",
    "www.etalab.gouv.fr/licence-ouverte",
    "publications.europa.eu/resource/authority/licence/CC",
)
_OTHER_SCHEMA: Final = SCHEMA.replace("https:", "http:")  # as much of the world writes it
_PERSONS: Final = frozenset(
    f"<{space}{name}>".encode()
    for space, name in (
        *((space, "Person") for space in (SCHEMA, _OTHER_SCHEMA, FOAF, PROV)),
        *((space, "ContactPoint") for space in (SCHEMA, _OTHER_SCHEMA)),
        (VCARD, "Individual"),
    )
)
_PERSONAL: Final = frozenset(
    f"<{space}{name}>".encode()
    for space, names in {
        DCAT: ("contactPoint",),
        SCHEMA: ("email", "telephone", "faxNumber", "contactPoint"),
        _OTHER_SCHEMA: ("email", "telephone", "faxNumber", "contactPoint"),
        FOAF: ("mbox", "mbox_sha1sum", "phone"),
        VCARD: ("hasEmail", "email", "hasTelephone", "tel", "fn"),
    }.items()
    for name in names
)
_CONTACT_POINTS: Final = frozenset(
    f"<{space}contactPoint>".encode() for space in (DCAT, SCHEMA, _OTHER_SCHEMA)
)
_TYPE, _LICENCE, _ACCESS = (
    f"<{name}>".encode() for name in (f"{RDF}type", f"{DCTERMS}license", f"{DCTERMS}accessRights")
)
_FROM = f"<{PROV}hadPrimarySource>".encode()
_SOURCE = f"<{COOP}Source>".encode()
_PUBLIC = f"<{CONCEPT}access/public>".encode()
_PERSONAL_DATA: Final = "personal data"
_IN_TEXT: Final = "texts that hold an e-mail address or an international telephone number"
_MAIL: Final = re.compile(rb"[\w.%+\-\x80-\xff]+(?:@|%40)[\w\-\x80-\xff]+(?:\.[\w\-\x80-\xff]+)+")
_TELEPHONE: Final = re.compile(rb"(?<![\w.])\+\d(?:[ ()./\-]*\d){7,14}(?!\d)")
_NAMED: Final = 12  # sources are told one by one up to this number for each reason


def is_open_licence(iri: str) -> bool:
    """Say whether a licence is known as open.

    >>> is_open_licence("https://creativecommons.org/licenses/by/4.0/")
    True
    >>> is_open_licence("https://creativecommons.org/licenses/by-nc/4.0/")
    False
    """
    return iri.partition("://")[2].startswith(OPEN_LICENCES)


def addresses(term: bytes) -> bool:
    """Say whether a term holds an e-mail address, or a text a telephone number with its country's.

    >>> addresses(b'"ask zz@example.org"@en'), addresses(b'"call +34 91 588 1000"'), addresses(b'"a"@en')
    (True, True, False)
    """
    mail = (b"@" in term or b"%40" in term) and _MAIL.search(term)
    return bool(mail or (b"+" in term and term.startswith(b'"') and _TELEPHONE.search(term)))


@dataclass
class _Known:
    sources: set[bytes] = field(default_factory=set)
    licences: dict[bytes, set[bytes]] = field(default_factory=dict)
    access: dict[bytes, set[bytes]] = field(default_factory=dict)
    source_of: dict[bytes, bytes] = field(default_factory=dict)
    persons: set[bytes] = field(default_factory=set)


class OpenStatements:
    """The statements of a release that may be published. After an iteration `excluded` tells the others.

    With `open_only=False` licences and access are not asked; personal data is never among them.
    """

    def __init__(self, release: Release, publishing: Publishing, *, open_only: bool = True) -> None:
        self._release, self._publishing, self._open_only = release, publishing, open_only
        self._own = f"<{release.base}graph/".encode()
        self._files = f"<{release.base}id/file/".encode()
        self._licensed = bool(release.manifest.workspace.get("licence"))
        self._known = _surveyed(lines_of(release))
        self._reasons: dict[bytes, str] = {}
        self._closed = {source for source in self._known.sources if self._of_source(source)}
        self.excluded: Counter[tuple[str, str]] = Counter()

    def __iter__(self) -> Iterator[bytes]:
        self.excluded.clear()
        for line in lines_of(self._release):
            s, p, o, g = split(line)
            reason = self._reason(s, p, o, g)
            if reason:
                self.excluded[reason, "" if reason in (_PERSONAL_DATA, _IN_TEXT) else self._source_id(g)] += 1
            else:
                yield line

    def told(self, *, by_source: bool = True) -> dict[str, int]:
        """Say how many statements are excluded and why, by source where these are few.

        What is published must not name the sources: even the id of a closed one may be confidential.
        """
        sources: dict[str, set[str]] = {}
        for reason, source in self.excluded:
            sources.setdefault(reason, set()).add(source)
        found: Counter[str] = Counter()
        for (reason, source), count in sorted(self.excluded.items()):
            few = by_source and source and len(sources[reason]) <= _NAMED
            many = (
                f" ({len(sources[reason]):,} {'source' if len(sources[reason]) == 1 else 'sources'})"
                if source and not few
                else ""
            )
            found[f"statements: {reason}{f' ({source})' if few else many}"] += count
        return dict(found)

    def _reason(self, s: bytes, p: bytes, o: bytes, g: bytes) -> str:
        persons = self._known.persons
        if s in persons or o in persons or p in _PERSONAL or o.startswith((b"<mailto:", b"<tel:")):
            return _PERSONAL_DATA
        if addresses(s) or addresses(o):
            return _IN_TEXT
        if closed := self._graph_reason(g):
            names_source = p == _FROM and not self._graph_reason(s)
            return "" if names_source and o not in self._closed else closed
        if self._open_only and (s in self._closed or o in self._closed):
            return "descriptions of sources that are left out"
        return ""

    def _graph_reason(self, graph: bytes) -> str:
        if graph not in self._reasons:
            self._reasons[graph] = self._of_graph(graph)
        return self._reasons[graph]

    def _of_graph(self, graph: bytes) -> str:
        name = graph.removeprefix(self._own).removesuffix(b">").decode()
        if name == "ontology":
            return ""
        if name == "inferred":
            return "what the rules infer, which follows from the rest"
        if name == "provenance":
            return "in which files and rows of the workspace they stood"
        if not self._open_only:
            return ""
        source = self._known.source_of.get(graph)
        if source is not None and not source.startswith(self._files):
            return self._of_source(source)
        return "" if self._licensed else "the workspace's own rows, and it states no licence"

    def _of_source(self, source: bytes) -> str:
        """Return why what a source says is not published, nothing where it is."""
        if not self._open_only:
            return ""
        if any(access != _PUBLIC for access in self._known.access.get(source, ())):
            return "sources that are not public"
        licences = self._known.licences.get(source, set())
        if not licences:
            included = self._publishing.unlicensed_sources == "include" and self._licensed
            return "" if included else "sources that state no licence"
        opened = all(is_open_licence(licence[1:-1].decode()) for licence in licences)
        return "" if opened else "sources under a licence that is not known as open"

    def _source_id(self, graph: bytes) -> str:
        if graph not in self._known.source_of or graph.removeprefix(self._own).startswith(b"file/"):
            return ""
        return graph.removeprefix(self._own).removesuffix(b">").decode()


def _surveyed(lines: Iterable[bytes]) -> _Known:
    found = _Known()
    for line in lines:
        s, p, o, _ = split(line)
        if p == _TYPE:
            if o in _PERSONS:
                found.persons.add(s)
            elif o == _SOURCE:
                found.sources.add(s)
        elif p in _CONTACT_POINTS:
            found.persons.add(o)
        elif p == _LICENCE:
            found.licences.setdefault(s, set()).add(o)
        elif p == _ACCESS:
            found.access.setdefault(s, set()).add(o)
        elif p == _FROM:
            found.source_of[s] = o
    return found
