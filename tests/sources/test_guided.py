"""Tables nobody has described: what they are taken for, and that they build."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

import coopgraph as cg
from coopgraph.errors import ConfigError, SourceError
from coopgraph.settings.workspace_file import FILE_NAME
from coopgraph.sources.guided.cells import look
from coopgraph.sources.guided.guiding import Plan, carry_out, plan, read_table
from coopgraph.sources.guided.proposal import propose
from coopgraph.sources.guided.section_text import Origin
from coopgraph.sources.guided.tables import table_kinds
from coopgraph.sources.starter import starter_tables

TODAY = date(2026, 11, 26)
MEMBERS = """Miembros de la red;;;;
;;;;
Ciudad;País;Año de ingreso;Red;Observaciones
Lisboa;Portugal;1982;UCCI;
La Paz;Bolivia;1985;UCCI;fundadora
San José;Costa Rica;s/d;UCCI;
Madrid;España;12/10/1982;UCCI;
"""
PARTICIPATIONS = """Project,City,Country,Role,Gives,Receives,Start date
Water exchange,Lisbon,Portugal,lead,yes,no,2019-03
Water exchange,Praia,Cape Verde,partner,No,Yes,2019-03
Open budget,Madrid,Spain,partner,Sí,Sí,2020
Open budget,Lisbon,Portugal,partner,não,1,2020
"""
MONEY = """Programa\tImporte\tTipo de importe\tPagado por\tAño
Agua\t€ 1.234,50\tPresupuesto\tMadrid\t2019
Agua\t€ 12,00\tEjecutado\tLisboa\t2020
"""
TWINS = """Cidade,País,Cidade irmã,País irmã,Data de assinatura
Lisboa,Portugal,Rio de Janeiro,Brasil,10/06/1980
Porto,Portugal,Recife,Brasil,26-10-1981
"""
CITIES = """Town|Country|Lat|Long|Inhabitants|E-mail
Lisbon|PT|38,72|-9,14|545.796|mayor@example.org
Nowhere|PT|39,1|-8,5|1.200|clerk@example.org
"""
AGREEMENTS = """Nº expediente;Objeto;Tipo de convenio;Ciudades;Fecha de firma
2019/1;Agua;Convenio marco;La Paz / Lisboa;14/02/2019
2019/2;Ocio;Pacto;Curitiba / Lisboa;3/4/2019
"""


def planned(folder: Path, content: str | bytes, file: str = "t.csv", **said: str | None) -> Plan:
    path = folder / file
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return plan(read_table(path), folder / "w", **said)  # type: ignore[arg-type]


def built(made: Plan, folder: Path) -> cg.Release:
    """Carry a plan out, build the workspace, which must succeed, and open the release."""
    carry_out(made, folder / "w", Origin("A table"), read=TODAY)
    outcome = cg.build(folder / "w")
    assert not [str(f) for f in outcome.faults if f.severity == "violation"]
    return cg.open(folder / "w")


@pytest.mark.parametrize(
    "table", [t for t in starter_tables() if t.name in table_kinds()], ids=lambda t: t.name
)
def test_the_tables_of_the_starter_are_what_they_are(table) -> None:  # type: ignore[no-untyped-def]
    """Each column of the templates means itself, as far as the example rows have anything in it."""
    columns = list(zip(*table.rows, strict=True))
    looks = {
        name: look([cell or None for cell in cells])
        for name, cells in zip(table.header, columns, strict=True)
    }
    found = propose(looks)
    assert found.kind.name == table.name
    filled = {name for name, each in looks.items() if each.filled and name in found.kind.meanings}
    assert {key: header for key, header in found.columns.items() if header in filled} == {
        n: n for n in filled
    }


def test_a_list_of_members_becomes_memberships(tmp_path: Path) -> None:
    made = planned(tmp_path, MEMBERS)
    assert made.proposal.kind.name == "memberships"
    assert dict(made.proposal.columns) == {
        "network": "Red", "city": "Ciudad", "since": "Año de ingreso", "city.country": "País",
    }  # fmt: skip
    assert made.proposal.free == ("Observaciones",)
    assert (made.table.spec.delimiter, made.table.spec.skip, made.table.spec.null) == (";", 2, ("s/d",))
    assert made.understood[3] == {
        "network": "UCCI", "city": "Madrid, ES (exact)", "since": "1982-10-12", "city.country": "ES",
    }  # fmt: skip
    with built(made, tmp_path) as release:
        rows = {
            row["city"].rpartition("/")[2]: row["since"] for row in release.table("memberships").to_pylist()
        }
    assert rows == {
        "geonames-2267057": "1982", "geonames-3911925": "1985", "geonames-3621849": None,
        "geonames-3117735": "1982-10-12",
    }  # fmt: skip


def test_participations_with_flags_in_three_languages(tmp_path: Path) -> None:
    made = planned(tmp_path, PARTICIPATIONS)
    assert made.proposal.kind.name == "participations"
    with built(made, tmp_path) as release:
        flags = {
            (row["event"].rpartition("/")[2], row["city"].rpartition("-")[2]): (
                row["contributes"],
                row["benefits"],
            )
            for row in release.table("participations").to_pylist()
        }
    assert flags == {
        ("Water%20exchange", "2267057"): (True, False), ("Water%20exchange", "3374333"): (False, True),
        ("Open%20budget", "3117735"): (True, True), ("Open%20budget", "2267057"): (False, True),
    }  # fmt: skip


def test_money_takes_its_currency_from_beside_the_amounts(tmp_path: Path) -> None:
    made = planned(tmp_path, MONEY)
    with built(made, tmp_path) as release:
        rows = [
            (row["kind"].rpartition("/")[2], str(row["amount"]), row["currency"])
            for row in release.table("money").to_pylist()
        ]
    assert sorted(rows) == [("planned", "1234.50", "EUR"), ("spent-to-date", "12.00", "EUR")]


def test_twinnings_are_agreements_of_two(tmp_path: Path) -> None:
    with built(planned(tmp_path, TWINS), tmp_path) as release:
        sides = cg.one_sided(release).basis
        rows = release.table("agreements").to_pylist()
    assert {(row["kind"].rpartition("/")[2], row["signed"]) for row in rows} == {
        ("twinning", "1980-06-10"), ("twinning", "1981-10-26"),
    }  # fmt: skip
    assert len(rows) == 4
    assert (sides.statements, sides.ties) == (2, 2), "the first city of a row says it"


def test_cities_with_commas_and_without_addresses(tmp_path: Path) -> None:
    made = planned(tmp_path, CITIES)
    assert made.proposal.kind.name == "cities"
    assert made.proposal.free == ("E-mail",)
    assert made.table.looks["E-mail"].has_mail
    with built(made, tmp_path) as release:
        rows = {row["label_en"]: row for row in release.table("cities").to_pylist()}
    assert (rows["Lisbon"]["population"], rows["Nowhere"]["lat"]) == (545_796, 39.1)


def test_agreements_with_several_parties_in_a_cell(tmp_path: Path) -> None:
    made = planned(tmp_path, AGREEMENTS)
    assert made.proposal.kind.name == "agreements"
    with built(made, tmp_path) as release:
        rows = release.table("agreements").to_pylist()
    assert {row["kind"].rpartition("/")[2] for row in rows} == {"cooperation-agreement", "other"}
    assert {row["party"].rpartition("/")[2] for row in rows} == {"La%20Paz", "Lisboa", "Curitiba"}


def test_a_city_s_own_agreements_have_it_as_a_party(tmp_path: Path) -> None:
    made = planned(tmp_path, AGREEMENTS.replace(" / Lisboa", ""), city="Madrid, España")
    with built(made, tmp_path) as release:
        rows = release.table("agreements").to_pylist()
    assert [row["party"].rpartition("/")[2] for row in rows].count("geonames-3117735") == 2
    assert len(rows) == 4
    with pytest.raises(ConfigError, match=r"It is not certain which city 'San José' is \(ambiguous\)"):
        planned(tmp_path, AGREEMENTS, city="San José")


def test_a_description_beside_the_file_goes_before_what_is_found(tmp_path: Path) -> None:
    described = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": "t.csv",
        "dialect": {"delimiter": ";", "encoding": "latin1", "skipRows": 1, "header": False},
        "null": ["0"],
        "tableSchema": {
            "columns": [
                {"titles": "City"}, {"titles": "Network"},
                {"titles": "Since", "datatype": {"base": "date", "format": "MM/dd/yyyy"}},
            ]
        },
    }  # fmt: skip
    (tmp_path / "t.csv-metadata.json").write_text(json.dumps(described))
    made = planned(tmp_path, "from the archive\nÉvora;UCCI;1/2/1999\nLisboa;UCCI;0\n".encode("latin-1"))
    assert made.table.spec.header == ("City", "Network", "Since")
    assert [(row["network"], row["since"]) for row in made.understood] == [
        ("UCCI", "1999-01-02"),
        ("UCCI", ""),
    ]
    (tmp_path / "t.csv-metadata.json").write_text("{")
    with pytest.raises(SourceError) as caught:
        planned(tmp_path, MEMBERS)
    assert str(caught.value.faults[0]).startswith("t.csv-metadata.json: is not JSON: ")


@pytest.mark.parametrize(
    ("file", "pack"),
    [
        ("t.csv.gz", gzip.compress),
        ("t", lambda content: content),
        ("t.txt", lambda content: content.decode().encode("utf-16")),
        ("t.csv", lambda content: content.decode().encode("cp1252")),
    ],
)
def test_the_same_table_written_otherwise(tmp_path: Path, file: str, pack: Callable[[bytes], bytes]) -> None:
    made = planned(tmp_path, pack(MEMBERS.encode()), file)
    assert made.proposal.columns["since"] == "Año de ingreso"
    with built(made, tmp_path) as release:
        assert release.table("memberships").num_rows == 4


def test_the_members_of_one_network(tmp_path: Path) -> None:
    lines = "\n".join(line.replace(";UCCI", "").replace(";Red", "") for line in MEMBERS.splitlines()[2:])
    assert planned(tmp_path, lines).proposal.kind.name == "cities"
    made = planned(tmp_path, lines, kind="memberships", network="Unión de Ciudades")
    with built(made, tmp_path) as release:
        networks = {row["network"].rpartition("/")[2] for row in release.table("memberships").to_pylist()}
    assert networks == {"union-de-ciudades"}


def test_what_the_user_says_goes_before_what_is_proposed(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(MEMBERS, encoding="utf-8")
    made = plan(read_table(path), tmp_path / "w", given={"Observaciones": "since", "Año de ingreso": ""})
    assert made.proposal.columns["since"] == "Observaciones"
    assert made.proposal.free == ("Año de ingreso",)


def test_what_is_no_table_known_here_is_told_with_what_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        planned(tmp_path, "colour,size\nred,1\nblue,2\n")
    assert caught.value.message == "It is not clear what this table is. Its columns are 'colour', 'size'."
    assert str(caught.value.faults[0]) == (
        "As cities it lacks a column for name. Say which it is: --as cities --map COLUMN=name"
    )
    with pytest.raises(ConfigError) as caught:
        planned(tmp_path, MEMBERS, given={"Alta": "since", "Red": "netwrk"})  # type: ignore[arg-type]
    assert [str(fault) for fault in caught.value.faults] == [
        "--map Alta=since: there is no such column. Known: Año de ingreso, Ciudad, Observaciones, País, Red."
    ]
    with pytest.raises(SourceError) as refused:
        planned(tmp_path, "")
    assert [str(fault) for fault in refused.value.faults] == [
        "t.csv: is empty. Put a header in its first line."
    ]


def test_what_is_wrong_in_a_table_is_told_with_its_line(tmp_path: Path) -> None:
    """Cells in each other's columns, and two rows with one id."""
    rows = [f"a{n};Agua {n};Memorando;Lisboa / Curitiba;2019-0{n % 9 + 1}" for n in range(30)]
    rows[3] = "a3;Agua;2019-04;Lisboa / Curitiba;Memorando"
    swapped = [f"a{n};Agua {n};Memorando;Lisboa / Curitiba;{'x' * n}" for n in range(1, 23)]
    table = "\n".join(["id;title;kind;cities;signed", *rows, *swapped])
    (tmp_path / "t.csv").write_text(table, encoding="utf-8")
    given = {"id": "id", "signed": "signed"}
    carry_out(plan(read_table(tmp_path / "t.csv"), tmp_path / "w", given=given), tmp_path / "w",
              Origin("A table"), read=TODAY)  # fmt: skip
    with pytest.raises(cg.CoopgraphError) as caught:
        cg.build(tmp_path / "w")
    told = [str(fault) for fault in caught.value.faults]
    assert (
        "t.csv, line 5: column 'signed' has 'Memorando', expected a date like 2017-05-31, 2017-05 or 2017."
    ) in told
    assert [line for line in told if "line 32" in line and "'a1'" in line] == [
        "t.csv, line 32: column 'id' has 'a1', which is the key of line 3 too, and the rows differ. "
        "Give one its own key, or make them one row."
    ]


