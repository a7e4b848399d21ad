"""Mutants of a file: what goes wrong with files on their way, made the same each time.

In: a file's bytes and a number. Out: bytes that were truncated, garbled, bombed or otherwise spoilt, and what
was done to them.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Final

Mutation = Callable[[bytes, random.Random], bytes]


def mutant(content: bytes, number: int) -> tuple[str, bytes]:
    """Return the mutant of a number: what was done to the file, and the file."""
    chosen = random.Random(number)
    name = NAMES[number % len(NAMES)]
    spoilt = MUTATIONS[name](content, chosen)
    if chosen.random() < 0.25:  # now and then two things at once
        second = chosen.choice(NAMES)
        return f"{name}, then {second}", MUTATIONS[second](spoilt, chosen)
    return name, spoilt


def _truncated(content: bytes, chosen: random.Random) -> bytes:
    return content[: chosen.randrange(len(content) + 1)]


def _flipped(content: bytes, chosen: random.Random) -> bytes:
    spoilt = bytearray(content)
    for _ in range(min(len(spoilt), 1 + len(spoilt) // 500)):
        spoilt[chosen.randrange(len(spoilt))] = chosen.randrange(256)
    return bytes(spoilt)


def _other_encoding(content: bytes, chosen: random.Random) -> bytes:
    text = content.decode("utf-8", "replace")
    return text.encode(chosen.choice(["utf-16", "utf-16-le", "latin-1", "cp1252", "utf-32"]), "replace")


def _lines_shuffled(content: bytes, chosen: random.Random) -> bytes:
    lines = content.splitlines(keepends=True)
    chosen.shuffle(lines)
    return b"".join(lines)


def _lines_repeated(content: bytes, chosen: random.Random) -> bytes:
    lines = content.splitlines(keepends=True)
    return b"".join(lines + [chosen.choice(lines) for _ in range(min(20, len(lines)))])


def _columns_swapped(content: bytes, chosen: random.Random) -> bytes:
    mark = max((b",", b";", b"\t"), key=content.count)
    lines = [line.split(mark) for line in content.split(b"\n")]
    for cells in lines:
        if len(cells) > 1:
            one, other = chosen.sample(range(len(cells)), 2)
            cells[one], cells[other] = cells[other], cells[one]
    return b"\n".join(mark.join(cells) for cells in lines)


def _huge_cell(content: bytes, chosen: random.Random) -> bytes:
    place = chosen.randrange(len(content) + 1)
    return content[:place] + chosen.choice([b"x", b"1", b" ", b'"']) * 2_000_000 + content[place:]


def _controls(content: bytes, chosen: random.Random) -> bytes:
    place = chosen.randrange(len(content) + 1)
    spoilt = chosen.choice([b"\0", b"\x01\x02\x1b[2J", "\u202e\u200b\ufeff".encode(), b"\r\r\n", b"\x85"])
    return content[:place] + spoilt + content[place:]


def _formula(content: bytes, chosen: random.Random) -> bytes:
    return _in_place_of_a_word(content, b'=HYPERLINK("http://127.0.0.1:9/","x")', chosen)


def _markup(content: bytes, chosen: random.Random) -> bytes:
    return _in_place_of_a_word(content, b'"><script>alert(1)</script><!--', chosen)


def _in_place_of_a_word(content: bytes, word: bytes, chosen: random.Random) -> bytes:
    words = content.split(b" ")
    words[chosen.randrange(len(words))] = word
    return b" ".join(words)


def _bracketed(content: bytes, chosen: random.Random) -> bytes:
    place = chosen.randrange(len(content) + 1)
    return content[:place] + chosen.choice([b"[", b"{", b"<a>", b"("]) * 50_000 + content[place:]


def _doctype(content: bytes, chosen: random.Random) -> bytes:
    bomb = b'<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    head, mark, rest = content.partition(b"?>")
    return head + mark + bomb + rest if mark else bomb + content


def _zipped(content: bytes, chosen: random.Random) -> bytes:
    return chosen.choice([b"PK\x03\x04", b"\x1f\x8b\x08\x00", b"\x28\xb5\x2f\xfd", b"PAR1"]) + content


def _emptied(content: bytes, chosen: random.Random) -> bytes:
    return chosen.choice([b"", b"\n", b"\xef\xbb\xbf", b" \n \n", b"\0" * 4096])


def _numbers_spoilt(content: bytes, chosen: random.Random) -> bytes:
    spoilt = bytearray(content)
    places = [i for i, byte in enumerate(spoilt) if 48 <= byte <= 57]
    for place in chosen.sample(places, min(len(places), 30)):
        spoilt[place] = chosen.choice(b"lO,.-eE%")
    return bytes(spoilt)


MUTATIONS: Final[dict[str, Mutation]] = {
    "truncated": _truncated,
    "bytes flipped": _flipped,
    "other encoding": _other_encoding,
    "lines shuffled": _lines_shuffled,
    "lines repeated": _lines_repeated,
    "columns swapped": _columns_swapped,
    "huge cell": _huge_cell,
    "control characters": _controls,
    "formula": _formula,
    "markup": _markup,
    "brackets": _bracketed,
    "DTD with entities": _doctype,
    "another magic number": _zipped,
    "emptied": _emptied,
    "numbers spoilt": _numbers_spoilt,
}
NAMES: Final = tuple(MUTATIONS)
