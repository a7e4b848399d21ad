"""IATI activities one at a time, from a file of any size.

In: a file, gzipped or not. Out: the element of each activity with what its root says; or a `SourceError` with
the file, the line and what to do. At most one activity and one chunk of the file are in memory.
Standards: XML 1.0 without a DTD; IATI activity standard, any version.
"""

from __future__ import annotations

import gzip
import os
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import IO, Any, Final, Literal, cast

from lxml import etree

from coopgraph.errors import Fault, SourceError
from coopgraph.sources.bytes_read import reading

Element = etree._Element

LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
MOST_BYTES: Final = 24 << 20
"""Of one activity: several times what the longest published have."""
_CHUNK: Final = 1 << 17
_PROLOG: Final = 1 << 20
_BOMB: Final = 200  # times what is packed; XML shrinks to a twentieth or so
_COMMENT: Final = re.compile(rb"<!--.*?-->", re.DOTALL)


@dataclass
class Stream:
    """A file being read. `root` is what `iati-activities` says, known once the first activity came."""

    path: Path
    root: dict[str, str] = field(default_factory=dict)
    told: Callable[[Path, int], None] | None = None

    def activities(self) -> Iterator[Element]:
        """Yield each `iati-activity`; it is emptied as soon as the next one is asked for.

        Raises SourceError when the file is no XML, holds a DTD, or is not of IATI activities.
        """
        with reading(self.path):
            yield from self._parsed()

    def _parsed(self) -> Iterator[Element]:
        parser = _parser(("start",), None)
        chunks = self._chunks()
        head = b""
        root: Element | None = None
        for chunk in chunks:
            head += chunk
            root = self._root(parser, chunk, head)
            if root is not None:
                break
            if len(head) > _PROLOG:
                raise self._refused(None, "has no element in its first million bytes.", _IS_IT_IATI)
        if root is None:
            raise self._refused(
                None, "is empty." if not head.strip() else "holds no XML element.", _IS_IT_IATI
            )
        self.root = dict(root.attrib)  # type: ignore[arg-type]
        yield from self._after(head, chunks)

    def _root(self, parser: etree.XMLPullParser, chunk: bytes, head: bytes) -> Element | None:
        """The root of the document, once it has begun: nothing else is taken from this first parser."""
        try:
            parser.feed(chunk)
        except etree.XMLSyntaxError as error:
            if line := _doctype(head):
                raise self._refused(line, *_DTD) from error
            raise self._syntax(error) from error
        found = next(_elements(parser), None)
        if found is None:
            return None
        if cast("Any", found.getroottree()).docinfo.doctype:
            raise self._refused(_doctype(head), *_DTD)
        name = etree.QName(found).localname
        if name not in ("iati-activities", "iati-activity"):
            raise self._refused(line_of(found), f"is not of IATI activities: it begins with <{name}>.",
                                _OTHER_ROOTS.get(name, _IS_IT_IATI))  # fmt: skip
        return found

    def _after(self, head: bytes, chunks: Iterator[bytes]) -> Iterator[Element]:
        """Read from the beginning again, now for activities alone."""
        parser = _parser(("end",), "{*}iati-activity")
        waiting = 0
        for chunk in chain((head,), chunks):
            try:
                parser.feed(chunk)
            except etree.XMLSyntaxError as error:
                raise self._syntax(error) from error
            waiting += len(chunk)
            done: Element | None = None
            for element in _elements(parser):
                waiting = 0
                parent = element.getparent()
                if parent is None or parent.getparent() is None:
                    yield element
                    element.clear()
                    done = element
            if done is not None and (parent := done.getparent()) is not None:
                del parent[: parent.index(done)]
            if waiting > MOST_BYTES:
                what = f"has no end of an activity in {MOST_BYTES >> 20} MB."
                raise self._refused(None, what, "Cut the file into activities of less.")
        self._close(parser)

    def _close(self, parser: etree.XMLPullParser) -> None:
        try:
            parser.close()
        except etree.XMLSyntaxError as error:
            unknown = next(
                (each for each in cast("Any", parser).feed_error_log if "Entity" in each.message), None
            )
            if unknown is not None:
                what = f"is not well-formed XML: {unknown.message}."
                raise self._refused(unknown.line, what, "Correct it there.") from error
            line, _ = error.position
            what = "ends in the middle: not every element is closed."
            fix = "It was cut off; fetch or write it again."
            raise self._refused(line or None, what, fix) from error

    def _chunks(self) -> Iterator[bytes]:
        """The document's bytes, unpacked."""
        with self.path.open("rb") as file:
            magic = file.read(4)
            file.seek(0)
            opened = _unpacker(magic, file)
            size = os.fstat(file.fileno()).st_size
            for chunk in _read(file) if opened is None else self._unpacked(opened, size):
                if self.told is not None and not file.closed:  # an unpacker closes it at the end
                    self.told(self.path, file.tell())
                yield chunk

    def _unpacked(self, opened: Any, size: int) -> Iterator[bytes]:
        total = 0
        try:
            with opened:
                for chunk in _read(opened):
                    total += len(chunk)
                    if total > MOST_BYTES and total > _BOMB * size:
                        what = f"unpacks to more than {_BOMB} times its size."
                        raise self._refused(None, what, "Unpack it and look at what is in it.")
                    yield chunk
        except (EOFError, OSError, zlib.error) as error:
            if getattr(error, "errno", None) is not None:
                raise  # the disk's, which `reading` puts into words
            what = "is packed and cannot be unpacked."
            raise self._refused(None, what, "Fetch or pack it again.") from error

    def _syntax(self, error: etree.XMLSyntaxError) -> SourceError:
        line, _ = error.position
        text = error.msg or ""
        for sign, what, fix in _SYNTAX:
            if sign in text:
                return self._refused(line or None, what, fix)
        plain = re.sub(r", line \d+, column \d+.*", "", text, flags=re.DOTALL).strip()
        return self._refused(line or None, f"is not well-formed XML: {plain}.", "Correct it there.")

    def _refused(self, line: int | None, what: str, fix: str) -> SourceError:
        fault = Fault(self.path.name, line, None, what, fix)
        return SourceError(f"{self.path.name} cannot be read.", faults=[fault])