def test_a_cell_of_a_megabyte_takes_no_time(tmp_path: Path) -> None:
    """Spaces between digits, signs in a row: what patterns with two ways to read it would never end on."""
    cells = ["1" + " " * 1_000_000 + "x", "@" * 500_000, "1." * 400_000]
    assert [look([cell]).number for cell in cells] == [False, False, False]
    assert planned(tmp_path, f"City,{'y ' * 300_000}\n" + "".join(f"L,{c}\n" for c in cells)).proposal.free


def test_a_sheet_below_a_title_and_a_cover_without_rows(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["Red de ciudades"])
    sheet = book.create_sheet("Socios")
    for row in (["Socios"], [], ["Municipio", "País", "Alta", "Red"], ["Lisboa", "Portugal", TODAY, "UCCI"]):
        sheet.append(row)
    book.save(tmp_path / "t.xlsx")
    with pytest.raises(SourceError) as caught:
        read_table(tmp_path / "t.xlsx")
    assert [str(fault) for fault in caught.value.faults] == [
        "t.xlsx: has a header and no rows. If another sheet holds the table: --sheet NAME."
    ]
    made = plan(read_table(tmp_path / "t.xlsx", sheet="Socios"), tmp_path / "w")
    assert made.proposal.kind.name == "memberships"
    with built(made, tmp_path) as release:
        assert [row["since"] for row in release.table("memberships").to_pylist()] == ["2026-11-26"]


