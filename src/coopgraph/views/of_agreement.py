"""One agreement: its parties, what it renews, is renewed by and is part of, and the actions under it.

In: an open release, and the agreement's IRI. Out: a `Drawing` in which each of these is a node.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from coopgraph.views.drawing import Drawing, Layer, Node, Note, clean, in_language, texts_of
from coopgraph.views.events import as_list, certainties, weakest
from coopgraph.views.from_release import day_and_licence, node_of
from coopgraph.views.gathered import Gathered
from coopgraph.views.linked import measured
from coopgraph.views.names import Names, name_of, names_in
from coopgraph.views.strings import ASSETS

if TYPE_CHECKING:
    from coopgraph.views.from_release import Drawable

Rows = list[dict[str, Any]]
PARTY = Layer("party", {"en": "Party", "es": "Parte", "pt": "Parte"}, family="relation")
RENEWS = Layer("renews", {"en": "Renews", "es": "Renueva", "pt": "Renova"}, family="relation", arrow=True)
PART = Layer(
    "part", {"en": "Is part of", "es": "Es parte de", "pt": "Faz parte de"}, family="relation", arrow=True
)
UNDER = Layer(
    "under",
    {"en": "Action under it", "es": "Acción en su marco", "pt": "Ação no seu âmbito"},
    family="relation",
    arrow=True,
)
TOOK_PART = Layer("took", {"en": "Took part", "es": "Participó", "pt": "Participou"}, family="relation")


def drawing_of_agreement(
    release: Drawable,
    agreement: str,
    *,
    title: str | Mapping[str, str] | None = None,
    colour_by: str = "kind",
    lang: str = "en",
) -> Drawing:
    """Return the drawing of one agreement; who took part in the actions under it is drawn too."""
    names = names_in(release)
    gathered = Gathered(release.table("sources").to_pylist())
    rows = _by_agreement(release.table("agreements").to_pylist())
    under = _under(release, agreement)
    told = {one: _told(one, rows.get(one, []), names, gathered) for one in _chain(agreement, rows)}
    for party in sorted({row["party"] for row in rows.get(agreement, [])}):
        gathered.join(party, agreement, PARTY.key, told[agreement])
    for one, proofs in told.items():
        for key, layer in (("renews", RENEWS), ("part_of", PART)):
            for other in sorted({iri for row in rows.get(one, []) for iri in as_list(row[key])}):
                gathered.point(one, other, layer.key, proofs)
    _add_actions(release, agreement, under, names, gathered)
    day, licence = day_and_licence(release)
    return measured(
        Drawing(
            title=texts_of(title or dict(name_of(agreement, names).texts)),
            nodes=tuple(_nodes(release, agreement, gathered, rows, names, lang)),
            links=gathered.links,
            layers=tuple(
                layer
                for layer in (PARTY, RENEWS, PART, UNDER, TOOK_PART)
                if any(link.layer == layer.key for link in gathered.links)
            ),
            evidence=tuple(gathered.evidence),
            sources=tuple(gathered.sources),
            colour_by=colour_by,
            focus=agreement,
            notes=(Note("note_agreement", {"actions": len(under)}),),
            lang=lang,
            now=day,
            licence=licence,
        )
    )


def _by_agreement(table: Rows) -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    for row in table:
        found.setdefault(row["agreement"], []).append(row)
    return found


def _chain(agreement: str, rows: Mapping[str, Rows]) -> list[str]:
    """Return the agreement, those it renews, directly or not, those that renew it, and its parts."""
    renews = {one: {iri for row in stated for iri in as_list(row["renews"])} for one, stated in rows.items()}
    back: dict[str, set[str]] = {}
    for one, others in renews.items():
        for other in others:
            back.setdefault(other, set()).add(one)
    found = _reached(agreement, renews) | _reached(agreement, back)
    parts = {one for one, stated in rows.items() if any(agreement in as_list(r["part_of"]) for r in stated)}
    return sorted(found | parts)


def _reached(start: str, steps: Mapping[str, Iterable[str]]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        more = set(steps.get(waiting.pop(), ())) - found
        found |= more
        waiting.extend(more)
    return found


def _told(agreement: str, rows: Rows, names: Names, gathered: Gathered) -> list[int]:
    """Return the place of the evidence for an agreement; none where the tables have no row of it."""
    if not rows:
        return []
    dates = [row["signed"] or row["start"] for row in rows if row["signed"] or row["start"]]
    sources = {source for row in rows for source in row["source"] or ()}
    sure = weakest(word for row in rows for word in certainties(row))
    return [gathered.proof(agreement, name_of(agreement, names).texts, min(dates, default=""), sources, sure)]


def _under(release: Drawable, agreement: str) -> list[str]:
    asked = (ASSETS / "under.rq").read_text("utf-8")
    rows = release.query(asked, trusted=True, agreement=agreement).to_arrow().to_pylist()
    return [row["action"] for row in rows]


def _add_actions(
    release: Drawable, agreement: str, actions: list[str], names: Names, gathered: Gathered
) -> None:
    """Add the actions and who took part in them, with what is known of giving and receiving."""
    rows = [row for row in release.table("participations").to_pylist() if row["event"] in actions]
    for action in actions:
        own = [row for row in rows if row["event"] == action]
        dates = min((row["start"] for row in own if row["start"]), default="")
        sources = {source for row in own for source in row["source"] or ()}
        proof = gathered.proof(action, name_of(action, names).texts, dates, sources)
        gathered.point(action, agreement, UNDER.key, [proof])
        for row in own:
            gathered.join(row["city"], action, TOOK_PART.key, [proof])


def _nodes(
    release: Drawable,
    agreement: str,
    gathered: Gathered,
    rows: Mapping[str, Rows],
    names: Names,
    lang: str,
) -> Iterable[Node]:
    cities = {row["city"]: row for row in release.table("cities").to_pylist()}
    keys = {agreement, *(end for link in gathered.links for end in (link.source, link.target))}
    for key in sorted(keys, key=lambda key: (key != agreement, key)):
        yield node_of(key, cities.get(key), name_of(key, names), facts=_facts(rows.get(key, []), names, lang))


def _facts(rows: Rows, names: Names, lang: str) -> tuple[tuple[str, str], ...]:
    """Return what the tables state of an agreement: its kind, its dates, its amount with its currency."""
    if not rows:
        return ()
    first = rows[0]
    kinds = ", ".join(in_language(name_of(kind, names).texts, lang) for kind in as_list(first["kind"]))
    amount = f"{first['amount']} {first['currency'] or ''}".strip() if first["amount"] is not None else ""
    stated = [("kind", kinds), *((name, first[name]) for name in ("signed", "start", "end"))]
    return tuple((name, clean(value)) for name, value in (*stated, ("amount", amount)) if value)
