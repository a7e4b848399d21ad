"""What a shell is offered for a word that is begun: cities, stored questions, releases, formats, places.

In: the command line so far. Out: completions, within a few tenths of a second: files are looked at directly,
nothing is opened. Where there is no workspace or release nothing is offered, and nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from coopgraph.errors import CoopgraphError
from coopgraph.letters import plain_letters

Offer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def cities(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Offer the cities of the release in force, by the end of their IRI, found by that or by a label."""
    from coopgraph.release.locate import release_directory

    found: dict[str, str] = {}
    with suppress(CoopgraphError, OSError):
        path = release_directory(_workspace(context)) / "tables" / "cities.parquet"
        if path.is_file():
            import pyarrow.parquet as pq

            with pq.ParquetFile(path) as file:
                rows = file.read(columns=["city", "label_en", "label_es", "label_pt", "country"]).to_pylist()
            for iri, *labels, country in (row.values() for row in rows):
                slug = iri.rsplit("/", 1)[-1]
                if any(
                    plain_letters(name).startswith(plain_letters(begun)) for name in (slug, *labels) if name
                ):
                    found[slug] = f"{labels[0] or slug} ({country})" if country else labels[0] or slug
    return [CompletionItem(slug, help=found[slug]) for slug in sorted(found)]


def questions(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Offer the stored questions, the workspace's own among them."""
    from coopgraph.resources import bundled

    paths = [*(bundled("ontology") / "queries" / "competency").glob("*.rq"), *_own_queries(context)]
    titles = {path.stem: _title(path) for path in paths if path.stem.startswith(begun)}
    return [CompletionItem(name, help=titles[name]) for name in sorted(titles)]


def release_ids(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Offer the releases of the workspace."""
    return [CompletionItem(name) for name in _ids(context) if name.startswith(begun)]


def releases_or_folders(
    context: click.Context, parameter: click.Parameter, begun: str
) -> list[CompletionItem]:
    """Offer `current`, `previous`, the releases of the workspace, and folders."""
    words = [word for word in ("current", "previous", *_ids(context)) if word.startswith(begun)]
    return [*map(CompletionItem, words), CompletionItem(begun, type="dir")]


def formats(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Offer the formats of exports, those of plugins among them."""
    from coopgraph.exports.formats import formats as known

    return [
        CompletionItem(each.name, help=each.opens_in)
        for each in known().values()
        if each.name.startswith(begun)
    ]


def places(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Offer files and folders."""
    return [CompletionItem(begun, type="file")]


def _workspace(context: click.Context) -> Path:
    from coopgraph.release.locate import find_workspace

    given = context.params.get("workspace") or context.params.get("directory")
    return find_workspace(Path(given) if given else Path.cwd())


def _ids(context: click.Context) -> list[str]:
    from coopgraph.release.locate import releases

    with suppress(CoopgraphError, OSError):
        return sorted(path.name for path in releases(_workspace(context)).iterdir())
    return []


def _own_queries(context: click.Context) -> Iterator[Path]:
    """The query files that the workspace file names."""
    import tomllib

    from coopgraph.settings.workspace_file import FILE_NAME

    with suppress(CoopgraphError, OSError, ValueError):
        workspace = _workspace(context)
        settings = tomllib.loads((workspace / FILE_NAME).read_text(encoding="utf-8"))
        named = settings.get("workspace", {}).get("queries", [])
        for pattern in named if isinstance(named, list) else [named]:
            yield from workspace.glob(str(pattern))


def _title(path: Path) -> str:
    """The title in English, from the head of a stored question."""
    with suppress(OSError, UnicodeDecodeError), path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# title@en:"):
                return line.partition(":")[2].strip()
            if not line.startswith("#"):
                break
    return ""
