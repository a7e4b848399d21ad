"""Photograph every page of the explorer over the bundled workspace: `python docs/images/explorer.py`.

In: a checkout with its development environment and Chromium. Out: `explorer-*.png` beside this script.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

import coopgraph as cg

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ID = "https://w3id.org/coopgraph/id"
PICTURES = {  # name -> address, width, height, theme
    "explore": ("/en/explore", 1280, 800, "light"),
    "explore-city": ("/en/explore?sel=city/madrid", 1280, 800, "light"),
    "explore-dark": ("/es/explore", 1280, 800, "dark"),
    "explore-phone": ("/pt/explore", 390, 780, "light"),
    "map": ("/en/map", 1280, 800, "light"),
    "timeline": ("/en/timeline", 1280, 800, "light"),
    "measures": ("/en/measures", 1280, 800, "light"),
    "sdgs": ("/en/sdgs?cities=all", 1280, 800, "light"),
    "money": ("/en/money", 1280, 800, "light"),
    "city": (f"/en/city?iri={ID}/city/quito", 1280, 800, "light"),
    "network": (f"/en/network?iri={ID}/network/ucci", 1280, 800, "light"),
    "ask": ("/en/ask", 1280, 800, "light"),
    "question": ("/es/ask/cq-025-partners-of-city", 1280, 800, "light"),
    "query": ("/en/query?name=cq-025-partners-of-city", 1280, 800, "light"),
    "ontology": ("/en/ontology", 1280, 800, "light"),
    "about": ("/en/about", 1280, 800, "light"),
    "secretariat": ("/en/secretariat", 1280, 760, "light"),
    "lifecycle": ("/en/secretariat/lifecycle#states", 1280, 760, "light"),
    "reciprocity": ("/en/secretariat/reciprocity?city=quito#balance", 1280, 760, "light"),
    "partners": ("/en/secretariat/partners?city=quito&sdg=11#candidates", 1280, 760, "light"),
    "coverage": ("/es/secretariat/coverage#reported", 1280, 760, "light"),
    "declared": ("/pt/secretariat/declared#review", 1280, 760, "light"),
}
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
OPTIONS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]


def main() -> None:
    """Build a copy of the bundled workspace, serve it, and take the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "bundled"
        shutil.copytree(ROOT / "data", workspace, ignore=shutil.ignore_patterns(".coopgraph"))
        cg.build(workspace)
        command = [sys.executable, "-m", "coopgraph", "serve", str(workspace), "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            address = "http://" + server.stdout.readline().split("http://")[1].split("/")[0]
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
                for name in sys.argv[1:] or PICTURES:
                    photograph(browser, address, name)
                browser.close()
            server.terminate()


def photograph(browser: Browser, address: str, name: str) -> None:
    """Open one page, wait until it stands still, and write its picture."""
    path, width, height, theme = PICTURES[name]
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
    )
    page.goto(address + path)
    page.wait_for_selector("html[data-ready]")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1000)
    page.screenshot(path=HERE / f"explorer-{name}.png")
    page.close()


if __name__ == "__main__":
    main()
