"""The tables an IATI file becomes, and their columns.

In: nothing. Out: names. Each table has a row for each element of its kind; `activity` is the key of the
activity, `source` what is cited for it (its publisher in its file), `line` the physical line of the element.
Standard: IATI activity standard 2.03, https://iatistandard.org/en/iati-standard/203/activity-standard/.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

ACTIVITY: Final = "activity"
SOURCE: Final = "source"
LINE: Final = "line"

_OWN: Final = MappingProxyType(
    {
        "activities": (
            *(ACTIVITY, "identifier", "label", "untitled", "reporter", "secondary_reporter"),
            *("status", "start", "end", "planned_start", "planned_end", "actual_start", "actual_end"),
            *("collaboration", "scope", "hierarchy", "humanitarian", "currency", "language"),
            *("version", "updated"),
        ),
        "titles": (ACTIVITY, "title", "language", "language_from", "main"),
        "descriptions": (ACTIVITY, "description", "language", "language_from", "type"),
        "dates": (ACTIVITY, "number", "type", "date", "stated"),
        "participants": (
            *(ACTIVITY, "number", "organisation", "ref", "name", "language", "type", "role"),
            *("role_stated", "their_activity", "city"),
        ),
        "organisations": ("organisation", "name", "language", "main", "type", "city", "ref", ACTIVITY),
        "locations": (ACTIVITY, "number", "ref", "name", "language", "lat", "long", "reach"),
        "recipients": (
            *(ACTIVITY, "number", "kind", "code", "vocabulary", "country", "list", "percentage"),
            *("of_activity", "of_money"),
        ),
        "sectors": (
            *(ACTIVITY, "number", "vocabulary", "code", "list", "percentage"),
            *("of_activity", "of_money"),
        ),
        "tags": (ACTIVITY, "number", "vocabulary", "code", "list"),
        "markers": (ACTIVITY, "number", "vocabulary", "code", "list", "significance"),
        "goals": (ACTIVITY, "goal", "target", "indicator", "stated_in", "vocabulary", "code"),
        "codes": ("list", "code", "name", "language", "main", ACTIVITY),
        "budgets": (
            *(ACTIVITY, "number", "type", "status", "start", "end", "value", "stated", "currency"),
            *("currency_from", "value_date", "kind", "correction"),
        ),
        "transactions": (
            *(ACTIVITY, "number", "ref", "type", "date", "value", "stated", "currency", "currency_from"),
            *("value_date", "kind", "correction", "provider", "provider_name", "provider_activity"),
            *("receiver", "receiver_name", "receiver_activity", "description"),
        ),
        "related": (ACTIVITY, "number", "type", "identifier", "part", "whole", "other"),
        "results": (ACTIVITY, "number", "type", "kind", "label", "aggregated"),
        "measurements": (
            *(ACTIVITY, "number", "result", "measure", "ascending", "unit", "baseline", "baseline_words"),
            *("baseline_date", "target", "target_words", "actual", "actual_words", "start", "end", "titled"),
        ),
        "result_texts": (
            *(ACTIVITY, "result", "measurement", "what", "text", "language", "language_from", "main"),
        ),
        "sources": (
            ACTIVITY,
            "title",
            "publisher",
            "ref",
            "file",
            "version",
            "issued",
            "url",
            "retrieved",
            "licence",
        ),
    }
)
TABLES: Final = MappingProxyType({name: (*columns, SOURCE, LINE) for name, columns in _OWN.items()})
"""In the order they are read and mapped. `organisations` and `codes` gather what the others
mention; `sources` has a row for each publisher in each file."""
