"""The words of the interface: English in the code, Spanish and Portuguese in `locale/<language>/<room>.po`.

In: gettext catalogues, one for each room of the site. Out: a function that translates, and the words a page's
script needs. Numbers and dates are written as CLDR says. Standards: GNU gettext PO, Unicode CLDR (Babel).
"""

from __future__ import annotations

import gettext
import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

LOCALES: Final = {"en": "en_GB", "es": "es", "pt": "pt_PT"}  # how numbers and dates are written
FOLDER: Final = Path(__file__).parent / "locale"


@dataclass(frozen=True)
class Words:
    """The interface in one language.

    >>> words = words_in("es")
    >>> words("Language"), words.plural("{n} city", "{n} cities", 2)
    ('Idioma', '2 ciudades')
    """

    lang: str
    catalogue: gettext.NullTranslations

    def __call__(self, text: str, **values: Any) -> str:
        """Return the text in this language, with `{name}` replaced by values; numbers as they are written."""
        said = self.catalogue.gettext(text)
        return said.format(**self._written(values)) if values else said

    def plural(self, one: str, many: str, n: int, **values: Any) -> str:
        """Return the text for `n` things; `{n}` is the number."""
        return self.catalogue.ngettext(one, many, n).format(**self._written({"n": n, **values}))

    def _written(self, values: dict[str, Any]) -> dict[str, Any]:
        from coopgraph.web.numbers import number

        plain = (int, float)
        return {
            name: number(value, self.lang) if isinstance(value, plain) else value
            for name, value in values.items()
        }


@lru_cache(maxsize=8)
def words_in(lang: str) -> Words:
    """Return the interface in one of `LANGUAGE_NAMES`."""
    return Words(lang, _catalogue(lang))


@lru_cache(maxsize=64)
def script_words(lang: str, rooms: tuple[str, ...]) -> dict[str, str | list[str]]:
    """Return the translations of whole rooms, for the script of a page: a text, or its one and its many."""
    found: dict[str, str | list[str]] = {}
    for room in rooms if lang != "en" else ():
        for message in _read(FOLDER / lang / f"{room}.po"):
            if message.id and isinstance(message.id, tuple):
                found[message.id[0]] = list(message.string)
            elif message.id:
                found[str(message.id)] = str(message.string)
    return found


def _catalogue(lang: str) -> gettext.NullTranslations:
    if lang == "en":
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo

    merged: gettext.GNUTranslations | None = None
    for path in sorted((FOLDER / lang).glob("*.po")):
        compiled = io.BytesIO()
        write_mo(compiled, _read(path))
        one = gettext.GNUTranslations(io.BytesIO(compiled.getvalue()))
        if merged is not None:
            one.add_fallback(merged)
        merged = one
    return merged or gettext.NullTranslations()


def _read(path: Path) -> Any:
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)
