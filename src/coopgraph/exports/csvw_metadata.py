"""The description of the CSV files: what each column is called, holds, means in RDF and leads to.

In: the tables, what is known of their ids, what the files say of themselves. Out: JSON values. Standard: W3C
Metadata Vocabulary for Tabular Data.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Final

from coopgraph.exports.classes import LANGUAGES, Column, Table, heading, words
from coopgraph.namespaces import DCTERMS, ORG, PROV, RDF

if TYPE_CHECKING:
    from coopgraph.exports.about import About
    from coopgraph.exports.records import Ids, Records

DATE: Final = {
    "@id": f"{DCTERMS}W3CDTF",
    "base": "string",
    "format": r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?",
}
_DATATYPES: Final[dict[str, Any]] = {
    "date": DATE, "day": "date", "decimal": "decimal", "integer": "nonNegativeInteger", "url": "anyURI",
    "iri": "anyURI",
}  # fmt: skip


def metadata(
    records: Records, ids: Ids, dangling: Collection[tuple[str, str]], told: About
) -> dict[str, Any]:
    """Return the description of a table group; columns in `dangling` are no foreign keys."""
    said = {
        "dc:title": {"@value": told.title, "@language": told.lang},
        "dc:identifier": told.release,
        "dc:modified": told.now,
        "dc:license": {"@id": told.licence} if "://" in told.licence else told.licence,
        "dc:source": [{"@id": source.url} if source.url else source.title for source in told.sources],
    }
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        **{name: value for name, value in said.items() if value},
        "tables": [_table(table, records, ids, dangling) for table in records.tables],
    }


def _table(table: Table, records: Records, ids: Ids, dangling: Collection[tuple[str, str]]) -> dict[str, Any]:
    columns = [_column(column, records, ids) for column in table.columns]
    keys = [
        {"columnReference": column.name,
         "reference": {"resource": f"{_plural(column.of)}.csv", "columnReference": "id"}}
        for column in table.columns
        if column.kind == "one" and column.of != "actor" and (table.name, column.name) not in dangling
    ]  # fmt: skip
    schema: dict[str, Any] = {"columns": columns, **({"foreignKeys": keys} if keys else {})}
    described = {"url": f"{table.name}.csv", "dc:title": _named(words()["tables"][table.name])}
    if not table.of:
        schema["primaryKey"] = ["agreement", "party"]
        return {**described, "suppressOutput": True, "tableSchema": schema}
    columns.insert(0, _plain("id") | {"required": True, "suppressOutput": True})
    columns.append(_plain("iri") | {"required": True, "datatype": "anyURI", "suppressOutput": True})
    columns.append({"name": "type", "virtual": True, "propertyUrl": f"{RDF}type", "valueUrl": table.of})
    if any(column.during for column in table.columns):
        during = {"propertyUrl": f"{ORG}memberDuring", "valueUrl": "{+iri}/during"}
        columns.append({"name": "member_during", "virtual": True, **during})
    schema |= {"primaryKey": "id", "aboutUrl": "{+iri}"}
    return {**described, "tableSchema": schema}


def _column(column: Column, records: Records, ids: Ids) -> dict[str, Any]:
    told = _titles(column)
    if column.predicate != "-":
        told["propertyUrl"] = column.predicate
    elif column.name == "source_id":
        told["propertyUrl"] = f"{DCTERMS}source"
    elif column.kind == "rows":
        told |= {"propertyUrl": f"{PROV}wasDerivedFrom", "valueUrl": f"{records.base}id/file/{{+rows}}"}
    if column.kind in _DATATYPES:
        told["datatype"] = _DATATYPES[column.kind]
    if column.lang:
        told["lang"] = column.lang
    if column.is_list:
        told["separator"] = ";"
    if column.during:
        told["aboutUrl"] = "{+iri}/during"
    prefix = column.prefix(records.prefixes)
    if column.kind in ("one", "many") and not ids.is_short(column.of):
        prefix = ""
    if column.kind in ("one", "many", "concept", "concepts", "country", "sdgs", "outside", "iri"):
        told["valueUrl"] = f"{prefix}{{+{column.name}}}{column.after}"
    return told


def _titles(column: Column) -> dict[str, Any]:
    named = {lang: [heading(column, lang)] for lang in LANGUAGES[:3]}
    named["en"].append(column.name)  # the first line of the file says this one
    kinds = words()["kinds"][column.kind]
    return {"name": column.name, "titles": named, "dc:description": _named(kinds)}


def _plain(name: str) -> dict[str, Any]:
    titles = dict(zip(LANGUAGES[:3], ([word] for word in words()["columns"][name]), strict=True))
    titles["en"] = [*titles["en"], name]
    return {"name": name, "titles": titles}


def _named(texts: list[str]) -> list[dict[str, str]]:
    return [{"@value": text, "@language": lang} for lang, text in zip(LANGUAGES[:3], texts, strict=True)]


def _plural(kind: str) -> str:
    return {"city": "cities", "money": "money"}.get(kind, f"{kind}s")
