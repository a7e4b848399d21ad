"""`README.md` of an open data release: what is in it, under which licence, what is left out.

In: what is told of a crate. Out: Markdown in the reader's language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph.exports.about import in_words
from coopgraph.exports.classes import LANGUAGES, words
from coopgraph.exports.ro_crate.words import crate_words

if TYPE_CHECKING:
    from coopgraph.exports.ro_crate.described import Crate


def readme(crate: Crate) -> str:
    """Return the page."""
    told, known, place = crate.told, crate.measured, LANGUAGES.index(crate.told.lang)
    word = {name: texts[place] for name, texts in crate_words()["words"].items()}
    lines = [f"# {told.title}", "", word["description"], ""]
    lines += [f"- {word['date']}: {crate.published}", f"- {word['release']}: {told.release}"]
    lines += [f"- {word['licence']}: <{told.licence}>", "", f"## {word['files']}", ""]
    lines += [f"- `data/graph.nq`: {word['nq']}", f"- `data/graph.ttl`: {word['ttl']}"]
    lines += [f"- `tables/`: {word['csv']}", f"- `parquet/`: {word['parquet']}"]
    lines += [f"- `void.ttl`: {word['void']}", f"- `dcat.ttl`: {word['dcat']}", ""]
    lines += [f"| {words()['words']['sheet'][place]} | {word['rows']} |", "|---|---:|"]
    lines += [f"| {words()['tables'][name][place]} | {count:,} |" for name, count in crate.rows.items()]
    lines += ["", f"## {words()['words']['unknown'][place]}", "", word["unknown"], ""]
    if known.participations:
        lines.append("- " + word["roles"].format(whole=known.participations, part=known.unknown_roles))
    if known.agreements:
        lines.append("- " + word["ends"].format(whole=known.agreements, part=known.without_end))
    lines += ["", f"## {word['left']}", ""]
    lines += [f"- {count:,} {why}" for why, count in crate.excluded.items()] or [word["none"]]
    lines += ["", f"## {word['sources']}", ""]
    return "\n".join([*lines, *(f"- {in_words(source)}" for source in told.sources)]) + "\n"
