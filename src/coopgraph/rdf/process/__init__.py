"""What runs in the process that answers one query after another and may be killed at any time.

In: requests as lines of JSON. Out: frames of bytes, the answer in one of the formats of SPARQL 1.1 results or
RDF 1.1. These modules import pyoxigraph and the standard library alone, and each other: a process is ready in
40 ms because nothing else of coopgraph is loaded.
"""
