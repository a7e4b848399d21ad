"""One action as an IATI activity, its elements in the order of the schema.

In: the cells of an action and of what belongs to it. Out: an `Activity`, or why there can be none. Standard:
IATI 2.03.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from coopgraph.exports.iati_dates import Day, day, last_possible
from coopgraph.exports.iati_money import amounts
from coopgraph.exports.iati_xml import Texts, element, narratives
from coopgraph.namespaces import CONCEPT, COUNTRY, SDG

if TYPE_CHECKING:
    from coopgraph.exports.iati import Gathered
    from coopgraph.settings.export import Reporting

LOCAL_GOVERNMENT: Final = "11"
_WGS84: Final = "http://www.opengis.net/def/crs/EPSG/0/4326"
_YES, _NO = f"{CONCEPT}answer/yes", f"{CONCEPT}answer/no"


@dataclass
class Activity:
    """An activity, its identifier, how much is in it, and what of the action is not."""

    root: Any
    identifier: str
    counts: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)


def activity(iri: str, gathered: Gathered, who: Reporting, now: str) -> Activity | str:
    """Return the activity of an action, or in words what IATI requires and nobody states."""
    cells = gathered.actions[iri]
    dates = {name: [day(text, last=name == "end", partial=who.partial_dates) for text in cells.get(name, ())]
             for name in ("start", "end")}  # fmt: skip
    if not any(each for days in dates.values() for each in days):
        stated = cells.keys() & {"start", "end"}
        return (
            f"actions with {'no more than a month or a year' if stated else 'no date'}; IATI requires a day"
        )
    status = _status(cells, who, now)
    if status is None:
        return "actions of which no source says whether they have ended; IATI requires a status"
    orgs = list(_organisations(iri, gathered))
    if not orgs:
        return "actions of which no participant is known; IATI requires one"
    titles = gathered.known.labels.get(iri, {})
    if not titles:
        return "actions without a title; IATI requires one"
    slug = re.sub(r"[^A-Za-z0-9._-]+", "-", iri.removeprefix(f"{gathered.base}id/action/"))
    made = Activity(element("iati-activity", linked_data_uri=iri), f"{who.ref}-{slug}")
    _fill(made, iri, gathered, who, now, status, dates, titles, orgs)
    return made


def _fill(
    made: Activity,
    iri: str,
    gathered: Gathered,
    who: Reporting,
    now: str,
    status: str,
    dates: Mapping[str, list[Day | None]],
    titles: Texts,
    orgs: list[Any],
) -> None:
    cells, labels = gathered.actions[iri], gathered.known.labels
    add = made.root.append
    add(element("iati-identifier", made.identifier))
    add(element("reporting-org", *narratives({"": who.name}), ref=who.ref, type=who.type))
    add(element("title", *narratives(titles)))
    add(element("description", *narratives(_description(cells, titles)), type="1"))
    for each in orgs:
        add(each)
    add(element("other-identifier", ref=iri, type="A1"))
    add(element("activity-status", code=status))
    for each in _dates(dates, now):
        add(each)
        made.counts["dates"] += 1
    _countries(made, iri, gathered)
    for each in _locations(iri, gathered):
        add(each)
        made.counts["locations"] += 1
    for line in cells.get("strategic_line", ()):
        code, uri = line.rpartition("/")[2], f"{CONCEPT}strategic-line"
        add(
            element(
                "sector", *narratives(labels.get(line, {})), vocabulary="99", vocabulary_uri=uri, code=code
            )
        )
    if "strategic_line" not in cells:
        made.left_out["sectors (written without: IATI's rules, not its schema, ask for one)"] += 1
    for goal in cells.get("sdgs", ()):
        code = goal.removeprefix(SDG)
        add(element("tag", vocabulary="3" if "." in code else "2", code=code))
        made.counts["SDG tags"] += 1
    for each in amounts(gathered.money.get(iri, ()), who.partial_dates, labels, made.left_out):
        add(each)
        made.counts[f"{each.tag}s"] += 1
    made.counts["activities"] += 1
    made.counts["participating organisations"] += len(orgs)
    partial = sum(each is None for days in dates.values() for each in days)
    made.left_out.update({"dates that are a month or a year": partial} if partial else {})
    parts = gathered.parts.get(iri, ())
    made.left_out["answers to who contributes and who benefits, for which IATI has no place"] += sum(
        len(part.get(name, ())) for part in parts for name in ("contributes", "benefits")
    )


def _description(cells: Mapping[str, list[str]], titles: Texts) -> Texts:
    """Return notes, else themes, else the title again: the schema wants a description."""
    for name in ("note", "themes"):
        found = {lang: "; ".join(cells[column]) for lang in ("en", "es", "pt", "")
                 if (column := f"{name}_{lang}" if lang else name) in cells}  # fmt: skip
        if found:
            return found
    return titles


def _status(cells: Mapping[str, list[str]], who: Reporting, now: str) -> str | None:
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
