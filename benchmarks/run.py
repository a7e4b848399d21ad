#!/usr/bin/env python3
"""Measure, and write docs/performance.md: `python3 benchmarks/run.py --size 0.1 --only load --only query`.

In: sizes in millions of triples (0.1, 1.1, 11; or tiny, to see that it runs) and topics. Out: the page,
made of what was measured now and what `.benchmarks/results.json` holds from before, so that one topic can
be measured again.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import environments
from page import page
from topic import Context
from topics import ONCE, TOPICS
from workspaces import PARTICIPATIONS

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Measure what was asked for, one size after the other, and write the page after each."""
    options = _options()
    options.work.mkdir(parents=True, exist_ok=True)
    kept = options.work / "results.json"
    found: dict[str, dict[str, Any]] = json.loads(kept.read_text("utf-8")) if kept.is_file() else {}
    context = Context(options.work.resolve(), options.python or environments.own(), options.runs)
    for size, topic in _asked(options.size, options.only):
        print(f"{topic}, {size} M triples", file=sys.stderr, flush=True)
        rows, verdicts = TOPICS[topic](size, context)
        key = "once" if topic in ONCE else size
        told = [{**asdict(verdict), "met": verdict.met} for verdict in verdicts]
        found.setdefault(topic, {})[key] = {"rows": rows, "verdicts": told, "date": options.date}
        found[topic] = {key: found[topic][key] for key in (*PARTICIPATIONS, "once") if key in found[topic]}
        kept.write_text(json.dumps(found, indent=1), encoding="utf-8")
        options.out.write_text(page(found, _about(found, context.python)), encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", action="append", choices=PARTICIPATIONS, help="default: 0.1, 1.1 and 11")
    parser.add_argument("--only", action="append", choices=TOPICS, help="default: everything")
    parser.add_argument("--runs", type=int, default=5, help="runs of each contender; default 5")
    parser.add_argument("--date", default=date.today().isoformat(), help="the day on the page; default today")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "performance.md")
    parser.add_argument(
        "--work", type=Path, default=ROOT / ".benchmarks", help="where data and results are kept"
    )
    parser.add_argument("--python", help="the project's interpreter; default that of .venv")
    return parser.parse_args()


def _asked(sizes: list[str] | None, topics: list[str] | None) -> list[tuple[str, str]]:
    """Pairs of size and topic; a topic with one size of its own is measured once, with the largest but 11."""
    chosen = sizes or ["0.1", "1.1", "11"]
    every = topics or list(TOPICS)
    own = next((size for size in ("1.1", "11", "0.1", "tiny") if size in chosen), chosen[0])
    return [(size, topic) for size in chosen for topic in every if topic not in ONCE or size == own]


def _about(found: dict[str, dict[str, Any]], python: str) -> dict[str, Any]:
    pythons = [python, *(str(each) for each in sorted(ROOT.glob(".venv-*/bin/python")))]
    return {
        "date": " and ".join(sorted({one["date"] for sizes in found.values() for one in sizes.values()})),
        "machine": _machine(),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "versions": environments.versions(pythons),
        "sizes": {size: count for size, count in PARTICIPATIONS.items() if size != "tiny"},
    }


def _machine() -> str:
    """The class of machine in words; never its name."""
    cores = os.cpu_count() or 1
    memory = ""
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        memory = (
            f" and {round(os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30)} GB of memory"
        )
    return f"{cores} core{'s' if cores > 1 else ''}{memory}"


if __name__ == "__main__":
    main()
