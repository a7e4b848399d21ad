"""A page as a PNG, photographed by the Chromium of the machine.

In: a page's bytes. Out: the picture's bytes, or None where there is no Chromium or it cannot. It is asked for
nothing but this file: it gets a home of its own, and the page's policy allows no request.
"""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
WIDTH, HEIGHT, SHARPNESS = 1400, 1050, 2  # CSS pixels, and dots for each
SECONDS = 60
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_QUIET = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--hide-scrollbars",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-prefers-reduced-motion",
    "--virtual-time-budget=5000",
)
_log = logging.getLogger(__name__)


def find_chromium() -> str | None:
    """Return the Chromium or Chrome of the machine; CHROMIUM in the environment says which."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def photograph(page: bytes) -> bytes | None:
    """Return the page as it looks when it opens, as PNG; None without a Chromium that can, which is said."""
    chromium = find_chromium()
    if chromium is None:
        return None
    with tempfile.TemporaryDirectory(prefix="coopgraph-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        (home / "page.html").write_bytes(page)
        why = _run(chromium, home)
        taken = home / "page.png"
        content = taken.read_bytes() if taken.is_file() else b""
    if why or not content.startswith(_SIGNATURE):
        _log.warning("%s took no picture (%s). It is drawn by matplotlib.", chromium, why or "no file")
        return None
    return content


def _run(chromium: str, home: Path) -> str:
    """Run Chromium, and return why it failed, if it did."""
    words = [
        chromium,
        *_QUIET,
        *_without_sandbox(),
        f"--user-data-dir={home / 'profile'}",
        f"--window-size={WIDTH},{HEIGHT}",
        f"--force-device-scale-factor={SHARPNESS}",
        f"--screenshot={home / 'page.png'}",
        (home / "page.html").as_uri(),
    ]
    try:
        done = subprocess.run(
            words, capture_output=True, timeout=SECONDS, env={**os.environ, "HOME": str(home)}
        )
    except OSError as error:
        return error.strerror or "it cannot be started"
    except subprocess.TimeoutExpired:
        return f"it did not end within {SECONDS} s"
    if done.returncode == 0:
        return ""
    told = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return told[-1][:200] if told else f"exit code {done.returncode}"


def _without_sandbox() -> tuple[str, ...]:
    """Chromium refuses to start as root with its sandbox; the page is ours and runs no script but ours."""
    root = getattr(os, "geteuid", lambda: 1)() == 0
    return ("--no-sandbox",) if root else ()
