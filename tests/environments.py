"""Environments of their own for oracles that need other packages than we, in the checkout, made when asked.

In: the checkout, what an environment is called and holds. Out: its Python.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def python_of(root: Path, name: str, *requirements: str) -> Path:
    """Return the Python of an environment with these requirements in it, made where it is not there yet."""
    home = root / name
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    marker = home / "-".join(requirements).replace("==", "-")
    if not marker.is_file():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)
        install = [str(python), "-m", "pip", "install", "--quiet", *requirements]
        done = subprocess.run(install, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.fail(
                f"{', '.join(requirements)} could not be installed into {name}/:\n{done.stderr[-2000:]}"
            )
        marker.write_text("")
    return python
