"""The workspace file apart from its sources: as TOML with lines, and its head.

In: a folder with a `coopgraph.toml`. Out: its `Section` at the top; from it, title, languages, base and
licence. Format: docs/decisions/0001-workspace-file.md.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from coopgraph.errors import ConfigError, Fault
from coopgraph.languages import LANGUAGES
from coopgraph.namespaces import BASE
from coopgraph.settings.section import Section
from coopgraph.settings.toml_lines import key_lines

FILE_NAME: Final = "coopgraph.toml"
_BASE_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s<>\"{}|\\^`]+[/#]")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True)
class Head:
    """What `[workspace]` says of any workspace."""

    title: str
    titles: dict[str, str]  # in other languages
    languages: tuple[str, ...]
    base: str
    licence: str | None


def read_file(directory: Path) -> Section:
    """Read the workspace file of a folder; what is wrong later on is added to the faults of the section."""
    table, text = _parsed(directory / FILE_NAME)
    return Section(FILE_NAME, (), table, key_lines(text), [])


def refuse(directory: Path, faults: list[Fault]) -> ConfigError:
    """Return the one error that tells all faults of a workspace file, in the order of its lines."""
    count = "one thing is" if len(faults) == 1 else f"{len(faults)} things are"
    ordered = sorted(faults, key=lambda fault: fault.line or 0)
    return ConfigError(f"{directory / FILE_NAME}: {count} wrong.", faults=ordered)


def read_head(top: Section) -> tuple[Head, Section]:
    """Read `[workspace]`; the section is returned for what else is in it, and must be closed."""
    head = top.section("workspace")
    if "workspace" not in top.table:
        head.fault((), "is missing.", 'Start the file with [workspace] and title = "...".')
    if "store" in head.table:  # where TOML puts a `store = ...` that is written below the header
        head.asked.add("store")
        fix = 'Write store = "..." above [workspace], at the top of the file, or [store] with url = "...".'
        head.fault(("store",), "stands inside [workspace].", fix)
    title = (head.text("title", required="workspace" in top.table) or "").strip()
    return Head(title, _titles(head), _languages(head), _base(head), head.text("licence")), head


def _parsed(path: Path) -> tuple[dict[str, Any], str]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return tomllib.loads(text.replace("\r\n", "\n")), text
    except FileNotFoundError as error:
        raise ConfigError(f"{path} does not exist. Make a workspace with: coopgraph init DIR") from error
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        fault = Fault(FILE_NAME, line, None, "is not UTF-8 text.", "Save it as UTF-8.")
        raise ConfigError(f"{path} cannot be read.", faults=[fault]) from error
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"at line (\d+)", str(error))
        line = int(where[1]) if where else len(text.splitlines())  # "at end of document"
        what = re.sub(r" \(at .*\)$", "", str(error))
        fault = Fault(FILE_NAME, line, None, f"is not TOML: {what}.")
        raise ConfigError(f"{path} cannot be read.", faults=[fault]) from error


def _titles(head: Section) -> dict[str, str]:
    titles = head.text_table("titles")
    for language in titles:
        if not _LANGUAGE.fullmatch(language):
            head.fault(("titles", language), "is no language tag like es or pt-BR.")
    return titles


def _languages(head: Section) -> tuple[str, ...]:
    languages = head.texts("languages", LANGUAGES)
    for language in languages:
        if not _LANGUAGE.fullmatch(language):
            head.fault(("languages",), f"has '{language}', expected a language tag like en or pt-BR.")
    return languages


def _base(head: Section) -> str:
    base = head.text("base", BASE) or BASE
    if not _BASE_IRI.fullmatch(base):
        head.fault(("base",), f"has '{base}', expected an address that ends in / or #, like {BASE}")
    return base
