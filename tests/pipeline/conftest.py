"""A workspace small enough to count by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

FILES = {
    "coopgraph.toml": """\
[workspace]
title = "Three cities"
base = "https://example.org/"

[sources.cities]
path = "cities.csv"
mapping = "cities.yml"

[sources.actions]
path = "actions.csv"
mapping = "actions.yml"

[sources.participations]
path = "participations.csv"
mapping = "participations.yml"

[sources.sources]
path = "sources.csv"
mapping = "sources.yml"
""",
    "cities.csv": "id,name,country\nlima,Lima,PE\nquito,Quito,EC\nla-paz,La Paz,BO\n",
    "cities.yml": """\
mappings:
  city:
    s: id:city/$(id)
    po:
      - [a, coop:City]
      - [skos:prefLabel, $(name), es~lang]
      - [coop:country, country:$(country)~iri]
""",
    "actions.csv": "id,title,start,source_id\nvisit,Visit,2016,one\nworkshop,Workshop,2017-05-31,two\n",
    "actions.yml": """\
mappings:
  action:
    graphs: graph:$(source_id)
    s: id:action/$(id)
    po:
      - [a, coop:Action]
      - [skos:prefLabel, $(title), en~lang]
      - [schema:startDate, $(start), dcterms:W3CDTF]
""",
    "participations.csv": """\
action,city,contributes,benefits,source_id
visit,lima,yes,no,one
visit,quito,no,yes,one
workshop,lima,yes,yes,two
workshop,quito,yes,unknown,two
workshop,la-paz,unknown,yes,two
visit,lima,yes,no,two
""",
    "participations.yml": """\
mappings:
  participation:
    graphs: graph:$(source_id)
    s: id:participation/$(action)/$(city)
    po:
      - [a, coop:Participation]
      - [coop:event, id:action/$(action)~iri]
      - [coop:participant, id:city/$(city)~iri]
      - [coop:contributes, concept:answer/$(contributes)~iri]
      - [coop:benefits, concept:answer/$(benefits)~iri]
""",
    "sources.csv": "id,title,retrieved\none,First,2026-01-02\ntwo,Second,2026-03-04\n",
    "sources.yml": """\
mappings:
  source:
    s: id:source/$(id)
    po:
      - [a, coop:Source]
      - [dcterms:title, $(title)]
      - [coop:retrieved, $(retrieved), xsd:date]
""",
}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Three cities, two actions, five participations of which one is stated by two sources."""
    folder = tmp_path / "three cities"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
