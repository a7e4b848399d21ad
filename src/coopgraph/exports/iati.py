"""The actions of a release as IATI activities.

In: an open release, and who reports. Out: one XML file, valid against the official schema. Standard: IATI
2.03. What the standard requires and no source states is never made up: such an action is left out, counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coopgraph.errors import ConfigError, Fault
from coopgraph.exports.iati_activity import Activity, activity
from coopgraph.exports.iati_xml import element
from coopgraph.exports.records import Records, Survey
from coopgraph.exports.statements import lines_of

if TYPE_CHECKING:
    from coopgraph.exports.formats import Options, Written
    from coopgraph.release import Release
    from coopgraph.settings.export import Reporting

VERSION: Final = "2.03"
_NO_PLACE: Final = {
    "agreements": "agreements", "programmes": "programmes", "memberships": "memberships",
    "figures": "reported figures",
}  # fmt: skip

Cells = Mapping[str, list[str]]


@dataclass
class Gathered:
    """What the activities are made of, by the address of an action or a city."""

    known: Survey
    base: str
    actions: dict[str, Cells] = field(default_factory=dict)
    cities: dict[str, Cells] = field(default_factory=dict)
    parts: dict[str, list[Cells]] = field(default_factory=lambda: defaultdict(list))
    money: dict[str, list[Cells]] = field(default_factory=lambda: defaultdict(list))
    left_out: Counter[str] = field(default_factory=Counter)


def write_iati(release: Release, target: Path, options: Options) -> Written:
    """Write the file; raises ConfigError where nobody says who reports."""
    from lxml import etree

    from coopgraph.exports.formats import Written

    who = (options.settings or release.exporting).iati
    _check(who)
    options.on_progress("reading what there is")
    gathered = gather(release)
    now = release.now or ""
    made = {iri: activity(iri, gathered, who, now) for iri in gathered.actions}
    left_out, counts = Counter(gathered.left_out), Counter({"activities": 0})
    refs = {iri: each.identifier for iri, each in made.items() if isinstance(each, Activity)}
    _check_identifiers(refs)
    if not refs:
        raise _none(made)
    options.on_progress("writing activities")
    with target.open("wb") as file, etree.xmlfile(file, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("iati-activities", version=VERSION):
            for iri, each in made.items():
                if isinstance(each, str):
                    left_out[each] += 1
                    continue
                _relate(each, iri, gathered, refs)
                etree.indent(each.root, " ", level=1)
                xml.write("\n ", each.root)
                counts.update(each.counts)
                left_out.update(each.left_out)
            xml.write("\n")
    return Written((target,), dict(counts), dict(sorted(left_out.items())))


def gather(release: Release) -> Gathered:
    """Collect what belongs to actions, and count what IATI has no place for."""
    records = Records(release, lambda: lines_of(release))
    found = Gathered(records.known, release.base)
    for table, record in records:
        cells = record.cells
        if table.name == "actions":
            found.actions[record.iri] = cells
        elif table.name == "cities":
            found.cities[record.iri] = cells
        elif table.name == "participations":
            for action in cells.get("action", ()):
                found.parts[action].append(cells)
        elif table.name == "money" and "action" in cells:
            for action in cells["action"]:
                found.money[action].append(cells)
        elif table.name == "money":
            found.left_out["amounts that are about no action"] += 1
        elif table.name in _NO_PLACE:
            found.left_out[f"{_NO_PLACE[table.name]}, for which IATI has no place"] += 1
    return found


def _relate(each: Activity, iri: str, gathered: Gathered, refs: Mapping[str, str]) -> None:
    """Add the activities it is part of and those that are part of it, where they are in the file."""
    parents = [whole for whole in gathered.actions[iri].get("part_of", ()) if whole in refs]
    children = [part for part in refs if iri in gathered.actions[part].get("part_of", ())]
    for code, others in (("1", parents), ("2", children)):
        for other in others:
            each.root.append(element("related-activity", ref=refs[other], type=code))
            each.counts["related activities"] += 1


def _check(who: Reporting) -> None:
    asked = {"reporting_org_ref": who.ref, "reporting_org_name": who.name, "reporting_org_type": who.type}
    missing = [name for name, value in asked.items() if not value.strip()]
    if missing:
        fix = "Give it under [export.iati] in coopgraph.toml, or as an option of the command."
        raise ConfigError(
            "IATI requires to know who reports.",
            faults=[Fault(None, None, None, f"'{name}' is not given.", fix) for name in missing],
        )


def _none(made: Mapping[str, Activity | str]) -> ConfigError:
    """Return the refusal to write a file without activities, which the schema forbids."""
    reasons = Counter(why for why in made.values() if isinstance(why, str))
    faults = [Fault(None, None, None, f"{count:,} {why}.") for why, count in sorted(reasons.items())]
    return ConfigError(
        "No action of the release can be an IATI activity. See partial_dates and status_without_end in "
        "docs/exports/iati.md.",
        faults=faults,
    )


def _check_identifiers(refs: Mapping[str, str]) -> None:
    twice = sorted(name for name, times in Counter(refs.values()).items() if times > 1)
    if twice:
        raise ConfigError(
            f"Two actions would have one IATI identifier, {twice[0]}. Give them ids that differ in letters "
            "and digits."
        )
