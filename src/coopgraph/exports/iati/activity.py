"""One action as an IATI activity, its elements in the order of the schema.

In: the cells of an action and of what belongs to it. Out: why it can be none, or an `Activity`. Standard:
IATI 2.03.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from coopgraph.exports.iati.dates import Day, day, last_possible
from coopgraph.exports.iati.money import amounts
from coopgraph.exports.iati.xml import Texts, element, narratives
from coopgraph.namespaces import CONCEPT, COUNTRY, SDG

if TYPE_CHECKING:
    from coopgraph.exports.iati.gathered import Gathered
    from coopgraph.settings.export import Reporting

LOCAL_GOVERNMENT: Final = "11"
_WGS84: Final = "http://www.opengis.net/def/crs/EPSG/0/4326"
_YES, _NO = f"{CONCEPT}answer/yes", f"{CONCEPT}answer/no"

Cells = Mapping[str, list[str]]


@dataclass
class Activity:
    """An activity, its identifier, how much is in it, and what of the action is not."""

    root: Any
    identifier: str
    counts: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)


def identifier(iri: str, base: str, who: Reporting) -> str:
    """Return the IATI identifier of an action: the reference of who reports, a hyphen, the action's id."""
    return f"{who.ref}-{re.sub(r'[^A-Za-z0-9._-]+', '-', iri.removeprefix(f'{base}id/action/'))}"


def why_not(iri: str, gathered: Gathered, who: Reporting, now: str) -> str:
    """Return in words what IATI requires of an activity and nobody states; empty where all is there."""
    cells = gathered.actions[iri]
    if not any(each for days in _days(cells, who).values() for each in days):
        stated = cells.keys() & {"start", "end"}
        return (
            f"actions with {'no more than a month or a year' if stated else 'no date'}; IATI requires a day"
        )
    if _status(cells, who, now) is None:
        return "actions of which no source says whether they have ended; IATI requires a status"
    if next(_organisations(iri, gathered), None) is None:
        return "actions of which no participant is known; IATI requires one"
    return "" if gathered.known.labels.get(iri) else "actions without a title; IATI requires one"


def activity(iri: str, ref: str, gathered: Gathered, who: Reporting, now: str) -> Activity:
    """Return the activity of an action of which nothing is missing."""
    cells, titles = gathered.actions[iri], gathered.known.labels[iri]
    made = Activity(element("iati-activity", linked_data_uri=iri), ref)
    _add_head(made, cells, titles, who)
    _add_who_and_when(made, iri, gathered, who, now)
    _add_where_and_what(made, iri, gathered)
    for each in amounts(gathered.money.get(iri, ()), who.partial_dates, gathered.known.labels, made.left_out):
        made.root.append(each)
        made.counts[f"{each.tag}s"] += 1
    made.counts["activities"] += 1
    made.left_out["answers to who contributes and who benefits, for which IATI has no place"] += sum(
        len(part.get(name, ()))
        for part in gathered.parts.get(iri, ())
        for name in ("contributes", "benefits")
    )
    return made


def _days(cells: Cells, who: Reporting) -> dict[str, list[Day | None]]:
    return {
        name: [day(text, last=name == "end", partial=who.partial_dates) for text in cells.get(name, ())]
        for name in ("start", "end")
    }


def _add_head(made: Activity, cells: Cells, titles: Texts, who: Reporting) -> None:
    made.root.append(element("iati-identifier", made.identifier))
    made.root.append(element("reporting-org", *narratives({"": who.name}), ref=who.ref, type=who.type))
    made.root.append(element("title", *narratives(titles)))
    made.root.append(element("description", *narratives(_description(cells, titles)), type="1"))


def _add_who_and_when(made: Activity, iri: str, gathered: Gathered, who: Reporting, now: str) -> None:
    cells = gathered.actions[iri]
    for each in _organisations(iri, gathered):
        made.root.append(each)
        made.counts["participating organisations"] += 1
    made.root.append(element("other-identifier", ref=iri, type="A1"))
    made.root.append(element("activity-status", code=_status(cells, who, now) or ""))
    days = _days(cells, who)
    for each in _dates(days, now):
        made.root.append(each)
        made.counts["dates"] += 1
    partial = sum(each is None for found in days.values() for each in found)
    made.left_out.update({"dates that are a month or a year": partial} if partial else {})


