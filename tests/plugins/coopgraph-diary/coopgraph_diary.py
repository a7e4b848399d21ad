"""Calendars (.ics) as sources, and a list of who takes part in what as an export."""

import re

from coopgraph.errors import Fault, SourceError
from coopgraph.exports.formats import Format, Written
from coopgraph.sources.kinds import Kind
from coopgraph.sources.plain_rows import read_rows

ICS = Kind("ics", (".ics",), "coopgraph_diary:read_ics")
DIARY = Format("diary", ".diary", "any text editor", "coopgraph_diary:write_diary")

COLUMNS = ["uid", "summary", "start", "end", "location"]
NAMES = {"UID": "uid", "SUMMARY": "summary", "DTSTART": "start", "DTEND": "end", "LOCATION": "location"}


def read_ics(spec, connection):
    """Read the events of calendar files (RFC 5545), one row each."""
    return read_rows(spec, connection, lambda path: (COLUMNS, events(path)))


def events(path):
    """Yield (line, cells) of each event; a day is written as 2017-05-31."""
    event, began = None, 0
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        name, _, value = line.partition(":")
        name = name.partition(";")[0].upper()
        if (name, value) == ("BEGIN", "VEVENT"):
            event, began = dict.fromkeys(COLUMNS), number
        elif (name, value) == ("END", "VEVENT") and event is not None:
            yield began, list(event.values())
            event = None
        elif event is not None and name in NAMES:
            event[NAMES[name]] = re.sub(r"^(\d{4})(\d\d)(\d\d)(T.*)?$", r"\1-\2-\3", value)
    if event is not None:
        fault = Fault(path.name, began, None, "begins an event that does not end.", "Save the file again.")
        raise SourceError(f"{path.name} cannot be read.", faults=[fault])


def write_diary(release, target, options):
    """Write a line for each participation: when, what, who."""
    rows = release.table("participations").to_pylist()
    lines = sorted(
        f"{row['start'] or '?'}  {release.label(row['event'], options.lang)}  "
        f"{release.label(row['city'], options.lang)}\n"
        for row in rows
    )
    target.write_text("".join(lines), encoding="utf-8")
    return Written((target,), {"lines": len(lines)})
