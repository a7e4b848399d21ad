"""Plugins: what installed packages add, by entry point.

In: the name of an entry point group. Out: the objects the entry points name, of the class that is wanted.
Standard: the entry points specification of the Python Packaging User Guide.
"""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import TypeVar

from coopgraph.errors import ConfigError

Plugin = TypeVar("Plugin")


def plugins(group: str, wanted: type[Plugin]) -> dict[str, Plugin]:
    """Return what the entry points of a group name, by their names, sorted.

    Raises ConfigError for a plugin that cannot be imported or is no object of the class.

    >>> plugins("coopgraph.nobody", int)
    {}
    """
    found = {}
    for point in sorted(entry_points(group=group), key=lambda point: point.name):
        try:
            plugin = point.load()
        except (ImportError, AttributeError) as error:
            raise ConfigError(
                f"The plugin '{point.name}' ({point.value}) cannot be loaded: {error}. Mend or uninstall it."
            ) from error
        if not isinstance(plugin, wanted):
            raise ConfigError(
                f"The plugin '{point.name}' ({point.value}) is no {wanted.__name__}. Mend or uninstall it."
            )
        found[point.name] = plugin
    return found
