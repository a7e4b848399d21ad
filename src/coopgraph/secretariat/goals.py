"""The order and the numbers of goals and targets.

In: IRIs of the United Nations. Out: keys to sort by, and numbers as people write them.
"""

from __future__ import annotations

from coopgraph.namespaces import SDG


def goal_code(iri: str) -> str:
    """Return the number of a goal or target.

    >>> goal_code("http://metadata.un.org/sdg/11.3")
    '11.3'
    """
    return iri.removeprefix(SDG)


def goal_order(iri: str) -> tuple[bool, int, bool, str, str]:
    """Return what goals and targets are sorted by: 2 before 11, 11.3 before 11.a.

    >>> sorted(["11.a", "11", "2", "11.10", "11.3"], key=lambda code: goal_order(SDG + code))
    ['2', '11', '11.3', '11.10', '11.a']
    """
    goal, _, target = goal_code(iri).partition(".")
    known = goal.isdigit()
    return not known, int(goal) if known else 0, target.isalpha(), target.rjust(3), iri
