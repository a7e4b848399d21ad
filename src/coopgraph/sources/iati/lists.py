"""The code lists coopgraph itself interprets, and those a user gives as a folder.

In: a folder of code lists as IATI publishes them (XML), or none. Out: which codes are known, and their names.
Standard: IATI code lists, https://iatistandard.org/en/iati-standard/203/codelists/.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from lxml import etree

from coopgraph.errors import Fault, SourceError
from coopgraph.resources import bundled
from coopgraph.sources.bytes_read import reading

OWN: Final[Mapping[str, frozenset[str]]] = {
    "ActivityDateType": frozenset("1234"),
    "ActivityStatus": frozenset("123456"),
    "CollaborationType": frozenset("1234678"),
    "OrganisationRole": frozenset("1234"),
    "OrganisationType": frozenset(map(str, (10, 11, 15, 21, 22, 23, 24, 30, 40, 60, 70, 71, 72, 73, 80, 90))),
    "RelatedActivityType": frozenset("12345"),
    "TransactionType": frozenset(map(str, range(1, 14))),
    "BudgetType": frozenset("12"),
    "ResultType": frozenset("1239"),
    "IndicatorMeasure": frozenset("12345"),
}
"""The codes that mean something to coopgraph; most are schemes of the ontology, with labels of its own."""

_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class CodeLists:
    """Code lists by name: the names of each code by language. Without a folder: coopgraph's alone."""

    given: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    folder: Path | None = None

    def knows(self, name: str, code: str) -> bool | None:
        """Say whether a code is on a list; None when that list is not at hand."""
        if name in OWN:
            return code in OWN[name]
        if name in self.given:
            return code in self.given[name]
        return code in countries() if name == "Country" else None

    def names(self, name: str, code: str) -> Mapping[str, str]:
        """Return the names of a code by language."""
        return self.given.get(name, {}).get(code, {})


@cache
def countries() -> frozenset[str]:
    """Return the codes of ISO 3166-1 that the ontology describes.

    >>> "SV" in countries(), "XX" in countries()
    (True, False)
    """
    text = (bundled("ontology") / "schemes/countries.ttl").read_text(encoding="utf-8")
    return frozenset(re.findall(r'skos:notation "([A-Z]{2})"', text))


@cache
def targets() -> frozenset[str]:
    """Return the codes of the targets of the Sustainable Development Goals.

    >>> len(targets()), "11.a" in targets(), "17.99" in targets()
    (169, True, False)
    """
    text = (bundled("ontology") / "schemes/sdg.ttl").read_text(encoding="utf-8")
    return frozenset(re.findall(r'skos:notation "(\d+\.\w+)"', text))


def read_code_lists(folder: Path | None) -> CodeLists:
    """Read every code list of a folder; other files in it are not looked at.

    Raises SourceError when the folder holds none.
    """
    if folder is None:
        return CodeLists()
    found: dict[str, Mapping[str, Mapping[str, str]]] = {}
    with reading(folder):
        for path in sorted(folder.iterdir()):
            if path.suffix.lower() == ".xml" and (read := _code_list(path)) is not None:
                found.setdefault(*read)
    if not found:
        what = "holds no code list (<codelist name=...>) as IATI publishes them."
        fault = Fault(folder.name, None, None, what, "Name the folder with Sector.xml and the others.")
        raise SourceError("The code lists cannot be read.", faults=[fault])
    return CodeLists(found, folder)


def _code_list(path: Path) -> tuple[str, dict[str, dict[str, str]]] | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        with reading(path), path.open("rb") as file:
            root = etree.parse(file, parser).getroot()
    except etree.XMLSyntaxError as error:
        fault = Fault(
            path.name, error.position[0] or None, None, "is not well-formed XML.", "Fetch it again."
        )
        raise SourceError("The code lists cannot be read.", faults=[fault]) from error
    name = root.get("name")
    if root.tag != "codelist" or not name:
        return None
    default = root.get(_LANGUAGE) or "en"
    codes: dict[str, dict[str, str]] = {}
    for item in root.iter("codelist-item"):
        code = (item.findtext("code") or "").strip()
        if code:
            codes[code] = _names(item, default)
    return name, codes


def _names(item: etree._Element, default: str) -> dict[str, str]:
    """The names of a code by language: narratives, or the text of the name as older lists have it."""
    found: dict[str, str] = {}
    for name in item.iterfind("name"):
        for each in [*name.iterfind("narrative"), name]:
            text = " ".join((each.text or "").split())
            if text:
                found.setdefault(each.get(_LANGUAGE) or default, text)
    return found
