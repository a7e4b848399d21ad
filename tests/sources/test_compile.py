"""Mappings compiled to columns: the quads they make, and the cells they refuse."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coopgraph.columns.duck import connect
from coopgraph.errors import MappingError
from coopgraph.namespaces import COOP, PREFIXES, RDF, SKOS, XSD, workspace_prefixes
from coopgraph.sources.compile import column_of, map_records
from coopgraph.sources.mapping import load_mapping
from coopgraph.sources.read import read
from coopgraph.sources.source_spec import SourceSpec

BASE = "https://example.org/"
ID, FILE_GRAPH = f"{BASE}id/", f"<{BASE}graph/file/s>"
START = "mappings:\n  city:\n    s: id:city/$(id)\n    po:\n"


def test_the_whole_of_a_mapping(bench: Any) -> None:
    records = bench.read(
        "a.csv",
        'id,name,since,kinds,url,source\nla paz,"La ""Paz""\nBolivia",2017-05,a;b c,https://example.org/é,\n'
        "x/y,,,,,seed\n",
        separators={"kinds": ";"},
    )
    mapping = """
mappings:
  city:
    graphs: graph:$(source)
    s: id:city/$(id)
    po:
      - [a, coop:City]
      - [skos:prefLabel, $(name), es~lang]
      - [coop:since, $(since), dcterms:W3CDTF]
      - [coop:kind, concept:kind/$(kinds)~iri]
      - [coop:note, "$(name): $(since)"]
      - [coop:url, $(url)~iri]
