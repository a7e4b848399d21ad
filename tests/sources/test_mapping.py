"""Mapping files: what each form means, and the sentence for what is not taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopgraph.errors import MappingError
from coopgraph.namespaces import COOP, RDF, SKOS, XSD, workspace_prefixes
from coopgraph.sources.mapping import SourceMapping, load_mapping
from coopgraph.sources.terms import Reference, Term

PREFIXES = workspace_prefixes("https://example.org/")
START = "mappings:\n  city:\n    s: id:city/$(id)\n    po:\n"


def load(folder: Path, text: str) -> SourceMapping:
    path = folder / "m.yml"
    path.write_text(text, encoding="utf-8")
    return load_mapping(path, PREFIXES)


def sentences(folder: Path, text: str) -> list[str]:
    with pytest.raises(MappingError) as caught:
        load(folder, text)
    return [str(fault) for fault in caught.value.faults]


def term(folder: Path, po: str) -> tuple[str, Term]:
    (made,) = load(folder, f"{START}      - {po}\n").maps[0].predicate_objects
    return made.predicate, made.object


@pytest.mark.parametrize(
    ("po", "predicate", "expected"),
    [
        ("[a, coop:City]", f"{RDF}type", Term("iri", (f"{COOP}City",))),
        ("[skos:prefLabel, $(name)]", f"{SKOS}prefLabel", Term("literal", (Reference("name"),))),
        (
            "[skos:prefLabel, $(name), pt-BR~lang]",
            f"{SKOS}prefLabel",
            Term("literal", (Reference("name"),), language="pt-br"),
        ),
        ("[coop:x, $(n), xsd:string]", f"{COOP}x", Term("literal", (Reference("n"),))),
        ("[coop:x, $(n), xsd:date]", f"{COOP}x", Term("literal", (Reference("n"),), datatype=f"{XSD}date")),
        ("[coop:x, $(url)~iri]", f"{COOP}x", Term("iri", (Reference("url"),))),
        (
            "[coop:x, 'urn:x:$(a b)/$(c\\)d)~iri']",
            f"{COOP}x",
            Term("iri", ("urn:x:", Reference("a b"), "/", Reference("c)d"))),
        ),
        ("[https://example.org/p, 2016]", "https://example.org/p", Term("literal", ("2016",))),
        ("{p: coop:x, o: {value: coop:y, type: iri}}", f"{COOP}x", Term("iri", (f"{COOP}y",))),
        ("{p: coop:x, o: {value: coop:y, type: literal}}", f"{COOP}x", Term("literal", ("coop:y",))),
        (
            "{p: coop:x, o: {value: $(y), language: es}}",
            f"{COOP}x",
            Term("literal", (Reference("y"),), None, "es"),
        ),
        ("{p: coop:x, o: $(y)}", f"{COOP}x", Term("literal", (Reference("y"),))),
        ('[coop:x, "note: $(y)"]', f"{COOP}x", Term("literal", ("note: ", Reference("y")))),
    ],
)
def test_terms(tmp_path: Path, po: str, predicate: str, expected: Term) -> None:
    assert term(tmp_path, po) == (predicate, expected)


def test_lists_of_predicates_and_objects_are_all_their_pairs(tmp_path: Path) -> None:
    made = load(tmp_path, START + "      - [[skos:prefLabel, skos:altLabel], [$(a), $(b)]]\n").maps[0]
    assert [(po.predicate[-8:], po.object.columns) for po in made.predicate_objects] == [
        ("refLabel", ("a",)), ("refLabel", ("b",)), ("altLabel", ("a",)), ("altLabel", ("b",)),
    ]  # fmt: skip


def test_long_names_are_understood(tmp_path: Path) -> None:
    text = """
prefixes: {ex: "https://example.org/x/"}
mappings:
  city:
    subjects: ex:$(id)
    graph: graph:$(g)
    predicateobjects:
      - predicates: ex:p
        objects: $(o)
        condition: {function: idlab-fn:notEqual, parameters: [[str1, $(o)], [str2, NA]]}
