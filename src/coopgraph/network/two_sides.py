"""What only one side says: a city states a tie with another, and the other does not state it back.

In: a release in which it is said who states what (`prov:wasAttributedTo` of a statement or of its source).
Out: a table of the statements of one side alone, and of those that the two sides date differently.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from coopgraph.errors import MeasureError
from coopgraph.network.faults import fault

if TYPE_CHECKING:
    import pyarrow as pa

    from coopgraph.release import Release

QUERIES: Final = Path(__file__).parent / "queries"
ONE_SIDED: Final = "one-sided"
DATES_DIFFER: Final = "dates differ"
COLUMNS: Final = (
    *("finding", "says", "says_label", "of", "of_label", "since", "until", "other_since", "other_until"),
    *("kind", "other_states", "statement", "source", "row", "page"),
)
_PLACE: Final = ("source", "row", "page")
Tie = tuple[str, str, str]  # who says, of whom, of what kind


@dataclass(frozen=True)
class Sides:
    """What was compared: statements, ties (who says it of whom, each kind once), and how many are answered.

    `silent` of the one-sided ties are with somebody who states nothing at all here: their list is missing.
    `unasked` ties are told by a city's own list of one that has none here: neither answered nor one-sided.
    `uncertain` of the statements name a city of no certain place: it may be another one's other name.
    """

    statements: int
    ties: int
    answered: int
    one_sided: int
    silent: int
    dated_by_both: int
    dates_differ: int
    uncertain: int = 0
    unasked: int = 0

    @property
    def answered_share(self) -> float | None:
        """The share of ties that are answered; None where there are none."""
        return self.answered / self.ties if self.ties else None


@dataclass(frozen=True)
class OneSided:
    """The findings, a row each.

    Attributes
    ----------
    table
        finding (`one-sided` or `dates differ`), says and of (IRIs, with labels), since and until as stated,
        other_since and other_until as the other side states them, kind (of agreement, or of statement),
        other_states (how many ties the other side states with anybody; 0: its list is not here), statement
        (IRI), source (titles), row (file and row), page (addresses). Sorted by who says and of whom.
    basis
        What was compared.
    """

    table: pa.Table
    basis: Sides

    def __str__(self) -> str:
        """The counts as sentences."""
        told = self.basis
        share = "" if told.answered_share is None else f" ({100 * told.answered_share:.2f} %)"
        return (
            f"{told.answered:,} of {told.ties:,} ties are stated by the other side too{share}. "
            f"{told.one_sided:,} are one-sided, {told.silent:,} of them with who states nothing here. "
            f"{told.dates_differ:,} of {told.dated_by_both:,} that both sides date are dated differently."
            f"{self._unasked}{self._uncertain}"
        )

    @property
    def _unasked(self) -> str:
        n = self.basis.unasked
        if not n:
            return ""
        return (
            f" Of {n:,} {'tie' if n == 1 else 'ties'} the other side has not been asked: it has no list here."
        )

    @property
    def _uncertain(self) -> str:
        told = self.basis
        if not told.uncertain:
            return ""
        rests = "rests" if told.uncertain == 1 else "rest"
        return (
            f" {told.uncertain:,} of the {told.statements:,} statements {rests} on names of no certain "
            "place, so some may be answered under another name. Decide the names: coopgraph check --review "
            "review.xlsx."
        )


def one_sided(release: Release, *, located: bool = True) -> OneSided:
    """Compare what the two sides of each tie say of it.

    Without `located` the columns source, row and page stay empty, which saves most of the time.
    Raises MeasureError where nobody said who states what.

    Examples
    --------
    >>> import coopgraph as cg
    >>> text = '''@prefix : <https://example.org/> . @prefix prov: <http://www.w3.org/ns/prov#> .
    ... @prefix coop: <https://w3id.org/coopgraph/ns#> .
    ... :a a coop:Agreement ; coop:party :lima, :quito ; prov:wasAttributedTo :lima .'''
    >>> import rdflib
    >>> with cg.open(rdflib.Graph().parse(data=text, format="turtle")) as release:
    ...     found = cg.one_sided(release)
    >>> found.table["of"].to_pylist(), found.basis.one_sided
    (['https://example.org/quito'], 1)
    """
    statements, unasked = _statements(release)
    if not statements:
        raise MeasureError(
            "Nobody says here who states what.",
            faults=[
                fault(
                    "To compare two sides it must be known which city says each thing, and no source here "
                    "says it (no statement and no source has prov:wasAttributedTo).",
                    "If each row is what one city says of another, import the file with: coopgraph import "
                    "twins FILE. If a column names the city that says it, add below the row's po: in its "
                    "file in mappings/: - [prov:wasAttributedTo, id:city/$(COLUMN)~iri].",
                )
            ],
        )
    dates = _dates(release)
    found = _findings(statements, dates, unasked)
    rows = sorted(found, key=lambda row: [row[name] for name in _ORDER])
    return OneSided(_table(release, rows, located=located), _counted(statements, dates, rows, len(unasked)))


_ORDER: Final = ("says", "of", "kind", "finding", "statement")


def _statements(release: Release) -> tuple[Mapping[Tie, Sequence[str]], set[Tie]]:
    """The statements of each tie, and the ties of which the other side was not asked.

    A list of many cities, each with what it states, has asked all; a city's own list has asked that city.
    """
    found: dict[Tie, set[str]] = defaultdict(set)
    common: set[Tie] = set()
    for statement, says, of, kind, source in _asked(release, "sides"):
        found[says, of, kind].add(statement)
        if source != "own":
            common.add((says, of, kind))
    heard = {says for says, _, _ in found} | {who for (who,) in _asked(release, "sides-lists")}
    unasked = {tie for tie in found if tie not in common and tie[1] not in heard}
    return {tie: sorted(found[tie]) for tie in sorted(found)}, unasked


def _dates(release: Release) -> Mapping[tuple[str, str], Sequence[str]]:
    """The dates of each statement: those of its beginning (`since`) and of its end (`until`)."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for statement, what, date in _asked(release, "sides-dates"):
        found[statement, what].append(date)
    return {key: sorted(dates) for key, dates in found.items()}