"""
    assert bench.map(records, mapping) == []
    a, b = f"<{ID}city/la%20paz>", f"<{ID}city/x%2Fy>"
    assert bench.quads() == {
        (a, f"<{RDF}type>", f"<{COOP}City>", FILE_GRAPH),
        (a, f"<{SKOS}prefLabel>", '"La \\"Paz\\"\\nBolivia"@es', FILE_GRAPH),
        (a, f"<{COOP}since>", f'"2017-05"^^<{XSD}gYearMonth>', FILE_GRAPH),
        (a, f"<{COOP}kind>", f"<{PREFIXES['concept']}kind/a>", FILE_GRAPH),
        (a, f"<{COOP}kind>", f"<{PREFIXES['concept']}kind/b%20c>", FILE_GRAPH),
        (a, f"<{COOP}note>", '"La \\"Paz\\"\\nBolivia: 2017-05"', FILE_GRAPH),
        (a, f"<{COOP}url>", "<https://example.org/é>", FILE_GRAPH),
        (b, f"<{RDF}type>", f"<{COOP}City>", f"<{BASE}graph/seed>"),
    }
    origins = bench.connection.table("origins").order("record").fetchall()
    assert origins == [(a, "s", 1), (b, "s", 2)]


def test_the_language_of_a_text_may_come_from_a_column(bench: Any) -> None:
    """An empty cell gives a text without a language; one that is no tag is told, and makes no text."""
    records = bench.read("a.csv", "id,name,tag\n1,Pozos,ES\n2,Poços,pt-BR\n3,Wells,\n4,Puits,français\n")
    faults = bench.map(records, START + "      - [skos:prefLabel, $(name), $(tag)~lang]\n")
    assert [str(fault) for fault in faults] == [
        "a.csv, line 5: column 'tag' has 'français', expected a language like es or pt-BR."
    ]
    assert {(s[len(ID) + 6 : -1], o) for s, _, o, _ in bench.quads()} == {
        ("1", '"Pozos"@es'),
        ("2", '"Poços"@pt-br'),
        ("3", '"Wells"'),
    }


def test_a_list_in_the_subject_makes_one_subject_each(bench: Any) -> None:
    records = bench.read("a.csv", "id,n\na;b,1\n;,2\n", separators={"id": ";"})
    bench.map(records, START + "      - [coop:n, $(n)]\n      - [coop:id, $(id)]\n")
    assert {(s[-2], o) for s, _, o, _ in bench.quads()} == {
        ("a", '"1"'),
        ("a", '"a"'),
        ("b", '"1"'),
        ("b", '"b"'),
    }


def test_the_source_id_names_the_graph_of_rows_that_cite_none(bench: Any) -> None:
    records = bench.read("a.csv", "id,g\n1,\n2,other\n")
    text = START.replace("    s:", "    graphs: graph:$(g)\n    s:") + "      - [a, coop:City]\n"
    bench.map(records, text, source_id="seed")
    assert {g for *_, g in bench.quads()} == {f"<{BASE}graph/seed>", f"<{BASE}graph/other>"}


@pytest.mark.parametrize(
    ("condition", "kept"),
    [
        ("{function: equal, parameters: [[str1, $(k)], [str2, x]]}", "1"),
        ("{function: notEqual, parameters: [[str1, $(k)], [str2, x]]}", "23"),
        ("{function: equal, parameters: [[str1, $(k)], [str2, '']]}", "3"),
        ("{function: in, parameters: [[str1, $(k)], [list, [x, y]]]}", "12"),
        ("{function: notIn, parameters: [[str1, $(k)], [list, [x, z]]]}", "23"),
        ("{function: equal, parameters: [[str1, '$(k)-$(id)'], [str2, y-2]]}", "2"),
        (
            "{function: or, parameters: [{function: equal, parameters: [[str1, $(k)], [str2, x]]}, "
            "{function: equal, parameters: [[str1, $(id)], [str2, '3']]}]}",
            "13",
        ),
        (
            "{function: and, parameters: [[one, {function: notEqual, parameters: [[str1, $(k)], [str2, "
            "x]]}], "
            "[two, {function: equal, parameters: [[str1, $(id)], [str2, '3']]}]]}",
            "3",
        ),
    ],
)
def test_conditions_on_a_mapping_and_on_a_triple(bench: Any, condition: str, kept: str) -> None:
    records = bench.read("a.csv", "id,k\n1,x\n2,y\n3,\n")
    bench.map(
        records, START.replace("    po:", f"    condition: {condition}\n    po:") + "      - [a, coop:City]\n"
    )
    assert {s[-2] for s, *_ in bench.quads()} == set(kept)
    bench.connection.execute("DELETE FROM quads")
    bench.map(records, START + f"      - {{p: coop:x, o: $(id), condition: {condition}}}\n")
    assert {s[-2] for s, *_ in bench.quads()} == set(kept)


def test_a_cell_its_condition_leaves_out_is_not_checked(bench: Any) -> None:
    records = bench.read("a.csv", "id,k,n\n1,x,5\n2,y,many\n")
    condition = "{function: equal, parameters: [[str1, $(k)], [str2, x]]}"
    po = f"      - {{p: coop:x, o: {{value: $(n), datatype: xsd:integer}}, condition: {condition}}}\n"
    assert bench.map(records, START + po) == []
    assert len(bench.quads()) == 1
    mapping = START.replace("    po:", f"    condition: {condition}\n    po:")
    assert bench.map(records, mapping + "      - [coop:x, $(n), xsd:integer]\n") == []


def test_a_bad_cell_under_a_condition_makes_no_triple(bench: Any) -> None:
    records = bench.read("a.csv", "id,k,n,u\n1,x,many,no iri\n2,x,5,https://a.example\n")
    condition = "{function: equal, parameters: [[str1, $(k)], [str2, x]]}"
    text = f"      - {{p: coop:x, o: {{value: $(n), datatype: xsd:integer}}, condition: {condition}}}\n"
    text += f"      - {{p: coop:u, o: $(u)~iri, condition: {condition}}}\n"
    mapping = START.replace("    po:", f"    condition: {condition}\n    po:")
    for start in (START, mapping):
        assert len(bench.map(records, start + text)) == 2
        assert len(bench.quads()) == 2


def test_a_mapping_that_does_not_fit_its_columns_is_refused(bench: Any) -> None:
    records = bench.read("a.csv", "id,name,l,m\n1,a,x;y,z\n", separators={"l": ";", "m": ";"})
    with pytest.raises(MappingError) as caught:
        bench.map(
            records,
            START
            + "      - [skos:prefLabel, $(nmae)]\n"
            + '      - [coop:x, "$(l) $(m)"]\n'
            + "      - {p: coop:y, o: $(id), condition: "
            + "{function: equal, parameters: [[str1, $(l)], [str2, x]]}}\n",
        )
    assert [str(fault) for fault in caught.value.faults] == [
        "a.csv, line 1: has no column 'nmae', which mapping.yml uses in line 5 (it has 'name', which no "
        "mapping uses). Did you mean 'name'? Rename the column in the header, or change the mapping.",
        "mapping.yml, line 6: uses two lists in one triple: l and m. Take one of them into a mapping of "
        "its own.",
        "mapping.yml, line 7: has a condition on the list column 'l'. Conditions compare single texts.",
    ]


def test_a_decimal_comma_is_read_where_it_is_declared(bench: Any) -> None:
    po = "      - [coop:x, $(n), xsd:decimal]\n"
    records = bench.read("a.csv", 'id,n\n1,"-8,61"\n2,7\n3,1.5\n', decimals={"n": ","})
    (fault,) = bench.map(records, START + po)
    assert str(fault) == (
        "a.csv, line 4: column 'n' has '1.5', expected a number like 4759000 or 12,5. "
        'The column is declared with decimal = ",": write the number with a comma.'
    )
    assert {o for _, _, o, _ in bench.quads()} == {f'"-8.61"^^<{XSD}decimal>', f'"7"^^<{XSD}decimal>'}


def test_a_bad_cell_makes_no_triple_and_the_others_do(bench: Any) -> None:
    records = bench.read("a.csv", "id,when,url\n1,2017-02-30,https://a.example\n2,2017-02-28,a b\n3,,\n")
    faults = bench.map(
        records, START + "      - [coop:when, $(when), xsd:date]\n      - [coop:url, $(url)~iri]\n"
    )
    assert [str(fault) for fault in faults] == [
        "a.csv, line 2: column 'when' has '2017-02-30', expected a date like 2017-05-31. 2017-02 has 28 "
        "days.",
        "a.csv, line 3: column 'url' has 'a b', expected a whole IRI like https://example.org/page. "
        "It has a space in it: write %20, or put a second address into a row of its own.",
    ]
    assert {(s[-2], o) for s, _, o, _ in bench.quads()} == {
        ("1", "<https://a.example>"),
        ("2", f'"2017-02-28"^^<{XSD}date>'),
    }


def test_a_bad_item_of_a_list_is_told_alone(bench: Any) -> None:
    records = bench.read("a.csv", "id,years\n1,2016;20l7;2018\n", separators={"years": ";"})
    (fault,) = bench.map(records, START + "      - [coop:y, $(years), xsd:gYear]\n")
    assert str(fault) == "a.csv, line 2: column 'years' has '20l7', expected a year like 2017."
    assert len(bench.quads()) == 2


def test_at_most_a_thousand_faults_of_a_column_are_told_and_the_rest_counted(bench: Any) -> None:
    records = bench.read("a.csv", "id,n\n" + "".join(f"{n},x\n" for n in range(1_234)))
    faults = bench.map(records, START + "      - [coop:x, $(n), xsd:integer]\n")
    assert len(faults) == 1_001
    assert str(faults[-1]) == "a.csv: column 'n' has 234 more such cells."


def test_column_of_a_predicate_is_that_of_the_subjects_own_map(bench: Any) -> None:
    other = "  other:\n    s: id:other/$(a)\n    po:\n      - [coop:x, $(d)]\n"
    path = bench.write("m.yml", START + '      - [coop:x, "$(b) $(c)"]\n      - [a, coop:City]\n' + other)
    mapping = load_mapping(path, workspace_prefixes(BASE))
    assert column_of(mapping, f"{BASE}id/city/1", [f"{COOP}x"]) == "b"
    assert column_of(mapping, f"{BASE}id/other/1", [f"{COOP}x"]) == "d"
    assert column_of(mapping, f"{BASE}id/city/1", [f"{RDF}type"]) is None


HOSTILE = """
mappings:
  thing:
    graphs: graph:$(g)
    s: id:thing/$(a)/$(b)
    condition: {function: notEqual, parameters: [[str1, $(c)], [str2, skip]]}
    po:
      - [a, coop:Thing]
      - [coop:a, $(a)]
      - [coop:b, "<$(b)> \\"quoted\\" \\\\ $(c)", es~lang]
      - [coop:c, id:c/$(c)~iri]
      - [coop:l, $(l)]
      - [coop:li, "id:l/$(l)/$(a)~iri"]
      - p: coop:if
        o: $(b)
        condition: {function: in, parameters: [[str1, $(a)], [list, [a, "", "é"]]]}
  part:
    s: id:part/$(l)
    po:
      - [coop:of, id:thing/$(a)~iri]
