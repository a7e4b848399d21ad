"""Files of what a page shows: CSV, XLSX, GEXF, GeoJSON, JSON-LD, each with title, date, sources and licence.

In: a `Sheet`, or the explorer's graph or a part of it. Out: bytes, the same for the same content.
"""
