"""`coopgraph view OUT.html`: the network as one page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from coopgraph.cli.options import find, format_option, lang_option, projection, projection_options, workspace_option
