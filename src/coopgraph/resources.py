"""Where the ontology, the gazetteer and the bundled workspace are: in the wheel, or beside `src/`.

`STARTER` is the folder of the starter workspace, which is in the package either way.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

_PACKAGE = Path(__file__).parent
STARTER: Final = _PACKAGE / "starter"


def bundled(name: str) -> Path:
    """Return the folder `ontology`, `data` or `gazetteer` that came with this coopgraph.

    >>> (bundled("ontology") / "coopgraph.ttl").is_file()
    True
    """
    packed = _PACKAGE / "bundled" / name
    return packed if packed.is_dir() else _PACKAGE.parents[1] / name
