"""JSON: arrays of objects become records; what does not is told with its line."""

from __future__ import annotations

import json
from typing import Any

import pytest


def test_nested_objects_lists_and_exact_numbers(bench: Any) -> None:
    content = """[
  {"id": 1, "place": {"lat": -34.60, "long": 1e3}, "tags": ["a", "b"], "big": 12345678901234567890.10},

  {"id": "2", "tags": "c", "ok": true, "none": null, "empty": []}
]"""
    records = bench.read("a.json", content)
    assert bench.rows(records) == [
        {"id": "1", "place.lat": "-34.60", "place.long": "1e3", "tags": ["a", "b"],
        "big": "12345678901234567890.10",
         "ok": None, "none": None, "empty": None},
        {"id": "2", "place.lat": None, "place.long": None, "tags": ["c"], "big": None,
         "ok": "true", "none": None, "empty": None},
    ]  # fmt: skip
    assert records.lists == {"tags", "empty"}
    assert records.locate_all([1, 2]) == {1: ("a.json", 2), 2: ("a.json", 4)}


def test_items_are_found_by_their_path(bench: Any) -> None:
    content = json.dumps({"meta": {"items": [1]}, "data": {"items": [{"id": 1}, {"id": 2}]}}, indent=1)
    records = bench.read("a.json", content, records="$.data.items[*]")
    assert [row["id"] for row in bench.rows(records)] == ["1", "2"]
    assert records.locate(2)[1] == 12


def test_a_byte_order_mark_and_other_encodings(bench: Any) -> None:
    for encoding, declared in (("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("latin-1", "latin-1")):
        content = '[{"name": "Panamá"}]'.encode(encoding)
        assert bench.rows(bench.read(f"{encoding}.json", content, encoding=declared, name=encoding)) == [
            {"name": "Panamá"}
        ]


def test_lists_are_trimmed_and_composed(bench: Any) -> None:
    records = bench.read("a.json", json.dumps([{"l": [" x ", "", None, "Panama\u0301"]}]))
    assert bench.rows(records) == [{"l": ["x", "Panamá"]}]


@pytest.mark.parametrize(
    ("content", "settings", "sentences"),
    [
        ("", {}, ["a.json: is empty. Write an array of objects: [{...}, {...}]."]),
        (
            '{"items": []}',
            {},
            [
                "a.json, line 1: $[*] is an object, expected an array. "
                'Set records = "$.NAME[*]" for this source, NAME being the array\'s.'
            ],
        ),
        (
            '{"item": [], "more": 1}',
            {"records": "$.items[*]"},
            ["a.json, line 1: has no 'items'; it has item, more. Correct records = for this source."],
        ),
        (
            '[{"id": 1},\n{"id": }]',
            {},
            ["a.json, line 2: is not JSON: Expecting value (character 8)."],
        ),
        (
            '[{"id": 1}\n{"id": 2}]',
            {},
            ["a.json, line 2: is not JSON: a comma or ] is missing after an item."],
        ),
        (
            '[{"id": 1},\n]',
            {},
            ["a.json, line 2: is not JSON: there is a comma after the last item. Remove the comma."],
        ),
        (
            '[1,\n{"id": 2},\n["x"]]',
            {},
            [
                "a.json, line 1: the item is '1', expected an object. Write {...}.",
                "a.json, line 3: the item is an array, expected an object. Write {...}.",
            ],
        ),
        (
            '[{"id": 1},\n{"id": 2, "id": 3}]',
            {},
            ["a.json, line 2: an object has 'id' twice. Give one of them another name."],
        ),
        (
            '[{"a": {"b": 1}, "a.b": 2}]',
            {},
            ["a.json, line 1: an object has 'a.b' twice. Give one of them another name."],
        ),
        (
            '[{"n": NaN}]',
            {},
            ["a.json, line 1: has NaN, which is not a number JSON knows. Leave it out, or write null."],
        ),
        (
            '[{"id": 1,\n"parts": [{"x": 1}]}]',
            {},
            [
                "a.json, line 1: 'parts' is an array of objects or arrays. "
                'Read it as a source of its own, with records = "$.….parts[*]".'
            ],
        ),
        (
            b'[{"name": "caf\xe9"}]',
            {},
            [
                "a.json, line 1: byte 14 is 0xE9 ('é' in latin-1), which is not UTF-8. "
                'Set encoding = "latin-1", or save the file as UTF-8.'
            ],
        ),
    ],
)
def test_what_is_refused(bench: Any, content: bytes | str, settings: Any, sentences: list[str]) -> None:
    assert bench.refused("a.json", content, **settings) == sentences


def test_brackets_without_end_do_not_break_the_reader(bench: Any) -> None:
    (sentence,) = bench.refused("a.json", "[" + "[" * 100_000 + "]" * 100_000 + "]")
    assert sentence == "a.json, line 1: is nested too deeply. Flatten it."


def test_an_empty_array_has_no_columns(bench: Any) -> None:
    assert bench.refused("a.json", "[]") == ["a.json: has no items, so it has no columns."]
