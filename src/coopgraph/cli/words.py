"""The one place of the shell that turns errors into words: what, where, what to do; and into exit codes.

0 fine | 1 something wrong in the data | 2 wrong use | 130 interrupted | 141 the reader of a pipe has gone
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace

import click

from coopgraph.errors import ConfigError, CoopgraphError, Fault, MeasureError, ProjectionError, QueryError

SHOWN = 20  # faults written out; `check --format json` has them all
WRONG_USE = (ConfigError, QueryError, ProjectionError)


class ReaderGone(Exception):
    """Whoever read the output has gone; not an OSError, because click's own answer to that one is 1."""


class Stopped(click.Abort):
    """Ctrl-C, where there is more to say than that."""


def exit_code(act: Callable[[], object]) -> int:
    """Do it and return its exit code; say on stderr what went wrong, if anything did."""
    try:
        code = act()
        sys.stdout.flush()
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except CoopgraphError as error:
        tell(error)
        return 2 if isinstance(error, WRONG_USE) else 1
    except (KeyboardInterrupt, click.Abort) as stop:
        say(str(stop) or "Interrupted.")
        return 130
    except (BrokenPipeError, ReaderGone):
        _discard_output()
        return 141
    except OSError as error:
        say(f"Error: {system_error(error)}")
        return 1
    return code if isinstance(code, int) else 0


def tell(error: CoopgraphError) -> None:
    """Write an error and what it lists to stderr."""
    say(f"Error: {error.message}")
    if isinstance(error, (ProjectionError, MeasureError)):
        tell_faults(
            [
                replace(fault, what=as_typed(fault.what), fix=as_typed(fault.fix or "") or None)
                for fault in error.faults
            ]
        )
        return
    tell_faults(error.faults)


_KEYWORD = re.compile(
    r"\b(events|weight|currency|half_life|now|largest_event|unknown|certainty|period|prior|window|step|measure|top)"
    r"=('[^']*'|[\w.-]*)"
)


def as_typed(text: str) -> str:
    """Write options of Python as the shell's.

    >>> as_typed("weight='amount' needs a currency. Give currency='EUR' or another ISO 4217 code.")
    '--weight amount needs a currency. Give --currency EUR or another ISO 4217 code.'
    >>> as_typed("Add half_life=, in years.")
    'Add --half-life, in years.'
    """
    return _KEYWORD.sub(
        lambda found: f"--{found[1].replace('_', '-')} {found[2].strip(chr(39))}".rstrip(), text
    )


def tell_faults(faults: Sequence[Fault], shown: int = SHOWN) -> None:
    """Write faults to stderr, the first ones in full and how many more there are."""
    for fault in faults[:shown]:
        say(f"  {fault}")
    if len(faults) > shown:
        say(f"  ... and {len(faults) - shown:,} more. All of them: coopgraph check --format json")


def grouped(faults: Sequence[Fault]) -> list[str]:
    """Say each remark once for all the lines it is about.

    >>> grouped([Fault("a.csv", line, "signed", "The date is missing.") for line in (11, 12, 14, 20)])
    ["a.csv, lines 11, 12, 14 and 1 more, column 'signed': The date is missing."]
    >>> grouped([Fault("a.csv", None, None, "is empty."), Fault("a.csv", None, None, "is empty.")])
    ['a.csv: is empty.']
    """
    kinds: dict[Fault, list[Fault]] = {}
    for fault in faults:
        kinds.setdefault(replace(fault, line=None), []).append(fault)
    return [_at_lines(kind, alike) for kind, alike in kinds.items()]


def _at_lines(kind: Fault, alike: Sequence[Fault]) -> str:
    """Say it with its lines; what is of a whole file has none, however often it was found."""
    numbers = [fault.line for fault in alike if fault.line is not None]
    if len(numbers) < 2:
        return str(replace(kind, line=numbers[0] if numbers else None))
    more = f" and {len(numbers) - 3} more" if len(numbers) > 3 else ""
    lines = ", ".join(map(str, numbers[:3]))
    return str(replace(kind, file=f"{kind.file}, {kind.unit}s {lines}{more}"))


def system_error(error: OSError) -> str:
    """Say an error of the operating system with the file it is about.

    >>> system_error(FileNotFoundError(2, "No such file or directory", "out/a.html"))
    'out/a.html: No such file or directory.'
    """
    what = error.strerror or str(error) or type(error).__name__
    return f"{error.filename}: {what}." if error.filename else f"{what}."


def say(line: str) -> None:
    """Write a line to stderr, apart from what the command was asked for."""
    click.echo(line, err=True)


def _discard_output() -> None:
    # Python flushes stdout once more at exit and would complain about the closed pipe there.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
