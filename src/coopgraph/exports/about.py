"""What every file says of itself: title, the day of the data, sources, licence.

In: a release, and the title of what is seen. Out: an `About`, and its lines in a language.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from coopgraph.views.drawing import Source, clean, in_language
from coopgraph.views.names import title_of

_WORDS: Final = {
    "en": ("Title", "Data as of", "Release", "Data licence", "Source", "not stated"),
    "es": ("Título", "Datos a fecha de", "Versión", "Licencia de los datos", "Fuente", "no consta"),
    "pt": ("Título", "Dados à data de", "Versão", "Licença dos dados", "Fonte", "não consta"),
}


@dataclass(frozen=True)
class About:
    """What a file says of itself, in the reader's language."""

    title: str
    lang: str = "en"
    now: str = ""
    release: str = ""
    licence: str = ""
    sources: tuple[Source, ...] = ()


def about(release: Any, title: str, lang: str, sources: Iterable[Source]) -> About:
    """Return what a file of a release says of itself; `sources` are those its content rests on."""
    manifest = release.manifest
    licence = clean(manifest.workspace.get("licence") or "")
    order = sorted(set(sources), key=lambda source: (source.publisher, source.title, source.url))
    return About(clean(title, 300), lang, clean(release.now or ""), manifest.id, licence, tuple(order))


def lines(told: About) -> list[tuple[str, str]]:
    """Return what is said as pairs of a word and a text.

    >>> lines(About("Cities", now="2026-11-22"))[1:3]
    [('Data as of', '2026-11-22'), ('Data licence', 'not stated')]
    """
    title, now, release, licence, source, unknown = _WORDS[told.lang]
    found = [(title, told.title), (now, told.now or unknown)]
    found += [(release, told.release)] if told.release else []
    found += [(licence, told.licence or unknown)]
    return found + [(source, in_words(each)) for each in told.sources]


def in_words(source: Source) -> str:
    """Return a source in one line.

    >>> in_words(Source("A report", publisher="A city", date="2018"))
    'A report. A city. 2018'
    """
    return ". ".join(part for part in (source.title, source.publisher, source.date, source.url) if part)


def as_values(told: About) -> dict[str, Any]:
    """Return what is said as JSON values, for formats that hold them."""
    sources: list[Mapping[str, str]] = [dict(vars(source)) for source in told.sources]
    return {
        "title": told.title,
        "date": told.now,
        "release": told.release,
        "licence": told.licence,
        "sources": sources,
    }


def about_release(release: Any, lang: str, only: Collection[str] | None = None) -> About:
    """Return what a file of a whole release says of itself: its title, and its sources, or `only` those."""
    from coopgraph.views.gathered import source_of

    title = in_language(title_of(release.manifest.workspace), lang)
    rows = release.table("sources").to_pylist()
    chosen = (row for row in rows if only is None or row["source"] in only)
    return about(release, title, lang, map(source_of, chosen))
