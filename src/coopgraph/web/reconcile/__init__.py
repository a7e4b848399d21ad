"""Reconciliation of names of cities with the release and the gazetteer, as OpenRefine asks for it."""

from __future__ import annotations

from coopgraph.web.reconcile.service import Reconciliation as Reconciliation