def test_nothing_is_written_over_and_nothing_half(tmp_path: Path) -> None:
    made = planned(tmp_path, MEMBERS)
    carry_out(made, tmp_path / "w", Origin("A table"), read=TODAY)
    before = {path: path.read_bytes() for path in (tmp_path / "w").rglob("*") if path.is_file()}
    with pytest.raises(ConfigError, match="has a source 't' already"):
        carry_out(made, tmp_path / "w", Origin("Another"), read=TODAY)
    assert {path: path.read_bytes() for path in (tmp_path / "w").rglob("*") if path.is_file()} == before
    assert (tmp_path / "w" / FILE_NAME) in before


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_line_ends_of_every_machine(tmp_path: Path, end: str) -> None:
    """Old Macintoshes end lines with a carriage return alone."""
    made = planned(tmp_path, end.join(["Ciudad;País;Red", "Madrid;ES;UCCI", "Lisboa;PT;UCCI", ""]))
    assert [row["city"] for row in made.understood] == ["Madrid, ES (exact)", "Lisbon, PT (alias)"]
    with built(made, tmp_path) as release:
        assert release.table("memberships").num_rows == 2


def test_a_lone_carriage_return_in_a_header_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        planned(tmp_path, "Ciudad;Pa\rís;Red\nMadrid;ES;UCCI\n")
    assert [fault.line for fault in caught.value.faults] == [3]


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["31/12/2019", "12/10/1982", "13/13/2015", "01/02/2016"], "dd/mm/yyyy"),  # one misfit against two
        (["12/31/2019", "10/12/1982", "13/13/2015", "01/02/2016"], "mm/dd/yyyy"),
        (["12/31/2019", "11/30/1982", "31/10/2015"], "mm/dd/yyyy"),
        (["31/12/2019", "30/02/2015"], "dd/mm/yyyy"),
    ],
)
def test_one_bad_date_turns_no_column_around(cells: list[str], order: str) -> None:
    found = look(cells)
    assert (found.date, found.either_date) == (order, ())


