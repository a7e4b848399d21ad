"""`manifest.json`: what a release is made of, how much it holds, and the digests that prove it.

In: what a build knows. Out: plain JSON, and a check of a release's files against it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from coopgraph.errors import Fault, StoreError

NAME: Final = "manifest.json"
LAYOUT: Final = 1
_BLOCK: Final = 4 << 20


@dataclass(frozen=True)
class Manifest:
    """All that is known of a release beside its data.

    `graph_sha256` is the digest of `graph.nq`, uncompressed; `quads` are its lines and `stored` what the
    store counts with the merged default graph. `files` maps each path to its size and SHA-256; `publish`
    fills it, and `id` and `built_at`.
    """

    graph_sha256: str
    quads: int
    stored: int
    now: str | None = None
    versions: Mapping[str, str] = field(default_factory=dict)  # coopgraph, ontology
    workspace: Mapping[str, Any] = field(
        default_factory=dict
    )  # title, titles, base, languages, licence, limits, queries
    inputs: Sequence[Mapping[str, Any]] = ()
    counts: Mapping[str, Any] = field(default_factory=dict)  # graphs, classes, merged participations
    validation: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    id: str = ""
    built_at: str = ""
    layout: int = LAYOUT

    def write(self, directory: Path) -> None:
        """Write it, keys sorted, into the folder of the release."""
        text = json.dumps(asdict(self), indent=1, sort_keys=True, ensure_ascii=False)
        (directory / NAME).write_text(text + "\n", encoding="utf-8", newline="\n")


def read_manifest(directory: Path) -> Manifest:
    """Read the manifest of a release, or say that this is none."""
    path = directory / NAME
    try:
        return Manifest(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise StoreError(f"{directory} is not a release: it has no {NAME}. Build again.") from None
    except (OSError, ValueError, TypeError) as error:
        raise StoreError(f"{path} is damaged: {error}. Build again, or roll back.") from error


def release_id(manifest: Manifest, files: Mapping[str, Mapping[str, Any]]) -> str:
    """The id of a release: 16 hex digits over the digests of its graph and its tables.

    >>> release_id(Manifest("ab", 1, 2), {"tables/cities.parquet": {"sha256": "cd"}})
    '4dd90c8679c52759'
    """
    lines = [f"graph.nq {manifest.graph_sha256}\n"]
    lines += [f"{path} {files[path]['sha256']}\n" for path in sorted(files) if path.startswith("tables/")]
    return hashlib.sha256("".join(lines).encode()).hexdigest()[:16]


def files_of(directory: Path) -> dict[str, dict[str, Any]]:
    """Size and digest of every file of a release, by its path with forward slashes."""
    return {
        path.relative_to(directory).as_posix(): {"size": path.stat().st_size, "sha256": sha256(path)}
        for path in sorted(directory.rglob("*"))
        if path.is_file() and path.name != NAME
    }


def sha256(path: Path) -> str:
    """The digest of a file's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def check_files(directory: Path, manifest: Manifest, *, digests: bool) -> None:
    """Compare a release's files with its manifest: their sizes always, their digests if asked."""
    faults = []
    for name, expected in manifest.files.items():
        path = directory / name
        if not path.is_file():
            faults.append(Fault(name, None, None, "is missing."))
        elif path.stat().st_size != expected["size"]:
            what = f"has {path.stat().st_size} bytes instead of {expected['size']}."
            faults.append(Fault(name, None, None, what))
        elif digests and sha256(path) != expected["sha256"]:
            faults.append(Fault(name, None, None, "is not what was written: its digest differs."))
    if faults:
        what = f"The release {manifest.id} is damaged."
        raise StoreError(f"{what} Build again, or go back with `coopgraph release rollback`.", faults=faults)
