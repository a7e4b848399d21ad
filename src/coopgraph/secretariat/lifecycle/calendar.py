"""Ends to come as a calendar that every calendar program reads.

In: an open release, a day, a number of months. Out: an iCalendar file (RFC 5545) of all-day events; the same
input gives the same bytes: its time stamps are the day asked about.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import NAMESPACE_URL, uuid5

from coopgraph.release.durable import whole_file
from coopgraph.secretariat.lifecycle.answer import lifecycle
from coopgraph.secretariat.wording import word
from coopgraph.views.drawing import clean, in_language, web_address
from coopgraph.views.names import name_of

if TYPE_CHECKING:
    from coopgraph.release import Release
    from coopgraph.secretariat.dossier import Dossier

LINE: Final = 75  # octets of a line, without its end


def write_calendar(
    release: Release,
    path: str | Path,
    as_of: str | date | None = None,
    soon_months: int = 12,
    lang: str = "en",
) -> Path:
    """Write the agreements that end within so many months as a calendar file.

    Each is an all-day event on the last day its end can mean; an end that is a year or a month says so.

    Raises
    ------
    ProjectionError
        A day that is none, a number of months below one.
    OSError
        The file cannot be written; an older one is left as it was.

    Examples
    --------
    >>> import rdflib
    >>> import coopgraph as cg
    >>> text = '''
    ... @prefix coop: <https://w3id.org/coopgraph/ns#> . @prefix schema: <https://schema.org/> .
    ... @prefix kind: <https://w3id.org/coopgraph/concept/agreement-kind/> .
    ... <https://w3id.org/coopgraph/id/agreement/a> a coop:Agreement ; coop:agreementKind kind:memorandum ;
    ...   schema:startDate "2016"^^<http://www.w3.org/2001/XMLSchema#gYear> ;
    ...   schema:endDate "2019"^^<http://www.w3.org/2001/XMLSchema#gYear> .
    ... '''
    >>> with cg.open(rdflib.Graph().parse(data=text, format="turtle")) as release:
    ...     path = cg.write_calendar(release, "ends.ics", "2018-05-01", soon_months=36)
    >>> path.read_text("utf-8").count("BEGIN:VEVENT")
    1
    >>> path.unlink()
    """
    target = Path(path)
    told = lifecycle(release, as_of, soon_months=soon_months)
    with whole_file(target) as beside:
        beside.write_bytes(as_calendar(release, told, lang))
    return target


def as_calendar(release: Release, told: Dossier, lang: str) -> bytes:
    """Return the ends to come of an answer as an iCalendar file."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//coopgraph//lifecycle//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(word('lifecycle', 'calendar.name', lang))}",
    ]
    sources = {row["source"]: row for row in release.table("sources").to_pylist()}
    table = told.table("soon")
    for row, record in zip(table.rows, told.records("soon"), strict=True):
        cited = [sources[iri] for iri in row.sources if iri in sources]
        lines += _event(record, told, cited, lang)
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def _event(
    record: dict[str, object], told: Dossier, cited: list[dict[str, object]], lang: str
) -> Iterator[str]:
    """The lines of one event; its identifier is the agreement's, so that a later file moves it."""

    def called(iri: object) -> str:
        return in_language(name_of(str(iri), told.names).texts, lang)

    day = date.fromisoformat(str(record["latest"]))
    agreement, end = str(record["agreement"]), str(record["end"])
    parties = record["parties"]
    assert isinstance(parties, tuple)
    said = [word("lifecycle", "calendar.parties", lang, {"parties": ", ".join(map(called, parties))})]
    if record["earliest"] == record["latest"]:
        said.append(word("lifecycle", "calendar.end", lang, {"end": end}))
    else:
        known = {"end": end, "earliest": str(record["earliest"]), "latest": day.isoformat()}
        said.append(word("lifecycle", "calendar.coarse", lang, known))
    for source in cited:
        said.append(
            word("lifecycle", "calendar.source", lang, {"source": clean(source["title"] or source["source"])})
        )
    addresses = [address for source in cited if (address := web_address(source["url"]))]
    yield "BEGIN:VEVENT"
    yield f"UID:{uuid5(NAMESPACE_URL, agreement)}"
    yield f"DTSTAMP:{told.now.replace('-', '')}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    if day < date.max:
        yield f"DTEND;VALUE=DATE:{day + timedelta(1):%Y%m%d}"
    yield f"SUMMARY:{escaped(word('lifecycle', 'calendar.summary', lang, {'agreement': called(agreement)}))}"
    yield "DESCRIPTION:" + escaped("\n".join(said))
    if addresses:
        yield f"URL:{addresses[0]}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    r"""Return a text as a value: backslash, semicolon, comma and line ends escaped (RFC 5545, 3.3.11).

    >>> print(escaped("Lisbon; Praia, 1983\nC:\\"))
    Lisbon\; Praia\, 1983\nC:\\
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = "\n".join("".join(char for char in line if char >= " " and char != "\x7f") for line in lines)
    return kept.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> bytes:
    r"""Return a line in pieces of at most 75 octets, never within a letter (RFC 5545, 3.1).

    >>> folded("SUMMARY:" + "é" * 40).split(b"\r\n ")[0].decode("utf-8").count("é")
    33
    """
    pieces, piece = [], b""
    for char in line:
        octets = char.encode("utf-8")
        if len(piece) + len(octets) > LINE:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
