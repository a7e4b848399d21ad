"""Which kind of table it is, and which column means what.

In: the headers of a table and looks at its cells; what the user said of it. Out: a `Proposal`: the kind,
the column of each meaning, and what is not used. Every column means one thing at most, and the best fits
come first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from coopgraph.errors import ConfigError, Fault
from coopgraph.settings.section import nearest
from coopgraph.sources.guided.cells import Look, is_of
from coopgraph.sources.guided.tables import Meaning, TableKind, table_kinds
from coopgraph.sources.guided.words import column_words, fit, plain

_LEAST: Final = 0.5
_OF_A_PLACE: Final = ("country", "latitude", "longitude")
_SMALL: Final = frozenset(
    ["a", "as", "by", "da", "de", "del", "do", "e", "el", "la", "of", "o", "on", "the", "y"]
)


@dataclass(frozen=True)
class Proposal:
    """A table's kind and the column of each meaning, by the meaning's key; `looks` are of every column."""

    kind: TableKind
    columns: Mapping[str, str]
    looks: Mapping[str, Look]
    network: str | None = None  # the one network all rows are of
    without: tuple[str, ...] = field(default=())  # columns the user left out
    row_kind: str | None = None  # the one kind all rows are of
    words: Mapping[str, str] = field(default_factory=dict)  # what the user says cells mean

    @property
    def free(self) -> tuple[str, ...]:
        """The columns that mean nothing here."""
        used = set(self.columns.values())
        return tuple(name for name in self.looks if name not in used)

    def look(self, key: str) -> Look:
        return self.looks[self.columns[key]]


def propose(
    looks: Mapping[str, Look],
    *,
    kind: str | None = None,
    given: Mapping[str, str] | None = None,
    network: str | None = None,
) -> Proposal:
    """Propose what a table is; `given` says of columns what they mean (`kind+title`: both), "" that they
    mean nothing.

    Raises ConfigError when it is no table of that kind, or of any.
    """
    said = dict(given or {})
    _refuse_unknown_columns(said, looks)
    kinds = [table_kinds()[kind]] if kind else list(table_kinds().values())
    _refuse_unknown_meanings(said, kinds)
    tried = [_assigned(each, looks, said, network) for each in kinds]
    whole = [one for one in tried if not missing(one)]
    if not whole:
        raise _nothing(tried, looks)
    return max(whole, key=lambda one: sum(_score(one, key) for key in one.columns) + len(one.kind.needs) / 2)


def missing(proposal: Proposal) -> list[str]:
    """Return what a table of this kind needs and has no column for."""
    has = set(proposal.columns) | ({"network"} if proposal.network else set())
    return [" or ".join(group) for group in proposal.kind.needs if not has & set(group)]


def _assigned(
    kind: TableKind, looks: Mapping[str, Look], said: Mapping[str, str], network: str | None
) -> Proposal:
    chosen = {
        key: header
        for header, meanings in said.items()
        for meaning in _each(meanings)
        if (key := _key(kind, meaning))
    }
    pairs = sorted(_pairs(kind, looks), key=lambda pair: (-pair[0], -looks[pair[1]].filled))
    for _, header, key in pairs:
        if header not in said and header not in chosen.values() and key not in chosen:
            chosen[key] = header
    constant = network if "network" in kind.meanings else None
    if constant:
        chosen.pop("network", None)
    for key, name in (("network", "network.name"), ("action", "action.title")):
        if name in chosen and key not in chosen and not (constant and key == "network"):
            chosen[key] = chosen.pop(name)
    order = {key: chosen[key] for key in kind.meanings if key in chosen}
    bound = {key: header for key, header in order.items() if _stands(kind, key, order, looks, constant)}
    left = tuple(header for header, meaning in said.items() if not meaning)
    return Proposal(kind, bound, looks, constant, left)


def _stands(
    kind: TableKind, key: str, chosen: Mapping[str, str], looks: Mapping[str, Look], network: str | None
) -> bool:
    """What is said of another thing needs a column that names that, and one thing in a cell."""
    of = kind.meanings[key].of
    if of is None or (of == "network" and network is not None):
        return True
    if of not in chosen or (kind.meanings[of].is_list and looks[chosen[of]].separator):
        return False
    return kind.meanings[key].name in _OF_A_PLACE or _one_each(looks[chosen[of]], looks[chosen[key]])


def _one_each(named: Look, said: Look) -> bool:
    """Tell whether each thing that is named has one value: figures of several years are nobody's figure."""
    found: dict[str, str] = {}
    pairs = zip(named.cells, said.cells, strict=True)
    return all(found.setdefault(one, value) == value for one, value in pairs if one and value)


