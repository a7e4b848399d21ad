"""Things are counted, not rows: nobody is told of 215 agreements where there are 100."""

from __future__ import annotations

import pyarrow as pa

from coopgraph.release.counted import MEMBERS, things

MEMBER, ASSOCIATE = MEMBERS
OFFICE = MEMBER.replace("member", "co-presidency")


def test_things_not_rows() -> None:
    tables = {
        "participations": pa.table(
            {"event": ["a", "a", "a"], "city": ["x", "x", "y"], "currency": ["EUR", "USD", None]}
        ),
        "agreements": pa.table({"agreement": ["pact", "pact", "treaty"], "party": ["x", "y", "x"]}),
        "memberships": pa.table(
            {
                "membership": ["m1", "m2", "m3", "o1", "o1", "o2"],
                "role": pa.array([MEMBER, None, ASSOCIATE, OFFICE, OFFICE, OFFICE]),
            }
        ),
        "money": pa.table({"figure": ["f", "f"]}),
        "positions": pa.table({"node": ["x"]}),
    }
    assert things(tables) == {
        "participations": 2,
        "agreements": 2,
        "memberships": 3,
        "offices": 2,
        "amounts_of_money": 1,
    }


def test_of_nothing_there_are_none() -> None:
    empty = pa.table({"membership": pa.array([], pa.string()), "role": pa.array([], pa.string())})
    assert things({"memberships": empty}) == {"memberships": 0, "offices": 0}
