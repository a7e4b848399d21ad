"""The life of agreements: which hold on a day, which ended, which went quiet, what came of memoranda.

In: an open release, a day, two numbers of months. Out: a `Dossier`; ends to come as an RFC 5545 calendar.
"""

from coopgraph.secretariat.lifecycle.answer import lifecycle as lifecycle
from coopgraph.secretariat.lifecycle.calendar import write_calendar as write_calendar

__all__ = ["lifecycle", "write_calendar"]
