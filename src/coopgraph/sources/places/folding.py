"""Names of places reduced to what their writers mean: case, accents, hyphens and offices taken away.

In: a name as somebody wrote it. Out: its key (`folded`), or the readings to look up one after the other
(`readings`).
Standard: Unicode NFKD and case folding (UAX 15, UAX 21).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from unicodedata import combining, normalize

from coopgraph.letters import UNDIVIDED

FOLDING: Final = 1  # goes up when `folded` changes: a gazetteer made with another one must be made again

_LETTERS: Final = str.maketrans({**UNDIVIDED, "ə": "e", "ŋ": "n", **dict.fromkeys("'’‘ʼʻ`´ʹ′")})
_WORDS: Final = {
    "st": "saint",
    "ste": "sainte",
    "sankt": "saint",
    "sint": "saint",
    "sta": "santa",
    "sto": "santo",
}
_SPLIT: Final = re.compile(r"[^\w]+|_+")
_ACCENTS: Final = re.compile(f"[{''.join(c for c in map(chr, range(0x300, 0x370)) if combining(c))}]+")

# What stands before or after the name of a place where its office is meant, folded. Not here: what is another
# territory (district, county, province, agglomeration).
_BEFORE: Final = (
    "(?:the )?(?:municipality|city|town|commune|borough|capital city|metropolitan city) of",
    "(?:municipal council|city council|city hall|town hall|local government) of",
    "(?:excmo )?(?:ayuntamiento|municipio|municipalidad|alcaldia|alcaldia mayor)(?: d(?:e|el))?",
    "(?:ilustre municipalidad|intendencia|ajuntament|concello|distrito (?:metropolitano|especial)) d(?:e|el)",
    "gobierno autonomo descentralizado municipal d(?:e|el)",
    "(?:camara municipal|municipio|prefeitura municipal|prefeitura|cidade|concelho) d(?:e|o|a)",
    "(?:ville|mairie|commune|municipalite) d(?:e|u)",
    "comune(?: di)?|(?:citta|municipio) d(?:i|el)",
    "(?:freie und )?(?:hansestadt|landeshauptstadt|bundesstadt|universitatsstadt|kreisstadt)",
    "(?:stadt|gemeinde|stadtgemeinde|marktgemeinde|gemeente|stad|miasto|gmina|obec|mesto|grad|opcina|obcina)",
    "(?:primaria|municipiul|orasul|comuna|dimos|δημος|greater)",
)
_AFTER: Final = (
    "(?:city|town|borough|district) council",
    "council|(?:metropolitan )?municipality|city|town|metropolitan area|greater|d ?c|d ?f|d ?m",
    "kommune|kommuns?|stad|belediyesi|(?:varos|kozseg|nagykozseg) onkormanyzata",
    r"judetul \w+",
)
_OFFICE_BEFORE: Final = re.compile(f"^(?:{'|'.join(_BEFORE)}) (?=\\w)")
_OFFICE_AFTER: Final = re.compile(f"(?<=\\w) (?:{'|'.join(_AFTER)})$")
_BRACKETED: Final = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
_PARTS: Final = re.compile(r"\s*[/,;]\s*|\s+[-–—]\s+")


@dataclass(frozen=True)
class Reading:
    """One way to read a name: its key, what was said beside it (a country or region), whether it is the whole
    name, and whether it is one of several parts, which may be a list of places."""

    key: str
    beside: str = ""
    whole: bool = False
    part: bool = False


@lru_cache(maxsize=1 << 16)
def folded(name: str) -> str:
    """Return the key of a name: words of small letters and digits, without accents.

    >>> folded("Aix-en-Provence"), folded("AIX EN  PROVENCE"), folded("St. Pölten"), folded("L'Aquila")
    ('aix en provence', 'aix en provence', 'saint polten', 'laquila')
    >>> folded("Łódź"), folded("Λισαβώνα"), folded("Straße")
    ('lodz', 'λισαβωνα', 'strasse')
    """
    text = name.casefold()
    if not text.isascii():
        text = normalize("NFKD", text.translate(_LETTERS)).casefold()
        text = normalize("NFC", _ACCENTS.sub("", text)).translate(_LETTERS)
    text = text.replace("'", "").replace("`", "")
    return " ".join(_WORDS.get(word, word) for word in _SPLIT.split(text) if word)


def readings(name: str) -> tuple[Reading, ...]:
    """Return the ways to read a name, the plainest first, each key once.

    >>> [reading.key for reading in readings("Câmara Municipal de Lisboa")]
    ['camara municipal de lisboa', 'lisboa']
    >>> readings("Halle (Saale)")[1:]
    (Reading(key='halle', beside='saale', whole=False, part=False),)
    >>> [reading.key for reading in readings("Rochelle, La")]
    ['rochelle la', 'rochelle', 'la', 'la rochelle']
    >>> [reading.key for reading in readings("Donostia / San Sebastián") if reading.part]
    ['donostia', 'san sebastian']
    """
    found: dict[str, Reading] = {}
    for number, (text, beside, part) in enumerate(_texts(name)):
        key, said = folded(text), folded(beside)
        for one in (key, _without_office(key)):
            if one:
                found.setdefault(one, Reading(one, said, whole=number == 0 and one == key, part=part))
    return tuple(found.values())


def _texts(name: str) -> Iterator[tuple[str, str, bool]]:
    """The texts a name may stand for, each with what stands beside it and whether it is one of several."""
    yield name, "", False
    plain, beside = name, ""
    if bracket := _BRACKETED.search(name):
        plain, beside = _BRACKETED.sub(" ", name), bracket[1]
        yield plain, beside, False
    parts = [part for part in _PARTS.split(plain) if part.strip()]
    if len(parts) > 1:
        for number, part in enumerate(parts):
            yield part, beside or (parts[1] if number == 0 and "," in plain else ""), True
    if "," in plain and len(parts) == 2:
        yield f"{parts[1]} {parts[0]}", beside, False


def _without_office(key: str) -> str:
    """A key without the words for the office that runs the place."""
    bare = _OFFICE_AFTER.sub("", _OFFICE_BEFORE.sub("", key))
    return bare if len(bare) > 1 else key
