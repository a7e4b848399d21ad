"""`report`: the year book of a release as HTML, as PDF, or as both in a folder.

In: an open release, a year, where to. Out: the files written, each whole or not at all.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coopgraph.errors import ProjectionError
from coopgraph.network.faults import fault

if TYPE_CHECKING:
    from coopgraph.release import Release
    from coopgraph.release.compare.sides import Place

PAGES, PRINTS = (".html", ".htm"), (".pdf",)


def report(
    release: Release,
    year: int,
    target: str | Path,
    *,
    lang: str = "en",
    templates: str | Path | None = None,
    against: Place | None = None,
) -> tuple[Path, ...]:
    """Write the year book of a release, and return the files.

    Parameters
    ----------
    release
        An open release.
    year
        The year the book is about; what no source dates in it is not in it.
    target
        A file that ends in .html or .pdf, or a folder, which gets both.
    lang
        en, es or pt.
    templates
        A folder with templates to use in place of ours, as `coopgraph report --write-templates` copies them.
    against
        An earlier release, as `compare` takes it: what changed in the data since is told too.

    Raises
    ------
    ProjectionError
        For another ending or language, a year that is none, templates that cannot be used, and where what
        prints the PDF is not installed; the HTML of a folder is written all the same.
    ConfigError
        Where `against` names no release, or several.

    Examples
    --------
    >>> import coopgraph as cg
    >>> report("a release", 2018, "book.docx")
    Traceback (most recent call last):
    coopgraph.errors.ProjectionError: book.docx says no form: a year book is written as .html or .pdf...
    """
    from coopgraph.views.strings import check_language

    files = targets(Path(target), year, check_language(lang))
    from coopgraph.release.compare import compare
    from coopgraph.views.writing import write_whole
    from coopgraph.yearbook.book import book_of
    from coopgraph.yearbook.layout import laid_out
    from coopgraph.yearbook.pdf import printed

    compared = None
    if against is not None:
        compared = compare(against, release, workspace=release.workspace, language=lang, most=0)
    book = book_of(release, year, lang, compared)
    page = laid_out(book, None if templates is None else Path(templates))
    for file in files:
        write_whole(file, printed(page) if file.suffix.lower() in PRINTS else page.encode())
    return files


def targets(target: Path, year: int, lang: str) -> tuple[Path, ...]:
    """Return the files that are written for a target.

    >>> [file.name for file in targets(Path("/"), 2018, "es")]
    ['yearbook-2018-es.html', 'yearbook-2018-es.pdf']
    """
    if not 1 <= year <= 9999:
        wrong = fault(f"{year} is no year.", "Write one like 2018.")
        raise ProjectionError("There is no such year.", faults=[wrong])
    if target.is_dir():
        return tuple(target / f"yearbook-{year}-{lang}{ending}" for ending in (PAGES[0], *PRINTS))
    if target.suffix.lower() not in (*PAGES, *PRINTS):
        raise ProjectionError(
            f"{target.name} says no form: a year book is written as .html or .pdf, or into a folder there is."
        )
    return (target,)
