"""A network as files of networks are written from: nodes first, then edges, one after the other.

In: a release, or what a page shows. Out: a `Network`. One writer for each format takes both.
"""
