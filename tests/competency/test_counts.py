"""The expected answers that count, counted once more from the tables themselves, without RDF or SPARQL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pytest

Answer = list[dict[str, str]]
Row = dict[str, str]
Read = Callable[[int], Answer]
Table = Callable[[str], list[Row]]

ID = "https://w3id.org/coopgraph/id/"
NOW = "2026-11-22"
LABELS = {
    "cooperation-agreement": "cooperation agreement",
    "friendship": "friendship agreement",
    "funding-agreement": "funding agreement",
    "integral-cooperation-programme": "integral cooperation programme",
    "memorandum": "memorandum",
    "twinning": "twinning",
}

STATES = {
    "no date stated": "date-not-stated",
    "not yet in force": "not-yet-in-force",
    "renewed": "renewed",
    "end not stated": "end-not-stated",
    "expired": "expired",
    "in force": "in-force",
}


def slugs(cell: str) -> list[str]:
    return [part for part in cell.split(";") if part]


def parties(row: Row) -> list[str]:
    kinds = (("city", "cities"), ("network", "networks"), ("organisation", "organisations"))
    return [f"{ID}{kind}/{slug}" for kind, column in kinds for slug in slugs(row[column])]


def cities_by_action(table: Table) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in table("participations"):
        found.setdefault(row["action"], []).append(row)
    return found


def heading(action: Row, table: Table) -> str:
    """The programme's title, else the organiser's name, as questions 29 and 32 group actions."""
    titles = {row["id"]: row["title_en"] for row in table("programmes")}
    names = {row["id"]: row["name_en"] for row in table("networks")}
    none = "no programme or organiser named"
    return titles.get(action["programme"]) or names.get(action["organiser"], none)


def status(row: Row, renewed: set[str], now: str = NOW) -> str:
    begins, ends = row["start"] or row["signed"], row["end"]
    if not begins and not ends:
        return "no date stated"
    if begins and begins > now[: len(begins)]:
        return "not yet in force"
    if row["id"] in renewed:
        return "renewed"
    if not ends:
        return "end not stated"
    return "expired" if ends < now[: len(ends)] else "in force"


def renewed(table: Table) -> set[str]:
    return {row["renews"] for row in table("agreements") if row["signed"]} - {""}


def test_agreements_of_a_city(answer: Read, table: Table) -> None:
    of_madrid = [row for row in table("agreements") if "madrid" in slugs(row["cities"])]
    expected = {f"{ID}agreement/{row['id']}": status(row, renewed(table)) for row in of_madrid}
    assert {row["agreement"]: row["statusLabel"] for row in answer(21)} == expected
    assert len(answer(21)) == len(expected)


def test_states_of_agreements(answer: Read, table: Table) -> None:
    expected = Counter((LABELS[row["kind"]], status(row, renewed(table))) for row in table("agreements"))
    found = {(row["kindLabel"], row["statusLabel"]): int(row["agreements"]) for row in answer(22)}
    assert found == expected
    assert sum(found.values()) == 100


def test_lapsed_agreements(answer: Read, table: Table) -> None:
    renewed_ever = {row["renews"] for row in table("agreements")}
    expected = {
        (f"{ID}agreement/{row['id']}", row["end"])
        for row in table("agreements")
        if row["end"] and row["end"] < NOW[: len(row["end"])] and row["id"] not in renewed_ever
    }
    assert {(row["agreement"], row["end"]) for row in answer(23)} == expected


def test_renewals(answer: Read, table: Table) -> None:
    rows = table("agreements")
    named = {(row["id"], row["renews"]) for row in rows if row["renews"]}
    found = {(row["agreement"], row["renewed"]) for row in answer(24) if row["renewed"]}
    assert found == {(f"{ID}agreement/{new}", f"{ID}agreement/{old}") for new, old in named}
    unnamed = {f"{ID}agreement/{row['id']}": row["stated_renewal"] for row in rows if row["stated_renewal"]}
    assert {r["agreement"]: r["statedRenewal"] for r in answer(24) if r["statedRenewal"]} == unnamed
    assert f"{ID}agreement/madrid-ucci-2017" in unnamed, "the source says that it was renewed, not which one"
    assert len(answer(24)) == len(named) + len(unnamed)


def test_a_renewal_is_between_like_and_like(table: Table) -> None:
    by_id = {row["id"]: row for row in table("agreements")}
    for row in by_id.values():
        if earlier := by_id.get(row["renews"]):
            assert row["kind"] == earlier["kind"], row["id"]
            assert len(set(parties(row)) & set(parties(earlier))) >= 2, row["id"]


def test_partners_of_a_city(answer: Read, table: Table) -> None:
    madrid = f"{ID}city/madrid"
    signed = Counter(
        party
        for row in table("agreements")
        if madrid in parties(row)
        for party in parties(row)
        if party != madrid
    )
    acted = Counter(
        f"{ID}city/{row['city']}"
        for rows in cities_by_action(table).values()
        if "madrid" in {row["city"] for row in rows}
        for row in rows
        if row["city"] != "madrid"
    )
    expected = {partner: (signed[partner], acted[partner]) for partner in signed.keys() | acted.keys()}
    assert {r["partner"]: (int(r["agreements"]), int(r["actions"])) for r in answer(25)} == expected
    assert len(answer(25)) == len(expected)


def test_agreements_between_two_cities(answer: Read, table: Table) -> None:
    expected = {
        f"{ID}agreement/{row['id']}": len(parties(row))
        for row in table("agreements")
        if {"lisbon", "madrid"} <= set(slugs(row["cities"]))
    }
    assert {row["agreement"]: int(row["parties"]) for row in answer(26)} == expected


def test_actions_of_a_city(answer: Read, table: Table) -> None:
    expected = {
        (f"{ID}action/{row['action']}", row["contributes"], row["benefits"], row["role"])
        for row in table("participations")
        if row["city"] == "madrid"
    }
    columns = ("action", "contributesLabel", "benefitsLabel", "statedRole")
    assert {tuple(row[column] for column in columns) for row in answer(27)} == expected


def test_participants_of_an_action(answer: Read, table: Table) -> None:
    expected = {
        (f"{ID}city/{row['city']}", row["contributes"], row["benefits"], row["certainty"])
        for row in table("participations")
        if row["action"] == "ucci-jornadas-2018"
    }
    columns = ("city", "contributesLabel", "benefitsLabel", "certaintyLabel")
    assert {tuple(row[column] for column in columns) for row in answer(28)} == expected


def test_unknown_flags(answer: Read, table: Table) -> None:
    actions = {row["id"]: heading(row, table) for row in table("actions")}
    expected: dict[str, Counter[str]] = {}
    for row in table("participations"):
        count = expected.setdefault(actions[row["action"]], Counter())
        unknown = [flag for flag in ("contributes", "benefits") if row[flag] == "unknown"]
        count.update(
            ["participations", *(f"{flag}Unknown" for flag in unknown), *["eitherUnknown"][: len(unknown)]]
        )
    columns = ("participations", "contributesUnknown", "benefitsUnknown", "eitherUnknown")
    assert {row["heading"]: [int(row[c]) for c in columns] for row in answer(29)} == {
        name: [count[c] for c in columns] for name, count in expected.items()
    }
    assert sum(int(row["eitherUnknown"]) for row in answer(29)) == 248
    assert sum(int(row["participations"]) for row in answer(29)) == 354


def test_one_sided_cities(answer: Read, table: Table) -> None:
    sides = {("yes", "no"): "gives only", ("no", "yes"): "receives only"}
    known: dict[str, list[tuple[str, str]]] = {}
    for row in table("participations"):
        if "unknown" not in (row["contributes"], row["benefits"]):
            known.setdefault(row["city"], []).append((row["contributes"], row["benefits"]))
    expected = {
        f"{ID}city/{city}": (sides[flags[0]], str(len(flags)))
        for city, flags in known.items()
        if len(set(flags)) == 1 and flags[0] in sides
    }
    assert {row["city"]: (row["side"], row["participations"]) for row in answer(30)} == expected
    assert ("yes", "yes") in known["madrid"], "gives in one and gives and gains in another: not one-sided"
    assert f"{ID}city/madrid" not in expected


def wholes(action: str, part_of: dict[str, str]) -> Iterator[str]:
    """The actions this one is part of, the nearest first."""
    while action := part_of[action]:
        yield action


def test_mutual_pairs(answer: Read, table: Table) -> None:
    part_of = {row["id"]: row["part_of"] for row in table("actions")}
    pairs: dict[tuple[str, str], set[str]] = {}
    for action, rows in cities_by_action(table).items():
        mutual = sorted(r["city"] for r in rows if r["contributes"] == r["benefits"] == "yes")
        for pair in combinations(mutual, 2):
            pairs.setdefault(pair, set()).add(action)
    counted = {
        pair: len([action for action in actions if not actions & set(wholes(action, part_of))])
        for pair, actions in pairs.items()
    }
    expected = {(f"{ID}city/{a}", f"{ID}city/{b}"): n for (a, b), n in counted.items() if n >= 2}
    assert {(row["city"], row["partner"]): int(row["actions"]) for row in answer(31)} == expected
    assert len(pairs["graz", "ibague"]) == 2, "the pairing and a visit that is part of it"
    assert counted["graz", "ibague"] == 1


def test_who_gave_to_whom(answer: Read, table: Table) -> None:
    expected = Counter(
        (f"{ID}city/{giver['city']}", f"{ID}city/{taker['city']}")
        for rows in cities_by_action(table).values()
        for giver in rows
        for taker in rows
        if giver["contributes"] == "yes" and taker["benefits"] == "yes" and giver["city"] != taker["city"]
    )
    assert {(row["city"], row["partner"]): int(row["actions"]) for row in answer(60)} == expected
    assert len(expected) == 387


def test_actions_by_programme_and_year(answer: Read, table: Table) -> None:
    expected = Counter((heading(row, table), row["start"][:4] or "not stated") for row in table("actions"))
    assert {(row["heading"], row["year"]): int(row["actions"]) for row in answer(32)} == expected
    assert sum(expected.values()) == 95


@pytest.mark.parametrize(("column", "name"), [("programmes", "programmes"), ("actions", "actions")])
def test_goals(column: str, name: str, answer: Read, table: Table) -> None:
    expected = Counter(goal.partition(".")[0] for row in table(name) for goal in slugs(row["sdgs"]))
    found = {row["goal"].rpartition("/")[2]: int(row[column]) for row in answer(33)}
    assert {goal: count for goal, count in found.items() if count} == expected


def test_strategic_lines(answer: Read, table: Table) -> None:
    (programme,) = (row for row in table("programmes") if row["strategic_lines"])
    expected = {
        (line, action)
        for line in slugs(programme["strategic_lines"])
        for action in [row["id"] for row in table("actions") if row["strategic_line"] == line] or [""]
    }
    found = {(row["line"].rpartition("/")[2], row["action"].rpartition("/")[2]) for row in answer(34)}
    assert found == expected


def test_money(answer: Read, table: Table) -> None:
    total: Counter[tuple[str, ...]] = Counter()
    for row in table("money"):
        level = next(name for name in ("programme", "agreement", "action") if row[name])
        if row["kind"] != "ceiling" and row["id"] != "madrid-ucci-900k":  # undated, perhaps that of 2025
            total[
                level, row["kind"].replace("-", " "), row["qualifier"].replace("-", " "), row["currency"]
            ] += int(row["amount"])
    keys = ("level", "kindLabel", "qualifierLabel", "currency")
    found = {tuple(row[key] for key in keys): row for row in answer(35)}
    assert {key: int(Decimal(row["total"])) for key, row in found.items() if row["total"]} == total
    assert total["agreement", "granted", "exact", "EUR"] == 959_000
    assert sum(int(row["amounts"]) for row in found.values()) == len(table("money"))
    assert [key[:2] for key, row in found.items() if row["undated"] != "0"] == [("agreement", "granted")]


def test_an_amount_is_one_row(answer: Read, table: Table) -> None:
    about = ("programme", "agreement", "action")
    expected = sorted(
        (f"{ID}money/{row['id']}", *(row[kind] and f"{ID}{kind}/{row[kind]}" for kind in about))
        for row in table("money")
    )
    assert sorted(tuple(row[column] for column in ("money", *about)) for row in answer(36)) == expected


def test_remainder_and_share(answer: Read, table: Table) -> None:
    money = {row["kind"]: Decimal(row["amount"]) for row in table("money") if row["id"].startswith("madrid-")}
    (row,) = answer(11)
    assert Decimal(row["remainder"]) == Decimal(6_600_000) - Decimal(4_759_000) == Decimal(1_841_000)
    assert Decimal(row["sharePercent"]) == round(100 * money["spent-to-date"] / money["planned"], 1)
    assert row["plannedCertainty"] == row["investedCertainty"] == "derived"
    assert "read from the sum invested so far" in row["plannedNote"]
    assert "whether 2018 is included is unclear" in row["investedNote"]
    assert (
        row["plannedSource"]
        == row["investedSource"]
        == "Comprehensive Cooperation with Cities and Territories"
    )


def test_members_and_offices(answer: Read, table: Table) -> None:
    for number, name in ((37, "memberships"), (38, "network_roles")):
        rows = [row for row in table(name) if row["network"] == "ucci"]
        expected = Counter((f"{ID}city/{row['city']}", row["since"], row["until"]) for row in rows)
        assert Counter((row["city"], row["since"], row["until"]) for row in answer(number)) == expected
    of_madrid = [row for n in ("memberships", "network_roles") for row in table(n) if row["city"] == "madrid"]
    expected = Counter(
        (f"{ID}network/{row['network']}", row.get("scope", ""), row["since"]) for row in of_madrid
    )
    assert Counter((row["network"], row["scope"], row["since"]) for row in answer(39)) == expected


def events_of(city: str, table: Table) -> Iterator[tuple[str, str]]:
    for row in table("agreements"):
        if city in slugs(row["cities"]):
            yield row["signed"] or row["start"], f"agreement/{row['id']}"
    taken_part = {row["action"] for row in table("participations") if row["city"] == city}
    yield from ((row["start"], f"action/{row['id']}") for row in table("actions") if row["id"] in taken_part)
    for name in ("memberships", "network_roles"):
        for row in table(name):
            if row["city"] == city:
                office = f"/{row['id']}" if "id" in row else ""
                yield row["since"], f"membership/{row['network']}/{city}{office}"


def test_timeline(answer: Read, table: Table) -> None:
    expected = sorted((date, ID + thing) for date, thing in events_of("quito", table) if date)
    assert sorted((row["date"], row["thing"]) for row in answer(40)) == expected
    assert [row["date"] for row in answer(40)] == sorted(row["date"] for row in answer(40))


def test_certainty(answer: Read, table: Table) -> None:
    classes = {
        "City": ["cities"],
        "Network": ["networks"],
        "Organisation": ["organisations"],
        "Programme": ["programmes"],
        "Agreement": ["agreements"],
        "Action": ["actions"],
        "Participation": ["participations"],
        "Membership": ["memberships", "network_roles"],
        "Money": ["money"],
        "ReportedFigure": ["figures"],
    }
    expected = Counter(
        (name, row["certainty"]) for name, tables in classes.items() for t in tables for row in table(t)
    )
    found = {
        (row["class"].rpartition("#")[2], row["certainty"].rpartition("/")[2]): int(row["things"])
        for row in answer(43)
    }
    assert found == expected


def test_undated(answer: Read, table: Table) -> None:
    dates = {"Agreement": ("signed", "start", "end"), "Action": ("start", "end")}
    expected = {
        name: (len(rows), sum(not any(row[column] for column in columns) for row in rows))
        for name, columns in dates.items()
        for rows in [table(f"{name.lower()}s")]
    }
    assert {
        row["class"].rpartition("#")[2]: (int(row["all"]), int(row["undated"])) for row in answer(44)
    } == expected


def test_cities(answer: Read, table: Table) -> None:
    cities = {row["id"]: row for row in table("cities")}
    unplaced = {f"{ID}city/{name}" for name, row in cities.items() if not row["lat"]}
    assert {row["city"] for row in answer(45)} == unplaced
    taken_part = Counter(row["city"] for row in table("participations"))
    countries = Counter(cities[name]["country"] for name in taken_part)
    often = Counter(cities[row["city"]]["country"] for row in table("participations"))
    found = {row["country"][-2:]: (int(row["cities"]), int(row["participations"])) for row in answer(46)}
    assert found == {country: (countries[country], often[country]) for country in countries}
    assert sum(countries.values()) == 140
    signed = {city for row in table("agreements") for city in slugs(row["cities"])}
    alone = {f"{ID}city/{name}": count for name, count in taken_part.items() if name not in signed}
    assert {row["city"]: int(row["actions"]) for row in answer(47)} == alone


def test_parties_and_funders(answer: Read, table: Table) -> None:
    many = {f"{ID}agreement/{r['id']}": len(parties(r)) for r in table("agreements") if len(parties(r)) >= 3}
    assert {row["agreement"]: int(row["parties"]) for row in answer(48)} == many
    funders = Counter(slug for row in table("actions") for slug in slugs(row["funders"]))
    organisers = Counter(row["organiser"] for row in table("actions") if row["organiser"])
    found = {(row["part"], row["actor"].rpartition("/")[2]): int(row["actions"]) for row in answer(49)}
    assert found == {("funds", name): count for name, count in funders.items()} | {
        ("organises", name): count for name, count in organisers.items()
    }


def test_figures_beside_documented(answer: Read, table: Table) -> None:
    twinnings = [row for row in table("agreements") if row["kind"] == "twinning"]
    names = {row["id"]: row["name_en"] for row in table("cities")}
    expected: dict[tuple[str, str, str], int] = {}
    for figure in table("figures"):
        city = figure["city"]
        if city and figure["counts_agreement_kind"]:
            of_city = [slugs(row["cities"]) for row in twinnings if city in slugs(row["cities"])]
            others = {other for found in of_city for other in found} - {city}
            counted = len(of_city) if figure["counts_class"] == "Agreement" else len(others)
            expected[names[city], figure["measure"], figure["value"]] = counted
    found = {(row["name"], row["measure"], row["reported"]): int(row["documented"]) for row in answer(19)}
    assert found == expected
    in_programme = Counter(row["programme"] for row in table("actions"))
    assert {(row["figure"][-3:], int(row["documented"])) for row in answer(17)} == {
        ("007", in_programme["madrid-integral-cooperation"]),
        ("008", 0),
        ("077", in_programme["urb-al-iii"]),
        ("078", in_programme["urb-al-iii"]),
    }
    of_ucci = Counter(row["role"] for row in table("memberships") if row["network"] == "ucci")
    counts = {(int(row["membersNamed"]), int(row["associatesNamed"])) for row in answer(18)}
    assert counts == {(of_ucci["member"], of_ucci["associate"])} == {(27, 1)}


def differing(figure: Row, others: list[Row]) -> str:
    """How a figure differs from others of one subject and measure."""
    alike = [row for row in others if row["qualifier"] == figure["qualifier"]]
    period = figure["stated_period"]
    if period and any(row["stated_period"] == period for row in alike):
        return "for the same period"
    if any(not period or not row["stated_period"] for row in alike):
        return "perhaps: a period is not stated"
    return "for another period or meant otherwise"


def test_conflicts(answer: Read, table: Table) -> None:
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in table("figures"):
        about = next(f"{k}/{row[k]}" for k in ("programme", "network", "city", "action") if row[k])
        groups.setdefault((f"{ID}{about}", row["measure"]), []).append(row)
    expected = [
        (*key, row["value"], row["stated_period"], differing(row, others))
        for key, rows in groups.items()
        for row in rows
        if (others := [other for other in rows if other["value"] != row["value"]])
    ]
    columns = ("subject", "measure", "value", "statedPeriod", "differs")
    assert sorted(tuple(row[column] for column in columns) for row in answer(20)) == sorted(expected)
    ceilings = {row["differs"] for row in answer(20) if row["measure"] == "grant ceiling per project"}
    assert ceilings == {"for another period or meant otherwise"}, "7,000 in 2017 and 10,000 in 2022"


def test_evidence_points_at_the_rows(answer: Read, root: Path) -> None:
    rows = [row["evidence"] for row in answer(41) if "#row=" in row["evidence"]]
    assert len(rows) == 2
    for address in rows:
        name, _, number = address.removeprefix(f"{ID}file/").partition("#row=")
        lines = (root / "data" / f"{name}.csv").read_text(encoding="utf-8").splitlines()
        assert "allas" in lines[int(number) - 1].split(",")


def test_agreements_over_time(answer: Read, table: Table) -> None:
    """The states of single agreements are those that question 22 counts."""
    words = dict(zip(STATES.values(), STATES, strict=True))
    expected = {
        f"{ID}agreement/{row['id']}": (row["signed"], row["start"], row["end"], status(row, renewed(table)))
        for row in table("agreements")
    }
    state = {row["agreement"]: words[row["status"].rpartition("/")[2]] for row in answer(53)}
    found = {
        row["agreement"]: (row["signed"], row["start"], row["end"], state[row["agreement"]])
        for row in answer(53)
    }
    assert found == expected and len(answer(53)) == 100
    counted = Counter((LABELS[row["kind"].rpartition("/")[2]], state[row["agreement"]]) for row in answer(53))
    assert counted == {(row["kindLabel"], row["statusLabel"]): int(row["agreements"]) for row in answer(22)}


def test_goals_by_city(answer: Read, table: Table) -> None:
    goals = {row["id"]: {goal.partition(".")[0] for goal in slugs(row["sdgs"])} for row in table("actions")}
    took_part = {(row["city"], row["action"]) for row in table("participations")}
    expected = Counter((city, goal) for city, action in took_part for goal in goals[action])
    found = {
        (row["city"].rpartition("/")[2], row["goal"].rpartition("/")[2]): int(row["actions"])
        for row in answer(54)
    }
    assert found == expected
    every = Counter(city for city, _ in took_part)
    silent = Counter(city for city, action in took_part if not goals[action])
    told = {row["city"].rpartition("/")[2]: row for row in answer(55)}
    assert {city: int(row["actions"]) for city, row in told.items() if row["actions"] != "0"} == every
    assert {city: int(row["actions"]) - int(row["actionsWithGoal"]) for city, row in told.items()} == {
        city: silent[city] for city in told
    }
    assert {row["class"].rpartition("#")[2]: (row["things"], row["withGoal"]) for row in answer(57)} == {
        "Action": (str(len(goals)), str(sum(map(bool, goals.values())))),
        "Agreement": ("100", "0"),
        "Programme": ("15", "1"),
    }
    assert [row["thing"].rpartition("/")[2] for row in answer(56)] == ["mc18-early-childhood"]
