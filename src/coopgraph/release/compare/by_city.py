"""What changed for each city: participations, agreements, memberships and money, from the tables.

In: two open releases. Out: a `CityChange` for each city of which something differs. The tables are compared
as columns; only what differs becomes a row. Tables: decision 4.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from coopgraph.release.compare.comparison import CityChange, Count, MoneyChange
from coopgraph.release.compare.naming import Names
from coopgraph.release.opened import Release

if TYPE_CHECKING:
    import pyarrow as pa

WHAT: Final = ("participations", "given", "received", "unknown", "agreements", "memberships")
MoneyKey = tuple[str, str, str | None, str]  # city, what, kind, currency
Sums = tuple[Decimal | None, Decimal | None]


def cities_changed(before: Release, after: Release, names: Names) -> tuple[CityChange, ...]:
    """Return the cities of which something differs, in the order of their names."""
    cities = _cities(before) | _cities(after)
    counts = {what: _counts(before, after, what) for what in WHAT}
    money = _money(before, after)
    touched = cities & {city for found in counts.values() for city in found} | cities & money.keys()
    changed = [
        CityChange(city, names(city), **{what: counts[what].get(city, Count()) for what in WHAT}, money=sums)
        for city in touched
        for sums in [tuple(_changed(key, values, names) for key, values in money.get(city, []))]
    ]
    return tuple(sorted(changed, key=lambda each: (each.label, each.city)))


def _changed(key: MoneyKey, values: Sums, names: Names) -> MoneyChange:
    _, what, kind, currency = key
    return MoneyChange(what, kind, names(kind) if kind else "", currency, *values)


def _cities(release: Release) -> set[str]:
    return set(release.table("cities")["city"].to_pylist())


def _counts(before: Release, after: Release, what: str) -> dict[str, Count]:
    """The cities whose keys differ, with how many there were, are, came and went."""
    old, new = _keys(before, what), _keys(after, what)
    came = _by_city(new.join(old, ["city", "key"], join_type="left anti"))
    went = _by_city(old.join(new, ["city", "key"], join_type="left anti"))
    were, now = _by_city(old), _by_city(new)
    return {
        city: Count(were.get(city, 0), now.get(city, 0), came.get(city, 0), went.get(city, 0))
        for city in came.keys() | went.keys()
    }


def _keys(release: Release, what: str) -> pa.Table:
    """The distinct (city, key) of what is counted: events, agreements, memberships."""
    import pyarrow as pa
    import pyarrow.compute as pc

    table = release.table(what if what in ("agreements", "memberships") else "participations")
    key, city = {"agreements": ("agreement", "party"), "memberships": ("membership", "city")}.get(
        what, ("event", "city")
    )
    if what == "given":
        table = table.filter(pc.field("contributes"))
    elif what == "received":
        table = table.filter(pc.field("benefits"))
    elif what == "unknown":
        table = table.filter(pc.field("contributes").is_null() | pc.field("benefits").is_null())
    pairs = pa.table({"city": table[city], "key": table[key]})
    return pairs.group_by(["city", "key"]).aggregate([])


def _by_city(pairs: pa.Table) -> dict[str, int]:
    counted = pairs.group_by("city").aggregate([("key", "count")])
    return dict(zip(counted["city"].to_pylist(), counted["key_count"].to_pylist(), strict=True))


def _money(before: Release, after: Release) -> dict[str, list[tuple[MoneyKey, Sums]]]:
    """The sums that differ, by city; each amount of money counts once for who pays it and who gets it."""
    old, new = dict(_sums(before)), dict(_sums(after))
    found: dict[str, list[tuple[MoneyKey, Sums]]] = {}
    for key in sorted(old.keys() | new.keys(), key=lambda key: tuple(part or "" for part in key)):
        if old.get(key) != new.get(key):
            found.setdefault(key[0], []).append((key, (old.get(key), new.get(key))))
    return found


def _sums(release: Release) -> Iterator[tuple[MoneyKey, Decimal]]:
    import pyarrow as pa

    money, rows = release.table("money"), release.table("participations")
    nothing = pa.nulls(len(rows), pa.string())
    parts = {
        "paid": (money["payer"], money["kind"], money),
        "received": (money["payee"], money["kind"], money),
        "in participations": (rows["city"], nothing, rows),
    }
    for what, (city, kind, table) in parts.items():
        columns = {"city": city, "kind": kind, "currency": table["currency"], "amount": table["amount"]}
        summed = pa.table(columns).group_by(["city", "kind", "currency"]).aggregate([("amount", "sum")])
        for row in summed.to_pylist():
            if row["city"] and row["amount_sum"] is not None:
                yield (row["city"], what, row["kind"], row["currency"] or ""), row["amount_sum"]
