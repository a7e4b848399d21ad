"""The example notebook, executed by a real kernel, and its output looked at in a real Chromium."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from playwright.sync_api import Browser

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture(scope="module")
def executed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The notebook as committed, run beside a copy of the bundled workspace."""
    folder = tmp_path_factory.mktemp("notebook")
    shutil.copytree(root / "data", folder / "data", ignore=shutil.ignore_patterns(".coopgraph"))
    notebook: Any = nbformat.read(root / "examples" / "notebook.ipynb", as_version=4)  # type: ignore[no-untyped-call]  # it has no types
    assert all(not cell.outputs for cell in notebook.cells if cell.cell_type == "code"), (
        "outputs are not kept"
    )
    places = [str(root / "src"), os.environ.get("PYTHONPATH", "")]
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PYTHONPATH", os.pathsep.join(filter(None, places)))
        patched.setenv("IPYTHONDIR", str(folder / "ipython"))
        client = NotebookClient(
            notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
        )
        return client.execute()


def shown(notebook: Any) -> dict[str, str]:
    """Return the HTML of each code cell by its first line."""
    return {
        cell.source.splitlines()[0]: output.data["text/html"]
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "text/html" in output.get("data", {})
    }


def test_what_is_last_in_a_cell_shows_itself(executed: Any) -> None:
    html = shown(executed)
    assert "Ibero-American city cooperation" in html["import coopgraph as cg"]
    assert "<th>partner</th>" in html['release.query("cq-025", city="lisbon")']
    assert "10 rows more are not shown here." in html['cg.rank(release, unknown="both", top=30)']
    assert sum("<iframe" in one for one in html.values()) == 3
    [plain] = [cell for cell in executed.cells if cell.source.endswith("\nG")]
    assert set(plain.outputs[0].data) == {"text/plain"}, "a graph of networkx stays plain"


def test_a_browser_draws_the_views_and_asks_nobody(executed: Any, browser: Browser, tmp_path: Path) -> None:
    page_file = tmp_path / "notebook.html"
    body = "".join(f"<section>{html}</section>" for html in shown(executed).values())
    page_file.write_text(f"<!doctype html><meta charset=utf-8><body>{body}", encoding="utf-8")
    page = browser.new_page(viewport={"width": 1100, "height": 900})
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(page_file.as_uri())
    frames = page.frames[1:]
    assert len(frames) == 3
    for frame in frames:
        frame.wait_for_selector("html[data-ready]", timeout=20_000)
        assert frame.locator("#rows tbody tr").count() > 2
        assert frame.evaluate("window.origin") == "null", "it stands alone"
    page.close()
    assert [url for url in asked if not url.startswith(("file:", "about:", "data:"))] == []
    assert complaints == []
