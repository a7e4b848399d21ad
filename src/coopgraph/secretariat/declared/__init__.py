"""What one side alone declares, what sources say otherwise, what may be there twice, and what was judged."""

from coopgraph.secretariat.declared.answer import declared as declared
