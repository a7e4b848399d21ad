"""Which format an answer is written in.

In: an `Accept` header, a `format` parameter, the kind of an answer. Out: a format and the media type that
was asked for, or none. Standard: RFC 9110, section 12.5.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

ROWS: Final = {  # each format with its own media type first, then the names it also goes by
    "json": ("application/sparql-results+json", "application/json"),
    "xml": ("application/sparql-results+xml", "application/xml", "text/xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
}
TRIPLES: Final = {
    "ttl": ("text/turtle", "application/x-turtle"),
    "nt": ("application/n-triples", "text/plain"),
    "jsonld": ("application/ld+json", "application/json"),
    "rdf": ("application/rdf+xml", "application/xml", "text/xml"),
}
_NAMES: Final = {"turtle": "ttl", "ntriples": "nt", "n-triples": "nt", "json-ld": "jsonld"}


@dataclass(frozen=True)
class Chosen:
    """A format and the media type it is sent as."""

    form: str
    media_type: str

    @property
    def content_type(self) -> str:
        """The value of `Content-Type`; text says that it is UTF-8."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


def formats(word: str) -> dict[str, tuple[str, ...]]:
    """The formats for the answer to a query that begins with this keyword."""
    return TRIPLES if word in ("CONSTRUCT", "DESCRIBE") else ROWS


def choose(accept: str | None, wanted: str | None, known: dict[str, tuple[str, ...]]) -> Chosen | None:
    """Return the format that `wanted` names, else the one that `accept` likes best; None where none fits.

    >>> choose("text/csv;q=0.5, application/sparql-results+xml", None, ROWS)
    Chosen(form='xml', media_type='application/sparql-results+xml')
    >>> choose("text/*", None, TRIPLES).form, choose("image/png", None, ROWS), choose(None, "csv", ROWS).form
    ('ttl', None, 'csv')
    """
    named = _NAMES.get((wanted or "").lower(), (wanted or "").lower())
    if named in known:
        return Chosen(named, known[named][0])
    ranges = list(_ranges(accept or "*/*"))
    best: tuple[float, Chosen | None] = (0.0, None)
    for form, types in known.items():
        for at, media_type in enumerate(types):
            quality = _quality(media_type, ranges, other_name=at > 0)
            if quality > best[0]:
                best = quality, Chosen(form, media_type)
    return best[1]


def accepts_html(accept: str | None) -> bool:
    """Whether a browser asks: it names HTML, which no program that wants data does."""
    return any(range_ == "text/html" and quality > 0 for range_, quality in _ranges(accept or ""))


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    """Media ranges and their weights; a weight that is no number counts as 0."""
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if not name:
            continue
        weight = next((value[2:] for value in parameters if value.startswith("q=")), "1")
        try:
            quality = float(weight)
        except ValueError:
            quality = 0.0
        yield name, quality if 0 <= quality <= 1 else 0.0


def _quality(media_type: str, ranges: list[tuple[str, float]], *, other_name: bool) -> float:
    """The weight of a media type: that of the most exact range; its other names only where they are named."""
    wide = (media_type,) if other_name else (media_type, f"{media_type.partition('/')[0]}/*", "*/*")
    for pattern in wide:
        found = [quality for range_, quality in ranges if range_ == pattern]
        if found:
            return max(found)
    return 0.0