def test_dates_that_are_none_stay_out_and_the_others_in(tmp_path: Path) -> None:
    rows = ["31/12/2019", "12/10/1982", "13/13/2015", "01/02/2016", "30/02/2017"]
    table = "\n".join(["Ciudad;Red;Ingreso", *(f"Lisboa {n};UCCI;{day}" for n, day in enumerate(rows))])
    made = planned(tmp_path, table)
    assert made.told == ()
    assert made.bound.of["since"].odd == ("13/13/2015", "30/02/2017")
    with built(made, tmp_path) as release:
        since = [row["since"] for row in release.table("memberships").to_pylist()]
    assert sorted(since, key=str) == ["1982-10-12", "2016-02-01", "2019-12-31", None, None]


@pytest.mark.parametrize(
    ("header", "other", "order", "why"),
    [
        ("Ciudad;Red;Ingreso;Baja", "", "dd/mm/yyyy", "as is written in Spanish and Portuguese"),
        ("City;Network;Joined;Left", "", "dd/mm/yyyy", "as most countries write"),
        ("City;Network;Joined;Left", "12/31/2020", "mm/dd/yyyy", "as column 'Left' surely is"),
        ("Ciudad;Red;Ingreso;Baja", "12/31/2020", "mm/dd/yyyy", "as column 'Baja' surely is"),
    ],
)
def test_dates_to_be_read_either_way_are_told(
    tmp_path: Path, header: str, other: str, order: str, why: str
) -> None:
    made = planned(tmp_path, f"{header}\nLisboa;UCCI;01/02/2019;{other}\n")
    assert made.proposal.look("since").date == order
    (told,) = made.told
    assert "'01/02/2019' may have the day or the month first" in told
    assert why in told
    assert not planned(tmp_path, f"{header}\nLisboa;UCCI;02/02/2019;\n").told


