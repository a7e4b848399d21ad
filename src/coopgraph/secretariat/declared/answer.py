"""Declared by both? What does not fit, as a list to judge, and what was judged of it.

In: a release, the judgements of its workspace, a list that came back. Out: a Dossier.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coopgraph.errors import ConfigError, Fault
from coopgraph.secretariat.declared.denying import denied
from coopgraph.secretariat.declared.differing import (
    amounts_differ,
    figures_that_differ,
    money_named_otherwise,
    totals_differ,
    values_differ,
)
from coopgraph.secretariat.declared.duplicates import same_actions, same_agreements, same_cities
from coopgraph.secretariat.declared.findings import Finding, plain, sides_of
from coopgraph.secretariat.declared.judging import said_word
from coopgraph.secretariat.declared.sided import told_by_sides
from coopgraph.secretariat.dossier import Column, Dossier, Row, Said, Table
from coopgraph.secretariat.naming import named
from coopgraph.secretariat.wording import texts
from coopgraph.views.names import names_in

if TYPE_CHECKING:
    from coopgraph.release import Release
    from coopgraph.sources.judged_findings import Judged
    from coopgraph.views.names import Names

REVIEW: Final = (
    Column("about", "things"), Column("kind", "word"), Column("what"), Column("values"), Column("said-by"),
    Column("judgement", "word"), Column("stands"), Column("note"), Column("who"), Column("when", "day"),
    Column("earlier"), Column("finding"),
)  # fmt: skip
JUDGED: Final = (
    Column("about", "things"), Column("kind", "word"), Column("what"), Column("values"),
    Column("judgement", "word"), Column("stands"), Column("note"), Column("who"), Column("when", "day"),
    Column("times", "number"), Column("finding"),
)  # fmt: skip
TOTALS: Final = (
    Column("subject", "thing"), Column("what"), Column("value"), Column("unit"), Column("qualifier", "thing"),
    Column("period"), Column("differs", "word"), Column("source"),
)  # fmt: skip


@named
def declared(release: Release, *, judgements: str | Path | None = None) -> Dossier:
    """List what one side alone declares, what sources state otherwise, and what may be there twice.

    Each finding has an id of what it is about. The first table is a list to judge: written as a workbook,
    filled in, and given back as `judgements`, it is added to the table of judgements of the release's
    workspace. What was judged is not asked again, unless its values have changed; two things judged to be
    the same are one in the next build.

    Parameters
    ----------
    release
        An open release.
    judgements
        A review list that came back, to be merged into the workspace before the answer is worked out.

    Raises
    ------
    SourceError
        With every fault of the list, by row and column; then nothing is taken over.
    ConfigError
        Where judgements are given, and the release is of no workspace.

    Examples
    --------
    >>> import coopgraph as cg
    >>> import rdflib
    >>> text = '''@prefix : <https://example.org/> . @prefix coop: <https://w3id.org/coopgraph/ns#> .
    ... :a a coop:Agreement ; coop:party :lima, :quito ; coop:signedOn "1990", "1991" .'''
    >>> with cg.open(rdflib.Graph().parse(data=text, format="turtle")) as release:
    ...     found = cg.declared(release)
    >>> [(row["kind"], row["values"]) for row in found.records("review")]
    [('signed-differs', '1990; 1991')]
    """
    from coopgraph.sources.judged_findings import judged_of

    names = names_in(release)
    found, sides = _findings(release, names)
    workspace = release.workspace
    known = judged_of(workspace) if workspace is not None else {}
    merged: tuple[Said, ...] = ()
    if judgements is not None:
        merged = (_merge(release, Path(judgements), found, known),)
        known = judged_of(_workspace(release))
    settled, asked_for = _parted(found, known)
    kept = tuple(_judged(one, known[one.id]) for one in settled)
    gone = {finding: said for finding, said in known.items() if finding not in found}
    titled = {row["source"]: row["title"] for row in release.table("sources").to_pylist()}
    tables = (
        Table(
            "review", REVIEW, tuple(_review(one, known, titled) for one in asked_for), merged, "no-findings"
        ),
        Table("judged", JUDGED, (*kept, *_no_longer(gone, release.base)), empty="none-judged"),
        Table("counts", _COUNTS, tuple(_counts(found, settled))),
        Table("totals", TOTALS, tuple(_totals(release, titled)), empty="no-totals"),
    )
    return Dossier(
        "declared",
        {"judgements": None if judgements is None else Path(judgements).name},
        tables,
        tuple(Said(key) for key in ("sides", "denials", "values-compared", "duplicates", "judging")),
        (*sides, *_unknown(release, len(gone))),
        release.manifest.id,
        release.now or "",
        names,
    )


def _workspace(release: Release) -> Path:
    if release.workspace is None:
        fix = "Open the folder of a workspace: coopgraph declared -w DIR --judgements FILE."
        raise ConfigError(
            "There is nowhere to keep judgements.",
            faults=[Fault(None, None, None, "This release is of no workspace.", fix)],
        )
    return release.workspace


def _merge(
    release: Release, path: Path, found: Mapping[str, Finding], known: Mapping[str, Sequence[Judged]]
) -> Said:
    from coopgraph.secretariat.declared.judging import merge

    new, there = merge(path, _workspace(release), found, known, release.base)
    return Said("merged", {"n": new, "there": there})


def _findings(release: Release, names: Names) -> tuple[dict[str, Finding], tuple[Said, ...]]:
    """Return every finding to judge by its id, in the order in which they are shown."""
    stating = sides_of(release)
    sided, said = told_by_sides(release, stating)
    totals = [finding for finding, _ in totals_differ(release) if finding.judge]
    every = [
        *sided,
        *denied(release),
        *values_differ(release),
        *amounts_differ(release),
        *totals,
        *same_agreements(release, stating),
        *same_actions(release, stating, names),
        *same_cities(release),
    ]
    return {one.id: one for one in every}, said


def _parted(
    found: Mapping[str, Finding], known: Mapping[str, Sequence[Judged]]
) -> tuple[list[Finding], list[Finding]]:
    """Return what was judged of the values there are, and what is to be judged."""
    settled = [one for one in found.values() if one.id in known and known[one.id][-1].values == one.values]
    done = {one.id for one in settled}
    return settled, [one for one in found.values() if one.id not in done]


def _review(one: Finding, known: Mapping[str, Sequence[Judged]], titled: Mapping[str, str]) -> Row:
    titles = one.sides or "; ".join(
        f"{value}: {', '.join(titled.get(source) or plain(source) for source in by)}"
        for value, by in one.said.items()
        if by
    )
    earlier = "; ".join(
        f"{said.stands or said.judgement} ({said.who}, {said.when}: {said.values})"
        for said in known.get(one.id, ())
    )
    cells = (
        one.about, one.kind, one.what, one.values or None, titles or None,
        None, None, None, None, None, earlier or None, one.id,
    )  # fmt: skip
    return Row(cells, one.sources, one.evidence)


def _judged(one: Finding, said: Sequence[Judged]) -> Row:
    last = said[-1]
    cells = (
        one.about, one.kind, one.what, one.values or None, last.judgement, last.stands or None,
        last.why or None, last.who or None, last.when or None, len(said), one.id,
    )  # fmt: skip
    return Row(cells, one.sources, one.evidence)


def _no_longer(gone: Mapping[str, Sequence[Judged]], base: str) -> Iterator[Row]:
    """Yield what was judged and is found no more, as the table of judgements has it."""
    for finding, said in sorted(gone.items(), key=lambda each: (each[1][-1].when, each[0])):
        last = said[-1]
        about = tuple(f"{base}id/{local}" for local in (last.left, last.right) if local)
        kind = last.kind if f"word.{last.kind}" in texts("declared") else None
        cells = (
            about or None, kind, None, last.values or None, said_word(last.judgement), last.stands or None,
            last.why or None, last.who or None, last.when or None, len(said), finding,
        )  # fmt: skip
        yield Row(cells, (), about[:1])


_COUNTS: Final = (Column("kind", "word"), Column("found", "number"), Column("settled", "number"),
                  Column("open", "number"))  # fmt: skip


def _counts(found: Mapping[str, Finding], settled: Sequence[Finding]) -> Iterator[Row]:
    for kind in dict.fromkeys(one.kind for one in found.values()):
        every = sum(1 for one in found.values() if one.kind == kind)
        done = sum(1 for one in settled if one.kind == kind)
        yield Row((kind, every, done, every - done))


def _totals(release: Release, titled: Mapping[str, str]) -> Iterator[Row]:
    for row, how in (*figures_that_differ(release), *money_named_otherwise(release)):
        cells = (
            row["subject"], row["measure"], plain(row["value"]), row["unit"], row["qualifier"], row["period"],
            how, "; ".join(titled.get(iri) or plain(iri) for iri in row["source"] or ()) or None,
        )  # fmt: skip
        yield Row(cells, tuple(row["source"] or ()), (row["figure"],))


def _unknown(release: Release, gone: int) -> Iterator[Said]:
    agreements = {row["agreement"]: row for row in release.table("agreements").to_pylist()}
    undated = sum(1 for row in agreements.values() if not (row["signed"] or row["start"]))
    yield Said("undated", {"n": undated, "all": len(agreements)})
    cities = release.table("cities").to_pylist()
    yield Said("unplaced", {"n": sum(1 for row in cities if row["lat"] is None), "all": len(cities)})
    open_totals = sum(1 for finding, _ in totals_differ(release) if not finding.judge)
    yield Said("other-periods", {"n": open_totals})
    if gone:
        yield Said("gone", {"n": gone})
    if release.workspace is None:
        yield Said("no-workspace")
