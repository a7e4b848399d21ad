"""Stored queries: found, read, bound; a value never becomes syntax."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coopgraph.errors import QueryError
from coopgraph.rdf.lexer import resolved, tokens
from coopgraph.rdf.stored import QueryLibrary, StoredQuery, argument_term, parsed_query, plain_default
from coopgraph.rdf.terms import split_literal
from coopgraph.resources import bundled

PREFIXES = {"id": "https://example.org/id/"}
TEXT = """# title@en: Who is who?
# title@es: ¿Quién es quién?
# theme: people
# param: text string | A text
# param: who iri | Somebody
# param: number integer | A number
# param: amount decimal | An amount
# param: day date | A day
# param: year gYear | A year
# param: lang lang | A language
SELECT ?text ?who ?number ?amount ?day ?year ?lang WHERE {
  # VALUES ?text { "in a comment" }
  VALUES ?text { "default" }
  VALUES ?who { <https://example.org/id/city/madrid> }
  VALUES ?number { 1 } VALUES ?amount { 1.5 }
  VALUES ?day { "2017-05-31"^^<http://www.w3.org/2001/XMLSchema#date> }
  VALUES ?year { "2017"^^<http://www.w3.org/2001/XMLSchema#gYear> }
  VALUES ?lang { "en" }
}
"""


def query() -> StoredQuery:
    return parsed_query(TEXT, Path("who.rq"))


def answered(**arguments: str | int | float | date) -> dict[str, str]:
    found = ox.Store().query(query().bind(arguments, PREFIXES))
    assert isinstance(found, ox.QuerySolutions)
    rows = list(found)
    assert len(rows) == 1
    return {variable.value: str(rows[0][variable]) for variable in found.variables}


def test_headers() -> None:
    found = query()
    assert (found.title(), found.title("es"), found.title("pt")) == (
        "Who is who?",
        "¿Quién es quién?",
        "Who is who?",
    )
    assert found.theme == "people" and parsed_query("ASK {}").theme == ""
    assert [(p.name, p.kind, p.about) for p in found.parameters][:2] == [
        ("text", "string", "A text"),
        ("who", "iri", "Somebody"),
    ]
    assert plain_default(found.parameters[0]) == "default"
    assert plain_default(found.parameters[4]) == "2017-05-31"


def test_defaults_are_the_files_own() -> None:
    assert query().bind({}, PREFIXES) == TEXT


@given(st.text(st.characters(exclude_categories=["Cs"])))
@example('" } DROP ALL #')
@example("\\u0022 } SERVICE <http://example.org/> { #")
@example("\\\\u0022")
@example("\\\x07")
@example("\\U00000022")
@example("'''\"\"\"\n\r\\")
@example("\\")
def test_strings_stay_strings(text: str) -> None:
    found = ox.Store().query(query().bind({"text": text}, PREFIXES))
    assert isinstance(found, ox.QuerySolutions)
    assert [row["text"] for row in found] == [ox.Literal(text)]


@given(st.text(st.characters(exclude_categories=["Cs"])))
@example("\\u0022 } SERVICE <http://example.org/> { #")
@example("\\\\u0022")
@example("\\\x07")
def test_strings_stay_strings_where_escapes_are_resolved_first(text: str) -> None:
    """As SPARQL says, and as this engine does not: then a backslash and `u0022` must not become a quote."""
    (only,) = tokens(resolved(argument_term("string", text, {})))
    assert only.kind == "string"
    assert split_literal(only.text)[0] == text


@given(st.text())
def test_every_other_type_takes_its_own_alone(text: str) -> None:
    """Either the value is refused, or the query still has one row."""
    for name in ("who", "number", "amount", "day", "year", "lang"):
        try:
            bound = query().bind({name: text}, PREFIXES)
        except QueryError:
            continue
        found = ox.Store().query(bound)
        assert isinstance(found, ox.QuerySolutions)
        assert len(list(found)) == 1


def test_iris_in_full_short_or_by_their_last_part() -> None:
    for given_name in ("https://example.org/id/city/la-paz", "id:city/la-paz", "la-paz"):
        assert answered(who=given_name)["who"] == "<https://example.org/id/city/la-paz>"
    assert answered(who="são paulo")["who"] == "<https://example.org/id/city/s%C3%A3o%20paulo>"


def test_values_of_each_type() -> None:
    found = answered(number=7, amount="12.50", day=date(2019, 1, 2), year=2016, lang="pt-BR")
    assert found["number"] == '"7"^^<http://www.w3.org/2001/XMLSchema#integer>'
    assert found["amount"].startswith('"12.5')
    assert found["day"].startswith('"2019-01-02"')
    assert found["year"].startswith('"2016"')
    assert found["lang"] == '"pt-br"'


def test_wrong_arguments_are_told_all_at_once() -> None:
    wrong = {
        "who": "a b:c",
        "number": "7,5",
        "amount": "NaN",
        "day": "2017",
        "year": "17",
        "lang": "en us",
        "no": "1",
    }
    with pytest.raises(QueryError) as caught:
        query().bind(wrong, PREFIXES)
    faults = {str(fault).split("'")[1]: str(fault) for fault in caught.value.faults}
    assert set(faults) == set(wrong)
    assert "Give a date like 2017-05-31" in faults["day"]
    assert "'no' is no parameter of this query. It has: text, who, number" in faults["no"]
    assert not any("column" in said for said in faults.values())


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("# param: x", "is not `# param: name type"),
        ("# param: x thing | A", "has the type thing"),
        ("# param: x string | A", "needs exactly one `VALUES ?x"),
        ("# param: y string | A\nSELECT * { VALUES ?y { 1 } VALUES ?y { 2 } }", "needs exactly one"),
        ('# param: z string | A\nSELECT * { ?s ?p "VALUES ?z { 1 }" }', "needs exactly one"),
    ],
)
def test_headers_that_do_not_fit_are_refused(header: str, words: str) -> None:
    with pytest.raises(QueryError, match=words.replace("?", r"\?")):
        parsed_query(header, Path("wrong.rq"))


def test_names(tmp_path: Path) -> None:
    own, ours = tmp_path / "own", tmp_path / "ours"
    for folder, name in (
        (own, "cq-001-mine"),
        (ours, "cq-001-theirs"),
        (ours, "cq-002-money"),
        (ours, "cities"),
    ):
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.rq").write_text(f"# title@en: {name}\nASK {{}}", encoding="utf-8")
    library = QueryLibrary([[own / "cq-001-mine.rq"], ours])
    assert library.get("cq-002").name == library.get("money").name == "cq-002-money"
    assert library.get("cities").title() == "cities"
    assert library.names() == ["cities", "cq-001-mine", "cq-001-theirs", "cq-002-money"]
    assert "cq-001" not in library, "two have the number: it names neither"
    with pytest.raises(QueryError, match="Did you mean"):
        library.get("monney")


def test_an_earlier_folder_hides_a_later(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "who.rq").write_text(f"# title@en: {folder}\nASK {{}}", encoding="utf-8")
    assert QueryLibrary([tmp_path / "a", tmp_path / "b"]).get("who").title() == "a"


def test_every_bundled_query_is_read() -> None:
    library = QueryLibrary([bundled("ontology") / "queries"])
    titled = [found for found in library.queries() if found.titles]
    assert len(titled) >= 30
    assert all({"en", "es", "pt"} <= set(found.titles) for found in titled)
