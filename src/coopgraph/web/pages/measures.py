"""Cities by a measure: where they stand, how sure that is, what the measure is and what it rests on.

In: `measure` and the options of `coopgraph rank` in the query string. Out: one page: definition, plot, table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.routing import Route

from coopgraph.namespaces import COUNTRY, SDG
from coopgraph.network.catalogue import measures
from coopgraph.network.classical import CLASSICAL
from coopgraph.views.plot import said_beside
from coopgraph.views.plot_words import SHARES, Words
from coopgraph.views.profiles.dots import dots
from coopgraph.views.profiles.reader import Reader
from coopgraph.views.strings import plot_strings
from coopgraph.web.measure_words import catalogue_words, whole_words
from coopgraph.web.rankings import FILTERS, Wanted, parts_of, ranking, ranks_read_otherwise, wanted, whole
from coopgraph.web.shell import Asked, asked, page

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

MOST: Final = 500  # rows shown unasked
BESIDE: Final = ("peer_exchange", "peer_exchange_k1", "given", "received", "reciprocity", "partners")
LISTED: Final = {
    "programme": "programme",
    "organiser": "organiser",
    "sdg": "sdgs",
    "strategic_line": "strategic_line",
}


def measures_page(request: Request) -> Response:
    """Show the cities by the measure asked for."""
    this = asked(request)
    given = request.query_params
    what = wanted(given)
    found = ranking(this.served, this.release_id, what)
    reader = Reader(this.release, this.lang, this.names)
    rows = [{**row, "label": reader.called(row["city"])} for row in found.table.to_pylist()]
    top = int(given["top"]) if given.get("top", "").isdigit() else MOST
    otherwise = ranks_read_otherwise(this.served, this.release_id, what) if what.has_ranges else {}
    words = Words(this.lang, what.measure.column, plot_strings()[this.lang])
    return page(
        request,
        "measures.html.j2",
        rooms=("tables",),
        what=what,
        options=dict(what.options),
        given={name: given.get(name, "") for name in given},
        groups=_groups(),
        choices=_choices(this, reader),
        ranking=found,
        rows=rows[: top or len(rows)],
        otherwise=otherwise,
        beside=[name for name in BESIDE if name != what.measure.column],
        titles={measure.column: measure.titles[this.lang] for measure in measures()},
        digits=lambda column: 4 if column in SHARES else 2,
        dots=dots(rows, what.measure.column),
        axis=words.text.get(f"axis_{what.measure.column}", what.measure.definitions[this.lang]),
        catalogue=catalogue_words(what.measure, this.words),
        parts=parts_of(this.served, this.release_id, what.options),
        said=said_beside(found, this.lang),
        whole=_whole(this, what) if given.get("whole") == "1" else (),
        command=_command(what),
    )


def _groups() -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Return the measures that have ranges, and the classical ones."""
    every = measures()
    return (
        tuple(measure for measure in every if measure.column not in CLASSICAL),
        tuple(measure for measure in every if measure.column in CLASSICAL),
    )


def _choices(this: Asked, reader: Reader) -> dict[str, list[tuple[str, str]]]:
    """Return what each filter can be set to, as (value, name) pairs by name."""

    def make(release: Any) -> dict[str, set[str]]:
        table = release.table("participations")
        found = {
            name: {iri for iris in table[column].to_pylist() for iri in iris or ()}
            for name, column in LISTED.items()
        }
        countries = {code for code in release.table("cities")["country"].to_pylist() if code}
        return {**found, "country": countries}

    values: dict[str, set[str]] = this.served.made(this.release_id, "filters", make)
    return {
        name: sorted(
            ((value, _named(reader, name, value)) for value in values[name]),
            key=lambda pair: pair[1].casefold(),
        )
        for name in FILTERS
    }


def _named(reader: Reader, name: str, value: str) -> str:
    if name == "country":
        return reader.called(COUNTRY + value)
    told = reader.called(value)
    return f"{value.removeprefix(SDG)} {told}" if name == "sdg" else told


def _whole(this: Asked, what: Wanted) -> list[dict[str, Any]]:
    words = whole_words(this.words)
    return [
        {**row, "title": words[row["name"]][0], "defined": words[row["name"]][1]}
        for row in whole(this.served, this.release_id, what.options).table.to_pylist()
    ]


def _command(what: Wanted) -> str:
    """Return how the shell is asked the same."""
    parts = ["coopgraph rank", f"--measure {what.measure.name}"]
    for name, value in what.options:
        told = "/".join(day or "" for day in value) if name == "period" else value
        parts.append(f"--{name.replace('_', '-')} {told}")
    return " ".join(parts)


routes: Final = [Route("/{lang}/measures", measures_page)]
