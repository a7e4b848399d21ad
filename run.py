#!/usr/bin/env python3
"""Set coopgraph up and run it, on a bare machine: `python3 run.py demo`, `python3 run.py test`.

In: Python 3.11 or newer and the lock files beside this script. Out: a `.venv` holding exactly what the lock
says, made once and again only when the lock changes; then the command, with every further argument passed on.

The standard library is enough. Up to the first check nothing here needs a newer Python than 3.6, so that an
old one answers with a sentence and not with a SyntaxError.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "run.py: coopgraph needs Python 3.11 or newer, and this is Python %d.%d (%s).\n"
        "Run the same command with a newer one, for example: python3.12 run.py demo"
        % (sys.version_info[:2] + (sys.executable,))
    )

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
FINISHED = (
    VENV / "coopgraph-setup.json"
)  # what is installed; written last, so its absence means "not finished"
UNFINISHED = VENV / "coopgraph-setup.unfinished"  # there while pip is at work
LOCKS = {"runtime": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}
FRONT = ROOT / "src" / "coopgraph" / "web" / "front"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

USAGE = """\
Usage: python3 run.py COMMAND [ARGUMENTS]

  demo [DIR]     build the bundled workspace in ./coopgraph-demo and show what coopgraph does
  test [...]     all tests; arguments go to pytest:  python3 run.py test -k peer
  check          tests with coverage, then lint, format, types, and the layers' import contract
  lint           the same without the tests
  docs           write docs/commands.md from the commands themselves
  front          build the scripts and styles of the explorer again (needs node and npm)
  lock           work out the lock files again (needs uv)
  anything else  goes to the coopgraph command:      python3 run.py query -w data --list
"""

LINT = {
    "lint": ("ruff", "check", "."),
    "format": ("ruff", "format", "--check", "."),
    "types": ("mypy",),
    "layers": ("importlinter.cli",),
    "commands page": ("coopgraph.cli.reference", "--check"),
}


def main(arguments: Sequence[str]) -> int:
    """Set up what the command needs, and run it; return its exit code."""
    command, *rest = arguments or ["help"]
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else all of .venv is compiled anew by every command
    if command in ("help", "-h", "--help"):
        print(USAGE, end="")
        return 0
    if command in ("lock", "front"):
        return {"lock": lock, "front": front}[command]()
    if command in ("test", "check", "lint", "docs"):
        set_up("dev")
        os.chdir(ROOT)
        return {"test": test, "check": check, "lint": lint, "docs": write_docs}[command](rest)
    set_up("runtime")
    os.environ["COOPGRAPH_COMMAND"] = f"{Path(sys.executable).name} {os.path.relpath(__file__)}"
    return become("-m", "coopgraph", command, *rest)


def test(arguments: Sequence[str]) -> int:
    """Run the tests, on as many processes as there are processors (at most four) unless told otherwise."""
    return become("-m", "pytest", *workers(arguments), *arguments)


def check(arguments: Sequence[str]) -> int:
    """Run everything a change must pass."""
    options = ["--cov", "--cov-report=term:skip-covered", *workers(arguments), *arguments]
    return every({"tests": ("pytest", *options), **LINT})


def lint(arguments: Sequence[str]) -> int:
    """Run everything but the tests."""
    if arguments:
        fail("lint takes no arguments.")
    return every(LINT)


def write_docs(arguments: Sequence[str]) -> int:
    """Write the reference of the commands."""
    return become("-m", "coopgraph.cli.reference", *arguments)


def every(checks: dict[str, tuple[str, ...]]) -> int:
    """Run each check to its end, whatever the others say, and tell which failed."""
    failed = []
    for name, (module, *options) in checks.items():
        say(f"{name}: {module} {' '.join(options)}".rstrip())
        if run(module_command(module, options)) != 0:
            failed.append(name)
    for name in failed:
        print(f"failed: {name}")
    print(f"checks: {len(checks) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


def module_command(module: str, options: Sequence[str]) -> list[str]:
    """Return the command that runs a module; import-linter alone has no `python -m` of its own."""
    if module == "importlinter.cli":
        return [str(PYTHON), "-c", "from importlinter.cli import lint_imports_command as c; c()", *options]
    return [str(PYTHON), "-m", module, *options]


def workers(arguments: Sequence[str]) -> list[str]:
    """Spread the tests, but not under a debugger and not when the user says how many.

    >>> workers(["--pdb"]), workers(["-n0"])
    ([], [])
    """
    if any(argument.startswith(("-n", "--numprocesses", "--pdb", "--trace")) for argument in arguments):
        return []
    return ["-n", str(min(4, os.cpu_count() or 1)), "--dist", "loadgroup"]


def set_up(kind: str) -> None:
    """Make `.venv` hold what the lock of this kind says, or return at once when it does."""
    wanted = state()
    found = finished()
    if found.get(kind) == wanted[kind] and all(
        found.get(key) == wanted[key] for key in ("python", "root", "project")
    ):
        return
    if not reusable(found, wanted):
        make_venv()
        found = {}
    UNFINISHED.touch()
    FINISHED.unlink(missing_ok=True)
    if found.get(kind) != wanted[kind]:
        install_lock(LOCKS[kind])
    install_project()
    # The dev lock holds the runtime lock, version for version (tests/test_packaging.py).
    kinds = ("runtime", "dev") if kind == "dev" else ("runtime",)
    kept = {key: found[key] for key in LOCKS if key in found} if found.get(kind) == wanted[kind] else {}
    installed = {**kept, **{key: wanted[key] for key in (*kinds, "python", "root", "project")}}
    FINISHED.write_text(json.dumps(installed, indent=2), encoding="utf-8")
    UNFINISHED.unlink()


def state() -> dict[str, str]:
    """Describe what a finished set-up would be now: the digests, the Python and the place."""
    return {
        **{kind: digest(path) for kind, path in LOCKS.items()},
        "project": digest(ROOT / "pyproject.toml"),
        "python": "%d.%d" % sys.version_info[:2],
        "root": str(ROOT),  # an environment that was moved does not run
    }


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's text, the same whichever line ends git wrote."""
    try:
        return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
    except FileNotFoundError:
        fail(f"{path.name} is missing beside run.py. Get it back with: git checkout {path.name}")


