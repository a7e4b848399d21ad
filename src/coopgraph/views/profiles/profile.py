"""What is known of one thing, before anything is drawn: plain, frozen, in one language.

In: nothing. Out: the types `profile_of` fills. Dates are texts as stated; what no source says is None or "".
`sources` of a fact are places in `Profile.sources`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Reference:
    """Another thing: its IRI, what it is called, in which language that is, and what kind it is.

    `kind` is city, network, organisation or thing; `full` the name in full where the label is an acronym.
    """

    iri: str
    label: str
    lang: str
    kind: str
    full: str = ""


@dataclass(frozen=True)
class Source:
    """Where a fact comes from."""

    iri: str
    title: str
    publisher: str
    url: str
    date: str
    retrieved: str


@dataclass(frozen=True)
class Note:
    """What is noted of a fact, and in which language that is; "" where it is not stated."""

    text: str
    lang: str


@dataclass(frozen=True)
class Statement:
    """One thing stated of the subject: a property, and a text or another thing."""

    property: str
    label: str
    text: str
    lang: str
    thing: Reference | None
    dated: bool  # whether the text is a date, as precise as it is stated
    sources: tuple[int, ...]


@dataclass(frozen=True)
class Agreement:
    """An agreement the subject is party to; `state` is worked out for the release's day."""

    agreement: Reference
    kind: str
    signed: str | None
    start: str | None
    end: str | None
    state: str
    parties: tuple[Reference, ...]
    certainty: str
    notes: tuple[Note, ...]
    sources: tuple[int, ...]


@dataclass(frozen=True)
class Part:
    """The part a city takes in an action: contributes and benefits are None where it is not known."""

    contributes: bool | None
    benefits: bool | None
    roles: tuple[str, ...]
    certainty: str
    sources: tuple[int, ...]

    @property
    def word(self) -> str:
        """One of both, given, received, neither and unknown; a single unknown flag makes it unknown.

        >>> Part(True, False, (), "", ()).word, Part(True, None, (), "", ()).word
        ('given', 'unknown')
        """
        if self.contributes is None or self.benefits is None:
            return "unknown"
        words = {(True, True): "both", (True, False): "given", (False, True): "received"}
        return words.get((self.contributes, self.benefits), "neither")


@dataclass(frozen=True)
class Action:
    """An action of so many cities; `part` is the subject's in it, None where it takes none (a network)."""

    action: Reference
    start: str | None
    end: str | None
    programmes: tuple[Reference, ...]
    part: Part | None
    cities: int
    sources: tuple[int, ...]


@dataclass(frozen=True)
class Participant:
    """A city in an action that is the subject."""

    city: Reference
    part: Part


@dataclass(frozen=True)
class Partner:
    """Whom the subject shares agreements and actions with."""

    partner: Reference
    agreements: int
    actions: int


@dataclass(frozen=True)
class Membership:
    """A city in a network: `other` is the network to a city, and the city to a network."""

    other: Reference
    role: str
    office: bool
    scope: str
    since: str | None
    until: str | None
    certainty: str
    notes: tuple[Note, ...]
    sources: tuple[int, ...]


@dataclass(frozen=True)
class Money:
    """One amount, its kind (None: not stated), and how it concerns the subject.

    `relation` is pays, receives, own (of it, or of a programme it leads), part (its part in an action),
    agreement (of one it is party to) or action (of one it takes part in).
    """

    money: str
    amount: Decimal
    currency: str
    kind: Reference | None
    qualifier: str
    relation: str
    about: tuple[Reference, ...]
    payer: Reference | None
    payee: Reference | None
    period: str
    certainty: str
    notes: tuple[str, ...]
    sources: tuple[int, ...]


@dataclass(frozen=True)
class Result:
    """A result, or one measurement of it; a value is a number, else the words of its source, else None.

    With a target and no actual value it is an aim: nobody says that it was reached.
    """

    result: Reference
    kind: Reference | None
    indicator: str
    unit: str
    baseline: Decimal | str | None
    target: Decimal | str | None
    actual: Decimal | str | None
    start: str
    end: str
    sources: tuple[int, ...]


@dataclass(frozen=True)
class Goal:
    """A Sustainable Development Goal, and through what it is worked on."""

    goal: Reference
    number: int
    through: tuple[Reference, ...]


@dataclass(frozen=True)
class Reported:
    """A total that a source gives; `documented` is what is known by name of the same kind, if it counts.

    Of a network's members, `associates` are those named as associates, who are not among `documented`.
    """

    figure: str
    measure: str
    value: Decimal
    unit: str
    qualifier: str
    period: str
    certainty: str
    notes: tuple[str, ...]
    documented: int | None
    associates: int | None
    sources: tuple[int, ...]


@dataclass(frozen=True)
class Profile:
    """All that is known of one thing; a part that does not concern its kind is empty.

    Attributes
    ----------
    iri, kind, called
        The thing; city, network, organisation, agreement, action, programme or thing; what its class is
        called.
    label, names, also
        Its name in the language asked for, its names by language, and other names and acronyms.
    country, population, lat, long
        Of a city; None where it is not stated.
    same
        Addresses of the same thing elsewhere.
    statements
        Everything else that is stated of it.
    parties
        Of an agreement; `state` is its state at the release's day.
    results
        Of an action, a programme or an agreement; of a result its measurements.
    """

    iri: str
    kind: str
    called: str
    label: str
    names: dict[str, str]
    also: tuple[str, ...]
    country: Reference | None = None
    population: int | None = None
    lat: float | None = None
    long: float | None = None
    place_sources: tuple[int, ...] = ()
    same: tuple[str, ...] = ()
    state: str = ""
    parties: tuple[Reference, ...] = ()
    statements: tuple[Statement, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    actions: tuple[Action, ...] = ()
    participants: tuple[Participant, ...] = ()
    partners: tuple[Partner, ...] = ()
    memberships: tuple[Membership, ...] = ()
    money: tuple[Money, ...] = ()
    results: tuple[Result, ...] = ()
    goals: tuple[Goal, ...] = ()
    reported: tuple[Reported, ...] = ()
    sources: tuple[Source, ...] = ()


def plain(value: Any) -> Any:
    """Return a profile, or a part of it, as JSON has it: objects, lists, texts and numbers.

    >>> plain(Goal(Reference("urn:g", "Goal", "en", "thing"), 4, ()))["goal"]["label"]
    'Goal'
    >>> plain(Decimal("6600000")), plain(Decimal("1.5"))
    (6600000, 1.5)
    """
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    if isinstance(value, Part):
        return {**{name: plain(item) for name, item in vars(value).items()}, "word": value.word}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return plain(vars(value)) if hasattr(value, "__dataclass_fields__") else value
