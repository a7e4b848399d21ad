"""The measures by the names a user types; here as plain texts, so that `--help` imports nothing for them.

Tests hold them equal to `network/catalogue.toml`.
"""

from __future__ import annotations

MEASURES = (
    "peer-exchange",
    "peer-exchange-k1",
    "given",
    "received",
    "balance",
    "reciprocity",
    "partners",
    "effective-partners-given",
    "effective-partners-received",
    "generalised-exchange",
    "degree",
    "out-degree",
    "in-degree",
    "strength",
)
CLASSICAL = (
    "betweenness",
    "betweenness-by-distance",
    "harmonic",
    "harmonic-by-distance",
    "eigenvector",
    "pagerank",
    "hits-givers",
    "hits-receivers",
    "katz",
    "core",
    "constraint",
    "effective-size",
    "coordinator",
    "itinerant",
    "gatekeeper",
    "representative",
    "liaison",
    "participation",
    "memberships",
    "memberships-betweenness",
    "interlocking",
)  # without ranges
