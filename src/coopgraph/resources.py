"""Where the ontology, the gazetteer and the bundled workspace are: in the wheel, or beside `src/`."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def bundled(name: str) -> Path:
    """Return the folder `ontology`, `data` or `gazetteer` that came with this coopgraph.

    >>> (bundled("ontology") / "coopgraph.ttl").is_file()
    True
    """
    packed = _PACKAGE / "bundled" / name
    return packed if packed.is_dir() else _PACKAGE.parents[1] / name
