"""How many things the tables of a release speak of: things, not rows.

In: the tables by name. Out: numbers by a name a reader can take at its word. An agreement has a row for each
party and a participation one more for each further currency, so rows say something else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from coopgraph.namespaces import CONCEPT

if TYPE_CHECKING:
    import pyarrow as pa

_KEYS: Final = {
    "participations": ("participations", ["event", "city"]),
    "agreements": ("agreements", ["agreement"]),
    "money": ("amounts_of_money", ["figure"]),
    "figures": ("reported_figures", ["figure"]),
    "results": ("results", ["result"]),
    "sources": ("sources", ["source"]),
    "cities": ("cities", ["city"]),
}
MEMBERS: Final = (f"{CONCEPT}role/member", f"{CONCEPT}role/associate")


def things(tables: Mapping[str, pa.Table]) -> dict[str, int]:
    """Count each kind of thing once; offices held in a network apart from plain memberships.

    >>> import pyarrow as pa
    >>> parties = pa.table({"agreement": ["twinning", "twinning"], "party": ["Lima", "Quito"]})
    >>> things({"agreements": parties})
    {'agreements': 1}
    """
    found: dict[str, int] = {}
    for table, rows in tables.items():
        if table == "memberships":
            found |= _roles(rows)
        elif table in _KEYS:
            name, key = _KEYS[table]
            found[name] = _distinct(rows, key)
    return found


def _roles(rows: pa.Table) -> dict[str, int]:
    """A membership without a role, or as a member or associate, is plain; any other role is an office."""
    import pyarrow as pa
    import pyarrow.compute as pc

    office = pc.invert(pc.is_in(rows["role"], value_set=pa.array([*MEMBERS, None], pa.string())))
    offices = _distinct(rows.filter(office), ["membership"])
    return {"memberships": _distinct(rows.filter(pc.invert(office)), ["membership"]), "offices": offices}


def _distinct(rows: pa.Table, key: list[str]) -> int:
    return int(rows.group_by(key).aggregate([]).num_rows)
