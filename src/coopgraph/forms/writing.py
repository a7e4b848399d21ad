"""Forms as workbooks: one for a city, with lists to choose from, fixed cells, and a memory of what was sent.

In: an open release and cities by name. Out: XLSX files, the same bytes for the same release.
Standard: Office Open XML (ECMA-376).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coopgraph.errors import ProjectionError
from coopgraph.forms.form import form_of
from coopgraph.forms.form_book import form_workbook
from coopgraph.forms.vocabulary import vocabulary_of
from coopgraph.network.cities import find_city, known_cities
from coopgraph.network.faults import fault
from coopgraph.release.durable import whole_file

if TYPE_CHECKING:
    from coopgraph.release import Release


def write_forms(
    release: Release,
    folder: Path | str,
    *cities: str,
    lang: str = "en",
    on_progress: Callable[[int, int], object] | None = None,
) -> tuple[Path, ...]:
    """Write a form for each city, filled in with what is known about it, and return the files.

    A form has a sheet for each kind of thing a city can state (itself, its networks, agreements, actions and
    money); beside each value stands who says so. What was sent is kept in a hidden sheet, so that a returned
    form can be compared with it.

    Parameters
    ----------
    folder
        Where to; it is made if it is not there. A form of the same city is replaced.
    cities
        Names, ids or IRIs; without any, every city of the release.
    lang
        The language of the form: en, es or pt.
    on_progress
        Told how many forms are written, of how many.

    Raises
    ------
    ProjectionError
        A name that no city has, or several have; all of them are told.

    Examples
    --------
    >>> import coopgraph as cg
    >>> from coopgraph.resources import bundled
    >>> import shutil, tempfile
    >>> place = Path(tempfile.mkdtemp())
    >>> _ = shutil.copytree(bundled("data"), place / "data", ignore=shutil.ignore_patterns(".coopgraph"))
    >>> _ = cg.build(place / "data")
    >>> release = cg.open(place / "data")
    >>> [path.name for path in cg.write_forms(release, place / "forms", "Lima", "Quito", lang="es")]
    ['lima.xlsx', 'quito.xlsx']
    >>> release.close()
    """
    found = cities_meant(release, cities)
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    words = vocabulary_of(release, lang)
    written: list[Path] = []
    for city, name in file_names(found).items():
        target = place / name
        with whole_file(target) as draft:
            draft.write_bytes(form_workbook(form_of(release, city, words), words))
        written.append(target)
        if on_progress is not None:
            on_progress(len(written), len(found))
    return tuple(written)


def cities_meant(release: Release, names: Sequence[str]) -> list[str]:
    """Return the IRIs of cities by name, without names of all; raises ProjectionError for unknown ones."""
    known = known_cities(release)
    if not names:
        return sorted(known)
    found: list[str] = []
    wrong: list[ProjectionError] = []
    for name in names:
        try:
            found.append(find_city(known, name))
        except ProjectionError as error:
            wrong.append(error)
    if wrong:
        faults = [each for error in wrong for each in error.faults]
        faults.append(
            fault("Write a name or an id as the data have it.", "Without names, every city gets a form.")
        )
        raise ProjectionError(" ".join(error.message for error in wrong), faults=faults)
    return list(dict.fromkeys(found))


def file_names(cities: Iterable[str]) -> dict[str, str]:
    """Return the name of each city's form: the end of its IRI, as far as a file may be called so.

    >>> file_names(["https://example.org/id/city/lima", "https://example.org/id/town/lima"])
    {'https://example.org/id/city/lima': 'lima.xlsx', 'https://example.org/id/town/lima': 'lima-2.xlsx'}
    """
    names: dict[str, str] = {}
    for city in cities:
        slug = "".join(c if c.isalnum() or c in "-_" else "-" for c in city.rstrip("/").rsplit("/", 1)[-1])
        alike = sum(name == slug or name.rsplit("-", 1)[0] == slug for name in names.values())
        names[city] = slug if not alike else f"{slug}-{alike + 1}"
    return {city: f"{name}.xlsx" for city, name in names.items()}
