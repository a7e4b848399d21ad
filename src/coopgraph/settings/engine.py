"""`engine` of the workspace file, or of a call: where columns are worked out, and with how much memory.

In: a text, or the top of a workspace file (docs/decisions/0001-workspace-file.md). Out: an `EngineSpec`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from coopgraph.errors import ConfigError
from coopgraph.settings.section import Section

_ENGINE: Final = re.compile(r"duckdb|spark(:.+)?")
_SIZE: Final = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT]?)(i?)B", re.IGNORECASE)


@dataclass(frozen=True)
class EngineSpec:
    """Which engine, and what it may use.

    Attributes
    ----------
    kind
        ``duckdb``, within this process, or ``spark``.
    master
        Spark's master: ``local[2]``, ``spark://HOST:PORT``, ``yarn`` ...; None is this machine, or what
        spark-submit says.
    memory
        Like ``2GB``. DuckDB spills to disk beyond it; of Spark it is the driver's memory, which is all there
        is on one machine. None leaves each engine's own.
    """

    kind: str = "duckdb"
    master: str | None = None
    memory: str | None = None


def engine_spec(text: str, memory: str | None = None) -> EngineSpec:
    """Read an engine as it is written: ``duckdb``, ``spark``, ``spark://HOST:PORT``, ``spark:local[2]``.

    Raises
    ------
    ConfigError
        Where the engine or the size is not one.

    Examples
    --------
    >>> engine_spec("spark:local[2]").master, engine_spec("spark://10.0.0.5:7077").master
    ('local[2]', 'spark://10.0.0.5:7077')
    """
    if not _ENGINE.fullmatch(text):
        fix = "Use duckdb, spark, spark://HOST:PORT, or spark: and another master, like spark:local[2]."
        raise ConfigError(f"There is no engine {text!r}. {fix}")
    if memory is not None and size_in_bytes(memory) is None:
        raise ConfigError(f"memory={memory!r} is no size. Write it like 2GB.")
    kind, _, master = text.partition(":")
    return EngineSpec(kind, text if master.startswith("//") else master or None, memory)


def read_engine(top: Section) -> EngineSpec:
    """Read `engine = "spark"` or `[engine]`; faults are added to those of the section.

    >>> read_engine(Section("coopgraph.toml", (), {"engine": "spark:local[2]"}, {}, []))
    EngineSpec(kind='spark', master='local[2]', memory=None)
    """
    if isinstance(top.table.get("engine"), str):
        return _spec(top, "engine", top.text("engine") or "") or EngineSpec()
    section = top.section("engine")
    kind, master = section.text("kind", "duckdb") or "duckdb", section.text("master")
    spec = _spec(section, "kind", kind) or EngineSpec()
    if master is not None and spec.kind != "spark":
        section.fault(("master",), "is for Spark alone.", 'Add kind = "spark", or take it out.')
    memory = read_size(section, "memory", None)
    section.close()
    return EngineSpec(spec.kind, master or spec.master, memory)


def read_size(section: Section, key: str, default: str | None) -> str | None:
    """Read a size like ``2GB``."""
    size = section.text(key, default)
    if size is not None and size_in_bytes(size) is None:
        section.fault((key,), f"has '{size}', expected a size like \"2GB\".")
        return default
    return size


def _spec(section: Section, key: str, text: str) -> EngineSpec | None:
    try:
        return engine_spec(text)
    except ConfigError:
        expected = '"duckdb", "spark", "spark://HOST:PORT" or "spark:" and another master'
        section.fault((key,), f"has '{text}', expected {expected}.")
        return None


def size_in_bytes(text: str) -> int | None:
    """Return a size in bytes; None where it is none.

    >>> size_in_bytes("2GB"), size_in_bytes("1.5 KiB"), size_in_bytes("lots")
    (2000000000, 1536, None)
    """
    size = _SIZE.fullmatch(text)
    if size is None:
        return None
    return int(float(size[1]) * (1024 if size[3] else 1000) ** " KMGT".index(size[2].upper() or " "))
