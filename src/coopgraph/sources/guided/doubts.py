"""Dates and numbers that can be read two ways: which way is taken, and why; never in silence.

In: a `Proposal`. Out: the same with the looks of such columns settled by what the table's other columns and
the language of its header say, and a sentence for each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from coopgraph.sources.cell_formats import DATES
from coopgraph.sources.guided.cells import Look
from coopgraph.sources.guided.proposal import Proposal
from coopgraph.sources.guided.words import is_spanish_or_portuguese

_IBERIAN: Final = "as is written in Spanish and Portuguese, whose words the header has"


def settled(proposal: Proposal) -> tuple[Proposal, tuple[str, ...]]:
    """Return the proposal with each doubtful column read one way, and what is to be told of them."""
    looks, told = dict(proposal.looks), []
    for header, found, sentence in (*_dates(proposal), *_numbers(proposal)):
        looks[header] = found
        told.append(sentence)
    return replace(proposal, looks=looks), tuple(dict.fromkeys(told))


def _dates(proposal: Proposal) -> Iterator[tuple[str, Look, str]]:
    columns = _columns(proposal, "date")
    sure = {look.date: n for n, look in columns.items() if look.date in DATES and not look.either_date}
    for header, look in columns.items():
        if not look.either_date:
            continue
        order, why = "dd/mm/yyyy", "as most countries write"
        if len(sure) == 1:
            ((order, other),) = ((str(date), name) for date, name in sure.items())
            why = f"as column '{other}' surely is"
        elif is_spanish_or_portuguese(proposal.looks):
            why = _IBERIAN
        opposite = DATES[order == DATES[0]]
        example = look.either_date[0]
        yield (
            header,
            replace(look, date=order),
            (
                f"Column '{header}': '{example}' may have the day or the month first, and as many "
                f"cells fit the one as the other. It is read as {order}, {why}. "
                f'If that is wrong, write date = "{opposite}" for the column in coopgraph.toml.'
            ),
        )


def _numbers(proposal: Proposal) -> Iterator[tuple[str, Look, str]]:
    for header, look in _columns(proposal, "number").items():
        if not look.either_number:
            continue
        cell = look.either_number[0]
        mark, other = (".", ",") if "." in cell else (",", ".")
        iberian = is_spanish_or_portuguese(proposal.looks)
        whole, part = cell.replace(mark, ""), cell.replace(mark, ".")
        if (mark == ".") == iberian:
            found = replace(look, decimal=other, thousands=mark)
            taken, change = whole, f'decimal = "{mark}" and no thousands'
        else:
            found = replace(look, decimal=mark, thousands=None)
            taken, change = part, f'thousands = "{mark}" and decimal = "{other}"'
        why = _IBERIAN if iberian else "as is written in English"
        yield (
            header,
            found,
            (
                f"Column '{header}': '{cell}' may be {whole} or {part}. It is read as {taken}, {why}. "
                f"If that is wrong, write {change} for the column in coopgraph.toml."
            ),
        )


def _columns(proposal: Proposal, sort: str) -> Mapping[str, Look]:
    meanings = proposal.kind.meanings
    return {
        header: proposal.looks[header]
        for key, header in proposal.columns.items()
        if meanings[key].words.cells == sort
    }
