"""What a page about one thing shows: a city's, a network's, an agreement's facts, each with its sources.

In: an open release and an IRI. Out: frozen dataclasses, the same for pages and for JSON.
"""

from __future__ import annotations

from coopgraph.views.profiles.gathering import profile_of
from coopgraph.views.profiles.profile import Profile, plain

__all__ = ["Profile", "plain", "profile_of"]