def _asked(release: Release, name: str, **given: Any) -> Iterator[tuple[str, ...]]:
    for row in release.query(_text(name), trusted=True, **given):
        yield tuple(str(value) for value in row)


@cache
def _text(name: str) -> str:
    return (QUERIES / f"{name}.rq").read_text(encoding="utf-8")


def _findings(
    statements: Mapping[Tie, Sequence[str]],
    dates: Mapping[tuple[str, str], Sequence[str]],
    unasked: Collection[Tie],
) -> Iterator[dict[str, Any]]:
    states: dict[str, int] = defaultdict(int)
    for says, _, _ in statements:
        states[says] += 1
    for (says, of, kind), here in statements.items():
        if (says, of, kind) in unasked:
            continue
        there = statements.get((of, says, kind), ())
        row: dict[str, Any] = {"says": says, "of": of, "kind": kind, "statement": here[0]}
        row["other_states"] = states.get(of, 0)
        row |= {name: _said(here, name, dates) for name in ("since", "until")}
        row |= {f"other_{name}": _said(there, name, dates) for name in ("since", "until")}
        if not there:
            yield {**row, "finding": ONE_SIDED, "statements": here}
        elif says < of and _differ(row["since"], row["other_since"]):
            yield {**row, "finding": DATES_DIFFER, "statements": [*here, *there]}


def _said(
    statements: Sequence[str], what: str, dates: Mapping[tuple[str, str], Sequence[str]]
) -> tuple[str, ...]:
    return tuple(sorted({date for statement in statements for date in dates.get((statement, what), ())}))


def _differ(here: Sequence[str], there: Sequence[str]) -> bool:
    """Whether no date of one side fits one of the other: 1989 fits 1989-05, and nothing fits no date."""
    fits = any(a.startswith(b) or b.startswith(a) for a in here for b in there)
    return bool(here and there) and not fits


def _counted(
    statements: Mapping[Tie, Sequence[str]],
    dates: Mapping[tuple[str, str], Sequence[str]],
    rows: Sequence[Mapping[str, Any]],
    unasked: int,
) -> Sides:
    alone = [row for row in rows if row["finding"] == ONE_SIDED]
    both = sum(
        1
        for (says, of, kind), here in statements.items()
        if says < of
        and _said(here, "since", dates)
        and _said(statements.get((of, says, kind), ()), "since", dates)
    )
    return Sides(
        statements=len({one for each in statements.values() for one in each}),
        ties=len(statements),
        answered=len(statements) - len(alone) - unasked,
        one_sided=len(alone),
        silent=sum(1 for row in alone if not row["other_states"]),
        dated_by_both=both,
        dates_differ=len(rows) - len(alone),
        uncertain=len(
            {one for (says, of, _), each in statements.items() if _is_name(says, of) for one in each}
        ),
        unasked=unasked,
    )


def _is_name(*cities: str) -> bool:
    """Whether one is of a city of no certain place, as builds call those."""
    return any("/id/city/name-" in city for city in cities)


def _table(release: Release, rows: Sequence[Mapping[str, Any]], *, located: bool) -> pa.Table:
    import pyarrow as pa

    labels = _labels(release, {row[side] for row in rows for side in ("says", "of")})
    titles = {row["source"]: row["title"] for row in release.table("sources").to_pylist()}
    kinds = {kind: release.label(kind) if "://" in kind else kind for kind in {row["kind"] for row in rows}}
    columns: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    for row in rows:
        cells = {name: "; ".join(cell) if isinstance(cell, tuple) else cell for name, cell in row.items()}
        cells |= {
            "says_label": labels[row["says"]],
            "of_label": labels[row["of"]],
            "kind": kinds[row["kind"]],
        }
        where = _where(release, row["statements"], titles) if located else dict.fromkeys(_PLACE, "")
        cells |= where
        for name in COLUMNS:
            columns[name].append(cells[name] if cells[name] != "" else None)
    types = {name: pa.int64() if name == "other_states" else pa.string() for name in COLUMNS}
    return pa.table({name: pa.array(columns[name], types[name]) for name in COLUMNS})


def _labels(release: Release, places: set[str]) -> dict[str, str]:
    known = {row["city"]: row for row in release.table("cities").to_pylist() if row["city"] in places}
    found = {}
    for place in places:
        row = known.get(place, {})
        label = next((row[f"label_{lang}"] for lang in release.languages if row.get(f"label_{lang}")), None)
        found[place] = str(label or release.label(place))
    return found


def _where(release: Release, statements: Sequence[str], titles: Mapping[str, str | None]) -> dict[str, str]:
    """The sources, rows and pages of some statements."""
    sources: set[str] = set()
    rows: set[str] = set()
    pages: set[str] = set()
    for statement in statements:
        evidence = release.evidence(statement)
        sources |= {titles.get(each.source) or each.source for each in evidence.statements if each.source}
        rows |= {f"{row.title}, row {row.row}" if row.row else row.title for row in evidence.rows}
        pages |= {page for (page,) in _asked(release, "sides-pages", statement=statement)}
    return {
        "source": "; ".join(sorted(sources)),
        "row": "; ".join(sorted(rows)),
        "page": " ".join(sorted(pages)),
    }
