"""Two graphs that differ, as plain sorted quads and as a release packs them.

In: sorted quads, how many lines there are for each that changes, a folder. Out: `before.nq`, `after.nq` and
`graph.nq.zst` of each in `before/` and `after/`. One line that changes goes, the next is stated once more by
another graph, the third by another graph instead.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pyarrow as pa


def changed(quads: Path, every: int) -> list[bytes]:
    """The quads after the changes, sorted."""
    lines: list[bytes] = []
    with quads.open("rb") as stream:
        for number, line in enumerate(stream):
            turn = number // every % 3 if number % every == 0 else None
            lines += [line] if turn in (None, 1) else []
            if turn in (1, 2):
                lines.append(line[: line.rindex(b" <")] + b" <https://example.org/graph/changed> .\n")
    return sorted(set(lines))


if __name__ == "__main__":
    given, step, folder = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    folder.mkdir(exist_ok=True)
    shutil.copyfile(given, folder / "before.nq")
    (folder / "after.nq").write_bytes(b"".join(changed(given, step)))
    for side in ("before", "after"):
        (folder / side).mkdir(exist_ok=True)
        with (
            (folder / f"{side}.nq").open("rb") as plain,
            pa.CompressedOutputStream(str(folder / side / "graph.nq.zst"), "zstd") as packed,
        ):
            shutil.copyfileobj(plain, packed, 1 << 20)
    print(json.dumps({"cpu": 0, "peak_mb": 0, "check": None}))
