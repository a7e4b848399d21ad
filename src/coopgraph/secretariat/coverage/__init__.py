"""What is covered and what is missing: goals, lines, countries, figures reported, and how complete it all is.

In: an open release. Out: the dossier `coverage`. Every count is of what sources state by name.
"""
