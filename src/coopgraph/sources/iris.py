"""What an absolute IRI is, as one pattern that Python and DuckDB read alike.

Standard: RFC 3987 (with the port and brackets of RFC 3986), and percent-encoding of templates as RML has it.
"""

from __future__ import annotations

import re
from typing import Final

_UCS: Final = (
    (0xA0, 0xD7FF), (0xF900, 0xFDCF), (0xFDF0, 0xFFEF), *((plane + 0, plane + 0xFFFD) for plane in
    range(0x10000, 0xE0000, 0x10000)), (0xE1000, 0xEFFFD),
)  # fmt: skip
_PRIVATE: Final = ((0xE000, 0xF8FF), (0xF0000, 0xFFFFD), (0x100000, 0x10FFFD))


def _ranges(ranges: tuple[tuple[int, int], ...], *, for_re2: bool) -> str:
    def code(number: int) -> str:
        return f"\\x{{{number:x}}}" if for_re2 else f"\\U{number:08X}"

    return "".join(f"{code(low)}-{code(high)}" for low, high in ranges)


def kept_characters(*, for_re2: bool) -> str:
    """The inside of a character class: what a template keeps (`unreserved` and `ucschar`)."""
    return r"A-Za-z0-9._~\-" + _ranges(_UCS, for_re2=for_re2)


def _iri_pattern(*, for_re2: bool) -> str:
    plain = kept_characters(for_re2=for_re2) + "!$&'()*+,;="
    octet = "%[0-9A-Fa-f][0-9A-Fa-f]"
    path = f"(?:[{plain}:@/]|{octet})*"
    first = f"(?:[{plain}:@]|{octet})"
    authority = f"(?:(?:[{plain}:]|{octet})*@)?(?:\\[[0-9A-Fa-f:.]+\\]|(?:[{plain}]|{octet})*)(?::[0-9]*)?"
    hierarchy = f"(?://{authority}(?:/{path})?|/(?:{first}{path})?|{first}{path})"
    query = f"(?:\\?(?:[{plain}:@/?{_ranges(_PRIVATE, for_re2=for_re2)}]|{octet})*)?"
    fragment = f"(?:#(?:[{plain}:@/?]|{octet})*)?"
    return f"[A-Za-z][A-Za-z0-9+.-]*:{hierarchy}{query}{fragment}"


IRI_RE2: Final = _iri_pattern(for_re2=True)
_IRI: Final = re.compile(_iri_pattern(for_re2=False))


def is_absolute_iri(text: str) -> bool:
    """Tell whether a text is an absolute IRI with something after its scheme.

    >>> is_absolute_iri("https://example.org/São%20Paulo"), is_absolute_iri("example.org/a")
    (True, False)
    """
    return _IRI.fullmatch(text) is not None
