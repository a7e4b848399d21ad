"""Identity: judgements applied to the quads, and cities that may be the same told.

In: the quads of a build and the workspace's judgements. Out: the same quads with each replaced IRI gone, a
note of it in the provenance graph, and faults. Two cities are never merged because they look alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from types import MappingProxyType
from typing import Final

import pyarrow as pa

from coopgraph.columns.duck import Connection, Expression, Relation, column, constant, function
from coopgraph.errors import Fault, unit_of
from coopgraph.namespaces import COOP, OWL, RDF, SKOS
from coopgraph.rdf.terms import iri_term, literal_term
from coopgraph.sources.judgements import COLUMNS, Judgement, Judgements
from coopgraph.sources.loading import text_array
from coopgraph.sources.quads import ORIGINS, QUADS
from coopgraph.sources.rdffiles import insert_quads
from coopgraph.sources.records import Records
from coopgraph.sources.workspace import Workspace

MOST_SUSPICIONS: Final = 1000
NOTHING_SETTLED: Final[Mapping[str, int]] = MappingProxyType({})
_LABELS: Final = (f"<{SKOS}prefLabel>", f"<{SKOS}altLabel>")


def identify(
    workspace: Workspace,
    judgements: Judgements,
    connection: Connection,
    records: Mapping[str, Records] | None = None,
    settled: Mapping[str, int] = NOTHING_SETTLED,
) -> list[Fault]:
    """Apply the judgements of a workspace and list the cities that may be the same, with their rows.

    `settled` are ids of names that a judgement gave a place when they were looked up, and in how many rows.
    """
    faults = _apply(judgements, workspace, connection, settled)
    found = suspected_duplicates(judgements, workspace.base, connection)
    pairs = sorted(found)[:MOST_SUSPICIONS]
    places = _places({name for pair in pairs for name in pair}, records or {}, connection)
    return faults + [_suspicion(pair, found[pair], workspace, places) for pair in pairs]


def _places(
    names: set[str], records: Mapping[str, Records], connection: Connection
) -> dict[str, tuple[str, int]]:
    """The first row that describes each of some subjects."""
    if not names:
        return {}
    wanted = [constant(f"<{name}>") for name in sorted(names)]
    rows = connection.table(ORIGINS).filter(column("subject").isin(*wanted)).distinct().fetchall()
    found: dict[str, tuple[str, int]] = {}
    for subject, source, record in sorted(rows):
        if source in records:
            found.setdefault(subject[1:-1], records[source].locate(record))
    return found


def _apply(
    judgements: Judgements, workspace: Workspace, connection: Connection, settled: Mapping[str, int]
) -> list[Fault]:
    """Replace each IRI judged to be another's, everywhere."""
    same = [row for row in judgements.rows if row.same and row.right in judgements.kept]
    counts = _uses(same, connection)
    _replace(judgements.kept, connection)
    graph = f"<{workspace.base}graph/provenance>"
    notes = [(*note, graph) for row in same for note in _notes(row)]
    if notes:
        insert_quads(notes, connection)
    rows = {row.right: settled.get(row.right.rsplit("/", 1)[-1], 0) for row in same}
    told = [_told(row, counts, rows[row.right], workspace.base) for row in same]
    return told + [
        _nowhere(row, name, workspace.base)
        for row in same
        for name in (row.left, row.right)
        if not counts[name] and not rows.get(name)
    ]


def _uses(rows: list[Judgement], connection: Connection) -> dict[str, int]:
    """Count the statements each judged IRI is the subject or object of."""
    names = sorted({name for row in rows for name in (row.left, row.right)})
    counts = dict.fromkeys(names, 0)
    if not names:
        return counts
    wanted = [constant(f"<{name}>") for name in names]
    table = connection.table(QUADS)
    for place in ("s", "o"):
        found = table.filter(column(place).isin(*wanted)).aggregate(
            [column(place), function("count_star")], place
        )
        for term, count in found.fetchall():
            counts[term[1:-1]] += count
    return counts


def _replace(kept: dict[str, str], connection: Connection) -> None:
    """One update for each place; the texts come from a table, so this is the same statement for any
    judgements."""
    if not kept:
        return
    columns = [text_array(f"<{name}>" for name in names) for names in (kept.keys(), kept.values())]
    connection.from_arrow(pa.Table.from_arrays(columns, names=["dropped", "kept"])).create("replaced")
    connection.execute("UPDATE quads SET s = replaced.kept FROM replaced WHERE quads.s = replaced.dropped")
    connection.execute("UPDATE quads SET o = replaced.kept FROM replaced WHERE quads.o = replaced.dropped")
    connection.execute(
        "UPDATE origins SET subject = replaced.kept FROM replaced WHERE origins.subject = replaced.dropped"
    )


