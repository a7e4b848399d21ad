"""The actions of a release as IATI activities.

In: an open release, and who reports. Out: one XML file, valid against the official schema. Standard: IATI
2.03. What the standard requires and no source states is never made up: such an action is left out, counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coopgraph.errors import ConfigError, Fault
from coopgraph.exports.formats import Options, Written
from coopgraph.exports.iati.activity import Activity, activity, identifier, why_not
from coopgraph.exports.iati.gathered import Cells, Gathered, gather
from coopgraph.exports.iati.xml import element

if TYPE_CHECKING:
    from coopgraph.release import Release
    from coopgraph.settings.export import Reporting

VERSION: Final = "2.03"


def write_iati(release: Release, target: Path, options: Options) -> Written:
    """Write the file; raises ConfigError where nobody says who reports."""
    from lxml import etree

    who = (options.settings or release.exporting).iati
    _check(who)
    options.on_progress("reading what there is")
    gathered = gather(release)
    now = release.now or ""
    reasons = {iri: why_not(iri, gathered, who, now) for iri in gathered.actions}
    refs = {iri: identifier(iri, gathered.base, who) for iri, reason in reasons.items() if not reason}
    _check_identifiers(refs)
    if not refs:
        raise _none(reasons.values())
    left_out, counts = gathered.left_out + Counter(filter(None, reasons.values())), Counter[str]()
    left_out += _of_others(gathered, reasons)
    parts = _parts(gathered, refs)
    options.on_progress("writing activities")
    with target.open("wb") as file, etree.xmlfile(file, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("iati-activities", version=VERSION):
            for iri, ref in refs.items():
                made = activity(iri, ref, gathered, who, now)
                _relate(made, gathered.actions[iri], parts.get(iri, ()), refs)
                etree.indent(made.root, " ", level=1)
                xml.write("\n ", made.root)
                counts.update(made.counts)
                left_out.update(made.left_out)
            xml.write("\n")
    return Written((target,), dict(counts), dict(sorted(left_out.items())))


def _of_others(gathered: Gathered, reasons: Mapping[str, str]) -> Counter[str]:
    """Count the amounts of actions that are left out, by the reason."""
    found: Counter[str] = Counter()
    for iri, money in gathered.money.items():
        if reason := reasons.get(iri, "actions of which nothing else is known"):
            found[f"amounts of {reason}"] += len(money)
    return found


def _parts(gathered: Gathered, refs: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the actions that are part of each, where both are in the file."""
    found: dict[str, list[str]] = defaultdict(list)
    for iri in refs:
        for whole in gathered.actions[iri].get("part_of", ()):
            found[whole].append(iri)
    return found


def _relate(made: Activity, cells: Cells, parts: Iterable[str], refs: Mapping[str, str]) -> None:
    """Add the activities it is part of and those that are part of it, where they are in the file."""
    wholes = [whole for whole in cells.get("part_of", ()) if whole in refs]
    for code, others in (("1", wholes), ("2", parts)):
        for other in others:
            made.root.append(element("related-activity", ref=refs[other], type=code))
            made.counts["related activities"] += 1


def _check(who: Reporting) -> None:
    asked = {"reporting_org_ref": who.ref, "reporting_org_name": who.name, "reporting_org_type": who.type}
    missing = [name for name, value in asked.items() if not value.strip()]
    if missing:
        fix = "Give it under [export.iati] in coopgraph.toml, or as an option of the command."
        raise ConfigError(
            "IATI requires to know who reports.",
            faults=[Fault(None, None, None, f"'{name}' is not given.", fix) for name in missing],
        )


def _none(reasons: Iterable[str]) -> ConfigError:
    """Return the refusal to write a file without activities, which the schema forbids."""
    faults = [Fault(None, None, None, f"{count:,} {why}.") for why, count in sorted(Counter(reasons).items())]
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
