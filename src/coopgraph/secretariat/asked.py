"""What a user wrote in the shell or in the address of a page, as the values an answer is asked with.

In: an `Answer` and texts. Out: values by name; or a ProjectionError with every fault.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coopgraph.errors import Fault, ProjectionError
from coopgraph.network.faults import fault

if TYPE_CHECKING:
    from coopgraph.secretariat.catalogue import Answer, Parameter


def asked_of(answer: Answer, given: Mapping[str, str | Sequence[str] | bool]) -> dict[str, Any]:
    """Return what was given as values; what was not given is left to the answer's defaults.

    Raises
    ------
    ProjectionError
        Every text that is no such value, and every value that is missing.
    """
    wrong: list[Fault] = []
    values: dict[str, Any] = {}
    for one in answer.parameters:
        text = given.get(one.name)
        if text is None or text in ("", (), []):
            if one.required:
                wrong.append(fault(f"'{called(one)}' is missing.", one.help))
            continue
        texts = [text] if isinstance(text, (str, bool)) else list(text)
        read = [_value(one, each, wrong) for each in texts]
        values[one.name] = tuple(read) if one.several else read[0]
    if wrong:
        raise ProjectionError(f"This cannot be asked of {answer.name}.", faults=wrong)
    return values


def called(one: Parameter) -> str:
    """Return a parameter as people write it.

    >>> from coopgraph.secretariat.catalogue import Parameter
    >>> called(Parameter("as_of", "day", "A day."))
    'as-of'
    """
    return one.name.replace("_", "-")


def _value(one: Parameter, text: str | bool, wrong: list[Fault]) -> Any:
    if isinstance(text, bool) or one.kind == "flag":
        return text is True or text in ("1", "on", "yes", "true")
    if one.kind == "whole":
        if text.strip().isdecimal():
            return int(text)
        wrong.append(fault(f"{called(one)} is a whole number from 0 on, not '{text}'.", "Write: 12."))
    elif one.kind == "day":
        try:
            return date.fromisoformat(text.strip()).isoformat()
        except ValueError:
            wrong.append(fault(f"{called(one)} is a day like 2026-11-22, not '{text}'.", "Write it so."))
    elif one.kind == "choice":
        if text in one.choices:
            return text
        wrong.append(fault(f"{called(one)} is one of {', '.join(one.choices)}, not '{text}'.", "Choose one."))
    elif one.kind == "file":
        return Path(text)
    return text.strip()
