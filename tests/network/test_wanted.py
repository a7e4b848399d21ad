"""Filters whose values are not in the data, currencies nothing is stated in, and actions without an end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest

from coopgraph.errors import ProjectionError
from coopgraph.network import flows, over_time, rank
from coopgraph.network.hypothetical.laid import Hypothetical

Make = Callable[..., pa.Table]
ID = "https://example.org/id/"
LABELS = {f"label_{language}": ["A", "B"] for language in ("en", "es", "pt")}
CITIES = pa.table({"city": ["A", "B"], "country": ["ES", "PT"], **LABELS})


class Labels(Hypothetical):
    """Tables with labels, acronyms and a day, as a release has them."""

    now = "2026-11-22"
    told = {  # noqa: RUF012
        f"{ID}network/ucci": ("Unión de Ciudades", "UCCI-CAP"),
        f"{ID}network/uclg": ("Ciudades Unidas", "UCLG"),
    }

    def label(self, iri: str, language: str | None = None) -> str:
        return self.told[iri][0] if iri in self.told else iri

    def names(self, iri: str) -> tuple[str, ...]:
        return self.told.get(iri, ())


def pair(event: str) -> list[tuple[str, str, bool, bool]]:
    return [(event, "A", True, True), (event, "B", True, True)]


@pytest.fixture
def source(participations: Make) -> Labels:
    """Two actions: of UCCI in 2016, and of UCLG from 2020 with no end."""
    table = participations(
        [*pair("ended"), *pair("going on")],
        start=["2016", "2016", "2020", "2020"],
        end=["2017", "2017", None, None],
        amount=[5, 5, None, None],
        currency=["EUR", "EUR", None, None],
    )
    networks = [[f"{ID}network/ucci"]] * 2 + [[f"{ID}network/uclg"]] * 2
    table = table.append_column("organiser", pa.array(networks, pa.list_(pa.string())))
    return Labels({"participations": table, "cities": CITIES}, "labels", [], ())


def faults(source: Any, **options: Any) -> list[str]:
    with pytest.raises(ProjectionError) as caught:
        flows(source, **options)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize("name", ["ucci", "UCCI", "union de  CIUDADES", "ucci-cap", f"{ID}network/ucci"])
def test_a_network_is_found_by_any_of_its_names(source: Labels, name: str) -> None:
    assert flows(source, organiser=name).basis.selected_events == 1


def test_every_value_that_is_not_there_is_told_at_once(source: Labels) -> None:
    assert faults(source, organiser=["uccii", "zzz"], strategic_line="gender", country="XX") == [
        "No city here is in the country 'XX'. Countries: ES, PT.",
        "No strategic line is called 'gender'. No event here states a strategic line.",
        "No organiser is called 'uccii'. Near it: Unión de Ciudades (network/ucci).",
        "No organiser is called 'zzz'. There are ucci, uclg.",
    ]
    with pytest.raises(ProjectionError):
        over_time(source, organiser="zzz")


def test_a_name_that_several_have_is_refused(source: Labels) -> None:
    source.told = dict.fromkeys(source.told, ("The network", ""))
    (told,) = faults(source, organiser="the network")
    assert told.startswith("'the network' may be The network (network/ucci); The network (network/uclg).")


def test_a_currency_in_which_nothing_is_stated_is_refused(source: Labels) -> None:
    assert flows(source, weight="amount", currency="EUR").edges["weight"].to_pylist() == [5.0, 5.0]
    (told,) = faults(source, weight="amount", currency="USD")
    assert told == "No amount is stated in USD in the selected events. Currencies stated: EUR."
    (none,) = faults(source, weight="amount", currency="EUR", organiser="uclg")
    assert none.endswith("Currencies stated: none.")
    (code,) = faults(source, weight="amount", currency="euro")
    assert "three capital letters" in code
    with pytest.raises(ProjectionError):
        over_time(source, weight="amount", currency="USD")


def test_a_period_alone_in_which_nothing_happens_is_an_empty_answer(source: Labels) -> None:
    ranking = rank(source, period=("1950", "1951"), replicates=10)
    assert len(ranking.table) == 0
    told = ranking.sentences()[1]  # after what is said of hypothetical events
    assert told == "Nothing in the data matches period 1950-01-01 to 1951-12-31: no event is selected."
    assert not any("replicates" in sentence or "percentile" in sentence for sentence in ranking.sentences())


def test_what_states_no_end_goes_on_to_the_day_of_the_release_only(source: Labels) -> None:
    assert flows(source, period=("2026", None)).basis.selected_events == 1
    later = flows(source, period=("2026-11-23", None)).basis
    assert (later.selected_events, later.not_going_on_left_out) == (0, 1)
    assert "Actions without a stated end, not known to go on after 2026-11-22: 1." in later.sentences()
    plain = flows(source["participations"], period=("3000", None)).basis
    assert (plain.selected_events, plain.known_until) == (1, None)


def test_a_trend_ends_with_the_day_of_the_release(source: Labels) -> None:
    assert over_time(source, last=2026).windows[-1].last == 2026
    for years in ({"last": 2027}, {"first": 3000}, {"first": 3000, "last": 3001}):
        with pytest.raises(ProjectionError, match="2026-11-22"):
            over_time(source, **years)  # type: ignore[arg-type]
