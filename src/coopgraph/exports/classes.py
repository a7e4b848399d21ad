"""The tables of an export by class, as `classes.toml` has them: columns, what fills them, which they lead to.

In: that file, the prefixes of a release. Out: `Table`s of `Column`s, the same for XLSX and for CSV.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from coopgraph.namespaces import CONCEPT, COUNTRY, SDG

LANGUAGES: Final = ("en", "es", "pt", "")
_LISTS: Final = ("many", "concepts", "sdgs", "words")
_LAST: Final = (
    "certainty coop:certainty concept certainty",
    "note skos:note texts",
    "source_id - many source",
    "rows - rows",
)


@dataclass(frozen=True)
class Column:
    """A column: the property that fills it, of what kind its values are, and of which class or scheme.

    Of an id elsewhere, `of` and `after` are what stands before and after it in its address. `lang` is the
    language of its texts, "" for texts without one; `during` says that the property is one of the interval.
    Texts of one `group` differ in language alone; `word` is what the headings call it.
    """

    name: str
    predicate: str
    kind: str
    word: str
    of: str = ""
    after: str = ""
    lang: str = ""
    group: str = ""
    during: bool = False

    @property
    def is_list(self) -> bool:
        return self.kind in (*_LISTS, "rows")

    def prefix(self, prefixes: Mapping[str, str]) -> str:
        """What the address of each value begins with; empty where values are no addresses."""
        return {
            "one": f"{prefixes['id']}{self.of}/",
            "many": f"{prefixes['id']}{self.of}/",
            "concept": f"{CONCEPT}{self.of}/",
            "concepts": f"{CONCEPT}{self.of}/",
            "country": COUNTRY,
            "sdgs": SDG,
            "outside": self.of,
        }.get(self.kind, "")


@dataclass(frozen=True)
class Table:
    """A table: the class it is of (`parties` is of none), the word its ids follow, its columns."""

    name: str
    of: str
    kind: str
    columns: tuple[Column, ...]


def class_tables(prefixes: Mapping[str, str], languages: Collection[tuple[str, str]]) -> tuple[Table, ...]:
    """Return the tables; of texts there is a column for each (property, language) that is in the data.

    >>> from coopgraph.namespaces import workspace_prefixes
    >>> tables = class_tables(workspace_prefixes("https://example.org/"), set())
    >>> [column.name for column in tables[0].columns][:3]
    ['country', 'lat', 'long']
    """
    described = tomllib.loads((Path(__file__).parent / "classes.toml").read_text(encoding="utf-8"))
    return tuple(
        Table(
            name,
            expanded(table.get("class", ""), prefixes),
            table.get("kind", ""),
            tuple(
                column
                for told in (*table["columns"], *(_LAST if "class" in table else _LAST[2:3]))
                for column in _columns(name, told.split(" "), prefixes, languages)
            ),
        )
        for name, table in described.items()
    )


def expanded(short: str, prefixes: Mapping[str, str]) -> str:
    """Return the IRI of a short form; "-" stays."""
    prefix, colon, name = short.partition(":")
    return prefixes[prefix] + name if colon else short


def _columns(
    table: str, told: list[str], prefixes: Mapping[str, str], languages: Collection[tuple[str, str]]
) -> tuple[Column, ...]:
    name, short, *kind = told
    word = f"{table}.{name}" if f"{table}.{name}" in words()["columns"] else name
    during = short == "during"
    if during:
        short, *kind = kind
    prop, of = expanded(short, prefixes), kind[1] if len(kind) > 1 else ""
    if kind[0] != "texts":
        return (Column(name, prop, kind[0], word, of, "".join(kind[2:]), during=during),)
    return tuple(
        Column(
            f"{name}_{lang}" if lang else name, prop, "words" if of else "text", word, lang=lang, group=name
        )
        for lang in LANGUAGES
        if (prop, lang) in languages
    )


@cache
def words() -> dict[str, dict[str, list[str]]]:
    """Return what tables, columns and kinds of columns are called, in the order of languages."""
    text = (Path(__file__).parent / "class_words.toml").read_text(encoding="utf-8")
    found: dict[str, dict[str, list[str]]] = tomllib.loads(text)
    return found


def heading(column: Column, lang: str) -> str:
    """Return what a column is called; the language of its texts stands behind.

    >>> heading(Column("title_pt", "", "text", "title", lang="pt"), "en")
    'Title (pt)'
    """
    plain = words()["columns"][column.word][LANGUAGES.index(lang)]
    return f"{plain} ({column.lang})" if column.lang else plain
