"""What the things in a dossier are called, so that it can be written after its release is closed.

In: a function that answers. Out: the same function, whose dossiers know names.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from coopgraph.views.names import names_in

if TYPE_CHECKING:
    from coopgraph.release import Release
    from coopgraph.secretariat.dossier import Dossier

Asked = ParamSpec("Asked")


def named(
    answer: Callable[Concatenate[Release, Asked], Dossier],
) -> Callable[Concatenate[Release, Asked], Dossier]:
    """Give the dossiers of a function the names of the things in them; one that brings names is not asked."""

    @wraps(answer)
    def answered(release: Release, /, *args: Asked.args, **kwargs: Asked.kwargs) -> Dossier:
        found = answer(release, *args, **kwargs)
        names, wanted = found.names or names_in(release), found.iris()
        return replace(found, names={iri: names[iri] for iri in sorted(wanted) if iri in names})

    return answered
