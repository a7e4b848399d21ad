"""Elements of IATI files.

In: names, attributes, texts by language. Out: lxml elements, without signs that XML cannot hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from coopgraph.views.drawing import clean

Texts = Mapping[str, str]
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def element(name: str, *inner: Any, **attributes: str) -> Any:
    """Make an element; underscores of attributes are hyphens."""
    from lxml import etree

    made = etree.Element(name, {key.replace("_", "-"): value for key, value in attributes.items() if value})
    for each in inner:
        if isinstance(each, str):
            made.text = clean(each)
        else:
            made.append(each)
    return made


def narratives(texts: Texts) -> Iterator[Any]:
    """Yield the narrative of each language."""
    for lang, text in sorted(texts.items()):
        made = element("narrative", text)
        if lang:
            made.set(_XML_LANG, lang)
        yield made
