"""Plugins: what installed packages add, by entry point; one that is broken is told and breaks nothing else.

In: the name of an entry point group. Out: the objects the entry points name, of the class that is wanted, and
what is wrong with the others. Standard: the entry points specification of the Python Packaging User Guide.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Final, Generic, TypeVar

Wanted = TypeVar("Wanted")

GROUPS: Final = {"coopgraph.sources": "source", "coopgraph.exports": "export"}
_LOGGER: Final = logging.getLogger(__name__)


@dataclass(frozen=True)
class Plugin(Generic[Wanted]):
    """What an entry point names, and the distribution it comes with."""

    name: str
    thing: Wanted
    origin: str


def plugins(
    group: str,
    wanted: type[Wanted],
    taken: Collection[str] = (),
    wrong: Callable[[Wanted], str | None] = lambda _: None,
) -> dict[str, Plugin[Wanted]]:
    """Return what the entry points of a group name, by their names, sorted.

    Left out, with a warning that says what to do: one whose code cannot be imported, that is no `wanted`, of
    which `wrong` finds something, or whose name is `taken` by coopgraph or by another plugin.

    >>> plugins("coopgraph.nobody", int)
    {}
    """
    found: dict[str, Plugin[Wanted]] = {}
    for point in _points(group):
        if point.name in taken:
            _tell(point, f"has a name that coopgraph has itself: '{point.name}'.", "It has to take another.")
        elif point.name in found:
            other = found[point.name].origin
            _tell(point, f"has a name that another has taken: {other}.", "Uninstall one of the two.")
        elif (thing := _loaded(point, wanted, wrong)) is not None:
            found[point.name] = Plugin(point.name, thing, origin(point))
    return found


def installed() -> list[tuple[str, str, str]]:
    """Return (name, what it adds, distribution) of every plugin, broken ones too, without importing any."""
    return [(point.name, what, origin(point)) for group, what in GROUPS.items() for point in _points(group)]


def origin(point: EntryPoint) -> str:
    """Say which distribution an entry point comes with."""
    return "unknown" if point.dist is None else f"{point.dist.name} {point.dist.version}"


def _points(group: str) -> list[EntryPoint]:
    return sorted(entry_points(group=group), key=lambda point: (point.name, origin(point)))


def _loaded(point: EntryPoint, wanted: type[Wanted], wrong: Callable[[Wanted], str | None]) -> Wanted | None:
    try:
        thing = point.load()
    except Exception as error:  # noqa: BLE001  # the code of others may raise anything, and must break nothing
        _tell(point, f"cannot be loaded: {type(error).__name__}: {error}.")
        return None
    if not isinstance(thing, wanted):
        _tell(point, f"names a {type(thing).__name__} where a {wanted.__name__} is needed.")
        return None
    if getattr(thing, "name", point.name) != point.name:
        _tell(point, f"calls itself '{getattr(thing, 'name', '')}': the two names must be one.")
        return None
    if (what := wrong(thing)) is not None:
        _tell(point, what)
        return None
    return thing


def _tell(point: EntryPoint, what: str, fix: str = "Mend, update or uninstall it.") -> None:
    _LOGGER.warning(
        "The plugin '%s' (%s, %s) is not used: it %s %s", point.name, origin(point), point.value, what, fix
    )
