"""The reciprocity sheet: given and received per city and per pair."""

from coopgraph.secretariat.reciprocity.sheet import reciprocity_sheet as reciprocity_sheet
