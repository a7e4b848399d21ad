"""Measure the first picture of a graph, and how it moves, beside a page with sigma as it comes.

In: how many nodes and links, a folder for the demo, how many runs. Out: JSON on standard output: medians of
three pages in turn (bare sigma, the explorer's drawing, its whole page), each in a fresh context of one
Chromium that draws WebGL in software, over the same data served from the loopback.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from picture_data import graph

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE = Path(__file__).parent
FRONT = HERE.parent / "src" / "coopgraph" / "web" / "front"
PAGES = ("bare", "ours")  # made here of the scripts in picture/; the whole page is taken from a server
CLOCK = """\
new MutationObserver(async (_, watch) => {
  if (!document.documentElement?.hasAttribute('data-ready')) return;
  watch.disconnect();
  const { stage } = document.getElementById('drawing');
  const { seen, moved } = await import('/clock.js');
  window.pictured = { first: await seen(stage.container), ...stage.counts };
  window.move = (seconds) => moved(stage.sigma.getCamera(), seconds);
}).observe(document, { subtree: true, attributes: true, childList: true });
"""
SOFTWARE = ["--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader"]
SECONDS = 3.0  # the drawing is moved so long


def main() -> None:
    """Measure both pages and print what was found."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        make_pages(Path(folder), options.nodes, options.links)
        names = PAGES
        if options.demo:
            copy_page(Path(folder), options.demo)
            names = (*PAGES, "page")
        with serving(Path(folder)) as address:
            print(json.dumps(measure(address, names, options.runs)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--nodes", type=int, default=10_000)
    parser.add_argument("--links", type=int, default=30_000)
    parser.add_argument("--demo", type=Path, help="where the demo is, or is made; without it no whole page")
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
    shutil.copy(HERE / "picture" / "clock.js", folder)
    (folder / "graph.json").write_text(
        json.dumps(graph(nodes, links), separators=(",", ":")), encoding="utf-8"
    )


def copy_page(folder: Path, demo: Path) -> None:
    """Take the Explore page and its files as `coopgraph serve` gives them, and put the graph under them."""
    import httpx

    demo.mkdir(parents=True, exist_ok=True)
    coopgraph = (sys.executable, "-m", "coopgraph")
    if not (demo / "coopgraph-demo").is_dir():
        subprocess.run([*coopgraph, "demo"], check=True, cwd=demo, capture_output=True)
    command = [*coopgraph, "serve", str(demo / "coopgraph-demo"), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            address = "http://" + server.stdout.readline().split("http://")[1].split()[0].rstrip("/")
            (folder / "page.html").write_bytes(httpx.get(f"{address}/en/explore").raise_for_status().content)
        finally:
            server.terminate()
    shutil.copytree(FRONT.parent / "static", folder / "static")
    (folder / "data").mkdir()
    shutil.copy(folder / "graph.json", folder / "data")


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


def measure(address: str, names: Sequence[str], runs: int) -> dict[str, Any]:
    """Open the pages in turn and return the medians."""
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=SOFTWARE)
        for name in names:
            look(browser, f"{address}/{name}.html", move=False)  # the browser itself warms up
        found = [{name: look(browser, f"{address}/{name}.html") for name in names} for _ in range(runs)]
        browser.close()
    return {name: middle([one[name] for one in found]) for name in names}


def look(browser: Browser, address: str, *, move: bool = True) -> dict[str, float]:
    """Open a page: milliseconds, also of CPU, to the first picture; frames a second as it moves."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(address.rpartition("/")[0] + "/clock.js")  # the tab's process is there before it is counted
    page.wait_for_timeout(1500)  # and what the page before left undone is over
    before = cpu(browser)
    if address.endswith("/page.html"):
        page.add_init_script(CLOCK)
    page.goto(address)
    page.wait_for_function("window.pictured", timeout=120_000)
    found: dict[str, float] = page.evaluate("(({ open, ...counts }) => counts)(pictured)")
    found["cpu"] = cpu(browser) - before
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


def cpu(browser: Browser) -> float:
    """Milliseconds of CPU that the browser's tabs and its drawing process have taken since they are there."""
    told = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    return sum(1000 * one["cpuTime"] for one in told if one["type"] in ("renderer", "GPU"))


def middle(found: list[dict[str, float]]) -> dict[str, float]:
    """The median of each number."""
    return {name: median(one[name] for one in found) for name in found[0]}


if __name__ == "__main__":
    main()
