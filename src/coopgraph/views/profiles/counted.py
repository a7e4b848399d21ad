"""What is counted of a thing: money, results, goals, the totals sources report beside what is documented.

In: a `Reader` and an IRI. Out: parts of a `Profile`; amounts are never added up, unknown is never zero.
"""

from __future__ import annotations

from typing import Any, Final

from coopgraph.namespaces import SDG
from coopgraph.views.drawing import clean
from coopgraph.views.profiles.named import named_beside
from coopgraph.views.profiles.profile import Goal, Money, Reported, Result
from coopgraph.views.profiles.reader import Reader, word

RELATIONS: Final = ("pays", "receives", "own", "part", "agreement", "action")  # the nearest is told


def money_of(reader: Reader, iri: str) -> tuple[Money, ...]:
    """Return each amount stated of a thing, of what it is party to and takes part in, or of what it pays."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in reader.ask("money-of", subject=iri):
        rows.setdefault(row["money"], []).append(row)
    stated = {
        row["figure"]: row for row in reader.release.table("money").to_pylist() if row["figure"] in rows
    }
    return tuple(_money(reader, money, rows[money], stated[money]) for money in rows if money in stated)


def _money(reader: Reader, money: str, rows: list[dict[str, Any]], stated: dict[str, Any]) -> Money:
    first = rows[0]
    about = {row["about"] for row in rows if row["about"]}
    return Money(
        money=money,
        amount=stated["amount"],
        currency=clean(stated["currency"]),
        kind=reader.reference(first["kind"]) if first["kind"] else None,
        qualifier=reader.called(first["qualifier"]),
        relation=min((row["relation"] for row in rows), key=RELATIONS.index),
        about=reader.references(about),
        payer=reader.reference(first["payer"]) if first["payer"] else None,
        payee=reader.reference(first["payee"]) if first["payee"] else None,
        period=clean(first["statedPeriod"] or ""),
        certainty=word(row["certainty"] for row in rows),
        notes=tuple(sorted({clean(row["note"]) for row in rows if row["note"]})),
        sources=reader.cite(stated["source"]),
    )


def results_of(reader: Reader, column: str, iri: str) -> tuple[Result, ...]:
    """Return the results `of` a thing, or what is measured of one `result`, by the name of the result."""
    found = [_result(reader, row) for row in reader.rows("results", column, iri)]
    return tuple(
        sorted(found, key=lambda one: (one.result.label.casefold(), one.result.iri, one.indicator, one.start))
    )


def _result(reader: Reader, row: dict[str, Any]) -> Result:
    baseline, target, actual = (
        clean(row[f"{name}_words"]) if row[name] is None and row[f"{name}_words"] else row[name]
        for name in ("baseline", "target", "actual")
    )
    return Result(
        result=reader.reference(row["result"]),
        kind=reader.reference(row["kind"]) if row["kind"] else None,
        indicator=clean(row["indicator"] or ""),
        unit=clean(row["unit"] or ""),
        baseline=baseline,
        target=target,
        actual=actual,
        start=row["start"] or "",
        end=row["end"] or "",
        sources=reader.cite(row["source"]),
    )


def goals_of(reader: Reader, actor: str) -> tuple[Goal, ...]:
    """Return the goals a city or network works on, and through what; a target counts for its goal."""
    through: dict[str, set[str]] = {}
    for row in reader.ask("goals-of", actor=actor):
        through.setdefault(row["goal"], set()).add(row["thing"])
    numbered = {goal: goal.removeprefix(SDG) for goal in through}
    goals = [
        Goal(reader.reference(goal), int(number), reader.references(through[goal]))
        for goal, number in numbered.items()
        if number.isdigit()
    ]
    return tuple(sorted(goals, key=lambda goal: goal.number))


def reported_of(reader: Reader, subject: str) -> tuple[Reported, ...]:
    """Return what sources report in total of a thing (cq-015), beside what is documented by name."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in reader.ask("cq-015", subject=subject):
        rows.setdefault(row["figure"], []).append(row)
    if not rows:
        return ()
    counted = named_beside(reader.release, subject)
    stated = {row["figure"]: row for row in reader.rows("figures", "subject", subject)}
    return tuple(
        Reported(
            figure=figure,
            measure=clean(told["measure"]),
            value=told["value"],
            unit=clean(told["unit"] or ""),
            qualifier=reader.called(told["qualifier"]),
            period=clean(told["period"] or ""),
            certainty=word(told["certainty"]),
            notes=tuple(sorted({clean(row["note"]) for row in rows[figure] if row["note"]})),
            documented=counted.get(figure, (None, None))[0],
            associates=counted.get(figure, (None, None))[1],
            sources=reader.cite(told["source"]),
        )
        for figure in rows
        if (told := stated.get(figure))
    )
