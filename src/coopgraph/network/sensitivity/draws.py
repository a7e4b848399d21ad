"""Which events a replicate keeps: a draw that any engine can repeat.

In: the IRIs of events, a seed, and replicates by number. Out: numbers in [0, 1), one per event and replicate;
an event is kept where its number is below `keep`. Hash: BLAKE2b (RFC 7693); generator: SplitMix64
(doi:10.1145/2714064.2660195).

A draw depends on the seed, the event's IRI and the replicate's number alone, so neither the order of events
nor what else is selected can change it:

1. key = the BLAKE2b digest of 8 bytes, read as a little-endian whole number, of the seed (8 bytes,
   little-endian) followed by the IRI in UTF-8;
2. draw r (from 0) is output r + 1 of SplitMix64 started at the key: z = key + (r + 1) * 0x9E3779B97F4A7C15,
   then z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9, z = (z ^ z >> 27) * 0x94D049BB133111EB, z = z ^ z >> 31, all
   modulo 2^64;
3. the number is the upper 53 bits of z over 2^53.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_STEP, _FIRST, _SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB


def keys(events: Iterable[str], seed: int) -> NDArray[np.uint64]:
    """Return the key of each event under a seed.

    >>> [f"{key:016x}" for key in keys(["https://example.org/id/action/visit"], 0).tolist()]
    ['971bb7e0f8a61d76']
    """
    import numpy as np

    start = seed.to_bytes(8, "little")
    digests = b"".join(blake2b(start + event.encode(), digest_size=8).digest() for event in events)
    return np.frombuffer(digests, dtype="<u8").astype(np.uint64)


def draws(keys: NDArray[np.uint64], first: int, last: int) -> NDArray[np.float64]:
    """Return a number in [0, 1) for each event (row) and replicate from `first` up to `last` (columns).

    >>> draws(keys(["https://example.org/id/action/visit"], 0), 0, 3).round(12).tolist()
    [[0.255485614326, 0.096863116949, 0.945490995961]]
    """
    import numpy as np

    steps = np.arange(first + 1, last + 1, dtype=np.uint64) * np.uint64(_STEP)
    return (mixed(keys[:, None] + steps) >> np.uint64(11)).astype(np.float64) * 2.0**-53


def mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return each number mixed as SplitMix64 mixes its state; different numbers stay different."""
    import numpy as np

    z = numbers ^ (numbers >> np.uint64(30))
    z *= np.uint64(_FIRST)
    z ^= z >> np.uint64(27)
    z *= np.uint64(_SECOND)
    z ^= z >> np.uint64(31)
    return z