def _add_where_and_what(made: Activity, iri: str, gathered: Gathered) -> None:
    cells, labels = gathered.actions[iri], gathered.known.labels
    _countries(made, iri, gathered)
    for each in _locations(iri, gathered):
        made.root.append(each)
        made.counts["locations"] += 1
    for line in cells.get("strategic_line", ()):
        code, uri = line.rpartition("/")[2], f"{CONCEPT}strategic-line"
        named = narratives(labels.get(line, {}))
        made.root.append(element("sector", *named, vocabulary="99", vocabulary_uri=uri, code=code))
    if "strategic_line" not in cells:
        made.left_out["sectors (written without: IATI's rules, not its schema, ask for one)"] += 1
    for goal in cells.get("sdgs", ()):
        code = goal.removeprefix(SDG)
        made.root.append(element("tag", vocabulary="3" if "." in code else "2", code=code))
        made.counts["SDG tags"] += 1


def _description(cells: Cells, titles: Texts) -> Texts:
    """Return notes, else themes, else the title again: the schema wants a description."""
    for name in ("note", "themes"):
        found = {lang: "; ".join(cells[column]) for lang in ("en", "es", "pt", "")
                 if (column := f"{name}_{lang}" if lang else name) in cells}  # fmt: skip
        if found:
            return found
    return titles


def _status(cells: Cells, who: Reporting, now: str) -> str | None:
    """Return closed, planned or under way, as far as dates and today tell; None where they do not."""
    starts, ends = cells.get("start", ()), cells.get("end", ())
    if ends and all(last_possible(end) < now for end in ends):
        return "4"
    if starts and all(start > now for start in starts):
        return "1"
    if (
        starts
        and ends
        and all(last_possible(start) <= now for start in starts)
        and all(end > now for end in ends)
    ):
        return "2"
    return who.status_without_end or None if starts and not ends else None


def _organisations(iri: str, gathered: Gathered) -> Iterator[Any]:
    """Yield who pays (role 1), who is accountable (2), which cities take part (4)."""
    cells = gathered.actions[iri]
    paying = ("funders", "funder_cities", "funder_networks")
    leading = ("organiser", "organiser_city", "organiser_organisation")
    for role, columns in (("1", paying), ("2", leading)):
        for column in columns:
            for actor in cells.get(column, ()):
                yield _organisation(actor, role, gathered)
    cities = {city for part in gathered.parts.get(iri, ()) for city in part.get("city", ())}
    for city in sorted(cities):
        yield _organisation(city, "4", gathered)


def _organisation(actor: str, role: str, gathered: Gathered) -> Any:
    names = gathered.known.labels.get(actor) or {"": gathered.known.label(actor, "en")}
    kind = LOCAL_GOVERNMENT if gathered.known.kinds.get(actor) == "city" else ""
    return element("participating-org", *narratives(names), role=role, type=kind)


def _dates(dates: Mapping[str, list[Day | None]], now: str) -> Iterator[Any]:
    """Yield starts (planned 1, actual 2) and ends (3, 4), as they lie before or after today."""
    for name, planned, actual in (("start", "1", "2"), ("end", "3", "4")):
        for each in dates[name]:
            if each is not None:
                code = planned if each.iso > now else actual
                said = narratives({"en": each.said} if each.said else {})
                yield element("activity-date", *said, iso_date=each.iso, type=code)


def _countries(made: Activity, iri: str, gathered: Gathered) -> None:
    """Add the one country in which all that benefit, or may, are: of several no source states the shares."""
    may = [part for part in gathered.parts.get(iri, ()) if _NO not in part.get("benefits", ())]
    cities = {city for part in may for city in part.get("city", ())}
    of = [gathered.cities.get(city, {}).get("country", []) for city in cities]
    found = {each for countries in of for each in countries}
    if len(found) == 1 and all(of):
        made.root.append(element("recipient-country", code=found.pop().removeprefix(COUNTRY)))
        made.counts["recipient countries"] += 1
    elif found:
        made.left_out["activities in several countries, of which no source states the shares"] += 1


def _locations(iri: str, gathered: Gathered) -> Iterator[Any]:
    """Yield the place of each city that takes part; of those that benefit, that it is meant for them."""
    reach: dict[str, str] = {}
    for part in gathered.parts.get(iri, ()):
        for city in part.get("city", ()):
            reach[city] = "2" if _YES in part.get("benefits", ()) else reach.get(city, "")
    for city, code in sorted(reach.items()):
        cells = gathered.cities.get(city, {})
        if "lat" not in cells or "long" not in cells:
            continue
        inner = [element("location-reach", code=code)] if code else []
        inner += [
            element("location-id", code=address.rstrip("/").rpartition("/")[2], vocabulary="G1")
            for address in cells.get("geonames_id", ())
        ]
        inner.append(element("name", *narratives(gathered.known.labels.get(city, {}))))
        place = element("pos", f"{cells['lat'][0]} {cells['long'][0]}")
        yield element("location", *inner, element("point", place, srsName=_WGS84))
