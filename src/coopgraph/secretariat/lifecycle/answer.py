"""The answer on the life of agreements, put together.

In: an open release, the day asked about, and two numbers of months. Out: a `Dossier`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from coopgraph.errors import Fault, ProjectionError
from coopgraph.network.faults import fault
from coopgraph.secretariat.dossier import Dossier, Said
from coopgraph.secretariat.lifecycle.facts import Facts, facts_of
from coopgraph.secretariat.lifecycle.quiet import judged
from coopgraph.secretariat.lifecycle.soon import ending
from coopgraph.secretariat.lifecycle.steps import Step, steps
from coopgraph.secretariat.lifecycle.tables import (
    active_table,
    agreements_table,
    chain_table,
    memoranda_table,
    quiet_table,
    soon_table,
    states_table,
    unjudged_table,
)
from coopgraph.secretariat.naming import named
from coopgraph.views.timeline.agreements import day_of

if TYPE_CHECKING:
    from coopgraph.release import Release


@named
def lifecycle(
    release: Release,
    as_of: str | date | None = None,
    quiet_months: int = 24,
    soon_months: int = 12,
) -> Dossier:
    """Tell which agreements hold on a day, which end soon or went quiet, and what came of memoranda.

    An agreement whose end no source states is never called in force. A date that is a year or a month is read
    as every day it can mean: where that leaves more than one state possible, the state is not certain.

    Parameters
    ----------
    release
        The release to read.
    as_of
        The day asked about, as `date` or ISO 8601; the release's day if left out.
    quiet_months
        An agreement is quiet without a documented action for this many months.
    soon_months
        Ends within this many months of the day are ends to come soon.

    Raises
    ------
    ProjectionError
        A day that is none, a number of months below one.

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
    ...     told = cg.lifecycle(release, "2018-05-01")
    >>> [(row["state"].rsplit("/")[-1], row["agreements"]) for row in told.records("states")][:2]
    [('in-force', 1), ('not-yet-in-force', 0)]
    """
    day = _asked(release, as_of, quiet_months=quiet_months, soon_months=soon_months)
    facts = facts_of(release, day)
    chains = steps(facts)
    verdicts = judged(facts, quiet_months)
    figures = release.table("figures").to_pylist()
    return Dossier(
        "lifecycle",
        {"as_of": day.isoformat(), "quiet_months": quiet_months, "soon_months": soon_months},
        (
            states_table(facts),
            soon_table(facts, ending(facts, soon_months)),
            quiet_table(verdicts, facts),
            active_table(verdicts),
            unjudged_table(verdicts),
            memoranda_table(facts, chains),
            chain_table(facts, chains, figures),
            agreements_table(facts),
        ),
        _rests_on(facts, quiet_months),
        _unknown(facts, chains, sum(row["subject"] in facts.actions for row in figures)),
        release.manifest.id,
        day.isoformat(),
    )


def _asked(release: Release, as_of: str | date | None, **months: int) -> date:
    """Return the day asked about; raises ProjectionError with every fault."""
    wrong: list[Fault] = [
        fault(f"{name} is {value!r}, which is no number of months from 1 to 1200.", "Write one, such as 12.")
        for name, value in months.items()
        if type(value) is not int or not 1 <= value <= 1200
    ]
    day = as_of if isinstance(as_of, date) else day_of(release)
    if isinstance(as_of, str):
        try:
            day = date.fromisoformat(as_of)
        except ValueError:
            wrong.append(fault(f"as_of is {as_of!r}, which is no day.", "Write it like 2026-11-22."))
    if wrong:
        raise ProjectionError("The life of agreements cannot be told so.", faults=wrong)
    return day


def _rests_on(facts: Facts, months: int) -> tuple[Said, ...]:
    return (
        Said("day", {"day": facts.day.isoformat(), "n": len(facts.agreements)}),
        Said("states"),
        Said("quiet", {"n": months}),
        Said("leads" if facts.claimed else "leads-assumed"),
    )


def _unknown(facts: Facts, chains: list[Step], figures: int) -> tuple[Said, ...]:
    """What is not known, counted; sentences of nothing are left out."""
    states = [facts.periods[one.iri].state for one in facts.agreements]
    undated = sum(action.ended_within is None for action in facts.actions.values())
    loose = sum(not action.under for action in facts.actions.values())
    counted = (
        Said("no-end", {"n": sum(not one.end for one in facts.agreements), "all": len(states)}),
        Said("no-date", {"n": states.count("date-not-stated")}),
        Said("uncertain", {"n": states.count("not-certain")}),
        Said("without-kind", {"n": facts.without_kind}),
        Said("renewal-unnamed", {"n": sum(bool(one.stated_renewal) for one in facts.agreements)}),
        Said("actions-undated", {"n": undated, "all": len(facts.actions)}),
        Said("actions-loose", {"n": loose, "all": len(facts.actions)}),
        Said("links", {"n": sum(step.link == "same-parties" for step in chains)}),
    )
    results = _of_results(facts, chains)
    if not facts.results:
        results = (Said("results", {"n": figures}) if figures else Said("results-none"),)
    return (*(said for said in counted if said.values["n"]), Said("documented"), *results)


def _of_results(facts: Facts, chains: list[Step]) -> tuple[Said, ...]:
    """What is not known of results: whether those aimed at were reached, and which chain some belong to."""
    every = {result.iri: result for several in facts.results.values() for result in several}
    linked = {result.iri for step in chains for result in step.results}
    counted = (
        Said("results-aimed", {"n": sum(one.aimed for one in every.values()), "all": len(every)}),
        Said("results-loose", {"n": len(every) - len(linked), "all": len(every)}),
    )
    return tuple(said for said in counted if said.values["n"])