@pytest.mark.parametrize(
    ("header", "cell", "value"),
    [
        ("Acción;Tipo de importe;Importe;Moneda", "1.234", "1234.00"),
        ("Acción;Tipo de importe;Importe;Moneda", "1,234", "1.23"),
        ("Action;Kind of amount;Amount;Currency", "1.234", "1.23"),
        ("Action;Kind of amount;Amount;Currency", "1,234", "1234.00"),
    ],
)
def test_a_point_before_three_digits_is_told(tmp_path: Path, header: str, cell: str, value: str) -> None:
    made = planned(tmp_path, f"{header}\nAgua;budget;{cell};EUR\n")
    (told,) = made.told
    assert f"'{cell}' may be " in told
    with built(made, tmp_path) as release:
        (row,) = release.table("money").to_pylist()
    assert str(row["amount"]) == value
    assert not planned(tmp_path, f"{header}\nAgua;budget;{cell};EUR\nBus;budget;12{cell[1]}5;EUR\n").told


OWN = """Ciudad,País,Tipo,Fecha firma,Vigencia hasta
Bogota DC,Colombia,Hermanamiento,31/12/2019,31/12/2022
Lisboa,Portugal,Pacto,,
Lisbon,Portugal,,13/13/2013,
"""


def test_agreements_without_titles_get_some(tmp_path: Path) -> None:
    made = planned(tmp_path, OWN, city="Madrid, ES")
    assert any(told.startswith("No column has titles") for told in made.told)
    assert "Column 'Tipo': the kind 'other' is taken for 'Pacto'." in made.told
    with built(made, tmp_path) as release:
        found = release.query(
            "SELECT ?title WHERE { ?a a coop:Agreement ; skos:prefLabel ?title ; skos:note ?made }"
        )
        titles = sorted(str(row[0]).strip('"') for row in found)
        kinds = sorted({row["kind"].rpartition("/")[2] for row in release.table("agreements").to_pylist()})
    assert titles == [
        "Agreement, Madrid – Lisbon",
        "Hermanamiento, Madrid – Bogotá, 2019-12-31",
        "Pacto, Madrid – Lisbon",
    ]
    assert kinds == ["other", "twinning"]


