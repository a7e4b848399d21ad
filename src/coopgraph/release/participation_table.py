"""The table of participations: one row for each event and city, flags merged, amounts beside them.

In: the answers of the table queries. Out: the table, and how many rows were merged with another. `yes`
wins over `unknown` over `no` (decision 4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coopgraph.errors import StoreError
from coopgraph.namespaces import CONCEPT
from coopgraph.release.answers import Answers, joined, ordered
from coopgraph.release.columns_of import cast, date_column, list_column, mapped, one_column, taken

if TYPE_CHECKING:
    import pyarrow as pa

_ANSWERS: Final = {f"{CONCEPT}answer/yes": 2, f"{CONCEPT}answer/unknown": 1, f"{CONCEPT}answer/no": 0}


def participations(answers: Answers) -> tuple[pa.Table, int]:
    import pyarrow as pa
    import pyarrow.compute as pc

    stated = answers("participations")
    pair = joined(stated, "event", "city").combine_chunks()
    of = stated["participation"].combine_chunks()

    def by_pair(table: pa.Table) -> pa.Table:
        """The same (key, ...) with the event and city in place of the participation."""
        keys = taken(table.column(0), of, pair)
        return table.set_column(0, "key", keys).filter(pc.is_valid(keys))

    rows = stated.select(["event", "city"]).group_by(["event", "city"]).aggregate([])
    rows = with_amounts(
        rows, joined(rows, "event", "city"), amounts_by_currency(by_pair(answers("participations.amount")))
    )
    event, keys = rows["event"], rows["key"]
    start, start_from = date_column(event, answers("actions.start"))
    end, end_to = date_column(event, answers("actions.end"), latest=True)
    columns = {
        "event": event,
        "event_kind": pa.repeat(pa.scalar("action"), len(rows)),
        "city": rows["city"],
        "contributes": _flag(keys, by_pair(answers("participations.contributes"))),
        "benefits": _flag(keys, by_pair(answers("participations.benefits"))),
        "certainty": certainty(keys, by_pair(answers("participations.certainty"))),
        "amount": rows["amount"],
        "currency": rows["currency"],
        "start": start,
        "end": end,
        "start_from": start_from,
        "end_to": end_to,
        "part_of": list_column(event, answers("actions.part_of")),
        "programme": list_column(event, answers("actions.programme")),
        "organiser": list_column(event, answers("actions.organiser")),
        "strategic_line": list_column(event, answers("actions.strategic_line")),
        "sdgs": list_column(event, answers("actions.sdgs")),
        "source": list_column(keys, by_pair(answers.sources("participations.graph", "participation"))),
    }
    merged = len(of) - len(pc.unique(pair))
    return ordered(columns, "event", "city", "currency"), merged


def _flag(keys: pa.ChunkedArray, table: pa.Table) -> pa.Array:
    """Yes wins over unknown, unknown over no; unknown and unstated are null."""
    import pyarrow as pa
    import pyarrow.compute as pc

    ranks = mapped(table["answer"], lambda answer: _ANSWERS.get(answer, 1), pa.int8())
    best = pa.table({"key": table["key"], "rank": ranks}).group_by("key").aggregate([("rank", "max")])
    found = taken(keys, best["key"].combine_chunks(), best["rank_max"].combine_chunks())
    return pc.if_else(pc.equal(found, 1), pa.scalar(None, pa.bool_()), pc.equal(found, 2))


def certainty(keys: pa.ChunkedArray, table: pa.Table) -> pa.Array:
    """Stated only where all that say anything say so: one derived reading makes the whole derived."""
    import pyarrow as pa

    last = mapped(table["certainty"], lambda word: word.rsplit("/", 1)[-1], pa.string())
    return one_column(
        keys, pa.table({"key": table.column(0), "certainty": last})
    )  # the first in order: derived


def amounts_by_currency(table: pa.Table) -> pa.Table:
    """(key, currency, amount) of (key, money, amount, currency): money nodes once each, added by currency."""
    import pyarrow as pa

    kind = pa.decimal128(18, 2)
    once = pa.table(
        {
            "key": table.column(0),
            "money": table["money"],
            "currency": table["currency"],
            "amount": money(table["amount"], kind),
        }
    )
    once = once.group_by(["key", "money", "currency"]).aggregate([("amount", "min")])
    added = once.group_by(["key", "currency"]).aggregate([("amount_min", "sum")])
    sums = cast(added["amount_min_sum"], kind)
    return pa.table({"key": added["key"], "currency": added["currency"], "amount": sums})


def money(column: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    import pyarrow as pa

    try:
        return cast(column, kind)
    except pa.ArrowInvalid as error:
        raise StoreError(f"An amount of money cannot be written as decimal(18,2): {error}") from error


def with_amounts(rows: pa.Table, keys: pa.ChunkedArray, amounts: pa.Table) -> pa.Table:
    """Each row with its amount and currency; again for each further currency; null where none is stated."""
    return rows.append_column("key", keys).join(
        amounts, keys="key", join_type="left outer", use_threads=False
    )
