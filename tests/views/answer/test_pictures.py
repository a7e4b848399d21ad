"""Pictures of an answer: drawn where they are true, the one that says most first."""

from __future__ import annotations

import itertools

import pytest

from coopgraph.views.answer import Answer, Cell, Column
from coopgraph.views.answer.bars import MOST, bars_of
from coopgraph.views.answer.net import MOST as NODES
from coopgraph.views.answer.net import WIDTH, net_of
from coopgraph.views.answer.pictures import Pictures, pictures_of

PLACES = {"urn:quito": (-78.5, -0.2), "urn:lima": (-77.0, -12.0), "urn:lisbon": (-9.1, 38.7)}


def thing(name: str) -> Cell:
    return Cell(name.title(), "thing", None, f"urn:{name}", "city")


def count(n: int) -> Cell:
    return Cell(str(n), "number", n)


def answer(kinds: str, *rows: tuple[Cell, ...]) -> Answer:
    columns = tuple(Column(*one.split(":")) for one in kinds.split())
    return Answer(columns, rows)


COUNTED = answer(
    "city:thing actions:number",
    (thing("quito"), count(2)),
    (thing("lima"), count(8)),
    (thing("lisbon"), count(0)),
)
PAIRS = answer(
    "city:thing partner:thing",
    (thing("quito"), thing("lima")),
    (thing("quito"), thing("lisbon")),
    (thing("lima"), thing("rome")),
    (thing("rome"), thing("rome")),
)


def pictures(found: Answer, kind: str = "", column: str = "") -> Pictures:
    return pictures_of(found, PLACES, lambda: (), kind=kind, column=column)


def test_bars_are_as_long_as_their_numbers() -> None:
    bars = bars_of(COUNTED)
    assert bars is not None
    assert [(bar.what[0].text, bar.share) for bar in bars.bars] == [
        ("Lima", 1.0),
        ("Quito", 0.25),
        ("Lisbon", 0.0),
    ]


def test_bars_in_time_stay_in_time() -> None:
    years = answer("year:date n:number", *((Cell(str(2000 + i), "date"), count(i * 7 % 5)) for i in range(5)))
    bars = bars_of(years)
    assert bars is not None and [bar.what[0].text for bar in bars.bars] == [str(2000 + i) for i in range(5)]


@pytest.mark.parametrize(
    "untrue",
    [
        answer(
            "city:thing n:number", (thing("quito"), count(1)), (thing("quito"), count(2))
        ),  # one thing twice
        answer("city:thing n:number", (thing("quito"), count(1)), (thing("lima"), count(-2))),
        answer("city:thing n:number", (thing("quito"), count(0)), (thing("lima"), count(0))),
        answer("city:thing n:number", (thing("quito"), count(3))),
        answer("n:number m:number", (count(1), count(2)), (count(2), count(3))),
        answer(
            "kind:text currency:text total:number",
            (Cell("planned", "text"), Cell("EUR", "text"), count(5)),
            (Cell("granted", "text"), Cell("USD", "text"), count(7)),
        ),
    ],
)
def test_bars_that_would_not_be_true_are_not_drawn(untrue: Answer) -> None:
    assert bars_of(untrue) is None
    assert "chart" not in pictures(untrue).kinds


def test_an_amount_is_said_with_its_currency_and_totals_come_first() -> None:
    eur = Cell("EUR", "text")
    sums = answer(
        "kind:text currency:text amounts:number total:number",
        (Cell("planned", "text"), eur, count(2), count(50)),
        (Cell("granted", "text"), eur, count(9), count(70)),
    )
    bars = bars_of(sums)
    assert bars is not None and bars.column == "total"
    assert [[cell.text for cell in bar.what] for bar in bars.bars] == [["granted", "EUR"], ["planned", "EUR"]]
    asked = bars_of(sums, "amounts")
    assert asked is not None and asked.column == "amounts"


def test_too_many_bars_are_counted() -> None:
    many = answer("city:thing n:number", *((thing(f"c{i}"), count(i)) for i in range(MOST + 5)))
    bars = bars_of(many)
    assert bars is not None and (len(bars.bars), bars.left_out) == (MOST, 5)
    assert pictures(many).kind == "table"


def test_a_graph_joins_the_things_of_a_row() -> None:
    net = net_of(PAIRS)
    assert net is not None
    joined = {(net.nodes[a].thing.text, net.nodes[b].thing.text) for a, b in net.links}
    assert joined == {("Quito", "Lima"), ("Quito", "Lisbon"), ("Lima", "Rome")}
    assert {node.thing.text: node.side for node in net.nodes} == {
        "Quito": 0,
        "Lima": 2,
        "Lisbon": 1,
        "Rome": 1,
    }
    assert all(0 < node.x < WIDTH and 0 < node.y < net.height for node in net.nodes)


def test_names_of_a_graph_do_not_cover_one_another() -> None:
    cells = [thing(f"a city with a long name {i}") for i in range(14)]
    net = net_of(answer("city:thing partner:thing", *itertools.combinations(cells, 2)))
    assert net is not None
    boxes = [
        (node.name[0], node.name[1] - 12, node.name[0] + 6.5 * len(node.thing.text), node.name[1])
        for node in net.nodes
        if node.name
    ]
    assert len(boxes) > 4
    for one, other in itertools.combinations(boxes, 2):
        apart = one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1]
        assert apart


def test_a_large_graph_keeps_the_best_joined_and_counts_the_rest() -> None:
    hub = thing("hub")
    net = net_of(answer("a:thing b:thing", *((hub, thing(f"leaf{i:03}")) for i in range(NODES + 10))))
    assert net is not None and (len(net.nodes), net.left_out) == (NODES, 11)
    assert hub in [node.thing for node in net.nodes]


@pytest.mark.parametrize(
    "found, kind, kinds",
    [
        (COUNTED, "chart", ("table", "chart", "map")),
        (PAIRS, "graph", ("table", "graph", "map")),
        (
            answer("city:thing", (thing("quito"),), (thing("lima"),), (thing("lisbon"),)),
            "map",
            ("table", "map"),
        ),
        (answer("n:number", (count(1),)), "table", ("table",)),
        (Answer((Column("city", "thing"),), ()), "table", ("table",)),
    ],
)
def test_the_picture_that_says_most_is_first(found: Answer, kind: str, kinds: tuple[str, ...]) -> None:
    shown = pictures(found)
    assert (shown.kind, shown.kinds) == (kind, kinds)


def test_another_picture_can_be_asked_for() -> None:
    assert pictures(COUNTED, "map").map is not None and pictures(COUNTED, "map").chart is None
    assert pictures(COUNTED, "graph").kind == "chart"  # there is none
    assert pictures(COUNTED, "'><script>", "nothing").chart == bars_of(COUNTED)
