"""Text as it is compared: without capitals and accents.

In: any text. Out: small letters without marks, one space between words.
Standard: Unicode NFKD and case folding (UAX 15, UAX 21).
"""

from __future__ import annotations

from typing import Final
from unicodedata import combining, normalize

# Letters that Unicode does not take apart, as people type them. Gazetteers have their names by these too:
# with another letter here, `FOLDING` in sources/places/folding.py goes up.
UNDIVIDED: Final = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ŧ": "t", "ı": "i",
}  # fmt: skip
_UNDIVIDED: Final = str.maketrans(UNDIVIDED)


def plain_letters(text: str) -> str:
    """Return a text without capitals, accents and double spaces.

    >>> plain_letters("  São  PAULO "), plain_letters("Łódź"), plain_letters("Nº 7")
    ('sao paulo', 'lodz', 'no 7')
    """
    text = text.casefold()
    if not text.isascii():
        apart = normalize("NFKD", text.translate(_UNDIVIDED))
        text = "".join(letter for letter in apart if not combining(letter)).casefold()
    return " ".join(text.split())