def _notes(row: Judgement) -> Iterator[tuple[str, str, str]]:
    left, right = iri_term(row.left), iri_term(row.right)
    yield left, f"<{OWL}sameAs>", right
    by = f" by {row.who}" if row.who else ""
    why = f": {row.why}" if row.why else ""
    yield left, f"<{SKOS}editorialNote>", literal_term(f"Judged to be the same as {row.right}{by}{why}")


def _told(row: Judgement, counts: dict[str, int], rows: int, base: str) -> Fault:
    left, right = _short(row.left, base), _short(row.right, base)
    where = "1 row" if rows == 1 else f"{rows:,} rows" if rows else f"{counts[row.right]:,} statements"
    what = f"takes '{right}' for '{left}' in {where}."
    return Fault(row.file, row.line, None, what, None, "info")


def _nowhere(row: Judgement, name: str, base: str) -> Fault:
    what = f"names '{_short(name, base)}', which is nowhere in the data."
    return Fault(row.file, row.line, None, what, "Correct the id.", "warning")


def suspected_duplicates(
    judgements: Judgements, base: str, connection: Connection
) -> dict[tuple[str, str], tuple[str, str]]:
    """Return each two cities of one country with a name in common that nobody has judged: name, country."""
    quads = connection.table(QUADS)
    cities = _with(quads, f"<{RDF}type>").filter(column("o") == constant(f"<{COOP}City>"))
    names = quads.filter(column("p").isin(*map(constant, _LABELS))).project(
        column("s").alias("named"), _folded(column("o")).alias("name"), column("o").alias("label")
    )
    places = _with(quads, f"<{COOP}country>").project(
        column("s").alias("placed"), column("o").alias("country")
    )
    known = cities.project(column("s").alias("city")).distinct()
    named = known.set_alias("known").join(names.set_alias("names"), column("city") == column("named"))
    placed = named.set_alias("named").join(places.set_alias("places"), column("city") == column("placed"))
    both = placed.filter(column("name") != constant("")).aggregate(
        [column("name"), column("country"), function("list", column("city")).alias("cities")], "name, country"
    )
    several = both.filter(function("len", function("list_distinct", column("cities"))) > constant(1))
    return {
        pair: (name, country)
        for name, country, found in several.order("country, name").fetchall()
        for pair in combinations(sorted({term[1:-1] for term in found}), 2)
        if not judgements.judged(*pair)
    }


def _suspicion(
    pair: tuple[str, str], alike: tuple[str, str], workspace: Workspace, places: Mapping[str, tuple[str, int]]
) -> Fault:
    """Told at the row of the second; where that of the first is, is said beside it."""
    one, other = (_short(iri, workspace.base) for iri in pair)
    place = alike[1].rsplit("/", 1)[-1].rstrip(">")
    at = _at(*places[pair[0]]) if pair[0] in places else ""
    first = f"'{one}' ({at})" if at else f"'{one}'"
    what = f"{first} and '{other}' are both called '{alike[0]}' in {place} and may be one city."
    row = f"{one},{other},same or different,WHO,WHY"
    tables = [path.name for path in workspace.judgements if path.suffix.lower() == ".csv"]
    if tables:
        fix = f"Judge them in {tables[0]}: {row}."
    else:
        fix = (
            'Judge them: declare judgements = "judgements.csv" under [workspace] in coopgraph.toml, and '
            f"write into that file the header {','.join(COLUMNS)} and the row {row}."
        )
    file, line = places.get(pair[1], (None, None))
    return Fault(file, line, None, what, fix, "warning")


def _at(file: str, line: int) -> str:
    return f"{file}, {unit_of(file)} {line}"


def _with(quads: Relation, predicate: str) -> Relation:
    return quads.filter(column("p") == constant(predicate))


def _folded(literal: Expression) -> Expression:
    """The text of a literal without accents, case and punctuation."""
    text = function("regexp_extract", literal, constant(r'^"(.*)"(?:@[A-Za-z0-9-]+)?$'), constant(1))
    plain = function("lower", function("strip_accents", text))
    words = function("regexp_replace", plain, constant(r"[^\pL\pN]+"), constant(" "), constant("g"))
    return function("trim", words)


def _short(iri: str, base: str) -> str:
    return iri.removeprefix(f"{base}id/")
