"""Write `ontology/schemes/countries.ttl` from the Unicode CLDR.

In: the CLDR as Babel packs it (`pip install Babel`; not a dependency of coopgraph). Out: one coop:Country for each
ISO 3166-1 alpha-2 code, labelled in English, Spanish and Portuguese. Standard: SKOS.

    python ontology/build/countries.py > ontology/schemes/countries.ttl
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from babel import Locale
from babel.core import get_cldr_version

LANGUAGES = {"en": "en", "es": "es", "pt": "pt_PT"}
HEADER = """\
# Country names from the Unicode CLDR {version}, Copyright Unicode, Inc., used under the Unicode License v3 (SPDX:
# Unicode-3.0), whose text is in countries.LICENSE and goes with every copy. Codes: ISO 3166-1 alpha-2.
# Made by ontology/build/countries.py; change that, not this.

@prefix coop: <https://w3id.org/coopgraph/ns#> .
@prefix country: <https://w3id.org/coopgraph/country/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<https://w3id.org/coopgraph/country> a skos:ConceptScheme ;
  skos:prefLabel "Countries"@en, "Países"@es, "Países"@pt ;
  skos:definition "Countries and territories by their ISO 3166-1 alpha-2 code."@en,
    "Países y territorios por su código ISO 3166-1 alfa-2."@es,
    "Países e territórios pelo seu código ISO 3166-1 alfa-2."@pt ;
  dcterms:issued "2026-11-23"^^xsd:date ;
  dcterms:source <https://cldr.unicode.org/> ;
  dcterms:license <https://spdx.org/licenses/Unicode-3.0> ;
  owl:versionInfo "0.1.0" .
"""
COUNTRY = """
country:{code} a coop:Country ;
  skos:notation "{code}" ;
  skos:prefLabel {labels} ;
  skos:inScheme <https://w3id.org/coopgraph/country> ."""

# Codes the CLDR names that are not (or not officially) ISO 3166-1: reserved, user-assigned and groupings.
NOT_ISO = frozenset("AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ".split())


def iso_codes() -> list[str]:
    """Return the 249 codes of ISO 3166-1 alpha-2, sorted."""
    named = Locale.parse("en").territories
    return sorted(code for code in named if re.fullmatch("[A-Z]{2}", code) and code not in NOT_ISO)


def countries() -> Iterator[str]:
    """Yield one Turtle description for each country."""
    names = {language: Locale.parse(locale).territories for language, locale in LANGUAGES.items()}
    for code in iso_codes():
        labels = ", ".join(f'"{name[code]}"@{language}' for language, name in names.items())
        yield COUNTRY.format(code=code, labels=labels)


def main() -> None:
    """Write the whole file to standard output."""
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]  # it is a TextIOWrapper
    sys.stdout.write(HEADER.format(version=get_cldr_version()) + "\n".join(countries()) + "\n")


if __name__ == "__main__":
    main()
