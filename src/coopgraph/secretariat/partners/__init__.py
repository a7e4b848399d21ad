"""Whom to talk to: who delivered, who needs it, who can introduce us, and why.

In: an open release, a city, a subject. Out: the dossier `partners`. Decision 23 says how it ranks.
"""
