"""The rows of files that prove the rows of a dossier.

In: an open release and things. Out: for each, its rows as people look them up: `agreements.csv row 12`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from coopgraph.release.evidence import rows_of
from coopgraph.secretariat.wording import word

if TYPE_CHECKING:
    from coopgraph.release import Release
    from coopgraph.release.evidence import Row
    from coopgraph.secretariat.dossier import Dossier


def proofs_of(release: Release, dossier: Dossier, lang: str = "en") -> dict[str, tuple[str, ...]]:
    """Return where each thing that proves a row of the dossier stands in the files."""
    things = {iri for table in dossier.tables for row in table.rows for iri in row.evidence}
    return {
        iri: tuple(placed(row, lang) for row in rows)
        for iri, rows in sorted(rows_of(release, things).items())
    }


def placed(row: Row, lang: str = "en") -> str:
    """Return a row of a file in words.

    >>> from coopgraph.release.evidence import Row
    >>> placed(Row("https://example.org/id/file/agreements.csv", "agreements.csv", 12))
    'agreements.csv row 12'
    >>> placed(Row("https://example.org/id/file/aid", "aid.xml", 7, unit="line"), "es")
    'aid.xml línea 7'
    """
    unit = word("all", f"word.{row.unit}", lang)
    within = f" {row.within}" if row.within else ""
    return f"{row.title}{within} {unit} {row.row}" if row.row else f"{row.title}{within}"


def titles(release: Release, dossier: Dossier) -> dict[str, str]:
    """Return the titles of the sources its rows rest on."""
    cited: Iterable[str] = {iri for table in dossier.tables for row in table.rows for iri in row.sources}
    known = {row["source"]: row["title"] for row in release.table("sources").to_pylist()}
    return {iri: known.get(iri) or release.label(iri) for iri in sorted(cited)}
