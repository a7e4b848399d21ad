"""What is said of an answer beside its rows: the limits it stayed within, and that it was cut.

In: an answer and its limits. Out: headers, and for formats that have a place for it, words inside.
"""

from __future__ import annotations

from typing import Final

from coopgraph.rdf.client import Answer
from coopgraph.rdf.limits import Limits

TRUNCATED: Final = "Coopgraph-Truncated"
LIMITS: Final = "Coopgraph-Limits"
RELEASE: Final = "Coopgraph-Release"
NOTE: Final = "Coopgraph-Note"
EXPOSED: Final = f"{TRUNCATED}, {LIMITS}, {RELEASE}, {NOTE}, Retry-After"


def limits_told(limits: Limits) -> str:
    """The limits as a header.

    >>> limits_told(Limits(seconds=60, memory=2_000_000_000, rows=1000, size=1000000))
    'seconds=60, memory=2000000000, rows=1000, bytes=1000000'
    """
    return f"seconds={limits.seconds:g}, memory={limits.memory}, rows={limits.rows}, bytes={limits.size}"


def cut_words(answer: Answer, limits: Limits) -> str:
    """Say that an answer was cut, and what to do.

    >>> cut_words(Answer("bindings", (), b"", "rows"), Limits(rows=1000))
    'The answer was cut: it has more than 1,000 rows, the most given here. Ask for less, or in parts.'
    """
    if answer.truncated == "store":
        return "The answer was cut: the remote store gives no more rows at a time. Ask for less, or in parts."
    what = "rows" if answer.kind == "bindings" else "statements"
    most = f"{limits.rows:,} {what}" if answer.truncated == "rows" else f"{limits.size:,} bytes"
    return f"The answer was cut: it has more than {most}, the most given here. Ask for less, or in parts."


def flagged(body: bytes, form: str, words: str, link: str) -> bytes:
    """Write into a body that it was cut: `link` in a head of results, a comment in XML, Turtle, N-Triples.

    CSV, TSV and JSON-LD have no place for it; there the header stands alone.

    >>> flagged(b'{"head":{"vars":[]},"results":{"bindings":[]}}', "json", "Cut.", "https://example.org/")
    b'{"head":{"link":["https://example.org/"],"vars":[]},"results":{"bindings":[]}}'
    """
    if form == "json":
        return body.replace(b'"head":{', b'"head":{"link":["%b"],' % link.encode(), 1)
    if form == "xml":
        body = body.replace(b"</head>", b'<link href="%b"/></head>' % link.encode(), 1)
    if form in ("xml", "rdf"):
        return body.replace(b"?>", b"?><!-- %b -->" % words.encode(), 1)
    if form in ("ttl", "nt"):
        return b"# %b\n%b" % (words.encode(), body)
    return body
