"""What cannot be asked of an answer, in the reader's language: the faults of what is typed into a form.

In: the error of an answer. Out: its sentences in words that `locale/` has; another one stays in English.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coopgraph.views.drawing import in_language

if TYPE_CHECKING:
    from coopgraph.errors import CoopgraphError
    from coopgraph.views.names import Names
    from coopgraph.web.words import Words


def _(text: str) -> str:
    """Mark a text to be translated when it is shown."""
    return text


_SAID: Final = [  # the form of a sentence, and what is said; named parts are read by `Reading._read`
    (r"This cannot be asked of \w+\.", _("This cannot be answered as it is asked.")),
    (
        r"(?P<field>[\w-]+) is a whole number from 0 on, not '(?P<written>.*)'\.",
        _("“{field}” is a whole number from 0 on, not “{written}”."),
    ),
    (r"Write: 12\.", _("Write it in figures, such as 12.")),
    (
        r"(?P<field>[\w-]+) is a day like 2026-11-22, not '(?P<written>.*)'\.",
        _("“{field}” is a day like 2026-11-22, not “{written}”."),
    ),
    (r"Write it so\.", _("Write year, month and day.")),
    (
        r"(?P<field>[\w-]+) is one of (?P<choices>.+?), not '(?P<written>.*)'\.",
        _("“{field}” is one of these: {choices}; not “{written}”."),
    ),
    (r"Choose one\.", _("Choose one.")),
    (
        r"No city is called '(?P<written>.*)'\.",
        _("No city here is called “{written}”. The search at the top of the page finds those there are."),
    ),
    (
        r"Nothing here is called '(?P<written>.*)'\.",
        _("Nothing here is called “{written}”. The search at the top of the page finds what there is."),
    ),
    (
        r"No strategic line is called '(?P<written>.*)'\.",
        _("No strategic line is called “{written}”. The field suggests those there are."),
    ),
    (r"Near it: (?P<things>.+ \(.+\))\.", _("Did you mean {things}?")),
    (r"Near it: (?P<written>.+)\.", _("Did you mean {written}?")),
    (
        r"Several cities are called '(?P<written>.*)'\. Write the id of the one you mean\.",
        _("Several cities are called “{written}”. Write what stands in brackets after the one you mean."),
    ),
    (r"(?P<things>.+ \([\w-]+/[^\s()]+\))\.", "{things}"),
    (r"'(?P<written>.*)' may be (?P<things>.+)\.", _("“{written}” may be {things}.")),
    (
        r"Write the id or the IRI of the one meant\.",
        _("Write what stands in brackets after the one you mean."),
    ),
    (r"It is not clear what to remove\.", _("It is not clear what is to be taken away.")),
    (r"This is nothing that can be talked about here\.", _("This cannot be looked for here.")),
    (r"There is no goal or target '(?P<written>.*)'\.", _("There is no goal or target “{written}”.")),
    (
        r"Write a goal \(13\) or one of its targets \(13\.1\)\.",
        _("Write a goal (13) or one of its targets (13.1)."),
    ),
    (r"No event has the theme '(?P<written>.*)'\.", _("No event has the theme “{written}”.")),
    (r"Themes are, for example: (?P<written>.+)\.", _("Themes are, for example: {written}.")),
    (r"No event here states a theme\.", _("No event here states a theme.")),
    (r"So many candidates cannot be told\.", _("So many cities cannot be proposed.")),
    (r"first is (?P<written>\d+)\.", _("{written} is asked for.")),
    (r"(?:Use|Give) 1 or more\.", _("Write 1 or more.")),
    (r"There is no sheet of such a pair\.", _("There is no sheet of such a pair.")),
    (r"A partner needs a city to be the partner of\.", _("The city whose partner it is is missing.")),
    (r"Name the city first\.", _("Fill in the city too.")),
    (r"'(?P<written>.*)' is the city itself\.", _("“{written}” is the city itself.")),
    (r"Name another city as its partner\.", _("Write another city as its partner.")),
    (r"Neither city is found\.", _("Neither city is found.")),
    (r"The windows cannot be made as asked\.", _("The years cannot be told as they are asked for.")),
    (
        r"(?P<field>window)=(?P<written>\d+) is no number of years\.",
        _("“{field}” is {written}, which is no number of years."),
    ),
    (
        r"(?P<first>\d+) to (?P<last>\d+) ends before it begins\.",
        _("{first} to {last} ends before it begins."),
    ),
    (r"Swap the two\.", _("Swap the two.")),
    (
        r"A window of (?P<written>\d+) years is longer than (?P<first>\d+) to (?P<last>\d+), \d+ years?\.",
        _("{written} years in a row are more than there are from {first} to {last}."),
    ),
    (r"Take fewer\.", _("Take fewer.")),
    (
        r"(?P<first>\d+) to (?P<last>\d+) are (?P<written>\d+) windows, more than (?P<most>\d+)\.",
        _("{first} to {last} are {written} rows, more than {most}."),
    ),
    (
        r"Say which years by first and last, or .+",
        _("Write a later first year; one so far off may be a slip."),
    ),
    (
        r"The data speak of no year after (?P<written>[\d-]+)\.",
        _("The data go no further than {written}."),
    ),
    (r"(?P<first>\d+)(?: to (?P<last>\d+))? is after it\.", _("{first} is after that.")),
    (r"End with (?P<written>\d+) or before\.", _("End with {written} or before.")),
    (
        r"The life of agreements cannot be told so\.",
        _("The life of agreements cannot be told as it is asked."),
    ),
    (
        r"(?P<field>\w+) is (?P<written>\d+), which is no number of months from 1 to 1200\.",
        _("“{field}” is {written}, which is no number of months from 1 to 1200."),
    ),
    (r"Write one, such as 12\.", _("Write one, such as 12.")),
]
_THING: Final = re.compile(r"(?P<label>.+?)(?P<where>, [A-Z]{2})? \((?P<id>[^()]+)\)")


@dataclass(frozen=True)
class Sentence:
    """One thing that is wrong and what to do, and the language it is in."""

    text: str
    lang: str


@dataclass(frozen=True)
class Reading:
    """The interface and the names of things in a language, and what fields and choices are called by key."""

    say: Words
    names: Names
    called: Callable[[str], str]

    def of(self, error: CoopgraphError) -> tuple[Sentence, ...]:
        """Return what an error says, a sentence for its message and for each fault."""
        parts = [
            (error.message,),
            *((fault.what, *([fault.fix] if fault.fix else [])) for fault in error.faults),
        ]
        return tuple(self._sentence(each) for each in parts)

    def _sentence(self, parts: tuple[str, ...]) -> Sentence:
        said = [self._part(part) for part in parts]
        if None in said:
            return Sentence(" ".join(parts), "en")
        return Sentence(" ".join(part for part in said if part), self.say.lang)

    def _part(self, text: str) -> str | None:
        for form, said in _SAID:
            if found := re.fullmatch(form, text, re.DOTALL):
                parts = {name: self._read(name, part) for name, part in found.groupdict().items() if part}
                return self.say(said, **parts) if parts else self.say(said)
        return None

    def _read(self, name: str, part: str) -> str:
        if name == "field":
            return self.called(f"parameter.{part.replace('-', '_')}")
        if name == "choices":
            return ", ".join(self.called(f"choice.{one}") for one in part.split(", "))
        return "; ".join(self._things(part)) if name == "things" else part

    def _things(self, part: str) -> Iterator[str]:
        """Name things in the reader's language; their ids stay, as they are what can be written."""
        for one in part.split("; "):
            found = _THING.fullmatch(one)
            thing = next((iri for iri in self.names if found and iri.endswith(f"/{found['id']}")), None)
            if found and thing:
                label = in_language(self.names[thing].texts, self.say.lang)
                yield f"{label}{found['where'] or ''} ({found['id']})"
            else:
                yield one
