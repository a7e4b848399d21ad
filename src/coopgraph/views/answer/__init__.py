"""What a question answers, ready to be shown: columns, things by their names, and pictures."""

from __future__ import annotations

from coopgraph.views.answer.columns import Answer, Cell, Column, answer_of
from coopgraph.views.answer.things import Thing, Things, things_in

__all__ = ["Answer", "Cell", "Column", "Thing", "Things", "answer_of", "things_in"]
