"""What one side alone says, and what the two sides date differently.

In: a release. Out: `Finding`s, and what is not known of the sides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from coopgraph.errors import MeasureError
from coopgraph.secretariat.declared.findings import Finding, Sides, asked, plain
from coopgraph.secretariat.dossier import Said

if TYPE_CHECKING:
    from coopgraph.release import Release

Tie = Mapping[str, Any]


def told_by_sides(release: Release, sides: Sides) -> tuple[list[Finding], tuple[Said, ...]]:
    """Return a finding for each tie of two, and one for each agreement or action of more."""
    from coopgraph.network.two_sides import ONE_SIDED, one_sided

    if not sides:
        return [], (Said("nobody-attributed"),)
    try:
        told = one_sided(release, located=False)
    except MeasureError:  # who states things is known, but nobody states a tie with another
        return [], (Said("nobody-attributed"),)
    stated = _stated(release)
    found: list[Finding] = []
    shared: dict[str, list[Tie]] = {}
    for tie in told.table.to_pylist():
        if tie["finding"] != ONE_SIDED:
            found.append(_dated(tie, stated))
        elif len(stated.cities[tie["statement"]]) > 2:
            shared.setdefault(tie["statement"], []).append(tie)
        else:
            found.append(_alone(tie, stated))
    found += [_not_by_all(statement, shared[statement], stated) for statement in sorted(shared)]
    basis = told.basis
    silent = Said("silent", {"n": basis.silent, "all": basis.one_sided})
    return found, (silent, *([Said("unasked", {"n": basis.unasked})] if basis.unasked else ()))


@dataclass(frozen=True)
class _Stated:
    """The cities and sources of each agreement and action, each city's own sources, and titles of sources."""

    cities: dict[str, set[str]] = field(default_factory=dict)
    sources: dict[str, set[str]] = field(default_factory=dict)
    own: dict[str, set[str]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)

    def by(self, city: str, statement: str) -> tuple[str, ...]:
        """The sources in which a city states a thing: its own list, if it has one."""
        every = self.sources.get(statement, set())
        return tuple(sorted(every & self.own.get(city, set()) or every))

    def says(self, city: str, label: str, statement: str) -> str:
        """The city, with the sources in which it says so."""
        titles = ", ".join(self.titles.get(source) or plain(source) for source in self.by(city, statement))
        return f"{plain(label)} ({titles})" if titles else plain(label)


def _stated(release: Release) -> _Stated:
    found = _Stated()
    for table, thing, city in (("agreements", "agreement", "party"), ("participations", "event", "city")):
        for row in release.table(table).select([thing, city, "source"]).to_pylist():
            found.cities.setdefault(row[thing], set()).update({row[city]} - {None})
            found.sources.setdefault(row[thing], set()).update(row["source"] or ())
    for who, source in asked(release, "own-sources"):
        found.own.setdefault(str(who), set()).add(str(source))
    for row in release.table("sources").to_pylist():
        found.titles[row["source"]] = row["title"] or ""
    return found


def _alone(tie: Tie, stated: _Stated) -> Finding:
    cited = stated.by(tie["says"], tie["statement"])
    says = stated.says(tie["says"], tie["says_label"], tie["statement"])
    about, dates = (tie["says"], tie["of"]), _said({tie["since"]: cited})
    return Finding(
        "one-sided", (*about, tie["kind"] or ""), about, tie["kind"], dates, cited, (tie["statement"],),
        sides=f"{tie['since']}: {says}" if tie["since"] else says,
    )  # fmt: skip


def _dated(tie: Tie, stated: _Stated) -> Finding:
    about, cited = (tie["says"], tie["of"]), tuple(sorted(stated.sources.get(tie["statement"], ())))
    return Finding(
        "sides-dates-differ", (*about, tie["kind"] or ""), about, tie["kind"],
        _said({tie["since"]: cited, tie["other_since"]: cited}), cited, (tie["statement"],),
        sides=f"{tie['since']}: {plain(tie['says_label'])}; {tie['other_since']}: {plain(tie['of_label'])}",
    )  # fmt: skip


def _not_by_all(statement: str, ties: Iterable[Tie], stated: _Stated) -> Finding:
    """Several cities' agreement or action, of which some whose lists are here say nothing."""
    listed = list(ties)
    says = {tie["says"]: tie["says_label"] for tie in listed}
    silent = sorted({tie["of"] for tie in listed} - set(says))
    cited = tuple(sorted({source for city in says for source in stated.by(city, statement)}))
    since = next((tie["since"] for tie in listed if tie["since"]), None)
    told = "; ".join(stated.says(city, says[city], statement) for city in sorted(says))
    return Finding(
        "not-by-all", (statement,), (statement, *silent), listed[0]["kind"], _said({since: cited}), cited,
        (statement,), sides=f"{since}: {told}" if since else told,
    )  # fmt: skip


def _said(dates: Mapping[str | None, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {date: cited for date, cited in dates.items() if date}