def test_a_column_may_mean_two_things(tmp_path: Path) -> None:
    given = {"Tipo": "kind+title"}
    (tmp_path / "t.csv").write_text(OWN.replace("Portugal,,", "Portugal,Convenio,"), encoding="utf-8")
    made = plan(read_table(tmp_path / "t.csv"), tmp_path / "w", given=given, city="Madrid, ES")
    assert (made.proposal.columns["kind"], made.proposal.columns["title"]) == ("Tipo", "Tipo")
    with built(made, tmp_path) as release:
        assert release.table("agreements").num_rows == 6


def test_agreements_that_name_one_city_say_that_another_is_needed(tmp_path: Path) -> None:
    assert any(told.startswith("Each row names one city") for told in planned(tmp_path, OWN).told)


def test_rows_that_nothing_names_are_named_by_what_stands_in_them(tmp_path: Path) -> None:
    """Two rows that are alike are two; a row has its name wherever it stands."""
    rows = ["Lisboa,Hermanamiento,2019", "Lisboa,Hermanamiento,2019", "Porto,,"]
    made = planned(tmp_path, "\n".join(["City,Kind,Signed", *rows]), city="Madrid, ES")
    assert any(told.startswith("Nothing names a row of this table") for told in made.told)

    def names(made: Plan, folder: Path) -> set[str]:
        with built(made, folder) as release:
            return {row["agreement"].rpartition("/")[2] for row in release.table("agreements").to_pylist()}

    here = names(made, tmp_path)
    assert len(here) == 3
    (tmp_path / "again").mkdir()
    turned = planned(tmp_path / "again", "\n".join(["City,Kind,Signed", *rows[::-1]]), city="Madrid, ES")
    assert names(turned, tmp_path / "again") == here


@pytest.mark.parametrize("file", ["t.csv", "t.xlsx"])
def test_a_second_header_is_no_data(tmp_path: Path, file: str) -> None:
    rows = [
        ["Miembros", "", "", ""], ["País", "Ciudad", "Red", "Ingreso"],
        ["Country", "City", "Network", "Joined"],
        ["España", "Madrid", "UCCI", "1982"], ["Portugal", "Lisboa", "UCCI", "1985"],
    ]  # fmt: skip
    book = Workbook()
    for row in rows:
        book.worksheets[0].append([cell or None for cell in row])
    book.save(tmp_path / "t.xlsx")
    if file == "t.csv":
        (tmp_path / file).write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    made = plan(read_table(tmp_path / file), tmp_path / "w")
    assert made.table.rows == 2
    assert [fault.line for fault in made.table.remarks if "is a second header" in fault.what] == [3]
    with built(made, tmp_path) as release:
        assert release.table("memberships").num_rows == 2


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["invested", "Inversión", "Gastado"], "spent"), (["Subvención", "Subsídio", "grant"], "granted"),
        (["Planificado", "Orçamento", "budgeted"], "planned"), (["Pagado", "pago"], "disbursed"),
    ],
)  # fmt: skip
def test_kinds_of_amounts_have_the_names_offices_use(tmp_path: Path, words: list[str], code: str) -> None:
    rows = "\n".join(f"Agua {n},{word},{n}0,EUR" for n, word in enumerate(words, 1))
    made = planned(tmp_path, f"Action,Kind of amount,Amount,Currency\n{rows}\n")
    assert not made.bound.unknown
    assert {row["kind"] for row in made.understood} == {code}


