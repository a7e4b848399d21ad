"""The answers there are: what each is called, where it is worked out, and what it may be asked with.

In: nothing. Out: `ANSWERS`, from which the commands, the pages and their forms are made. Nothing heavy is
imported: an answer's module is imported when it is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from coopgraph.release import Release
    from coopgraph.secretariat.dossier import Dossier

# city, programme, network: an id, a label or an IRI; part: any of these.  sdg: 13, 13.1 or an IRI.
# line: the label of a strategic line.  theme: words of one.  day: ISO 8601.
# whole: a whole number.  choice: one of `choices`.  file: a path on this machine, never offered on a page.
# flag: yes or no.  text: as it is.
Kind = Literal[
    "city",
    "programme",
    "network",
    "part",
    "sdg",
    "line",
    "theme",
    "day",
    "whole",
    "choice",
    "file",
    "flag",
    "text",
]


@dataclass(frozen=True)
class Parameter:
    """Something an answer is asked with: an option `--name` and a field of its page, but where not `on_page`.

    `help` is the English line of the command's help; pages say `parameter.<name>` of the answer's words. A
    positional one is an argument of the command.
    """

    name: str
    kind: Kind
    help: str
    default: Any = None
    choices: tuple[str, ...] = ()
    positional: bool = False
    required: bool = False
    several: bool = False
    on_page: bool = True


@dataclass(frozen=True)
class Answer:
    """One question a secretariat asks: the first line of its help, its function, its parameters.

    `calendar` is what writes a dossier of it as an iCalendar file, where it has days to come.
    """

    name: str
    help: str
    home: str
    parameters: tuple[Parameter, ...] = ()
    calendar: str = ""

    def __call__(self, release: Release, **asked: Any) -> Dossier:
        """Work the answer out; raises the errors of its function."""
        told: Dossier = _found(self.home)(release, **asked)
        return told

    def as_calendar(self, release: Release, dossier: Dossier, lang: str) -> bytes:
        """Write the days to come of a dossier as a calendar; for answers that have `calendar`."""
        written: bytes = _found(self.calendar)(release, dossier, lang)
        return written


def _found(home: str) -> Any:
    module, _, function = home.partition(":")
    return getattr(import_module(module), function)


_ALL: Final[tuple[Answer, ...]] = (
    Answer(
        "reciprocity",
        "Tell who gives and who receives: of the network over time, of a city, or of a city and a partner.",
        "coopgraph.secretariat.reciprocity:reciprocity_sheet",
        (
            Parameter("city", "city", "A city, for its sheet.", positional=True),
            Parameter("partner", "city", "Another city, for the sheet of the two.", positional=True),
            Parameter(
                "unknown",
                "choice",
                "What a role that is not known counts as: not a yes, or a yes.",
                "exclude",
                ("exclude", "both"),
            ),
            Parameter(
                "certainty",
                "choice",
                "Whether derived roles count too, or only stated ones.",
                "any",
                ("any", "stated"),
            ),
            Parameter("window", "whole", "Years in a row of the network over time.", 1),
            Parameter("first", "whole", "First year of the network over time."),
            Parameter("last", "whole", "Last year of the network over time."),
        ),
    ),
    Answer(
        "coverage",
        "Tell what is covered and what is missing: goals, lines, countries, figures, and how complete it is.",
        "coopgraph.secretariat.coverage.answer:coverage",
    ),
    Answer(
        "lifecycle",
        "Tell which agreements hold on a day, which end soon or went quiet, and what came of memoranda.",
        "coopgraph.secretariat.lifecycle:lifecycle",
        (
            Parameter("as_of", "day", "The day asked about; the release's day if left out."),
            Parameter("quiet_months", "whole", "Quiet is no documented action for so many months.", 24),
            Parameter("soon_months", "whole", "Soon is an end within so many months.", 12),
        ),
        calendar="coopgraph.secretariat.lifecycle.calendar:as_calendar",
    ),
    Answer(
        "declared",
        "List what one side alone declares, what sources state otherwise, what may be there twice.",
        "coopgraph.secretariat.declared:declared",
        (
            Parameter(
                "judgements", "file", "A review list that came back: add its judgements to the workspace."
            ),
        ),
    ),
    Answer(
        "reliance",
        "Say what remains without a secretariat, a city, the top broker, and who hangs by one tie.",
        "coopgraph.secretariat.reliance:reliance",
        (
            Parameter(
                "without",
                "part",
                "Cities, networks or programmes to take away; default: chosen by rule.",
                positional=True,
                several=True,
            ),
            Parameter(
                "ties", "choice", "What makes a tie between cities.", "all", ("all", "actions", "agreements")
            ),
        ),
    ),
    Answer(
        "money",
        "Tell what is planned, granted and spent, by year, line, goal, partner or programme; what remains.",
        "coopgraph.secretariat.money.sheet:money_sheet",
        (
            Parameter(
                "by",
                "choice",
                "What amounts are put together by.",
                default="year",
                choices=("year", "line", "sdg", "partner", "programme"),
            ),
            Parameter("into", "text", "Also in this currency (ISO 4217); needs --rates.", on_page=False),
            Parameter(
                "rates",
                "file",
                "A CSV table of rates: currency, date, rate, to, source (who is cited for it).",
            ),
            Parameter(
                "at",
                "text",
                "Rates of this year, month or day for every amount, not those of its own period.",
                on_page=False,
            ),
        ),
    ),
    Answer(
        "partners",
        "Find whom a city should talk to: who delivered, who needs it, who can introduce it, and why.",
        "coopgraph.secretariat.partners.answer:find_partners",
        (
            Parameter("city", "city", "The city that asks.", positional=True),
            Parameter("sdg", "sdg", "About this goal (13) or target (13.1)."),
            Parameter("line", "line", "About this strategic line."),
            Parameter("theme", "theme", "About events with these words in their theme."),
            Parameter("first", "whole", "How many cities are proposed.", default=20),
        ),
    ),
)
ANSWERS: Final = {answer.name: answer for answer in _ALL}
