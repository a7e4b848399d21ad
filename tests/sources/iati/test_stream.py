"""Files that would read others, fill the memory, or end too early are refused with a sentence, at once."""

from __future__ import annotations

import gzip
from pathlib import Path

import pyarrow as pa
import pytest

from coopgraph.errors import SourceError
from coopgraph.sources.iati import stream
from coopgraph.sources.iati.stream import Stream

ONE = b"<iati-activity><iati-identifier>x</iati-identifier></iati-activity>\n"
FILE = b"<?xml version='1.0'?>\n<iati-activities>\n" + ONE * 3 + b"</iati-activities>\n"
ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
OPENED = '<iati-activities a="&l11;">&l11;</iati-activities>'
BOMB = f'<!DOCTYPE l [<!ENTITY l0 "lol">{ENTITIES}]>\n{OPENED}'.encode()
SECRET = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>\n<iati-activities>&e;</iati-activities>'
DTD = (
    "has a document type (<!DOCTYPE ...>), whose entities could read other files or fill the memory. "
    "Remove it: IATI files have none."
)
NOT_IATI = "Name an IATI activity file: its root is <iati-activities>."
TOO_LONG = "has a value of more than ten million characters. Shorten it."
CUT = "ends in the middle: not every element is closed. It was cut off; fetch or write it again."


def zstd(content: bytes) -> bytes:
    packed: bytes = pa.compress(content, "zstd", asbytes=True)
    return packed


BAD = {
    "bomb": (BOMB, f"a.xml, line 1: {DTD}"),
    "external": (SECRET, f"a.xml, line 1: {DTD}"),
    "dtd after a comment": (b"<!-- <!DOCTYPE no>\n -->\n" + SECRET, f"a.xml, line 3: {DTD}"),
    "dtd alone": (b"<?xml version='1.0'?>\n<!DOCTYPE x>\n" + FILE[22:], f"a.xml, line 2: {DTD}"),
    "dtd in utf-16": (SECRET.decode().encode("utf-16"), f"a.xml, line 1: {DTD}"),
    "entity of html": (
        FILE.replace(b">x<", b">&eacute;<", 1),
        "a.xml, line 3: is not well-formed XML: Entity 'eacute' not defined. Correct it there.",
    ),
    "cut in an activity": (FILE[:100], f"a.xml, line 3: {CUT}"),
    "cut after one": (FILE[:-19], f"a.xml, line 6: {CUT}"),
    "empty": (b"", f"a.xml: is empty. {NOT_IATI}"),
    "white": (b" \n", f"a.xml: is empty. {NOT_IATI}"),
    "no xml": (b"id;name\n1;x\n", f"a.xml, line 1: does not begin with an XML element. {NOT_IATI}"),
    "another root": (
        b"<kml/>",
        f"a.xml, line 1: is not of IATI activities: it begins with <kml>. {NOT_IATI}",
    ),
    "organisations": (
        b"<iati-organisations/>",
        "a.xml, line 1: is not of IATI activities: it begins with <iati-organisations>. "
        "It is an IATI organisation file; name the publisher's activity file.",
    ),
    "wrong encoding": (
        FILE.replace(b">x<", b">\xe9\xe8 a<", 1),
        "a.xml, line 3: has bytes that are not of its encoding. "
        'Save it as UTF-8, or name its encoding: <?xml version="1.0" encoding="..."?>.',
    ),
    "unknown encoding": (
        b"<?xml version='1.0' encoding='klingon'?><iati-activities/>",
        "a.xml, line 1: names an encoding that is not known. Save it as UTF-8.",
    ),
    "deep": (
        b"<iati-activities>" + b"<iati-activity>\n" * 5000,
        "a.xml, line 256: is nested more than 256 elements deep. No IATI element is; correct the file.",
    ),
    "huge attribute": (
        b"<iati-activities>\n<iati-activity a='" + b"x" * 12_000_000 + b"'/></iati-activities>",
        f"a.xml, line 2: {TOO_LONG}",
    ),
    "huge text": (
        b"<iati-activities>\n<iati-activity>" + b"x" * 12_000_000 + b"</iati-activity></iati-activities>",
        f"a.xml, line 2: {TOO_LONG}",
    ),
    "something after": (
        FILE + b"and so on",
        "a.xml, line 7: is not well-formed XML: Extra content at the end of the document. Correct it there.",
    ),
    "zstd cut": (zstd(FILE)[:40], "a.xml: is packed and cannot be unpacked. Fetch or pack it again."),
    "gzip cut": (
        gzip.compress(FILE, mtime=0)[:40],
        "a.xml: is packed and cannot be unpacked. Fetch or pack it again.",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_refused(name: str, tmp_path: Path) -> None:
    content, sentence = BAD[name]
    path = tmp_path / "a.xml"
    path.write_bytes(content)
    with pytest.raises(SourceError) as caught:
        list(Stream(path).activities())
    assert [str(fault) for fault in caught.value.faults] == [sentence]


def test_a_gzip_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "MOST_BYTES", 1 << 20)
    path = tmp_path / "a.xml"
    path.write_bytes(gzip.compress(b"<iati-activities>" + ONE * 100_000))
    with pytest.raises(SourceError, match="unpacks to more than 200 times its size"):
        list(Stream(path).activities())


def test_an_activity_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "MOST_BYTES", 1 << 18)
    path = tmp_path / "a.xml"
    path.write_bytes(b"<iati-activities><iati-activity>" + b"<title/>\n" * 100_000)
    with pytest.raises(SourceError, match="has no end of an activity in"):
        list(Stream(path).activities())


@pytest.mark.parametrize(
    "content",
    [
        FILE,
        gzip.compress(FILE, mtime=0),
        zstd(FILE),
        b"\xef\xbb\xbf" + FILE,
        FILE.decode().encode("utf-16"),
        b"<!-- a -->\n" + FILE[22:],
        FILE.replace(b"<iati-activities>", b"<iati-activities>" + b" " * 300_000),
    ],
    ids=["plain", "gzip", "zstd", "bom", "utf-16", "comment first", "two chunks"],
)
def test_read(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(content)
    assert [element[0].text for element in Stream(path).activities()] == ["x"] * 3


def test_a_single_activity_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(ONE)
    assert len(list(Stream(path).activities())) == 1


def test_lines_go_on_beyond_65535(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(b"<iati-activities>" + b"\n" * 70_000 + ONE + b"</iati-activities>")
    assert [stream.line_of(element) for element in Stream(path).activities()] == [70_001]


def test_activities_are_let_go_of(tmp_path: Path) -> None:
    """What was read is emptied, so that memory does not grow with the file."""
    path = tmp_path / "a.xml"
    path.write_bytes(b"<iati-activities>" + ONE * 20_000 + b"</iati-activities>")
    most = 0
    for element in Stream(path).activities():
        parent = element.getparent()
        most = max(most, len(parent) if parent is not None else 0)
    assert 0 < most < 4_000