line_of: Final[Callable[[Element], int]] = attrgetter("sourceline")
"""The physical line an element begins on; every element that was parsed has one."""


_IS_IT_IATI: Final = "Name an IATI activity file: its root is <iati-activities>."
_OTHER_ROOTS: Final = {
    "iati-organisations": "It is an IATI organisation file; name the publisher's activity file.",
    "RDF": 'It is RDF: say kind = "rdf" and format = "rdf".',
    "html": "It is a web page: fetch the file itself.",
    "codelist": "It is a code list: name its folder as codelists = ... .",
}
_DTD: Final = (
    "has a document type (<!DOCTYPE ...>), whose entities could read other files or fill the memory.",
    "Remove it: IATI files have none.",
)
_SYNTAX: Final = (
    ("Excessive depth", "is nested more than 256 elements deep.", "No IATI element is; correct the file."),
    ("too long", "has a value of more than ten million characters.", "Shorten it."),
    ("Buffer size limit", "has a value of more than ten million characters.", "Shorten it."),
    ("huge text node", "has a text of more than ten million characters.", "Shorten it."),
    ("Huge input lookup", "has a value of more than ten million characters.", "Shorten it."),
    ("not proper UTF-8", "has bytes that are not UTF-8, and names no other encoding.",
     'Save it as UTF-8, or name its encoding: <?xml version="1.0" encoding="..."?>.'),
    ("Invalid bytes", "has bytes that are not of its encoding.",
     'Save it as UTF-8, or name its encoding: <?xml version="1.0" encoding="..."?>.'),
    ("Unsupported encoding", "names an encoding that is not known.", "Save it as UTF-8."),
    ("encoder error", "has bytes that are not of the encoding it names.", "Save it as UTF-8."),
    ("Document is empty", "does not begin with an XML element.", _IS_IT_IATI),
    ("Start tag expected", "does not begin with an XML element.", _IS_IT_IATI),
)  # fmt: skip


def _elements(parser: etree.XMLPullParser) -> Iterator[Element]:
    """The elements of the events a parser was asked for."""
    return (cast("Element", element) for _, element in parser.read_events())


def _parser(events: tuple[Literal["start", "end"]], tag: str | None) -> etree.XMLPullParser:
    return etree.XMLPullParser(
        events=events,
        tag=tag,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _unpacker(magic: bytes, file: IO[bytes]) -> Any:
    """What unpacks a file, by its first bytes: gzip or zstd; None for a plain one."""
    if magic[:2] == b"\x1f\x8b":
        return gzip.GzipFile(fileobj=file)
    if magic == b"\x28\xb5\x2f\xfd":
        import pyarrow as pa

        return pa.CompressedInputStream(file, "zstd")
    return None


def _read(file: Any) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk


def _doctype(head: bytes) -> int | None:
    """The line of `<!DOCTYPE` before the first element, in any encoding whose letters are ASCII's."""
    plain = _COMMENT.sub(lambda match: b"\n" * match[0].count(b"\n"), head.replace(b"\0", b""))
    found = re.search(rb"<!DOCTYPE|<[A-Za-z_]", plain)
    if found is None or found[0] != b"<!DOCTYPE":
        return None
    return plain.count(b"\n", 0, found.start()) + 1
