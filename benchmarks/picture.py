"""Measure the first picture of a graph, and how it moves, beside a page with sigma as it comes.

In: how many nodes and links, how many runs. Out: JSON on standard output: medians of both pages in turn, each
in a fresh context of one Chromium that draws WebGL in software, over data served from the loopback.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import json
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from picture_data import graph

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE = Path(__file__).parent
FRONT = HERE.parent / "src" / "coopgraph" / "web" / "front"
PAGES = ("bare", "ours")
SOFTWARE = ["--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader"]
SECONDS = 3.0  # the drawing is moved so long


def main() -> None:
    """Measure both pages and print what was found."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        make_pages(Path(folder), options.nodes, options.links)
        with serving(Path(folder)) as address:
            print(json.dumps(measure(address, options.runs)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--nodes", type=int, default=10_000)
    parser.add_argument("--links", type=int, default=30_000)
    parser.add_argument("--runs", type=int, default=5)
    return parser.parse_args()


def make_pages(folder: Path, nodes: int, links: int) -> None:
    """Write both pages, bundled as the site's are, and the data both read."""
    scripts = [str(HERE / "picture" / f"{name}.js") for name in PAGES]
    esbuild = str(FRONT / "node_modules" / ".bin" / "esbuild")
    how = ["--bundle", "--minify", "--format=esm", f"--outdir={folder}", "--log-level=warning"]
    environment = {**os.environ, "NODE_PATH": str(FRONT / "node_modules")}
    for entries in (scripts, [str(FRONT / "styles" / "app.css")]):
        subprocess.run([esbuild, *entries, *how], check=True, cwd=FRONT, env=environment)
    page = (HERE / "picture" / "page.html").read_text("utf-8")
    for name in PAGES:
        (folder / f"{name}.html").write_text(page.replace("SCRIPT", name), encoding="utf-8")
    (folder / "graph.json").write_text(
        json.dumps(graph(nodes, links), separators=(",", ":")), encoding="utf-8"
    )


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port of the loopback."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def measure(address: str, runs: int) -> dict[str, Any]:
    """Open both pages in turn and return the medians."""
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=SOFTWARE)
        for name in PAGES:
            look(browser, f"{address}/{name}.html", move=False)  # the browser itself warms up
        found = [{name: look(browser, f"{address}/{name}.html") for name in PAGES} for _ in range(runs)]
        browser.close()
    return {name: middle([one[name] for one in found]) for name in PAGES}


def look(browser: Browser, address: str, *, move: bool = True) -> dict[str, float]:
    """Open a page: milliseconds to the first picture, frames a second while it moves, and with all opened."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(address)
    page.wait_for_function("window.found", timeout=120_000)
    found: dict[str, float] = page.evaluate("(({ open, ...counts }) => counts)(found)")
    if move:
        found |= page.evaluate(f"move({SECONDS})")
        if page.evaluate("'openAll' in window"):
            opened = page.evaluate("(({ open, ...counts }) => counts)(openAll())")
            found |= {"allNodes": opened["drawnNodes"], "allLinks": opened["drawnLinks"]}
            page.wait_for_timeout(500)
            all_ = page.evaluate(f"move({SECONDS})")
            found |= {"allFps": all_["fps"], "allLongest": all_["longest"]}
    context.close()
    return found


def middle(found: list[dict[str, float]]) -> dict[str, float]:
    """The median of each number."""
    return {name: median(one[name] for one in found) for name in found[0]}


if __name__ == "__main__":
    main()