"""
    made = load(tmp_path, text).maps[0]
    assert made.subject.template == ("https://example.org/x/", Reference("id"))
    assert made.graph and made.graph.template == ("https://example.org/graph/", Reference("g"))
    assert list(load(tmp_path, text).references()) == [("id", 5), ("g", 5), ("o", 8), ("o", 8)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["m.yml, line 1: has no 'mappings'. Write mappings: and below it a name."]),
        (
            "prefixes: {}\n",
            ["m.yml, line 1: has no 'mappings'. Write mappings: and below it a name, s: and po:."],
        ),
        (
            "mappings:\n  city:\n    s: id:$(id)\n    po: [\n",
            [
                "m.yml, line 5: is not YAML: did not find expected node content. "
                "Put a text with : # { } [ ] , & * or % at its start into quotes."
            ],
        ),
        (
            "mappings:\n  city:\n    subjekt: id:$(id)\n    sources: [[a.csv~csv]]\n    po:\n      "
            "- [a, coop:City]\n",
            [
                "m.yml, line 3: 'subjekt' is not a key known here. Did you mean 'subject'?",
                "m.yml, line 3: the mapping 'city' has no 's'. Add s: to it.",
                "m.yml, line 4: 'sources' is not taken. "
                "Name the file in coopgraph.toml: [sources.NAME] with path = and mapping =.",
            ],
        ),
        (
            START
            + "      - [skosx:prefLabel, $(a)]\n"
            + "      - [skos:prefLabel, $(a), xsd:integr]\n"
            + "      - [skos:prefLabel, coop:City]\n"
            + "      - [skos:prefLabel, $(a), NO]\n"
            + "      - [skos:prefLabel, $(a]\n"
            + "      - [skos:prefLabel]\n"
            + "      - [coop:$(a), $(b)]\n"
            + "      - [coop:x, city/$(b)~iri]\n"
            + "      - [coop:x, $(b)/x~iri]\n"
            + "      - [coop:x, $(b), x$(lang)~lang]\n"
            + "      - [coop:x, $(b)~iri, xsd:date]\n"
            + "      - [coop:x, ]\n",
            [
                "m.yml, line 5: 'skosx:prefLabel' has the unknown prefix 'skosx'. Did you mean 'skos'?",
                "m.yml, line 6: 'xsd:integr' is not a datatype taken here. Did you mean 'xsd:integer'?",
                "m.yml, line 7: 'coop:City' looks like an IRI and would become a text. "
                "Write coop:City~iri, or { value: ..., type: literal } when it is meant.",
                'm.yml, line 8: NO is read by YAML as false. Write "NO" in quotes.',
                "m.yml, line 9: '$(a' has a $( without its ). Write $(column); a ) in a name is written \\).",
                "m.yml, line 10: has 1 parts, expected 2 or 3. "
                "Write [predicate, object] or [predicate, object, datatype].",
                "m.yml, line 11: the predicate 'coop:$(a)' depends on a column. "
                "Write one line for each predicate.",
                "m.yml, line 12: 'city/$(b)' does not make an absolute IRI. Begin with a prefix, "
                "like id:city/.",
                "m.yml, line 13: '$(b)/x' begins with a column and goes on: it cannot be told to be an IRI. "
                "Begin with a prefix, or make the column hold whole IRIs.",
                "m.yml, line 14: 'x$(lang)' is not a language tag. "
                "Write one like en~lang, or a column alone, like $(language)~lang.",
                "m.yml, line 15: '$(b)~iri' is an IRI and cannot have the datatype or language 'xsd:date'.",
                "m.yml, line 16: has 1 parts, expected 2 or 3. "
                "Write [predicate, object] or [predicate, object, datatype].",
            ],
        ),
        (
            START + "      - &x [a, coop:City]\n      - *x\n",
            ["m.yml, line 6: uses the anchor 'x'. Write the value out."],
        ),
        (
            START + "      - [a, coop:City]\n  city:\n    s: id:x\n    po: []\n",
            ["m.yml, line 6: 'city' is there twice. Give one another name."],
        ),
        (
            START
            + "      - p: coop:x\n        o: $(a)\n        condition: {function: equals, parameters: []}\n",
            ["m.yml, line 7: 'equals' is not a condition taken here. Did you mean 'equal'?"],
        ),
        (
            START
            + "      - p: coop:x\n        o: $(a)\n"
            + "        condition: {function: equal, parameters: [[str1, $(a)], [value, b]]}\n",
            [
                "m.yml, line 7: 'equal' has the parameters str1, value. "
                "Write parameters: [[str1, $(column)], [str2, text]]."
            ],
        ),
        (
            START
            + "      - p: coop:x\n        o: $(a)\n"
            + "        condition: {function: equal, parameters: [[str1, $(a)], [str2, no]]}\n",
            ['m.yml, line 7: no is read by YAML as false. Write "no" in quotes.'],
        ),
        (
            START + "      - {p: coop:x, o: {value: $(a), datatype: xsd:date, language: en}}\n",
            ["m.yml, line 5: has a datatype and a language. A text with a language has no datatype."],
        ),
    ],
)
def test_what_is_not_taken_is_told_with_its_line(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert sentences(tmp_path, text) == expected
