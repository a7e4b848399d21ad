"""What the explorer shows of a release: its graph as columns, downloads, a view saved as one file.

In: an open release. Out: plain values for scripts; `web` serves them and the command line writes them.
"""
