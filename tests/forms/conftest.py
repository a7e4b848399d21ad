"""A workspace of three cities, its forms, and a form filled in as a city would."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import coopgraph as cg

SOURCES = ("sources", "cities", "networks", "programmes", "agreements", "actions", "participations",
           "memberships", "money")  # fmt: skip
LISTS = {"agreements": ("cities", "networks", "organisations"), "actions": ("funders", "sdgs", "themes")}
ROWS: Mapping[str, tuple[str, ...]] = {
    "sources": (
        "web,City page,City of Quito,https://example.org/a,2019,2020-01-02,,public,",
        "press,Newspaper,The Press,https://example.org/b,2021,2021-03-04,,public,",
    ),
    "cities": (
        "lima,Lima,Lima,Lima,PE,-12.04,-77.03,7737002,,,,web,stated,",
        "quito,Quito,Quito,Quito,EC,-0.22,-78.51,,,,,web,stated,",
        "madrid,Madrid,Madrid,Madrid,ES,40.4,-3.7,3255944,,,,press,stated,",
    ),
    "networks": ("ucci,Union of Ibero-American Capital Cities,Unión,UCCI,1982,press,stated,",),
    "programmes": ("andes,Andean exchange,Intercambio andino,,,,,,,,,,2016,2020,,,,,,,,press,stated,",),
    "agreements": (
        "lima-quito,Twinning of Lima and Quito,twinning,lima;quito,,,,,,1999-05-04,,2010,,,,,web,stated,",
        "lima-madrid,Memorandum of Lima and Madrid,memorandum,lima;madrid,,,,,,2017,,,andes,,,,press,stated,",
    ),
    "actions": (
        "visit,Visit to Quito,andes,,,,,2018-03,,green-urban-networks,11,,web,stated,",
        "course,Course on water,,,,,,,,,,,press,stated,",
    ),
    "participations": (
        "visit,lima,unknown,yes,visitor,web,stated",
        "visit,quito,yes,no,host,web,stated",
        "course,lima,yes,no,,press,stated",
        "course,madrid,no,yes,,press,stated",
    ),
    "memberships": ("ucci,lima,member,,,press,stated,",),
    "money": ("grant,,lima-madrid,,granted,100000,EUR,madrid,,,exact,,2017,2018,press,stated,",),
}


def write_workspace(root: Path, place: Path) -> Path:
    """Write the workspace: the bundled one's mappings, and few rows."""
    place.mkdir()
    shutil.copytree(root / "data" / "mappings", place / "mappings")
    head = '[workspace]\ntitle = "Three cities"\nlicence = "https://creativecommons.org/licenses/by/4.0/"\n'
    sections = [head]
    for name in SOURCES:
        header = (root / "data" / f"{name}.csv").read_text("utf-8").splitlines()[0]
        (place / f"{name}.csv").write_text("\n".join([header, *ROWS[name], ""]), "utf-8")
        sections.append(f'[sources.{name}]\npath = "{name}.csv"\nmapping = "mappings/{name}.yml"')
        if name in LISTS:
            lists = "\n".join(f'{column} = {{ separator = ";" }}' for column in LISTS[name])
            sections.append(f"[sources.{name}.columns]\n{lists}")
    sections.append("[sources.programmes.columns]")
    sections += [f'{column} = {{ separator = ";" }}' for column in ("objectives", "strategic_lines", "sdgs")]
    (place / "coopgraph.toml").write_text("\n".join([*sections, ""]), "utf-8")
    return place


@pytest.fixture(scope="session")
def three(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of three cities, built. Tests only read it."""
    place = write_workspace(root, tmp_path_factory.mktemp("forms") / "three")
    cg.build(place)
    return place


@pytest.fixture(scope="session")
def release(three: Path) -> Iterator[cg.Release]:
    """Its release."""
    with cg.open(three) as opened:
        yield opened


@pytest.fixture
def workspace(three: Path, tmp_path: Path) -> Path:
    """A copy of the workspace, built, to change."""
    return Path(shutil.copytree(three, tmp_path / "three"))


@pytest.fixture(scope="session")
def blank(release: cg.Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The form of Lima as it is sent, in Spanish."""
    (form,) = cg.write_forms(release, tmp_path_factory.mktemp("blank"), "Lima", lang="es")
    return form


class Filling:
    """A form being filled in with openpyxl, by the keys of its hidden row."""

    def __init__(self, form: Path) -> None:
        self.book = load_workbook(form)

    def sheet(self, title: str) -> Any:
        return self.book[title]

    def columns(self, title: str) -> dict[str, int]:
        return {str(cell.value): cell.column for cell in self.sheet(title)[1] if cell.value}

    def row_of(self, title: str, iri: str) -> int:
        """Return the row whose technical id ends so."""
        return next(int(cell.row) for cell in self.sheet(title)["A"] if str(cell.value).endswith(iri))

    def put(self, title: str, row: int | str, /, **values: object) -> int:
        """Write values into a row, by number or by technical id; 0 is the first empty one."""
        at = self.row_of(title, row) if isinstance(row, str) else row or self.first_empty(title)
        columns = self.columns(title)
        for key, value in values.items():
            name = f"#{key}" if key in ("confirm", "remark") else key
            self.sheet(title).cell(at, columns[name]).value = value
        return at

    def first_empty(self, title: str) -> int:
        sheet, columns = self.sheet(title), self.columns(title)
        places = [columns[name] for name in columns if not name.endswith("#source")]
        return next(
            number
            for number in range(5, sheet.max_row + 2)
            if not any(sheet.cell(number, place).value for place in places)
        )

    def save(self, to: Path) -> Path:
        self.book.save(to)
        return to


@pytest.fixture
def filling(blank: Path) -> Filling:
    """The form of Lima, to fill in."""
    return Filling(blank)
