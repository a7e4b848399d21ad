"""Take one city's score apart: whom, what and which sources it rests on, and what would change it.

In: a release (or tables), a city, a closed-form measure and the options of `flows`. Out: an Explanation.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, Unpack

from coopgraph.errors import MeasureError, ProjectionError
from coopgraph.languages import LANGUAGES
from coopgraph.network.basis import Basis
from coopgraph.network.cities import City, find_city, known_cities
from coopgraph.network.explanation.changes import changes
from coopgraph.network.explanation.events import events_of, terms
from coopgraph.network.explanation.shares import Measure, closed_form, parts
from coopgraph.network.explanation.standing import Standing, place, sharing, standing
from coopgraph.network.explanation.stated import stated_by, titles_of
from coopgraph.network.explanation.tables import (
    Name,
    change_table,
    event_table,
    partner_table,
    reading_table,
    source_table,
    term_table,
    terms_of,
)
from coopgraph.network.explanation.unknown_roles import readings
from coopgraph.network.faults import fault
from coopgraph.network.flows import Flows, flows, selected, selection_for
from coopgraph.network.hypothetical.laid import Hypothetical
from coopgraph.network.selection import Options, Selection
from coopgraph.network.tables import Labelled, Source, opened

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Place:
    """A score, its rank among those who have one, and how many other cities share it."""

    score: float | None
    rank: int | None
    ranked: int
    shared: int


@dataclass(frozen=True)
class Explanation:
    """One city's score, taken apart.

    Attributes
    ----------
    city, label, country
        The city.
    measure
        The measure and its prior.
    place
        Score (rounded to 12 digits, as in a ranking) and rank.
    before
        The same without the hypothetical events; None where there are none, or where without them the city
        is not in V.
    other_place
        The same where every unknown flag in the data is read the other way: as a yes (`unknown="both"`)
        where it was not counted, as not a yes (`"exclude"`) where it was.
    partners
        partner, label, country, events, given, received, part; the parts add up to the score.
    events
        event, label, partners, given, received, derived (is a role that counts a reading), part; they add
        up too.
    sources
        source, title, url, events, part; each event's part in equal shares for the sources that state the
        city's participation in it, null where none is stated.
    terms
        partner, partner_label, event, label, given, received, part: of which the other three are sums.
    changes
        What would raise the score most: change, partner (null: any city with which nothing passes yet),
        label, score, gain, rank. Empty for amounts, which have no natural unit.
    unknown
        Unknown roles that could change the score, read the other way: event, label, city (null: all in the
        event), city_label, roles, score, change.
    participations, largest_event
        In how many of the selected events the city takes part, and how many cities the largest of them has.
    basis
        What the flows rest on.
    """

    city: str
    label: str
    country: str | None
    measure: Measure
    place: Place
    before: Place | None
    other_place: Place
    partners: pa.Table
    events: pa.Table
    sources: pa.Table
    terms: pa.Table
    changes: pa.Table
    unknown: pa.Table
    participations: int
    largest_event: int
    basis: Basis

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        from coopgraph.markup import described

        return described(self.partners, self.sentences(), iri="partner")

    def sentences(self) -> tuple[str, ...]:
        """Return score and rank, how it is taken apart, what unknown roles could do, and the basis."""
        from coopgraph.network.explanation.said import sentences

        return sentences(self)


def explain(
    source: Source,
    city: str,
    *,
    measure: str = "peer-exchange",
    prior: float = 0.0,
    language: str = "en",
    **options: Unpack[Options],
) -> Explanation:
    """Take a city's score apart into partners, events and sources, and say what would change it.

    Parameters
    ----------
    source
        As for `rank`.
    city
        IRI, short id (``city/madrid``, ``madrid``), or label in any language, accents and capitals aside.
    measure
        Any measure of `rank` that has a closed form.
    prior
        Of peer-exchange: discounts token exchanges, as in `peer_exchange_centrality`.
    language
        Which labels to prefer: en, es or pt.
    **options
        The options of `flows`.

    Raises
    ------
    MeasureError
        For a measure that cannot be taken apart, a prior that cannot be used, an unknown language.
    ProjectionError
        For a city that is not there, or not one alone; and as `flows` does.

    Examples
    --------
    >>> import pyarrow as pa
    >>> table = pa.table({"event": ["visit"] * 3, "city": ["Lima", "Quito", "La Paz"],
    ...                   "contributes": [True, True, False], "benefits": [True, True, True]})
    >>> found = explain(table, "Lima")
    >>> found.place.score, found.partners.select(["partner", "part"]).to_pylist()
    (0.5, [{'partner': 'Quito', 'part': 0.5}, {'partner': 'La Paz', 'part': 0.0}])
    """
    asked = closed_form(measure, prior)
    _check_language(language)
    selection = selection_for(source, **options)
    _check_weight(selection)
    from coopgraph.network.projection import edges_of, project

    with opened(source, selection) as engine:
        rows, left_out = selected(engine, source, selection)
        made = edges_of(project(engine, selection, rows, left_out))
        cities = known_cities(source, made.nodes)
        iri = find_city(cities, city)
        _require_node(cities[iri], made)
        events = events_of(engine, rows, iri, selection)
    options["nodes"] = selection.nodes
    otherwise: Options = {**options, "unknown": _other(selection)}
    other = standing(flows(source, **otherwise), asked)
    stand = standing(made, asked)
    dyads, inside = stand.dyads[iri], set(made.nodes)
    shares = parts(asked, dyads, stand.others)
    added = {event: terms(takings, iri, selection.threshold, inside) for event, takings in events.items()}
    found = terms_of(shares, added)
    names = _names(source, language)
    return Explanation(
        city=iri,
        label=cities[iri].label(language),
        country=cities[iri].country,
        measure=asked,
        place=_place(stand, iri),
        before=_before(source, iri, asked, options),
        other_place=_place(other, iri),
        partners=partner_table(dyads, shares, found, cities, language),
        events=event_table(iri, events, found, names),
        sources=source_table(found, stated_by(source, iri, selection.events), titles_of(source)),
        terms=term_table(found, names, cities, language),
        changes=change_table(changes(stand, iri) if selection.weight == "count" else (), cities, language),
        unknown=reading_table(
            readings(events, iri, asked, least=selection.threshold, inside=inside, others=stand.others),
            names,
            cities,
            language,
        ),
        participations=len(events),
        largest_event=max(map(len, events.values()), default=0),
        basis=made.basis,
    )


def _check_weight(selection: Selection) -> None:
    """Refuse the weights whose terms are no shares of an event."""
    told = {"half_life": selection.half_life, "weight='events'": selection.weight == "events"}
    faults = [
        fault(f"{name} has no terms a score could be taken apart into.", "Leave it out.")
        for name, asked in told.items()
        if asked
    ]
    if faults:
        raise ProjectionError("This score cannot be taken apart as asked.", faults=faults)


def _check_language(language: str) -> None:
    if language not in LANGUAGES:
        wrong = fault(f"There are no labels in {language!r}.", "Use en, es or pt.")
        raise MeasureError("The score cannot be taken apart as asked.", faults=[wrong])


def _require_node(city: City, made: Flows) -> None:
    """A city that is known, but takes part in nothing that is selected, has no score."""
    if city.iri not in made.nodes:
        asked = " and ".join(f"{name} {value}" for name, value in made.basis.filters) or "as selected"
        wrong = fault(
            f"It is not among the {len(made.nodes)} cities of V ({asked}).",
            "Select more, or name it in nodes.",
        )
        raise ProjectionError(f"{city.described()} takes part in nothing that is selected.", faults=[wrong])


def _other(selection: Selection) -> Literal["exclude", "both"]:
    return "both" if selection.unknown == "exclude" else "exclude"


def _place(stand: Standing, city: str) -> Place:
    return Place(stand.scores[city], place(stand, city), len(stand.ordered), sharing(stand, city))


def _before(source: Source, city: str, measure: Measure, options: Options) -> Place | None:
    if not isinstance(source, Hypothetical):
        return None
    stand = standing(flows(source.base, **options), measure)
    return _place(stand, city) if city in stand.scores else None


def _names(source: Source, language: str) -> Name:
    """Return what names an event, asked once: its label where the source has labels, else its IRI."""
    return cache(lambda iri: source.label(iri, language)) if isinstance(source, Labelled) else str