def _pairs(kind: TableKind, looks: Mapping[str, Look]) -> Iterator[tuple[float, str, str]]:
    for key, meaning in kind.meanings.items():
        for header, look in looks.items():
            if look.has_mail:  # whose they are is nobody's business here
                continue
            score = _fit(meaning, header)
            fits = score >= _LEAST and is_of(meaning.words.cells, look, scheme=meaning.scheme)
            if fits and (key != "id" or look.is_unique):
                yield score, header, key


def _fit(meaning: Meaning, header: str) -> float:
    """How well a header fits a meaning; what is said of another thing is best called by both words."""
    if meaning.of is None:
        named = _both(header, meaning.words.phrases, column_words("id").phrases) if meaning.refers else False
        return 0.95 if named else fit(header, meaning.words.phrases)
    if _both(header, column_words(meaning.of).phrases, meaning.words.phrases):
        return 0.98
    return 0.0 if meaning.name in ("name", "title", "kind") else 0.9 * fit(header, meaning.words.phrases)


def _both(header: str, one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether a header is one phrase of each, in any order."""
    words = set(plain(header[:100]).split()) - _SMALL
    return any(
        words == (set(first.split()) | set(second.split())) - _SMALL and first != second
        for first in one
        for second in other
    )


def _score(proposal: Proposal, key: str) -> float:
    return _fit(proposal.kind.meanings[key], proposal.columns[key])


def _each(meanings: str) -> list[str]:
    """Take apart what a column means: `kind+title` are two."""
    return [meaning.strip() for meaning in meanings.split("+") if meaning.strip()]


def _key(kind: TableKind, meaning: str) -> str | None:
    """Return the key a user's word means in a kind: `country` alone is that of the first thing named."""
    if meaning in kind.meanings:
        return meaning
    return next((key for key in kind.meanings if key.endswith(f".{meaning}")), None)


def _refuse_unknown_columns(said: Mapping[str, str], looks: Mapping[str, Look]) -> None:
    faults = [
        Fault(
            None,
            None,
            None,
            f"--map {header}={meaning}: there is no such column.",
            nearest(header, list(looks)),
        )
        for header, meaning in said.items()
        if header not in looks
    ]  # fmt: skip
    if faults:
        raise ConfigError("The table has other columns.", faults=faults)


def _refuse_unknown_meanings(said: Mapping[str, str], kinds: Sequence[TableKind]) -> None:
    known = list(dict.fromkeys(key for kind in kinds for key in kind.meanings))
    faults = [
        Fault(
            None, None, None, f"--map {header}={meaning}: '{meaning}' is no meaning of a column.",
            nearest(meaning, known),
        )
        for header, meanings in said.items()
        for meaning in _each(meanings)
        if not any(_key(kind, meaning) for kind in kinds)
    ]  # fmt: skip
    if faults:
        raise ConfigError("A column cannot mean that.", faults=faults)


def _nothing(tried: Sequence[Proposal], looks: Mapping[str, Look]) -> ConfigError:
    """The error when a table is of no kind: what the nearest kinds lack."""
    columns = ", ".join(f"'{name}'" for name in looks)
    near = sorted(tried, key=lambda one: (len(missing(one)), -len(one.columns)))[:3]
    faults = [
        Fault(
            None,
            None,
            None,
            f"As {one.kind.name} it lacks a column for {' and for '.join(missing(one))}.",
            f"Say which it is: --as {one.kind.name} --map COLUMN={missing(one)[0].split(' or ')[0]}"
            + (" (or --network NAME, where all rows are of one)" if "network" in missing(one) else ""),
        )
        for one in near
    ]
    return ConfigError(f"It is not clear what this table is. Its columns are {columns}.", faults=faults)