"""
CELLS = st.one_of(
    st.sampled_from(
        ["", "a", "é", "skip", "a b", 'q"q', "back\\slash", "line\nline", "tab\tx", "'; DROP TABLE quads"]
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n\r"), max_size=6),
)
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS, st.lists(CELLS, max_size=3), CELLS), max_size=8)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_columns_and_plain_python_make_the_same_quads(
    rows: list[tuple[str, str, str, list[str], str]], tmp_path: Path
) -> None:
    ours, theirs = _both(rows, tmp_path)
    assert ours == theirs


def test_a_large_table_is_mapped_like_a_small_one(tmp_path: Path) -> None:
    """Above 5,000 rows columns are looked at before they are normalised."""
    chosen = random.Random(7)
    cells = ["", "a", "é ü", "skip", "a/b", 'q"q', "b\\s", "l\nl", " edge ", "e\u0301", "\ue000", "🏙"]
    rows = [
        (f"{n}", chosen.choice(cells), chosen.choice(cells), chosen.choices(cells, k=2), chosen.choice(cells))
        for n in range(6_000)
    ]
    ours, theirs = _both(rows, tmp_path)
    assert ours == theirs
    assert len(ours) > 20_000


def _both(
    rows: list[tuple[str, str, str, list[str], str]], folder: Path
) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    naive = _load_naive()
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(["a", "b", "c", "l", "g"])
    writer.writerows([a, b, c, "|".join(parts), g] for a, b, c, parts, g in rows)
    (folder / "a.csv").write_text(written.getvalue(), encoding="utf-8", newline="")
    (folder / "m.yml").write_text(HOSTILE, encoding="utf-8")
    mapping = load_mapping(folder / "m.yml", workspace_prefixes(BASE))
    spec = SourceSpec("s", (folder / "a.csv",), "csv", separators={"l": "|"})
    with connect(allow=[folder]) as connection:
        records = read(spec, connection)
        map_records(records, mapping, spec, BASE, connection)
        ours = set(connection.table("quads").fetchall())
        cells = [records.cell(name) for name in records.columns]
        read_rows = records.relation(connection).order("_record").project(*cells).fetchall()
    as_dicts = [dict(zip(records.columns, row, strict=True)) for row in read_rows]
    return ours, set(naive.naive_quads(as_dicts, mapping, f"{BASE}graph/file/s"))


def _load_naive() -> Any:
    from importlib.util import module_from_spec, spec_from_file_location

    found = spec_from_file_location("naive", Path(__file__).with_name("naive.py"))
    assert found and found.loader
    module = module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_reordered_rows_make_the_same_quads(tmp_path: Path) -> None:
    rows = [(f"{n}", "b", f"{n % 3}", ["x", f"{n % 5}"], "") for n in range(50)]
    shuffled = random.Random(1).sample(rows, len(rows))
    assert _both(rows, tmp_path)[0] == _both(shuffled, tmp_path)[0]
