"""Money, soberly: what is planned, committed, granted and spent, each kind and currency for itself.

In: an open release, and a table of rates where amounts are to be converted. Out: the dossier `money`.
"""
