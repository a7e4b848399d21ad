"""Workspace -> release: the whole way of the data on one page (`building.py`)."""

from coopgraph.pipeline.building import build as build
from coopgraph.pipeline.building import check as check
from coopgraph.pipeline.outcome import Build as Build
from coopgraph.pipeline.outcome import SourceSummary as SourceSummary
