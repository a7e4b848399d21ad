"""What scripts ask for: the graph, names as one types, all that is known of one thing, files to keep.

In: a request. Out: JSON or a file. Each module has `routes`.
"""
