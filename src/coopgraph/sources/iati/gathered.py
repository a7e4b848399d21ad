"""The tables that are made of what others mention, once all files are read.

In: the raw tables of a source. Out: `organisations` and `codes` with each name once, the first of a language
being the main one; which participants are local governments; which related activities are here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from coopgraph.columns.duck import (
    Connection,
    Expression,
    Relation,
    case,
    coalesce,
    column,
    constant,
    function,
)
from coopgraph.sources.iati.columns import TABLES
from coopgraph.sources.iati.organisations import LOCAL_GOVERNMENT
from coopgraph.sources.loading import internal_names, raw_table
from coopgraph.sources.records import RECORD

GATHERED: Final = ("organisations", "codes")
_EMPTY: Final = constant("")


def gather(section: str, connection: Connection) -> None:
    """Make the rows of `organisations`, `codes`, `participants` and `related` what they are meant to be."""
    _organisations(section, connection)
    _codes(section, connection)
    _participants(section, connection)
    _related(section, connection)


def renumber(section: str, table: str, ends: Sequence[int], connection: Connection) -> list[int]:
    """Number the rows of a gathered table from 1 on; return where those of each file end now."""
    rows = connection.table(f'"{raw_table(f"{section}.{table}")}"')
    kept = []
    for end in ends:
        counted = rows.filter(column(RECORD) <= constant(end)).aggregate([function("count_star")])
        kept.append(int(counted.fetchall()[0][0]))
    number = function("row_number").over(order_by=[column(RECORD)]).cast("BIGINT").alias(RECORD)
    numbered = rows.project(number, *(column(name) for name in rows.columns[1:]))
    _put(section, table, numbered, connection)
    return kept


def _organisations(section: str, connection: Connection) -> None:
    """One row for each name of an organisation in each language; its type is the first that is stated."""
    rows = _named(section, "organisations", connection)
    each = rows.aggregate(
        [
            column("organisation").alias("whose"),
            function("max", column("name")).alias("any_name"),
            function("min", column(RECORD)).alias("mentioned"),
            function("bool_or", column("type") == constant(LOCAL_GOVERNMENT)).alias("local"),
            function("min", case(column("type") != _EMPTY, column(RECORD))).alias("typed"),
        ],
        "organisation",
    )
    types = rows.project(column(RECORD).alias("typed_at"), column("type").alias("its_type"))
    each = each.set_alias("each").join(types.set_alias("types"), "typed = typed_at", how="left")
    kept = _first_of(rows, ["organisation", "name", "language"])
    joined = kept.set_alias("kept").join(each.set_alias("each"), "organisation = whose")
    nameless = column("any_name") == _EMPTY
    wanted = joined.filter((column("name") != _EMPTY) | (nameless & (column(RECORD) == column("mentioned"))))
    main = function("min", column(RECORD)).over(partition_by=[column("organisation"), column("language")])
    name = case(column("name") != _EMPTY, column("name")).otherwise(column("organisation"))
    made = {
        "name": name,
        "main": case(main == column(RECORD), constant("yes")).otherwise(_EMPTY),
        "type": case(column("local"), constant(LOCAL_GOVERNMENT)).otherwise(
            coalesce(column("its_type"), _EMPTY)
        ),
        "city": case(column("local"), constant("yes")).otherwise(_EMPTY),
    }
    _replace(section, "organisations", wanted, made, connection)


def _codes(section: str, connection: Connection) -> None:
    """One row for each name of a code in each language; a code without a name keeps one row."""
    rows = _named(section, "codes", connection)
    each = rows.aggregate(
        [
            column("list").alias("whose"),
            column("code").alias("which"),
            function("max", column("name")).alias("any_name"),
        ],
        "list, code",
    )
    kept = _first_of(rows, ["list", "code", "name", "language"])
    joined = kept.set_alias("kept").join(each.set_alias("each"), "list = whose AND code = which")
    wanted = joined.filter((column("name") != _EMPTY) | (column("any_name") == _EMPTY))
    main = function("min", column(RECORD)).over(
        partition_by=[column("list"), column("code"), column("language")]
    )
    made = {"main": case(main == column(RECORD), constant("yes")).otherwise(_EMPTY)}
    _replace(section, "codes", wanted, made, connection)


def _participants(section: str, connection: Connection) -> None:
    """Whoever is called a local government anywhere is one everywhere."""
    local = _named(section, "organisations", connection).filter(column("city") == constant("yes"))
    cities = local.project(column("organisation").alias("local")).distinct()
    rows = _named(section, "participants", connection).set_alias("rows")
    joined = rows.join(cities.set_alias("cities"), "organisation = local", how="left")
    made = {"city": case(column("local").isnotnull(), constant("yes")).otherwise(_EMPTY)}
    _replace(section, "participants", joined, made, connection)


def _related(section: str, connection: Connection) -> None:
    """Which is the part and which the whole, where both activities are here."""
    known = _named(section, "activities", connection).project(column("activity").alias("known"))
    rows = _named(section, "related", connection).set_alias("rows")
    joined = rows.join(known.set_alias("known_rows"), "identifier = known", how="left")
    here = column("known").isnotnull()
    kind, this, that = column("type"), column("activity"), column("identifier")
    parent, child = here & (kind == constant("1")), here & (kind == constant("2"))
    beside = here & (kind != constant("1")) & (kind != constant("2")) & (kind != _EMPTY)
    made = {
        "part": case(parent, this).when(child, that).otherwise(_EMPTY),
        "whole": case(parent, that).when(child, this).otherwise(_EMPTY),
        "other": case(beside, that).otherwise(_EMPTY),
    }
    _replace(section, "related", joined, made, connection)


def strangers(section: str, connection: Connection) -> list[tuple[int, str, str, str]]:
    """The ordinal, activity, identifier and line of each relation to an activity that is not here."""
    rows = _named(section, "related", connection)
    ends = [column(name) == _EMPTY for name in ("part", "whole", "other")]
    alone = rows.filter(ends[0] & ends[1] & ends[2])
    away = alone.filter((column("identifier") != _EMPTY) & (column("type") != _EMPTY))
    return [
        (int(record), str(activity), str(identifier), str(line))
        for record, activity, identifier, line in away.order(RECORD)
        .project(f"{RECORD}, activity, identifier, line")
        .fetchall()
    ]


def _named(section: str, table: str, connection: Connection) -> Relation:
    """A raw table under the names of its columns."""
    own = internal_names(len(TABLES[table]))
    pairs = zip(own, TABLES[table], strict=True)
    raw = connection.table(f'"{raw_table(f"{section}.{table}")}"')
    return raw.project(column(RECORD), *(column(inner).alias(name) for inner, name in pairs))


def _first_of(rows: Relation, names: Sequence[str]) -> Relation:
    """The first of the rows that are alike in some columns."""
    first = function("min", column(RECORD)).over(partition_by=[column(name) for name in names])
    every = [column(RECORD), *(column(name) for name in rows.columns[1:])]
    return rows.project(*every, first.alias("first")).filter(f"{RECORD} = first")


def _replace(
    section: str, table: str, rows: Relation, made: dict[str, Expression], connection: Connection
) -> None:
    """Put rows in the place of a raw table; their ordinals stay those of the first mention, in order."""
    names, own = TABLES[table], internal_names(len(TABLES[table]))
    cells = [made.get(name, column(name)).alias(inner) for name, inner in zip(names, own, strict=True)]
    _put(section, table, rows.project(column(RECORD), *cells), connection)


def _put(section: str, table: str, rows: Relation, connection: Connection) -> None:
    """Put rows of what a raw table is made of in its place, in the order of their ordinals."""
    target = f'"{raw_table(f"{section}.{table}")}"'
    rows.order(RECORD).create('"gathered"')
    connection.execute(f"DROP TABLE {target}")
    connection.execute(f'ALTER TABLE "gathered" RENAME TO {target}')
