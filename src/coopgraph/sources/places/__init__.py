"""Names of places to places: a gazetteer, matching, columns added to records, and doubts to review."""
