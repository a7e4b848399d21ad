"""The official languages of countries, as Unicode's CLDR has them (through Babel).

In: ISO 3166-1 alpha-2. Out: language codes, and what each is called in itself.
"""

from __future__ import annotations

from functools import cache


@cache
def official_languages(country: str | None) -> frozenset[str]:
    """Return the languages that are official, in law or in fact, in the whole of a country.

    >>> sorted(official_languages("PY")), sorted(official_languages(None))
    (['es', 'gn'], [])
    """
    from babel.languages import get_official_languages

    return frozenset(get_official_languages(country, de_facto=True)) if country else frozenset()


def own_name(language: str) -> str:
    """Return what a language is called in itself; its code where CLDR does not say.

    >>> own_name("pt"), own_name("zz")
    ('português', 'zz')
    """
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language).get_language_name(language) or language
    except UnknownLocaleError:
        return language
