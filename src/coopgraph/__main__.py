"""`python -m coopgraph`: the same as the `coopgraph` command."""

from __future__ import annotations

import sys

from coopgraph.cli import main

if __name__ == "__main__":
    sys.exit(main())
