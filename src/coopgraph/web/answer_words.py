"""The words of questions and their answers: themes, headings of columns, what parameters mean.

In: names in stored queries. Out: words that `locale/` has in Spanish and Portuguese. A workspace's own
queries may use other names: those are shown as they are, taken apart at capitals.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from coopgraph.web.words import Words


def _(text: str) -> str:
    """Mark a text to be translated when it is shown."""
    return text


THEMES: Final = {
    "programme": _("The programme"),
    "agreements": _("Agreements"),
    "actions": _("Actions and who takes part"),
    "cities": _("Cities and their partners"),
    "networks": _("Networks of cities"),
    "money": _("Money"),
    "sdgs": _("SDGs and strategic lines"),
    "totals": _("Totals that sources report"),
    "evidence": _("Evidence, and what is missing"),
}

ABOUT: Final = (
    _("The programme asked about"),
    _("The programme whose lines are asked about"),
    _("The programme within which both count"),
    _("The kind of agreement"),
    _("The programme, network, city or action"),
    _("The network asked about"),
    _("The city asked about"),
    _("The city or network asked about"),
    _("The city, network, organisation, programme, agreement or action"),
    _("The goal asked about"),
    _("The class asked about"),
    _("The day asked about"),
    _("One city"),
    _("The other city"),
    _("The action asked about"),
    _("The thing asked about"),
    _("Only pairs with at least this many actions"),
    _("Only sources with at least this many statements"),
    _("The least number of parties"),
)

HEADINGS: Final = {
    "about": _("About"),
    "action": _("Action"),
    "actions": _("Actions"),
    "actionsWithGoal": _("Actions that state a goal"),
    "actor": _("Actor"),
    "agreement": _("Agreement"),
    "agreements": _("Agreements"),
    "agreementsWithGoal": _("Agreements that state a goal"),
    "all": _("All"),
    "alsoCalled": _("Also called"),
    "amounts": _("Amounts"),
    "perhapsOne": _("Of which perhaps one"),
    "aspect": _("Aspect"),
    "associatesNamed": _("Associates named"),
    "atLeast": _("At least, as reported"),
    "benefitsLabel": _("Benefits"),
    "benefitsUnknown": _("Benefit unknown"),
    "certainty": _("Certainty"),
    "certaintyLabel": _("Certainty"),
    "cities": _("Cities"),
    "city": _("City"),
    "class": _("Class"),
    "code": _("Number"),
    "contributesLabel": _("Contributes"),
    "contributesUnknown": _("Contribution unknown"),
    "country": _("Country"),
    "currency": _("Currency"),
    "date": _("Date"),
    "definition": _("Definition"),
    "differs": _("Differs in"),
    "documented": _("Documented by name"),
    "eitherUnknown": _("Either unknown"),
    "end": _("End"),
    "evidence": _("Source or row"),
    "figure": _("Figure"),
    "goal": _("Goal"),
    "grewOutOf": _("Grew out of"),
    "group": _("Group of measures"),
    "heading": _("Programme or organiser"),
    "invested": _("Invested"),
    "investedCertainty": _("Certainty of what was invested"),
    "investedIn": _("Invested in"),
    "investedNote": _("Note on what was invested"),
    "investedSource": _("Source of what was invested"),
    "kind": _("Kind"),
    "kindLabel": _("Kind"),
    "label": _("Name"),
    "leadName": _("Led by"),
    "level": _("Stated of"),
    "line": _("Strategic line"),
    "means": _("Means"),
    "measure": _("What is counted"),
    "membersNamed": _("Members named"),
    "money": _("Amount"),
    "name": _("Name"),
    "network": _("Network"),
    "next": _("Grows into"),
    "nextLabel": _("Grows into"),
    "note": _("Note"),
    "objective": _("Objective"),
    "page": _("Page"),
    "part": _("Part played"),
    "participations": _("Participations"),
    "parties": _("Parties"),
    "partner": _("Partner"),
    "partnerName": _("Partner"),
    "partyName": _("Party"),
    "payee": _("Paid to"),
    "payer": _("Paid by"),
    "payerName": _("Paid by"),
    "planned": _("Planned"),
    "plannedCertainty": _("Certainty of what was planned"),
    "plannedFor": _("Planned for"),
    "plannedNote": _("Note on what was planned"),
    "plannedSource": _("Source of what was planned"),
    "principle": _("Principle"),
    "programme": _("Programme"),
    "programmeLabel": _("Programme"),
    "programmes": _("Programmes"),
    "purpose": _("Purpose"),
    "qualifierLabel": _("Exact or not"),
    "qualifier": _("Exact or not"),
    "relation": _("Relation"),
    "remainder": _("Remains"),
    "renewed": _("Renews"),
    "renewedSigned": _("The earlier one signed"),
    "renewedTitle": _("Renews"),
    "reported": _("Reported"),
    "retrieved": _("Retrieved"),
    "roleLabel": _("Role"),
    "scope": _("Over what"),
    "sdg": _("Goal"),
    "sharePercent": _("Share, %"),
    "served": _("Goal or target"),
    "servedLabel": _("Goal or target"),
    "side": _("Only"),
    "signed": _("Signed"),
    "since": _("Since"),
    "source": _("Source"),
    "sourceTitle": _("Source"),
    "stage": _("Stage"),
    "start": _("Start"),
    "statedPeriod": _("Period as stated"),
    "statedRenewal": _("Renewal as stated"),
    "statedRole": _("Role as stated"),
    "statements": _("Statements"),
    "status": _("State"),
    "statusLabel": _("State"),
    "subject": _("About"),
    "term": _("Term"),
    "thing": _("Thing"),
    "things": _("Things"),
    "title": _("Title"),
    "topic": _("Whose page"),
    "topicName": _("Whose page"),
    "total": _("Total"),
    "undated": _("Without a date"),
    "unit": _("Unit"),
    "until": _("Until"),
    "url": _("Address"),
    "uses": _("Uses"),
    "value": _("Value"),
    "what": _("What"),
    "withAmount": _("State an amount"),
    "withGoal": _("State a goal"),
    "year": _("Year"),
}


def heading(name: str, say: Words) -> str:
    """Return the heading of a column.

    >>> from coopgraph.web.words import words_in
    >>> heading("year", words_in("es")), heading("myOwn_thing", words_in("es"))
    ('Año', 'My own thing')
    """
    if name in HEADINGS:
        return say(HEADINGS[name])
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", name).lower()
    return apart[:1].upper() + apart[1:]
