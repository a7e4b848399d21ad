"""What the catalogue says of a measure in English, and what the numbers of a whole network are, in words.

In: a measure, and the reader's language. Out: texts; tests hold that none of the catalogue is missing here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coopgraph.network.catalogue import Measure
    from coopgraph.web.words import Words


def catalogue_words(measure: Measure, _: Words) -> dict[str, str]:
    """Return which direction of flows a measure looks at, what weights mean, and what parts do to it."""
    directions = {
        "along the flows": _("along the flows"),
        "along the flows, to the city": _("along the flows, to the city"),
        "both, added up": _("both directions, added up"),
        "gives": _("what a city gives"),
        "gives against receives": _("what it gives against what it receives"),
        "gives and receives, compared pair by pair": _("what it gives and receives, compared pair by pair"),
        "gives and receives, whoever with": _("what it gives and receives, whoever with"),
        "none": _("none: directions are not looked at"),
        "receives": _("what a city receives"),
        "receives from one, gives to the other": _("what it receives from one and gives to another"),
    }
    weights = {
        "strength": _("strength: the more passes, the closer two cities are"),
        "length": _("length: the more passes, the shorter the way (1 / weight)"),
        "none": _("nothing: only whether there is a link counts"),
    }
    disconnected = {
        "A city in no network has 0.": _("A city in no network has 0."),
        "A city without flow has none.": _("A city without flow has none."),
        "Cities out of reach count as partners one could have, so small parts score low.": _(
            "Cities out of reach count as partners one could have, so small parts score low."
        ),
        "Each group of cities that reach each other along the flows has scores of its own: compare within it "
        "only; the largest is ranked. A city on no cycle of flows has none.": _(
            "Each group of cities that reach each other along the flows has scores of its own: compare "
            "within it only; the largest is ranked. A city on no cycle of flows has none."
        ),
        "Every city has a score; one that receives nothing has the least.": _(
            "Every city has a score; one that receives nothing has the least."
        ),
        "Only the strongest part is above 0.": _("Only the strongest part is above 0."),
        "Parts do not matter: only the ties around a city count.": _(
            "Parts do not matter: only the ties around a city count."
        ),
        "The jumps hold the parts together, and a city without flow gets what they bring.": _(
            "The jumps hold the parts together, and a city without flow gets what they bring."
        ),
        "Two cities with no way between them count as nothing.": _(
            "Two cities with no way between them count as nothing."
        ),
        "Two with no way between them count as nothing.": _(
            "Two cities with no way between them count as nothing."
        ),
        "Who cannot reach a city adds 0, so small parts score low.": _(
            "Who cannot reach a city adds 0, so small parts score low."
        ),
    }
    return {
        "direction": directions[measure.direction],
        "weights": weights[measure.weights],
        "disconnected": disconnected[measure.disconnected],
    }


def whole_words(_: Words) -> dict[str, tuple[str, str]]:
    """Return what each number of a whole network is called, and what it is."""
    return {
        "cities": (_("Cities"), _("Cities that take part in what is selected.")),
        "ties": (_("Ties"), _("Ordered pairs with a flow from the first to the second.")),
        "pairs": (_("Pairs"), _("Pairs with a flow one way or both.")),
        "parts": (_("Parts"), _("Parts not linked by any flow, of two cities or more.")),
        "largest-part": (_("Largest part"), _("Cities in the largest part.")),
        "without-flow": (_("Without flow"), _("Cities without any flow.")),
        "reciprocity": (_("Reciprocity"), _("Share of all flow that is returned.")),
        "reciprocity-expected": (
            _("Reciprocity by chance"),
            _("Expected if each city gave and received as much as it does, with anybody."),
        ),
        "reciprocity-excess": (
            _("Reciprocity beyond chance"),
            _("Beyond that, over the most there could be: 0 as by chance, 1 all, below 0 less."),
        ),
        "reciprocity-rewired": (
            _("Reciprocity by chance, ties kept"),
            _("Expected if each city also kept its number of ties (mean of 20 rewired networks)."),
        ),
        "reciprocity-excess-rewired": (
            _("Reciprocity beyond chance, ties kept"),
            _("Reciprocity beyond that, over the most there could be."),
        ),
        "country-assortativity": (
            _("Stays within countries"),
            _("1: all flow stays within countries; 0: as by chance; below 0: less than by chance."),
        ),
        "communities": (_("Communities"), _("Groups of cities with much flow within and little between.")),
        "modularity": (
            _("Modularity"),
            _("Share of flow within communities, less what chance would put there."),
        ),
        "community-stability": (
            _("Stability of communities"),
            _("How alike several tries are: well below 1, other divisions are as good."),
        ),
    }
