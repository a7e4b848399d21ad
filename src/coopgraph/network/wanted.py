"""What filters ask for, held against the data: a value that is not there is a slip, not an empty answer.

In: an engine, a source and a Selection. Out: the Selection with IRIs in place of names; or one
ProjectionError with every value that nothing fits, and what is near it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from coopgraph.errors import Fault, ProjectionError
from coopgraph.network.called import several, unknown, with_names
from coopgraph.network.cities import City, cities_called
from coopgraph.network.faults import fault
from coopgraph.network.selection import Selection
from coopgraph.network.tables import Source, bind

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from coopgraph.columns.engine import Engine

_NAMED = ("strategic_line", "programme", "organiser")
_MOST = 12  # values of a filter that a message lists


def named(engine: Engine, source: Source, selection: Selection) -> Selection:
    """Return the selection with an IRI for each name of a strategic line, a programme or an organiser."""
    faults = list(_country_faults(engine, source, selection.country))
    found: dict[str, tuple[str, ...]] = {}
    for name in _NAMED:
        if texts := getattr(selection, name):
            stated = _stated(engine, source, selection, name)
            found[name], wrong = _meant(source, stated, texts, name.replace("_", " "))
            faults += wrong
    if faults:
        raise ProjectionError("A filter asks for what is not in the data.", faults=faults)
    return replace(selection, **found) if found else selection  # type: ignore[arg-type]


def check_currency(engine: Engine, rows: ir.Table, selection: Selection) -> None:
    """Raise ProjectionError where no selected event states an amount in the currency asked for."""
    if selection.weight != "amount":
        return
    stated = rows.filter(rows.currency.notnull()).select("currency").distinct()
    codes = sorted(engine.fetch(stated).column("currency").to_pylist())
    if selection.currency in codes or not len(engine.fetch(rows.select("event").limit(1))):
        return
    what = f"No amount is stated in {selection.currency} in the selected events."
    raise ProjectionError(
        "There is no money to weigh by.", faults=[fault(what, f"Currencies stated: {_listed(codes)}.")]
    )


def _country_faults(engine: Engine, source: Source, codes: Sequence[str]) -> Iterator[Fault]:
    if not codes:
        return
    cities = bind(engine, source, "cities", ("city", "country"))
    known = engine.fetch(cities.filter(cities.country.notnull()).select("country").distinct())
    countries = sorted(known.column("country").to_pylist())
    for code in codes:
        if code not in countries:
            yield fault(f"No city here is in the country '{code}'.", f"Countries: {_listed(countries, 60)}.")


def _stated(engine: Engine, source: Source, selection: Selection, name: str) -> list[str]:
    """Return what the column holds, in order; the programme of an agreement is what it is part of."""
    columns = []
    if selection.events != "agreements":
        columns.append(bind(engine, source, "participations", (name,))[name])
    if selection.events != "actions":
        columns.append(bind(engine, source, "agreements", ("part_of",)).part_of)
    found = set[str]()
    for column in columns:
        texts = column.unnest() if column.type().is_array() else column.cast("string")
        values = engine.fetch(texts.name("value").as_table().distinct()).column("value").to_pylist()
        found |= {value for value in values if value}
    return sorted(found)


def _meant(
    source: Source, stated: Sequence[str], texts: Sequence[str], what: str
) -> tuple[tuple[str, ...], list[Fault]]:
    """Return the IRI of each text; an IRI and its last part stand as they are, and may mean several."""
    found, faults = [], []
    others = [text for text in texts if not any(iri == text or iri.endswith(f"/{text}") for iri in stated)]
    things = with_names(source, stated) if others else {}
    for text in texts:
        fits = cities_called(things, text) if text in others else [text]
        found += fits
        if len(fits) > 1:
            faults.append(several(things, text, fits))
        elif not fits:
            faults.append(_missing(things, text, what))
    return tuple(found), faults


def _missing(things: dict[str, City], text: str, what: str) -> Fault:
    if not things:
        return fault(f"No {what} is called '{text}'.", f"No event here states a {what}.")
    told = unknown(things, text, f"No {what}")
    if told.fix:
        return told
    ids = [iri.rsplit("/", 1)[-1] for iri in things]
    return replace(told, fix=f"There are {_listed(ids)}.")


def _listed(values: Sequence[str], most: int = _MOST) -> str:
    more = f" and {len(values) - most} more" if len(values) > most else ""
    return ", ".join(values[:most]) + more if values else "none"