def test_one_kind_of_all_amounts_and_words_nobody_knows(tmp_path: Path) -> None:
    bare = "Action,Amount,Currency\nAgua,10,EUR\n"
    assert any(told.startswith("No column says what kind") for told in planned(tmp_path, bare).told)
    with built(planned(tmp_path, bare, row_kind="presupuesto"), tmp_path) as release:
        assert release.table("money").to_pylist()[0]["kind"].endswith("/planned")
    table = "Action,Kind of amount,Amount,Currency\nAgua,spent,10,EUR\nBus,zap,12,EUR\n"
    assert dict(planned(tmp_path, table).bound.unknown) == {"Kind of amount": ("zap",)}
    made = planned(tmp_path, table, words={"zap": "granted"})  # type: ignore[arg-type]
    assert [row["kind"] for row in made.understood] == ["spent", "granted"]
    with pytest.raises(ConfigError) as caught:
        planned(tmp_path, table, row_kind="spant", words={"zip": "spent", "zap": "grated"})  # type: ignore[arg-type]
    assert [str(fault) for fault in caught.value.faults] == [
        "--kind spant: 'spant' is not known. Did you mean 'spent'?",
        "--word zip=spent: no column of this table of money has such a word. Write it as the cell has it.",
        "--word zap=grated: 'grated' is not known. Did you mean 'granted'?",
    ]


def test_twinnings_say_who_states_them(tmp_path: Path) -> None:
    twins = TWINS + "Rio de Janeiro,Brasil,Lisboa,Portugal,1980\n"
    made = planned(tmp_path, twins)
    assert any("the city in 'Cidade' states" in told for told in made.told)
    with built(made, tmp_path) as release:
        found = cg.one_sided(release).table.to_pylist()
    assert [(row["says_label"], row["of_label"]) for row in found if row["finding"] == "one-sided"] == [
        ("Porto", "Recife"),
    ]


def test_sums_and_former_members_are_told(tmp_path: Path) -> None:
    table = "Ciudad,Red,Status\nLisboa,UCCI,Former Member\nPorto,UCCI,Inativo\nTotal,UCCI,\nBaja,UCCI,Full\n"
    told = planned(tmp_path, table).told
    assert [each.partition(" is a sum")[0].partition(" says")[0] for each in told] == [
        "Column 'Ciudad': 'Total'", "Column 'Status': 'Former Member'", "Column 'Status': 'Inativo'",
    ]  # fmt: skip


def test_results_are_told_with_what_measures_them(tmp_path: Path) -> None:
    """An aim without a value reached stays one; a row without an indicator is a result not measured."""
    text = (
        "Acción;Resultado;Tipo;Indicador;Unidad;Línea base;Meta;Alcanzado\n"
        "Taller;Técnicos formados;Producto;Técnicos;personas;0;1250,5;980\n"
        "Taller;Plan aprobado;efecto;;;;;\nFeria;Ventas;impacto;Ventas;EUR;;300;\n"
    )
    with built(planned(tmp_path, text), tmp_path) as release:
        rows = [
            (row["kind"].rpartition("/")[2], row["indicator"], row["unit"], row["target"], row["actual"])
            for row in release.table("results").to_pylist()
        ]
    assert sorted(rows) == [
        ("impact", "Ventas", "EUR", 300, None),
        ("outcome", None, None, None, None),
        ("output", "Técnicos", "personas", 1250.5, 980),
    ]
