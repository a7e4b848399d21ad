"""A source of IATI files as one source for each of its tables, each with its mapping.

In: a source of kind `iati`. Out: its tables as sources (`caf.transactions`): mapped by the mappings that come
with coopgraph, or by those the workspace names instead.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from coopgraph.errors import ConfigError, Fault
from coopgraph.settings.section import nearest
from coopgraph.sources.iati.columns import TABLES
from coopgraph.sources.source_spec import SourceSpec

MAPPINGS: Final = Path(__file__).parent / "mappings"
_NUMBERS: Final = ("value", "percentage", "lat", "long", "baseline", "target", "actual")


def tables_of(spec: SourceSpec) -> tuple[SourceSpec, ...]:
    """Return a source for each table of an IATI source.

    Raises ConfigError when the workspace names a mapping of a table there is none of.

    >>> [table.name for table in tables_of(SourceSpec("caf", (Path("caf.xml"),), "iati"))][:2]
    ['caf.activities', 'caf.titles']
    """
    at = f"sources.{spec.name}.mappings"
    strange = [
        Fault(None, None, None, f"'{at}.{name}' names no table.", nearest(name, list(TABLES)))
        for name in spec.mappings
        if name not in TABLES
    ]
    if strange:
        raise ConfigError(f"The mappings of '{spec.name}' cannot be used.", faults=strange)
    return tuple(
        replace(
            spec,
            name=f"{spec.name}.{table}",
            table=table,
            mapping=spec.mappings.get(table, MAPPINGS / f"{table}.yml"),
            decimals={name: "." for name in columns if name in _NUMBERS},
        )
        for table, columns in TABLES.items()
    )
