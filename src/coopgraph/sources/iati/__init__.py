"""IATI activity files to tables, a row for each element (decision 15)."""
