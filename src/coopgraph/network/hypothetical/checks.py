"""What is wrong in the rows of hypothetical events, all of it at once.

In: rows as they were written, and what the data hold. Out: faults with their lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from coopgraph.errors import Fault
from coopgraph.network.cities import City
from coopgraph.network.hypothetical.written import OF_EVENTS, Row

FLAGS: dict[str, bool | None] = {
    **dict.fromkeys(("yes", "sí", "si", "sim"), True),
    **dict.fromkeys(("no", "não", "nao"), False),
    **dict.fromkeys(("unknown", "desconocido", "desconhecido", ""), None),
}
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_FORMS = {
    "start": (_DATE, "a date like 2027, 2027-05 or 2027-05-31"),
    "end": (_DATE, "a date like 2027, 2027-05 or 2027-05-31"),
    "amount": (re.compile(r"\d{1,16}(\.\d{1,2})?"), "an amount like 12000 or 12000.50"),
    "currency": (re.compile(r"[A-Z]{3}"), "a currency's code like EUR"),
}
_OWN_NAME = "A hypothetical event needs a name of its own."


def faults_of(
    rows: Sequence[Row],
    name: str,
    events: Iterable[str],
    meant: Mapping[str, list[str]],
    cities: Mapping[str, City],
) -> list[Fault]:
    """Return every fault, in the order of the lines.

    `meant` are the cities each name may mean, `events` the events of the data, which are not changed.
    """
    taken = {known for event in events for known in (event, event.rsplit("/", 1)[-1])}
    found = [
        *(fault for row in rows for fault in _of_row(row, name)),
        *(
            Fault(name, row.line, "event", f"The event '{row.cells['event']}' is in the data.", _OWN_NAME)
            for row in rows
            if row.cells.get("event", "") in taken
        ),
        *_several(rows, name, meant, cities),
        *_repeated(rows, name, meant),
        *_at_odds(rows, name),
    ]
    return sorted(found, key=lambda fault: (fault.line or 0, fault.column or "", fault.what))


def _of_row(row: Row, name: str) -> Iterator[Fault]:
    for column in ("event", "city"):
        if column in row.cells and not row.cells[column]:
            yield Fault(name, row.line, column, "is empty.", "Every row needs an event and a city.")
    for column in ("contributes", "benefits"):
        if (text := row.cells.get(column, "")).lower() not in FLAGS:
            yield Fault(name, row.line, column, f"has '{text}', expected yes, no or unknown.")
    for column, (form, expected) in _FORMS.items():
        text = row.cells.get(column, "")
        if text and not form.fullmatch(text):
            yield Fault(name, row.line, column, f"has '{text}', expected {expected}.")
    if bool(row.cells.get("amount")) != bool(row.cells.get("currency")):
        what = "An amount and its currency belong together."
        yield Fault(name, row.line, "amount", what, "Give both, or neither.")


def _several(
    rows: Iterable[Row], name: str, meant: Mapping[str, list[str]], cities: Mapping[str, City]
) -> Iterator[Fault]:
    for row in rows:
        found = meant.get(row.cells.get("city", ""), [])
        if len(found) > 1:
            several = "; ".join(cities[iri].described() for iri in found)
            what = f"The city '{row.cells['city']}' may be {several}."
            yield Fault(name, row.line, "city", what, "Write the id of the one you mean.")


def _repeated(rows: Iterable[Row], name: str, meant: Mapping[str, list[str]]) -> Iterator[Fault]:
    """A city is in an event once, and once more for each further currency."""
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        event, city = row.cells.get("event", ""), row.cells.get("city", "")
        key = (event, *(meant.get(city) or [city]), row.cells.get("currency", ""))
        if (line := seen.setdefault(key, row.line)) != row.line:
            what = f"The city '{city}' is in '{event}' already."
            yield Fault(name, row.line, "city", what, f"See {Fault(name, None, None, '').unit} {line}.")


def _at_odds(rows: Sequence[Row], name: str) -> Iterator[Fault]:
    """An event says one thing of itself, in whichever of its rows, and ends after it starts."""
    stated: dict[tuple[str, str], str] = {}
    for row in rows:
        event = row.cells.get("event", "")
        for column in OF_EVENTS:
            text = row.cells.get(column, "")
            if text and (above := stated.setdefault((event, column), text)) != text:
                what = f"has '{text}', but '{event}' has '{above}' above."
                yield Fault(name, row.line, column, what, "An event has one.")
    for event, line in {row.cells.get("event", ""): row.line for row in reversed(rows)}.items():
        start, end = stated.get((event, "start"), ""), stated.get((event, "end"), "")
        if start and end and start > f"{end}~":  # "2027-05" is not after "2027"
            what = f"The event '{event}' ends before it starts ({start} to {end})."
            yield Fault(name, line, "end", what, "Swap the two.")
