"""Words the user says the meaning of: the kind of all rows, and cells that mean a concept.

In: a `Proposal`, a kind, words by what they mean. Out: the proposal with them, by the concepts' codes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from coopgraph.errors import ConfigError, Fault
from coopgraph.settings.section import nearest
from coopgraph.sources.guided.proposal import Proposal
from coopgraph.sources.guided.words import codes_of, concept_of


def with_words(proposal: Proposal, row_kind: str | None, words: Mapping[str, str]) -> Proposal:
    """Return a proposal that knows the kind of all rows and what further words mean.

    Raises ConfigError for what is no kind, and for a word no column of concepts has.
    """
    faults: list[Fault] = []
    code = None
    if row_kind is not None:
        kind = proposal.kind.meanings.get("kind")
        code = concept_of(kind.scheme, row_kind) if kind and kind.scheme else None
        if code is None:
            faults.append(
                _no_concept(f"--kind {row_kind}", row_kind, kind.scheme if kind else None, proposal)
            )
    faults += [
        _no_concept(f"--word {word}={meaning}", meaning, scheme, proposal)
        for word, meaning, scheme in _columns_of(proposal, words)
        if scheme is None or concept_of(scheme, meaning) is None
    ]
    if faults:
        raise ConfigError("A word cannot mean that.", faults=faults)
    known = {
        word: str(concept_of(scheme, meaning))
        for word, meaning, scheme in _columns_of(proposal, words)
        if scheme
    }
    return replace(proposal, row_kind=code, words=known)


def _columns_of(proposal: Proposal, words: Mapping[str, str]) -> Iterator[tuple[str, str, str | None]]:
    """Yield each word, what it is said to mean, and the scheme of the column it stands in."""
    meanings = proposal.kind.meanings
    for word, meaning in words.items():
        schemes = [
            meanings[key].scheme
            for key in proposal.columns
            if meanings[key].scheme and word in proposal.look(key).distinct
        ]
        yield word, meaning, schemes[0] if schemes else None


def _no_concept(said: str, meaning: str, scheme: str | None, proposal: Proposal) -> Fault:
    if scheme is None:
        what = f"{said}: no column of this table of {proposal.kind.name} has such a word."
        return Fault(None, None, None, what, "Write it as the cell has it.")
    return Fault(None, None, None, f"{said}: '{meaning}' is not known.", nearest(meaning, codes_of(scheme)))
