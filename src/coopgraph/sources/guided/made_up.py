"""What is made up or missing in a proposal, to be told: names of rows, titles, the other party.

In: a `Proposal` and what the user said. Out: sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from coopgraph.sources.guided.bindings import is_list, others
from coopgraph.sources.guided.mapping_text import named_by
from coopgraph.sources.guided.proposal import Proposal
from coopgraph.sources.guided.titles import is_titled
from coopgraph.sources.guided.words import codes_of, plain

_CITIES: Final = ("city", "cities", "twin", "name")
_SUM: Final = re.compile(r"(sub ?|grand )?totals?|total general|total geral|suma|soma|sum")
_FORMER: Final = re.compile(
    r"former|ex (member|miembro|membro)|inactiv|inativ|antigu[oa] miembro|antigo membro"
)


def made_up(proposal: Proposal, *, has_own_city: bool) -> Iterator[str]:
    """Yield a sentence for each thing that is made up or missing."""
    if named_by(proposal):
        yield (
            "Nothing names a row of this table: each is named by what stands in it, and has another name "
            "when that changes. A column with a number for each row is better: --map COLUMN=id."
        )
    if is_titled(proposal):
        yield (
            "No column has titles of the agreements: each is titled by its kind, its cities and date, and "
            "a note says so. If a column has them: --map COLUMN=title (or --map COLUMN=kind+title)."
        )
    has_other = has_own_city or "networks" in proposal.columns
    if proposal.kind.name == "agreements" and not has_other and not is_list(proposal, "cities"):
        yield (
            "Each row names one city, and an agreement has two: coopgraph build will refuse it. "
            'Say whose agreements these are: --city "Madrid, España".'
        )
    if proposal.kind.name == "twinnings":
        own = proposal.columns["city"]
        yield (
            f"Each row is taken for what the city in '{own}' states, for coopgraph check --one-sided; "
            "if that is wrong, take the line with prov:wasAttributedTo out of the mapping."
        )
    if proposal.kind.name == "money" and "kind" not in proposal.columns and not proposal.row_kind:
        yield (
            "No column says what kind of amounts these are, and coopgraph build needs it. "
            f"If all are of one: --kind CODE, of {', '.join(codes_of('money-kind'))}."
        )
    yield from _suspect(proposal)
    if found := others(proposal):
        words = ", ".join(f"'{word}'" for word in found[:5]) + (" ..." if len(found) > 5 else "")
        yield f"Column '{proposal.columns['kind']}': the kind 'other' is taken for {words}."


def _suspect(proposal: Proposal) -> Iterator[str]:
    """Yield a sentence for rows that are sums, and for members who are none any more."""
    for header in dict.fromkeys(proposal.columns[key] for key in proposal.columns if key in _CITIES):
        for cell in proposal.looks[header].distinct:
            if _SUM.fullmatch(plain(cell[:100])):
                yield f"Column '{header}': '{cell}' is a sum, no city. Take the row out of the file."
    if proposal.kind.name != "memberships":
        return
    for header in proposal.free:
        for cell in proposal.looks[header].distinct:
            if _FORMER.match(plain(cell[:100])):
                yield (
                    f"Column '{header}': '{cell}' says a member is none any more, and is not read: the row "
                    "counts as a membership. Take such rows out, or say when they left in a column 'until'."
                )
