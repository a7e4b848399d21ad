"""A year book as one page of HTML that needs nothing beside it, by templates a designer can change.

In: a `Book`, and a folder of templates or none. Out: HTML as text. Jinja runs in its sandbox: a template
reads no file but those beside it, and runs no code of its own.
"""

from __future__ import annotations

import base64
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from coopgraph.errors import ProjectionError
from coopgraph.network.faults import fault
from coopgraph.yearbook.pictures import TEXT

if TYPE_CHECKING:
    from coopgraph.yearbook.book import Book

OWN: Final = Path(__file__).parent / "templates"
FIRST: Final = "yearbook.html.j2"
_KINDS: Final = {
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".ttf": "font/ttf",
}


def laid_out(book: Book, templates: Path | None = None) -> str:
    """Return the page; what a folder of templates does not have is taken from our own.

    Raises
    ------
    ProjectionError
        For a folder that is not there, and a template that cannot be used, with file and line.
    """
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.loaders import FileSystemLoader
    from jinja2.sandbox import ImmutableSandboxedEnvironment
    from markupsafe import Markup, escape

    folders = [OWN] if templates is None else [_checked(templates), OWN]

    def with_text(svg: str, text: str) -> Markup:
        return Markup(svg.replace(TEXT, str(escape(text))))

    def asset(name: str) -> str:
        return _data(name, [*folders, OWN.parent])

    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folders), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["with_text"] = with_text
    environment.globals |= {"book": book, "asset": asset, "word": _words(book)}
    try:
        page = environment.get_template(FIRST).render()
    except (TemplateError, UnicodeDecodeError, TypeError, ValueError, ArithmeticError, LookupError) as error:
        raise ProjectionError("The templates cannot be used.", faults=[_told(error, folders)]) from None
    return page.replace("\u202f", "\u00a0").strip() + "\n"  # a space the font does not have


def write_templates(folder: Path) -> Path:
    """Copy the templates for a designer to change; raises ProjectionError where some are there already."""
    there = sorted(path.name for path in OWN.iterdir() if (folder / path.name).exists())
    if there:
        wrong = fault(
            f"{folder} holds {', '.join(there)} already.", "Name another folder; nothing is written over."
        )
        raise ProjectionError("The templates were not copied.", faults=[wrong])
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(OWN.iterdir()):
        shutil.copyfile(path, folder / path.name)
    return folder


def _checked(folder: Path) -> Path:
    if not folder.is_dir():
        wrong = fault(f"There is no folder {folder}.", "Make one: coopgraph report --write-templates DIR.")
        raise ProjectionError("The templates cannot be used.", faults=[wrong])
    return folder


def _words(book: Book) -> Any:
    def word(key: str, **values: Any) -> str:
        return str(book.word(key, values))

    return word


def _data(name: str, folders: Sequence[Path]) -> str:
    """Return a file beside the templates as an address that holds it whole."""
    kind = _KINDS.get(Path(name).suffix.lower())
    if kind is None or ".." in Path(name).parts or Path(name).is_absolute():
        raise ValueError(
            f"asset('{name}'): give the name of a file beside the templates: {', '.join(_KINDS)}"
        )
    for folder in folders:
        if (folder / name).is_file():
            return f"data:{kind};base64,{base64.b64encode((folder / name).read_bytes()).decode()}"
    raise ValueError(f"asset('{name}'): there is no such file beside the templates")


def _told(error: Exception, folders: Sequence[Path]) -> Any:
    """Return what is wrong with a template, and where."""
    name, line = getattr(error, "filename", None), getattr(error, "lineno", None)
    step = error.__traceback__
    while step is not None:  # Jinja names its own templates in the frames
        if step.tb_frame.f_code.co_filename.endswith((".j2", ".css")):
            name, line = step.tb_frame.f_code.co_filename, step.tb_lineno
        step = step.tb_next
    place = f"{name}, line {line}: " if name else ""
    return fault(f"{place}{error}", f"Mend it, or delete it from {folders[0]}: then coopgraph's own is used.")
