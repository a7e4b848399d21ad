"""Every benchmark runs, at a tiny size, and its contenders agree; how long it takes is nobody's test."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
WITHOUT_OTHER_ENVIRONMENTS = (
    "build", "shapes", "load", "query", "columns", "ranges", "graphs", "exchange", "scaling",
    "explorer", "exporting", "serialise", "compare", "naming", "partners", "rdf-in", "iati", "tables",
    pytest.param("publishing", marks=[pytest.mark.virtuoso, pytest.mark.xdist_group("virtuoso")]),
)  # fmt: skip


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("benchmarks")


def measured(root: Path, work: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(root / "benchmarks" / "run.py"), "--size", "tiny", "--runs", "1"]
    places = ["--work", str(work), "--out", str(work / "page.md"), "--python", sys.executable]
    return subprocess.run([*command, *places, *options], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("topic", WITHOUT_OTHER_ENVIRONMENTS)
def test_a_topic_is_measured_and_written(root: Path, work: Path, topic: str) -> None:
    done = measured(root, work, "--only", topic, "--date", "2026-01-31")
    assert done.returncode == 0, done.stderr
    page = (work / "page.md").read_text(encoding="utf-8")
    assert "2026-01-31" in page
    assert page.count("\n## ") >= 2, "the targets and the topic"
    assert str(work) not in page and str(root) not in page, "no path of this machine"


@pytest.mark.parametrize(
    ("script", "contenders"),
    [("mapping.py", ["columns", "file", "sorted"]), ("edges.py", ["csv", "first", "tables"])],
)
def test_our_side_of_what_is_compared_with_peers(
    root: Path, work: Path, script: str, contenders: list[str]
) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(root / 'benchmarks')!r})\n"
        "from pathlib import Path\nimport workspaces\n"
        f"task, data = workspaces.mapping_task(Path({str(work)!r}), 'tiny'), "
        f"workspaces.built(Path({str(work)!r}), 'tiny', sys.executable)\n"
        f"print(*([task] if {script!r} == 'mapping.py' else [data.release, data.quads]), sep='\\n')"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for contender in contenders:
        command = [sys.executable, str(root / "benchmarks" / script), contender, *found.stdout.splitlines()]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert '"cpu"' in done.stdout


def test_contenders_that_disagree_are_not_compared(root: Path, work: Path) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(root / 'benchmarks')!r})\n"
        "import measure\n"
        "answers = iter((1, 2))\n"
        "measure.run = lambda contender: {'cpu': 1.0, 'peak_mb': 1.0, 'check': next(answers)}\n"
        "measure.compare([measure.Contender(name, 'x.py', ()) for name in 'ab'], runs=1)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "disagree" in done.stderr


def test_the_same_seed_gives_the_same_workspace(root: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        command = [sys.executable, str(root / "benchmarks" / "synthetic.py"), str(tmp_path / name)]
        subprocess.run([*command, "--participations", "50"], check=True)
    for file in sorted((tmp_path / "one").iterdir()):
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes(), file.name
