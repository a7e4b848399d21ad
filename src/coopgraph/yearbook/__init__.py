"""The year book: what a network did in a year, as a document to print and to keep."""
