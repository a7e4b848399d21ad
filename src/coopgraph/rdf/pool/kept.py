"""Answers that are kept, because those of an immutable release never change.

In: answers by their key. Out: the same again, as long as all of them fit into a budget of bytes; the one that
was asked for longest ago goes first.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable

from coopgraph.rdf.client import Answer

_OF_ONE = 8  # a single answer takes an eighth of the budget at most
_OVERHEAD = 1_000  # bytes of an entry beside its payload


class KeptAnswers:
    """A cache by bytes. Not safe for threads: the pool holds its lock.

    >>> kept = KeptAnswers(20_000)
    >>> kept.put("a", Answer("boolean", (), b"true")); kept.get("a").payload
    b'true'
    """

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self.size = 0

    def get(self, key: Hashable) -> Answer | None:
        """Return an answer and remember that it was asked for."""
        found = self._answers.get(key)
        if found is not None:
            self._answers.move_to_end(key)
        return found

    def put(self, key: Hashable, answer: Answer) -> None:
        """Keep an answer, unless it is so large that many others would have to go."""
        if _weight(answer) * _OF_ONE > self._budget or key in self._answers:
            return
        self._answers[key] = answer
        self.size += _weight(answer)
        while self.size > self._budget:
            _, gone = self._answers.popitem(last=False)
            self.size -= _weight(gone)


def _weight(answer: Answer) -> int:
    return len(answer.payload) + _OVERHEAD