def finished() -> dict[str, str]:
    """Read what the last finished set-up installed; nothing if there is none that works."""
    if UNFINISHED.exists() or not PYTHON.exists():
        return {}
    try:
        found = json.loads(FINISHED.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def reusable(found: dict[str, str], wanted: dict[str, str]) -> bool:
    """Tell whether packages may be installed into the `.venv` that is there."""
    if found:
        return all(found.get(key) == wanted[key] for key in ("python", "root"))
    if UNFINISHED.exists() or not PYTHON.exists():
        return False
    probe = "import sys, pip; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run([str(PYTHON), "-I", "-c", probe], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return answer.stdout.strip() == wanted["python"]


def make_venv() -> None:
    """Make an empty `.venv`, in place of a broken one, one of another Python or one that was moved."""
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        fail(
            "this Python cannot make virtual environments: its module venv or ensurepip is missing.\n"
            "On Debian and Ubuntu: apt install python3-venv. Elsewhere install the full Python.\n"
            "Then run the same command again."
        )
    if VENV.exists() and not (VENV / "pyvenv.cfg").exists() and any(VENV.iterdir()):
        fail(f"{VENV} is there and is not a virtual environment. Move it away, then run this again.")
    say(f"making {VENV} with Python {sys.version.split()[0]}")
    base = getattr(sys, "_base_executable", None) or sys.executable  # run.py may itself run in the old .venv
    if run([base, "-I", "-m", "venv", "--clear", str(VENV)]) != 0:
        fail(f"could not make {VENV} (see above). If the disk is not full, delete that folder and try again.")


def install_lock(path: Path) -> None:
    """Install what a lock says: exactly these versions, only files with these digests."""
    say(f"installing what {path.name} says; this is done once")
    # Without --no-compile pip compiles everything at once, also what is never imported.
    if pip("install", "--require-hashes", "--no-deps", "--no-compile", "-r", str(path)) != 0:
        fail(
            f"pip could not install {path.name} (see above). The first set-up needs the package index or a\n"
            "warm pip cache; afterwards no network is needed. Run the same command again: it starts afresh."
        )


def install_project() -> None:
    """Install coopgraph itself so that edits count at once; needs no network."""
    if pip("install", "--no-index", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)) != 0:
        fail("pip could not install coopgraph itself (see above).")


def pip(*arguments: str) -> int:
    """Run the environment's pip, shielded from settings that would send packages elsewhere."""
    environment = {**os.environ, "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    for name in ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_DRY_RUN"):
        environment.pop(name, None)
    return run([str(PYTHON), "-I", "-m", "pip", "-qq", *arguments], environment)


def lock() -> int:
    """Work out both locks for every platform and Python from 3.11 on, with digests and without addresses."""
    uv = shutil.which("uv")
    if uv is None:
        fail("`lock` needs uv on the PATH. Install it with: pip install uv")
    os.chdir(ROOT)
    every_run = [
        "--universal",
        "--python-version",
        "3.11",
        "--generate-hashes",
        "--no-emit-index-url",
        "--no-annotate",
    ]
    every_run += ["--quiet", "--upgrade", "--custom-compile-command", "python3 run.py lock"]
    groups = {
        "runtime": ["--group", "build"],
        "dev": ["--group", "dev", "--all-extras", "-c", "requirements.lock"],
    }
    for kind, options in groups.items():
        target = LOCKS[kind].name
        if run([uv, "pip", "compile", "pyproject.toml", *every_run, *options, "-o", target]) != 0:
            fail(f"uv could not work out {target} (see above).")
        if "://" in LOCKS[kind].read_text(encoding="utf-8"):
            fail(f"{target} holds an address: it would not work behind a mirror.")
    say("wrote " + " and ".join(path.name for path in LOCKS.values()))
    return 0


def front() -> int:
    """Build what browsers get of the explorer from its sources, as `package-lock.json` says."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        fail("`front` needs node 20 or newer and npm on the PATH.")
    os.chdir(FRONT)
    if run([npm, "ci", "--no-audit", "--no-fund"]) != 0:
        fail("npm could not install what package-lock.json says (see above).")
    return run([node, "build.mjs"])


def run(command: Sequence[str], environment: dict[str, str] | None = None) -> int:
    """Run a command to its end and return its exit code."""
    return subprocess.run(list(command), env=environment, check=False).returncode


def become(*arguments: str) -> int:
    """Go on as the environment's Python, so that signals and the exit code are the command's own."""
    command = [str(PYTHON), *arguments]
    if os.name != "nt":  # there exec returns to the shell before the new process ends
        sys.stdout.flush()
        os.execv(command[0], command)
    return run(command)


def say(message: str) -> None:
    """Tell what is going on, apart from the command's own output."""
    print(f"run.py: {message}", file=sys.stderr, flush=True)


def fail(message: str) -> NoReturn:
    """Stop with a sentence."""
    sys.exit(f"run.py: {message}")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("run.py: interrupted; run the same command again to go on.")
