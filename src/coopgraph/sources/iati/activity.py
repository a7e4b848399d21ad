"""One IATI activity to rows: each element of it that a table is for becomes one.

In: the element of an activity. Out: rows by table, and what is odd about it. Contacts are counted and left
out; whatever else no table is for is counted too.
Standard: IATI activity standard 2.03; 1.0x where its elements hold their text themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Final, cast

from coopgraph.sources.iati import older
from coopgraph.sources.iati.columns import TABLES
from coopgraph.sources.iati.lists import CodeLists
from coopgraph.sources.iati.remarks import Remarks
from coopgraph.sources.iati.stream import LANGUAGE, Element, line_of

Row = tuple[str, ...]

_TAG: Final = re.compile(r"([a-z]{2,3})(-[a-z]{4})?(-(?:[a-z]{2}|\d{3}))?")
CONTROL: Final = re.compile("[\x7f-\x9f\ufffe\uffff]")
PERSONAL: Final = ("person-name", "email", "telephone")


@dataclass(frozen=True)
class Text:
    """A text with its language, where that is stated (narrative, element, activity, file) and its line."""

    text: str
    language: str
    language_from: str
    line: int


@dataclass
class Found:
    """What was found in a source so far: rows not yet taken away, and counts that stay."""

    lists: CodeLists
    source: str
    cited: str | None = None
    """The source all rows cite, where the workspace says so itself (`source_id`)."""
    urls: tuple[str, ...] = ()
    retrieved: str = ""
    licence: str = ""
    file: int = 0
    """Which of the files is being read."""
    sources: dict[tuple[int, str], str] = field(default_factory=dict)
    """What is cited for a publisher in a file."""
    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in TABLES})
    keys: dict[str, int] = field(default_factory=dict)
    """How many activities had each identifier."""
    left_out: dict[str, int] = field(default_factory=dict)
    """Elements no table is for, by name; within contacts, what is personal."""
    unchecked: dict[str, set[str]] = field(default_factory=dict)
    """Codes of lists that are not at hand."""
    unknown: dict[tuple[str, str], int] = field(default_factory=dict)
    mentioned: set[Row] = field(default_factory=set)
    keys_of: dict[tuple[str, str, tuple[tuple[str, str], ...]], str] = field(default_factory=dict)
    """The keys of organisations by what was stated of them: most are named over and over."""


@dataclass
class Activity:
    """The activity being read; `prefix` is its namespace as tags have it."""

    key: str
    line: int
    language: str
    language_from: str
    currency: str
    prefix: str
    found: Found
    remarks: Remarks
    narrative: str
    numbers: dict[str, int] = field(default_factory=dict)
    shares: dict[str, Decimal] = field(default_factory=dict)
    """The percentages so far, by what they are shares of."""
    cells: dict[str, str] = field(default_factory=dict)
    """What the row of the activity itself has so far."""
    scope: str = ""
    """The key of the transaction being read, if it is an amount."""
    source: str = ""
    """What is cited for it."""

    def add(self, table: str, *cells: str) -> None:
        """Add a row: its cells, the last of them its line; what is cited for it stands before that."""
        self.found.rows[table].append((*cells[:-1], self.source, cells[-1]))

    def number(self, what: str) -> str:
        """Return the place of an element among those of its kind, from 1."""
        self.numbers[what] = self.numbers.get(what, 0) + 1
        return str(self.numbers[what])

    def child(self, element: Element, name: str) -> Element | None:
        return next(element.iterchildren(self.prefix + name), None)

    def parts(self, element: Element) -> dict[str, Element]:
        """The first child of each name."""
        found: dict[str, Element] = {}
        for name, child in children(self, element):
            found.setdefault(name, child)
        return found

    def code(self, element: Element | None, attribute: str = "code") -> str:
        if element is None or not (stated := element.get(attribute)):
            return ""
        text = stated.strip()
        return text if text.isprintable() else without_controls(" ".join(text.split()), element, self.remarks)

    def texts(self, element: Element | None) -> list[Text]:
        """Return the narratives of an element, or its own text as version 1 has it."""
        if element is None:
            return []
        own = language(element.get(LANGUAGE))
        default = (own, "element") if own else (self.language, self.language_from)
        found: list[Text] = []
        if not len(element) and not element.text:
            return found
        for narrative in element:
            if narrative.tag == self.narrative and (text := self.clean(narrative)):
                stated = language(narrative.get(LANGUAGE))
                tag = (stated, "narrative") if stated else default
                found.append(Text(text, *tag, line_of(narrative)))
        if not found and (text := self.clean(element)):
            found.append(Text(text, *default, line_of(element)))
        return found

    def clean(self, element: Element) -> str:
        """The text of an element on one line, without control characters."""
        raw = all_text(element) if len(element) else element.text or ""
        text = " ".join(raw.split())
        if text.isascii() and "\x7f" not in text:
            return text
        return without_controls(text, element, self.remarks)

    def known(self, list_name: str, code: str, line: int, *, told: str | None = None) -> bool:
        """Whether a code is on its list; one that is not is told, one that cannot be looked up is kept."""
        if not code:
            return False
        known = self.found.lists.knows(list_name, code)
        if known is None:
            self.found.unchecked.setdefault(list_name, set()).add(code)
            return True
        if not known:
            key = (list_name, code)
            self.found.unknown[key] = self.found.unknown.get(key, 0) + 1
            what = f"has '{told or code}', which is not in the code list {list_name}."
            self.remarks.add(f"codes that are not in the list {list_name}", line, what, "Correct the code.")
        return known

    def on_list(self, list_name: str, stated: str | None, words: Mapping[str, str], line: int) -> str:
        """The code on a list for what is stated, in words of version 1 too; "" where it is on none."""
        code = older.code(stated, words)
        return code if self.known(list_name, code, line, told=stated) else ""

    def mention(self, list_name: str, code: str, texts: list[Text], line: int) -> None:
        """Note the names of a code, once: those its list has, or those the file gives it."""
        if not code:
            return
        names = [(name, tag) for tag, name in self.found.lists.names(_listed(list_name), code).items()]
        names = names or [(text.text, text.language) for text in texts] or [("", "")]
        for name, tag in names:
            self.once("codes", (list_name, code, name, tag, ""), line)

    def once(self, table: str, cells: Row, line: int) -> None:
        """Add a row that gathers what is mentioned over and over."""
        seen = self.found.mentioned
        if (table, *cells) not in seen:
            if len(seen) >= _MOST_MENTIONED:
                seen.clear()  # what comes again is told apart from what is new when the tables are made
            seen.add((table, *cells))
            self.add(table, *cells, self.key, str(line))


def without_controls(text: str, element: Element, remarks: Remarks) -> str:
    """Leave out characters that no text has on purpose, and say so."""
    cleaned = CONTROL.sub("", text)
    if cleaned != text:
        what = "has control characters, left behind by a conversion; they are left out."
        remarks.add("texts with control characters", line_of(element), what)
    return cleaned


def all_text(element: Element) -> str:
    """The text of an element and of all within it."""
    return "".join(cast("Iterator[str]", element.itertext()))


_MOST_MENTIONED: Final = 100_000


@lru_cache(maxsize=1 << 12)
def language(stated: str | None) -> str:
    """Return a language tag as RDF takes it; "" where none can be made of what is stated.

    >>> language("ES"), language("pt_BR"), language("english")
    ('es', 'pt-br', '')
    """
    match = _TAG.match((stated or "").strip().lower().replace("_", "-"))
    rest = (stated or "").strip()[match.end() :] if match else ""
    return match[0] if match and (not rest or not rest[0].isalnum()) else ""


def _listed(list_name: str) -> str:
    """The IATI code list that a list of ours goes by: `sector-1` is Sector."""
    return _LISTS.get(list_name, list_name)


_LISTS: Final = {
    "sector-1": "Sector",
    "sector-2": "SectorCategory",
    "sector-7": "UNSDG-Goals",
    "sector-8": "UNSDG-Targets",
    "tag-2": "UNSDG-Goals",
    "tag-3": "UNSDG-Targets",
    "region-1": "Region",
    "marker-1": "PolicyMarker",
}

Handler = Callable[[Activity, Element], None]


def children(activity: Activity, element: Element) -> Iterator[tuple[str, Element]]:
    """Yield the children of an element that are IATI's, each with its name."""
    prefix = activity.prefix
    for child in element:
        tag = str(child.tag)
        if prefix and tag.startswith(prefix):
            yield tag[len(prefix) :], child
        elif not prefix and tag[0] != "{":
            yield tag, child
