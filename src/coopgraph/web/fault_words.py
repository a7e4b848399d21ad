"""What is wrong with a query, in the reader's language: the common complaints of `rdf/complaint.py`.

In: the English text of a fault. Out: the same in words that `locale/` has, or None where it is no common one:
that is shown in English, and marked as English.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from coopgraph.web.words import Words


def _(text: str) -> str:
    """Mark a text to be translated when it is shown."""
    return text


_COMMON: Final = [  # the form of a text, and what is said; named parts are put in as they are
    (
        r"unexpected (?P<found>'.+?'); expected (?P<list>.+)\.",
        _("{found} is not expected here; expected: {list}."),
    ),
    (r"unexpected (?P<found>'.+?')\.", _("{found} is not expected here.")),
    (
        r"unexpected end of the query; expected (?P<list>.+)\.",
        _("The query ends too early; expected: {list}."),
    ),
    (r"unexpected end of the query\.", _("The query ends too early.")),
    (
        r"The prefix (?P<prefix>\S*:) is not declared\. Known: (?P<known>.*?)\. "
        r"Or say (?P<line>PREFIX .*) at the top\.",
        _("The prefix {prefix} is not declared. Known: {known}. Or write at the top: {line}"),
    ),
    (
        r"The text that begins here with (?P<quote>['\"]) is not closed\.",
        _("The text that begins here with {quote} is not closed."),
    ),
    (
        r"An IRI stands in angle brackets\. Write (?P<iri><.*>)\.",
        _("An IRI stands in angle brackets. Write {iri}."),
    ),
    (r"This is no valid IRI\.", _("This is no valid IRI.")),
    (
        r"SELECT names a variable that is neither in GROUP BY nor inside an aggregate such as .*\.",
        _("SELECT names a variable that is neither in GROUP BY nor inside an aggregate such as COUNT."),
    ),
]
_PARTS: Final = {
    "a variable": _("a variable"),
    "an IRI": _("an IRI"),
    "a text": _("a text"),
    "a number": _("a number"),
}
_PART: Final = re.compile(r"'[^']*'|a variable|an IRI|a text|a number|[A-Z]+(?: [A-Z]+)*")


def fault_in(text: str, say: Words) -> str | None:
    """Return a common fault in the reader's language; None where it is not a common one.

    >>> from coopgraph.web.words import words_in
    >>> fault_in("unexpected 'b'; expected a variable, ',' or an IRI.", words_in("es"))
    "No se esperaba 'b' aquí; se esperaba: una variable, ',', un IRI."
    """
    for form, said in _COMMON:
        found = re.fullmatch(form, text, re.DOTALL)
        if found:
            parts = found.groupdict()
            if "list" in parts:
                listed = _PART.findall(parts["list"])
                parts["list"] = ", ".join(say(_PARTS[part]) if part in _PARTS else part for part in listed)
            return say(said, **parts) if parts else say(said)
    return None
