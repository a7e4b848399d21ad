"""Values that differ: dates, kinds, roles, amounts and totals that sources state otherwise.

In: a release. Out: `Finding`s, in the order of what they are about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from coopgraph.namespaces import COOP, ORG, SCHEMA, WGS84
from coopgraph.secretariat.declared.findings import Finding, apart, asked, plain
from coopgraph.secretariat.money.figures import is_currency

if TYPE_CHECKING:
    from coopgraph.release import Release

_KINDS: Final = {
    f"{COOP}signedOn": "signed-differs",
    f"{SCHEMA}startDate": "start-differs",
    f"{SCHEMA}endDate": "end-differs",
    f"{SCHEMA}foundingDate": "founding-differs",
    f"{COOP}agreementKind": "kind-differs",
    f"{COOP}amountKind": "amount-kind-differs",
    f"{SCHEMA}value": "value-differs",
    f"{SCHEMA}currency": "currency-differs",
    f"{ORG}role": "role-differs",
    f"{COOP}contributes": "contributes-differs",
    f"{COOP}benefits": "benefits-differs",
    f"{COOP}country": "country-differs",
    f"{COOP}population": "population-differs",
    f"{WGS84}lat": "lat-differs",
    f"{WGS84}long": "long-differs",
}
SAME_PERIOD, PERHAPS, OTHER_PERIOD = "same-period", "perhaps", "other-period"
OTHER_NAME: Final = "other-name"
_YEAR: Final = re.compile(r"\b[12]\d{3}\b")


def values_differ(release: Release) -> Iterator[Finding]:
    """Yield each thing and property with values that contradict each other."""
    source_of = {str(graph): str(source) for graph, source in asked(release, "sources")}
    found: dict[tuple[str, str], dict[str, set[str]]] = {}
    for thing, prop, value, graph in asked(release, "values"):
        stated = found.setdefault((str(thing), str(prop)), {}).setdefault(plain(value), set())
        stated.add(source_of.get(str(graph), str(graph)))
    for (thing, prop), said in sorted(found.items()):
        if apart(said):
            named = tuple(str(row[0]) for row in asked(release, "of", thing=thing)) or (thing,)
            yield Finding(
                _KINDS[prop], (thing,), named, None, _ordered(said), _all(said.values()), (thing, *named)
            )


def amounts_differ(release: Release) -> Iterator[Finding]:
    """Yield amounts of one thing, kind, currency, period and payer that differ from source to source."""
    alike: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in release.table("money").to_pylist():
        if row["amount"] is not None:
            key = tuple(
                row[name] or "" for name in ("about", "kind", "currency", "start", "end", "payer", "payee")
            )
            alike.setdefault(key, []).append(row)
    for key, rows in sorted(alike.items()):
        said: dict[str, set[str]] = {}
        for row in rows:
            said.setdefault(plain(row["amount"]), set()).update(row["source"] or ())
        if len(said) > 1 and len({tuple(row["source"] or ()) for row in rows}) > 1:
            things = tuple(sorted({row["figure"] for row in rows}))
            what = " ".join(filter(None, (plain(key[1]), *key[2:5])))
            about = (key[0],) if key[0] else things
            yield Finding("amounts-differ", key, about, what, _ordered(said), _all(said.values()), things)


def totals_differ(release: Release) -> Iterator[tuple[Finding, str]]:
    """Yield totals of one measure that differ, and how: for the same period, perhaps, for another."""
    for (subject, measure), rows in _figures(release):
        values = {row["value"] for row in rows}
        if len(values) < 2:
            continue
        how = min((differs(row, rows) for row in rows), key=(SAME_PERIOD, PERHAPS, OTHER_PERIOD).index)
        said: dict[str, set[str]] = {}
        for row in sorted(rows, key=lambda row: row["value"]):
            said.setdefault(plain(row["value"]), set()).update(row["source"] or ())
        things = tuple(sorted({row["figure"] for row in rows}))
        told = {value: tuple(sorted(said[value])) for value in said}
        yield (
            Finding(
                "totals-differ", (subject, measure), (subject,), measure, told, _all(said.values()), things,
                judge=how != OTHER_PERIOD,
            ),
            how,
        )  # fmt: skip


def differs(row: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> str:
    """How a figure differs from others of its measure: as the question cq-020 has it."""
    others = [one for one in rows if one["value"] != row["value"] and one["qualifier"] == row["qualifier"]]
    if row["qualifier"] and row["period"] and any(one["period"] == row["period"] for one in others):
        return SAME_PERIOD
    if row["qualifier"] and any(not row["period"] or not one["period"] for one in others):
        return PERHAPS
    return OTHER_PERIOD


def figures_that_differ(release: Release) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield every figure of a measure whose totals differ, and how it does."""
    for _, rows in _figures(release):
        if len({row["value"] for row in rows}) > 1:
            for row in sorted(rows, key=lambda row: (row["value"], row["period"] or "", row["figure"])):
                yield row, differs(row, rows)


def money_named_otherwise(release: Release) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield figures of one subject and currency that tell money under different names, and differ.

    They are meant alike (both exact, both about ...), of times that may overlap, from different sources, and
    no amount repeats them: of an amount it is known whether it was planned, granted or spent.
    """
    told = {(row["about"], row["amount"], row["currency"]) for row in release.table("money").to_pylist()}
    alike: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for (subject, _), rows in _figures(release):
        for row in rows:
            unit = row["unit"] or ""
            if is_currency(unit) and row["qualifier"] and (subject, row["value"], unit) not in told:
                alike.setdefault((subject, unit, row["qualifier"]), []).append(row)
    for _, rows in sorted(alike.items()):
        found = {row["figure"] for pair in combinations(rows, 2) if _otherwise(*pair) for row in pair}
        for row in sorted(rows, key=lambda row: (row["value"], row["period"] or "", row["figure"])):
            if row["figure"] in found:
                yield row, OTHER_NAME


def _otherwise(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two figures differ in name, value and source, and their times may overlap."""
    here, there = (sorted(_YEAR.findall(row["period"] or "")) for row in (one, other))
    together = not here or not there or (here[0] <= there[-1] and there[0] <= here[-1])
    differ = one["measure"] != other["measure"] and one["value"] != other["value"]
    return together and differ and not {*(one["source"] or ())} & {*(other["source"] or ())}


def _figures(release: Release) -> list[tuple[tuple[str, str], list[dict[str, Any]]]]:
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in release.table("figures").to_pylist():
        if row["subject"] and row["measure"] and row["value"] is not None:
            found.setdefault((row["subject"], row["measure"]), []).append(row)
    return sorted(found.items())


def _ordered(said: Mapping[str, set[str]]) -> dict[str, tuple[str, ...]]:
    return {value: tuple(sorted(said[value])) for value in sorted(said)}


def _all(each: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(sorted({one for some in each for one in some}))
