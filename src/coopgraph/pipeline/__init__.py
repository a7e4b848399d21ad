"""Workspace -> release: the whole way of the data on one page (`build.py`)."""

from coopgraph.pipeline.build import build as build
from coopgraph.pipeline.build import check as check
from coopgraph.pipeline.outcome import Build as Build
from coopgraph.pipeline.outcome import SourceSummary as SourceSummary
