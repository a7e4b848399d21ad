"""`[export]` of the workspace file: what exports need to be told once, and no data say.

In: the top of a workspace file (docs/decisions/0019-open-data-release.md). Out: an `ExportSpec`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from coopgraph.settings.section import Section

PARTIAL: Final = ("leave-out", "first-and-last-day")
UNLICENSED: Final = ("exclude", "include")
_STATUS: Final = tuple("123456")
_ORGANISATION_TYPE: Final = re.compile(r"[1-9][0-9]")


@dataclass(frozen=True)
class Reporting:
    """Who reports to IATI, and what to do where the data say less than IATI asks for.

    `type` is a code of IATI's list of kinds of organisation (11: local government); `partial_dates` says what
    happens to a month or a year, `status_without_end` is the IATI code of what has begun and states no end.
    """

    ref: str = ""
    name: str = ""
    type: str = ""
    partial_dates: str = "leave-out"
    status_without_end: str = ""


@dataclass(frozen=True)
class Publishing:
    """Who publishes an open data release, whom to ask, and what happens to sources that state no licence."""

    publisher: str = ""
    contact: str = ""
    landing_page: str = ""
    unlicensed_sources: str = "exclude"


@dataclass(frozen=True)
class ExportSpec:
    """What `[export.iati]` and `[export.release]` say."""

    iati: Reporting = field(default_factory=Reporting)
    release: Publishing = field(default_factory=Publishing)

    def reported_by(self, **who: str | None) -> ExportSpec:
        """Return the same with another `ref`, `name` or `type` of who reports, where one is given.

        >>> ExportSpec().reported_by(ref="ES-CIF-X", name=None).iati.ref
        'ES-CIF-X'
        """
        given = {name: value for name, value in who.items() if value is not None}
        return replace(self, iati=replace(self.iati, **given))


def read_export(top: Section) -> ExportSpec:
    """Read `[export]`; faults are added to those of the section.

    >>> table = {"export": {"iati": {"reporting_org_ref": "ES-CIF-X", "reporting_org_type": "11"}}}
    >>> read_export(Section("coopgraph.toml", (), table, {}, [])).iati.ref
    'ES-CIF-X'
    """
    section = top.section("export")
    iati, release = section.section("iati"), section.section("release")
    spec = ExportSpec(_reporting(iati), _publishing(release))
    for each in (iati, release, section):
        each.close()
    return spec


def _reporting(section: Section) -> Reporting:
    kind = section.text("reporting_org_type", "") or ""
    if kind and not _ORGANISATION_TYPE.fullmatch(kind):
        section.fault(("reporting_org_type",), f"has '{kind}', expected a code like 11 (local government).")
    return Reporting(
        section.text("reporting_org_ref", "") or "",
        section.text("reporting_org_name", "") or "",
        kind,
        _one_of(section, "partial_dates", PARTIAL),
        _one_of(section, "status_without_end", ("", *_STATUS)),
    )


def _publishing(section: Section) -> Publishing:
    return Publishing(
        section.text("publisher", "") or "",
        section.text("contact", "") or "",
        section.text("landing_page", "") or "",
        _one_of(section, "unlicensed_sources", UNLICENSED),
    )


def _one_of(section: Section, key: str, known: tuple[str, ...]) -> str:
    value = section.text(key, known[0]) or known[0]
    if value not in known:
        section.fault((key,), f"has '{value}', expected one of {', '.join(filter(None, known))}.")
        return known[0]
    return value
