"""RDF files by a CONSTRUCT mapping: our terms come out, each led back to its file; the rest is refused."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

import coopgraph as cg
from coopgraph.errors import ConfigError, CoopgraphError, MappingError, RdfSyntaxError

PLACES = """@prefix s: <https://schema.org/> .
<https://example.org/p/1> a s:City ; s:name "Lisboa"@pt ; s:containedInPlace "PT" .
<https://example.org/p/2> a s:City ; s:name "Madrid"@es ; s:containedInPlace "ES" .
"""
MORE = """<https://example.org/p/2> <https://schema.org/alternateName> "Villa y Corte"@es .
<https://example.org/p/3> a <https://schema.org/City> ; <https://schema.org/name> "Quito" ;
  <https://schema.org/containedInPlace> "EC" ; <https://schema.org/alternateName> "San Francisco de Quito" .
"""
MAPPING = """PREFIX s: <https://schema.org/>
CONSTRUCT {
  ?city a coop:City ; skos:prefLabel ?name ; coop:country ?country ;
    skos:altLabel ?other ; skos:exactMatch ?place .
}
WHERE {
  ?place a s:City ; s:name ?name ; s:containedInPlace ?code .
  BIND (IRI(CONCAT(STR(id:), "city/place-", REPLACE(STR(?place), "^.*/", ""))) AS ?city)
  BIND (IRI(CONCAT(STR(country:), ?code)) AS ?country)
  OPTIONAL { ?place s:alternateName ?other }
}
"""


def workspace(folder: Path, mapping: str = MAPPING, more: str = "", **files: Any) -> Path:
    (folder / "map.rq").write_text(mapping, encoding="utf-8")
    for name, content in files.items():
        path = folder / name.replace("_", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    named = ", ".join(f'"{name.replace("_", ".")}"' for name in files)
    (folder / "coopgraph.toml").write_text(
        '[workspace]\ntitle = "T"\nbase = "https://example.org/"\n'
        f'[sources.places]\npath = [{named}]\nkind = "rdf"\nmapping = "map.rq"\n{more}',
        encoding="utf-8",
    )
    return folder


def cities(folder: Path) -> dict[str, list[str]]:
    """Each city with the files it was derived from."""
    cg.build(folder)
    with cg.open(folder) as release:
        rows = release.table("cities").to_pylist()
        return {
            row["city"].rsplit("/", 1)[1]: [each.title for each in release.evidence(row["city"]).rows]
            for row in rows
        }


def test_our_terms_come_out_and_lead_to_the_file(tmp_path: Path) -> None:
    folder = workspace(tmp_path, a_ttl=PLACES)
    assert cities(folder) == {"place-1": ["a.ttl"], "place-2": ["a.ttl"]}
    with cg.open(folder) as release:
        assert release.label("https://example.org/id/city/place-1", "pt") == "Lisboa"
        foreign = release.query("ASK { ?s <https://schema.org/name> ?name }")
        assert not foreign, "the foreign terms stay outside"


def test_what_files_give_together_leads_to_all_of_them(tmp_path: Path) -> None:
    """The other name of Madrid needs both files; Quito stands in one of them alone."""
    assert cities(workspace(tmp_path, a_ttl=PLACES, b_ttl=MORE)) == {
        "place-1": ["a.ttl"],
        "place-2": ["a.ttl", "b.ttl"],
        "place-3": ["b.ttl"],
    }


def test_any_character_of_a_text_comes_through(tmp_path: Path) -> None:
    name = "A\u2028B\u0085C\x0bD\\\\E\\nF"
    folder = workspace(tmp_path, a_ttl=PLACES.replace("Lisboa", name).replace("\x0b", "\\u2029"))
    cg.build(folder)
    with cg.open(folder) as release:
        assert release.label("https://example.org/id/city/place-1") == "A\u2028B\u0085C\u2029D\\E\nF"


def test_packed_files_and_a_syntax_the_ending_does_not_say(tmp_path: Path) -> None:
    folder = workspace(tmp_path, more='format = "ttl"\n', a_txt=PLACES)
    assert list(cities(folder)) == ["place-1", "place-2"]
    other = tmp_path / "other"
    other.mkdir()
    assert list(cities(workspace(other, a_ttl_gz=gzip.compress(PLACES.encode())))) == [
        "place-1",
        "place-2",
    ]


def test_the_same_files_give_the_same_release(tmp_path: Path) -> None:
    """Blank nodes of a file have a name that depends on its content alone."""
    blank = PLACES.replace("<https://example.org/p/1>", "_:here")
    mapping = MAPPING.replace('REPLACE(STR(?place), "^.*/", "")', "MD5(STR(?place))")
    folder = workspace(tmp_path, mapping, a_ttl=blank)
    assert cg.build(folder).release_id == cg.build(folder).release_id
    with cg.open(folder) as release:
        matches = [str(row[0]) for row in release.query("SELECT ?m { ?c a coop:City ; skos:exactMatch ?m }")]
    assert [m for m in matches if m.startswith("https://example.org/.well-known/genid/")]


@pytest.mark.parametrize(
    ("mapping", "told"),
    [
        ("SELECT * { ?s ?p ?o }", "map.rq, line 1: begins with SELECT."),
        ("", "map.rq, line 1: has no query."),
        ("LOAD <file:///etc/passwd>", "map.rq, line 1: begins with LOAD."),
        (MAPPING.replace("WHERE", "FROM <file:///etc/passwd>\nWHERE"), "map.rq, line 6: FROM would read"),
        (
            "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
            "map.rq, line 1, character 32: SERVICE would send data",
        ),
        (MAPPING.replace("?place a s:City", "\\u0053ERVICE <urn:x> { ?place a s:City }"), "SERVICE would"),
        ("CONSTRUCT { ?s ?p [] } WHERE { ?s ?p ?o }", "map.rq: makes blank nodes"),
        (MAPPING.replace("s:City", "nope:City"), "map.rq, line 7, character"),
        (MAPPING[:-3], "map.rq, line"),
    ],
)
def test_what_is_no_mapping_is_refused_with_its_place(tmp_path: Path, mapping: str, told: str) -> None:
    with pytest.raises(MappingError) as caught:
        cg.check(workspace(tmp_path, mapping, a_ttl=PLACES))
    assert told in str(caught.value)


def test_a_mapping_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    many = "".join(f"<urn:{n}> <urn:p> {n} .\n" for n in range(400))
    endless = (
        "CONSTRUCT { ?a ?p ?e } { ?a ?p ?b . ?c ?p ?d . ?e ?p ?f . ?g ?p ?h FILTER(?b + ?d + ?f + ?h < 0) }"
    )
    with pytest.raises(MappingError, match=r"map\.rq: The query was stopped after 1 seconds"):
        cg.check(workspace(tmp_path, endless, "[limits]\nquery_seconds = 1\n", a_ttl=many))


def test_faults_of_every_file_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(RdfSyntaxError) as caught:
        cg.check(
            workspace(tmp_path, a_ttl="<urn:a> <urn:b>", b_ttl=PLACES.replace("a s:City", "a x:City", 1))
        )
    assert [(fault.file, fault.line) for fault in caught.value.faults] == [("a.ttl", 1), ("b.ttl", 2)]


def test_a_remote_context_is_refused_with_what_to_do(tmp_path: Path) -> None:
    text = '{"@context": "https://schema.org/", "@id": "urn:a", "name": "x"}'
    with pytest.raises(
        RdfSyntaxError, match=r"a\.jsonld, line 1: names a remote @context, and nothing is fetched\. Write"
    ):
        cg.check(workspace(tmp_path, a_jsonld=text))


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    bomb = gzip.compress(b" " * (70 << 20))
    with pytest.raises(RdfSyntaxError, match=r"a\.ttl\.gz: unpacks to more than 64 MB, as a bomb does"):
        cg.check(workspace(tmp_path, a_ttl_gz=bomb))


def test_values_written_anew_are_told(tmp_path: Path) -> None:
    mapping = "CONSTRUCT { ?s <https://example.org/share> ?o } WHERE { ?s <urn:share> ?o }"
    found = cg.check(
        workspace(tmp_path, mapping, a_ttl="<urn:a> <urn:share> 1.10 . <urn:b> <urn:share> 2.5 .")
    )
    told = [str(fault) for fault in found.faults if fault.file == "map.rq"]
    assert len(told) == 1
    assert told[0].startswith('map.rq: 1 values were written anew, with the same meaning ("1.10"^^')


def test_a_mapping_that_makes_nothing_is_told(tmp_path: Path) -> None:
    found = cg.check(workspace(tmp_path, MAPPING.replace("s:City", "s:Town"), a_ttl=PLACES))
    assert [f"{fault.file}: {fault.what}" for fault in found.faults if fault.file == "map.rq"] == [
        "map.rq: makes no statement of the source 'places'."
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('mapping = "map.yml"', "which is no mapping for kind"),
        ('mapping = "map.rq"\nformat = "turtel"', "is not a syntax of RDF. Did you mean 'ttl'?"),
    ],
)
def test_settings_that_do_not_fit_are_told(tmp_path: Path, line: str, told: str) -> None:
    folder = workspace(tmp_path, a_ttl=PLACES)
    file = folder / "coopgraph.toml"
    file.write_text(file.read_text().replace('mapping = "map.rq"', line))
    with pytest.raises(ConfigError) as caught:
        cg.check(folder)
    assert told in str(caught.value)


def test_nothing_is_published_when_a_mapping_is_refused(tmp_path: Path) -> None:
    folder = workspace(tmp_path, "ASK {}", a_ttl=PLACES)
    with pytest.raises(CoopgraphError):
        cg.build(folder)
    assert not list(folder.glob(".coopgraph/releases/*"))
