"""Fixtures every test may use."""

from __future__ import annotations

import gc
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from xdist.scheduler import LoadGroupScheduling  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.tabs import Tabs

ROOT = Path(__file__).parents[1]
collect_ignore = ["oracles/urbact_by_hand.py"]  # a script, which a test runs


class ByModule(LoadGroupScheduling):  # type: ignore[misc]
    """Gives a process a whole module at a time, so that what the module shares is made once.

    Without this the tests go round: each process makes the fixtures of nearly every module.
    """

    def _split_scope(self, nodeid: str) -> str:
        group: str = super()._split_scope(nodeid)
        return group.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByModule | None:
    """Spread the tests by module or by group, where groups are asked for."""
    if config.getvalue("dist") != "loadgroup":
        return None
    config.option.loadscopereorder = False  # the order is that of `pytest_collection_modifyitems`
    return ByModule(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let the processes begin with what takes long: begun last, it would run alone.

    First come groups and modules with a slow test, then modules with many tests; within each the order stays.
    """
    if not hasattr(config, "workerinput"):
        return
    tests: dict[str, list[pytest.Item]] = {}
    for item in items:
        group = item.get_closest_marker("xdist_group")
        tests.setdefault(group.args[0] if group else item.nodeid.partition("::")[0], []).append(item)

    def length(scope: str) -> tuple[bool, bool, int]:
        long = any(item.get_closest_marker("slow") for item in tests[scope])
        return scope.endswith(".py"), not long, -len(tests[scope])

    items[:] = [item for scope in sorted(tests, key=length) for item in tests[scope]]


def pytest_configure() -> None:
    """Let interrupts end what tests start, also where the shell that runs the tests ignores them."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish() -> None:
    """Look for garbage as seldom as the command does, and never among what is imported and collected."""
    from coopgraph.cli import SELDOM

    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real public data, kept beside the checkout and never in it."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.fail("The real test data are missing: put them at ../shared/data beside the checkout.")
    return folder


@pytest.fixture(scope="session")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled workspace with a release, in a folder of its own. Tests only read it."""
    import coopgraph as cg

    folder = tmp_path_factory.mktemp("built") / "data"
    shutil.copytree(root / "data", folder, ignore=shutil.ignore_patterns(".coopgraph"))
    cg.build(folder)
    return folder


CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium, the only one of the test run: Playwright drives one at a time in a process."""
    from playwright.sync_api import sync_playwright

    if not CHROMIUM:
        pytest.fail("The browser tests need Chromium: apt-get install chromium, or set CHROMIUM to its path.")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield running
        running.close()


@pytest.fixture(scope="session")
def all_tabs(browser: Browser) -> Tabs:
    """The tabs of the test run."""
    from tests.tabs import Tabs

    return Tabs(browser)


@pytest.fixture
def tabs(all_tabs: Tabs) -> Iterator[Tabs]:
    """The tabs, given back when the test is over."""
    yield all_tabs
    all_tabs.give_back()
