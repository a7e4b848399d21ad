"""Twin towns of a real Virtuoso 7, recorded: the same bytes as of the small endpoint, which is Oxigraph."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from coopgraph.rdf.harvest import Manners
from coopgraph.settings.remote_store import RemoteStore
from coopgraph.sources.recording.recorded import Asking, record_construct, record_twins
from coopgraph.sources.recording.twins import Wanted
from tests.remote.endpoint import Endpoint, serving
from tests.remote.virtuoso import running
from tests.sources.recording.wikidata import filled

PAIRS = [(f"Q{a}", f"Q{b}") for a in range(1, 30) for b in range(20, 45) if a != b]
UNKNOWN = """
s:Q1-Q20 pq:P580 [] . wd:Q1 wdt:P1082 [] .
s:Q1-Q21 pq:P582 <http://www.wikidata.org/.well-known/genid/1> .
wd:Q2 wdt:P1705 <http://www.wikidata.org/.well-known/genid/2> ."""
QUERY = """# page: ?thing
CONSTRUCT { ?thing rdfs:label ?name } WHERE { ?thing rdfs:label ?name }"""


def recorded(folder: Path, url: str, wanted: Wanted) -> dict[str, bytes]:
    (folder / "labels.rq").write_text(QUERY, encoding="utf-8")
    store = RemoteStore(url, page_rows=200)
    asking = Asking(store, Manners(pause=0), date(2026, 11, 26))
    record_twins(folder / "w", "twins", asking, wanted, lambda what, done, of: None)
    record_construct(folder / "w", "labels", asking, folder / "labels.rq", lambda what, done, of: None)
    files = [*folder.glob("w/recorded/*/*.tsv"), *folder.glob("w/recorded/*/*.zst")]
    assert len(files) == 4
    return {path.name: path.read_bytes() for path in files}


@pytest.mark.parametrize(
    "wanted", [Wanted(), Wanted(countries=("PT",)), Wanted(cities=("Q3", "Q25"))], ids=["all", "PT", "two"]
)
def test_two_engines_give_the_same_bytes(tmp_path: Path, wanted: Wanted) -> None:
    store = filled(PAIRS, UNKNOWN)
    for name in ("virtuoso", "one", "other"):
        (tmp_path / name).mkdir()
    with running(tmp_path / "virtuoso") as virtuoso:
        virtuoso.load(b"".join(f"{quad.triple} <urn:g> .\n".encode() for quad in store))
        one = recorded(tmp_path / "one", virtuoso.url, wanted)
    with serving(Endpoint(store=store)) as endpoint:
        other = recorded(tmp_path / "other", endpoint.url, wanted)
    assert one == other
    assert b"genid" not in one["places.tsv"]
