"""What the explorer shows of a release: its graph as columns, the places of its nodes, the names to search.

In: an open release. Out: plain values for scripts, which `web` serves.
"""
