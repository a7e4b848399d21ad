"""What stands at the foot of a plot: what the numbers rest on, how old they are, whose they are.

In: a Basis, and the Credits of a release. Out: sentences in one language, and numbers as it writes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coopgraph.views.drawing import clean
from coopgraph.views.strings import plot_strings, strings

if TYPE_CHECKING:
    from coopgraph.network.basis import Basis
    from coopgraph.views.from_release import Drawable

_NAMED = 2  # more sources than so many are counted, not named
_GROUPED = {"en": (",", "."), "es": ("\u202f", ","), "pt": ("\u202f", ",")}


@dataclass(frozen=True)
class Credits:
    """Whose data a plot shows.

    Attributes
    ----------
    title
        What the data are called.
    now, licence
        The day they speak of, and under which licence they are.
    sources
        The titles of their sources.
    """

    title: str = ""
    now: str = ""
    licence: str = ""
    sources: tuple[str, ...] = ()


def credits_of(release: Drawable, lang: str = "") -> Credits:
    """Return the credits of a release; its title in a language where it has one."""
    workspace = release.manifest.workspace
    rows = release.table("sources").to_pylist()
    return Credits(
        title=clean((workspace.get("titles") or {}).get(lang) or workspace.get("title") or ""),
        now=clean(release.now or ""),
        licence=clean(workspace.get("licence") or ""),
        sources=tuple(sorted(clean(row["title"] or row["source"]) for row in rows)),
    )


def foot(basis: Basis, credits: Credits, lang: str) -> tuple[str, ...]:
    """Return what must be said below any number drawn from flows, and whose it is."""
    return (*rests_on(basis, lang), " ".join(credited(credits, lang)))


def filled(text: str, values: Mapping[str, Any], lang: str) -> str:
    """Fill the blanks of a text, numbers as the language writes them.

    >>> filled("{count} of {name}", {"count": 1500, "name": "Quito"}, "en")
    '1,500 of Quito'
    """
    return text.format(
        **{
            name: value if isinstance(value, str) else number(value, lang, 0 if isinstance(value, int) else 3)
            for name, value in values.items()
        }
    )


def number(value: float, lang: str, digits: int = 3) -> str:
    """Return a number with at most so many decimals, as the language writes it.

    >>> number(1234.5, "en"), number(1234.5, "pt"), number(-0.25, "es", 2)
    ('1,234.5', '1\u202f234,5', '−0,25')
    """
    thousands, point = _GROUPED[lang]
    plain = f"{abs(value):,.{digits}f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    sign = "−" if value < 0 and plain.strip("0.") else ""
    return sign + plain.replace(",", "\0").replace(".", point).replace("\0", thousands)


def rests_on(basis: Basis, lang: str) -> list[str]:
    """Return what was selected, and what of it is not known or derived, as sentences."""
    words = strings()[lang]
    said = [
        filled(
            plot_strings()[lang]["note_hypothetical"],
            {"count": laid.events, "name": clean(laid.name)},
            lang,
        )
        for laid in basis.hypothetical
    ]
    if basis.filters:
        asked = "; ".join(f"{name} {value}" for name, value in basis.filters)
        said.append(filled(words["note_filters"], {"filters": asked}, lang))
    if basis.unknown_participations:
        unknown = {"touched": basis.unknown_participations, "total": basis.participations}
        said.append(filled(words[f"note_unknown_{basis.unknown}"], unknown, lang))
    if basis.yes_derived:
        derived = {"derived": basis.yes_derived, "yes": basis.yes_participations}
        said.append(filled(words["note_derived"], derived, lang))
    if basis.undated_left_out:
        said.append(filled(words["note_undated"], {"count": basis.undated_left_out}, lang))
    return said


def credited(credits: Credits, lang: str) -> list[str]:
    words, said = plot_strings()[lang], []
    if credits.now:
        said.append(filled(words["note_now"], {"now": credits.now}, lang))
    if 0 < len(credits.sources) <= _NAMED:
        said.append(filled(words["note_source"], {"sources": "; ".join(credits.sources)}, lang))
    elif credits.sources:
        said.append(filled(words["note_sources"], {"count": len(credits.sources)}, lang))
    if credits.licence:
        said.append(filled(words["note_licence"], {"licence": credits.licence}, lang))
    return [*said, words["made"]]
