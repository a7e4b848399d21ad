"""Answers a network secretariat needs: what is in force, who gives and receives, whom to talk to.

In: an open release. Out: a `Dossier`: tables with evidence, what they rest on, and what is not known.
"""
