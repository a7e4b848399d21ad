"""How sure a score is: what it would be had events, or a source, gone unrecorded."""
