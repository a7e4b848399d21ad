"""`ro-crate-metadata.json`: the folder and each of its files, for machines that archive and find data.

In: what is told of a crate, its files. Out: the file. Standard: RO-Crate 1.1 (JSON-LD).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coopgraph.exports.classes import LANGUAGES
from coopgraph.exports.ro_crate.parts import Part
from coopgraph.exports.ro_crate.words import crate_words

if TYPE_CHECKING:
    from coopgraph.exports.ro_crate.described import Crate


def write_crate_json(crate: Crate, parts: Sequence[Part], target: Path) -> None:
    """Write the description."""
    told, publishing = crate.told, crate.publishing
    about = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
    }
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": told.title,
        "description": crate_words()["words"]["description"][LANGUAGES.index(told.lang)],
        "datePublished": crate.published,
        "license": {"@id": told.licence},
        "inLanguage": ["en", "es", "pt"],
        "keywords": [texts[0] for texts in crate_words()["keywords"].values()],
        "hasPart": [{"@id": part.path} for part in parts],
    }
    if told.release:
        root |= {"version": told.release, "identifier": told.release}
    if publishing.landing_page:
        root["url"] = publishing.landing_page
    things = [about, root, _licence(told.licence)]
    if publishing.publisher:
        who: dict[str, Any] = {"@id": "#publisher", "@type": "Organization", "name": publishing.publisher}
        root["publisher"] = root["author"] = {"@id": "#publisher"}
        if publishing.landing_page:
            who["url"] = publishing.landing_page
        if publishing.contact:
            who["contactPoint"] = {"@id": "#contact"}
            things.append(_contact(publishing.contact))
        things.append(who)
    things += [_file(part, told.licence) for part in parts]
    made = {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": things}
    text = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    target.write_text(text, encoding="utf-8", newline="\n")


def _file(part: Part, licence: str) -> dict[str, Any]:
    return {
        "@id": part.path,
        "@type": "File",
        "name": part.name,
        "encodingFormat": part.media,
        "contentSize": str(part.size),
        "license": {"@id": licence},
    }


def _licence(address: str) -> dict[str, Any]:
    name = "CC BY 4.0" if address == "https://creativecommons.org/licenses/by/4.0/" else address
    return {
        "@id": address,
        "@type": "CreativeWork",
        "name": name,
        "description": f"The licence of the data: {address}",
    }


def _contact(contact: str) -> dict[str, Any]:
    told = {"@id": "#contact", "@type": "ContactPoint", "contactType": "data"}
    return told | ({"email": contact} if "@" in contact and "://" not in contact else {"url": contact})
