"""How QGIS draws the layers of a GeoPackage: cities by community, links by what they are.

In: the colours of `looks`. Out: QML, which QGIS reads from the table `layer_styles`.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree

from coopgraph.exports.network.looks import COLOURS, GREY, LAYERS

Element = ElementTree.Element


def style_of_cities() -> str:
    """Return a style of points: a colour for each community, grey for small ones and for none."""
    marks = [(f"{number}", colour) for number, colour in enumerate(COLOURS, start=1)]
    look = {"name": "circle", "size": "2.6", "outline_color": "255,255,255,255", "outline_width": "0.2"}
    return _style("marker", "SimpleMarker", "community", [*marks, ("", GREY)], "color", look)


def style_of_links() -> str:
    """Return a style of lines: a colour for each layer."""
    look = {"line_width": "0.3", "capstyle": "round", "joinstyle": "round"}
    return _style("line", "SimpleLine", "layer", LAYERS.items(), "line_color", look)


def _style(
    kind: str, shape: str, column: str, classes: Iterable[tuple[str, str]], colour: str, look: dict[str, str]
) -> str:
    """Return a renderer with a symbol for each class; a class without a value is all that is left."""
    root = Element("qgis", {"version": "3.28.0", "styleCategories": "Symbology"})
    drawn = ElementTree.SubElement(root, "renderer-v2", {"type": "categorizedSymbol", "attr": column})
    categories, symbols = (ElementTree.SubElement(drawn, name) for name in ("categories", "symbols"))
    for number, (value, hexadecimal) in enumerate(classes):
        told = {"render": "true", "symbol": f"{number}", "value": value, "label": value or "-"}
        ElementTree.SubElement(categories, "category", {**told, "type": "string"})
        symbol = ElementTree.SubElement(symbols, "symbol", {"type": kind, "name": f"{number}", "alpha": "1"})
        layer = ElementTree.SubElement(symbol, "layer", {"class": shape, "enabled": "1", "pass": "0"})
        options = ElementTree.SubElement(layer, "Option", {"type": "Map"})
        for name, text in {colour: _rgba(hexadecimal), **look}.items():
            ElementTree.SubElement(options, "Option", {"type": "QString", "name": name, "value": text})
    return ElementTree.tostring(root, encoding="unicode")


def _rgba(hexadecimal: str) -> str:
    """Return a colour as QGIS writes it.

    >>> _rgba("0f6fb3")
    '15,111,179,255'
    """
    return ",".join(f"{int(hexadecimal[at : at + 2], 16)}" for at in (0, 2, 4)) + ",255"
