"""What a city itself says is not so: a membership, an office, an agreement, an action, an amount, or a value.

In: a release. Out: `Finding`s. That it is so is the value "yes", that it is not "no".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from coopgraph.secretariat.declared.findings import Finding, asked, plain

if TYPE_CHECKING:
    from coopgraph.release import Release


def denied(release: Release) -> Iterator[Finding]:
    """Yield each thing that is denied, and each value that is struck out of one, with who says which.

    Who states a thing need not state the value that is struck out of it, so nobody is named for that.
    """
    source_of = {str(graph): str(source) for graph, source in asked(release, "sources")}
    denying: dict[tuple[str, str], set[str]] = {}
    stating: dict[str, set[str]] = {}
    for thing, value, here, graph in asked(release, "denials"):
        denying.setdefault((str(thing), str(value or "")), set()).add(source_of.get(str(here), str(here)))
        by = {source_of.get(str(graph), str(graph))} if graph else set()
        stating.setdefault(str(thing), set()).update(by)
    amounts = _amounts(release) if denying else {}
    for (thing, value), no in sorted(denying.items()):
        yes = () if value else tuple(sorted(stating[thing] - no))
        named = tuple(str(row[0]) for row in asked(release, "of", thing=thing)) or (thing,)
        said = {"yes": yes, "no": tuple(sorted(no))}
        sources = tuple(sorted({*yes, *no}))
        kind, subject = ("value-denied", (thing, value)) if value else ("denied", (thing,))
        yield Finding(kind, subject, named, value or amounts.get(thing), said, sources, (thing,))


def _amounts(release: Release) -> dict[str, str]:
    """Return what each amount is, in a word or two: granted 100000 EUR."""
    return {
        row["figure"]: " ".join(
            plain(row[key]) for key in ("kind", "amount", "currency") if row[key] is not None
        )
        for row in release.table("money").to_pylist()
    }
