"""What IATI 1.0x writes as words or letters, as the codes of 2.0x.

In: a code as a file states it. Out: the code of version 2, or the text itself, trimmed.
Standard: IATI upgrade 1.05 to 2.01, https://iatistandard.org/en/iati-standard/upgrades/.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

ROLES: Final = {"funding": "1", "accountable": "2", "extending": "3", "implementing": "4"}
DATES: Final = {"start-planned": "1", "start-actual": "2", "end-planned": "3", "end-actual": "4"}
TRANSACTIONS: Final = {
    "if": "1",
    "c": "2",
    "d": "3",
    "e": "4",
    "ir": "5",
    "lr": "6",
    "r": "7",
    "qp": "8",
    "qs": "9",
    "cg": "10",
}
RELATIONS: Final = {"parent": "1", "child": "2", "sibling": "3"}
BUDGETS: Final = {"original": "1", "revised": "2"}
VOCABULARIES: Final = {
    "dac": "1",
    "dac-3": "2",
    "cofog": "3",
    "nace": "4",
    "ntee": "5",
    "adt": "6",
    "ro": "99",
    "ro2": "98",
}
ORGANISATIONS: Final = {
    "government": "10",
    "local government": "11",
    "other public sector": "15",
    "international ngo": "21",
    "national ngo": "22",
    "regional ngo": "23",
    "public private partnership": "30",
    "multilateral": "40",
    "foundation": "60",
    "private sector": "70",
    "academic, training and research": "80",
    "other": "90",
}


def code(text: str | None, words: Mapping[str, str]) -> str:
    """Return the code of version 2 for what a file states.

    >>> code("Implementing", ROLES), code(" 4 ", ROLES), code(None, ROLES)
    ('4', '4', '')
    """
    if not text:
        return ""
    if text.isdigit():
        return text
    text = text.strip()
    return words.get(text.casefold(), text)
