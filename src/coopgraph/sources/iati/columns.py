"""The tables an IATI file becomes, and their columns.

In: nothing. Out: names. Each table has a row for each element of its kind; `activity` is the key of the
activity, `line` the physical line of the element.
Standard: IATI activity standard 2.03, https://iatistandard.org/en/iati-standard/203/activity-standard/.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

LINE: Final = "line"

TABLES: Final = MappingProxyType(
    {
        "activities": (
            *("activity", "identifier", "label", "untitled", "reporter", "secondary_reporter"),
            *("status", "start", "end", "planned_start", "planned_end", "actual_start", "actual_end"),
            *("collaboration", "scope", "hierarchy", "humanitarian", "currency", "language"),
            *("version", "updated", LINE),
        ),
        "titles": ("activity", "title", "language", "language_from", "main", LINE),
        "descriptions": ("activity", "description", "language", "language_from", "type", LINE),
        "dates": ("activity", "number", "type", "date", "stated", LINE),
        "participants": (
            *("activity", "number", "organisation", "ref", "name", "language", "type", "role"),
            *("role_stated", "their_activity", "city", LINE),
        ),
        "organisations": (*("organisation", "name", "language", "main", "type", "city", "ref", LINE),),
        "locations": ("activity", "number", "ref", "name", "language", "lat", "long", "reach", LINE),
        "recipients": (
            *("activity", "number", "kind", "code", "vocabulary", "country", "list", "percentage"),
            *("of_activity", "of_money", LINE),
        ),
        "sectors": (
            *("activity", "number", "vocabulary", "code", "list", "percentage"),
            *("of_activity", "of_money", LINE),
        ),
        "tags": ("activity", "number", "vocabulary", "code", "list", LINE),
        "markers": ("activity", "number", "vocabulary", "code", "list", "significance", LINE),
        "goals": ("activity", "goal", "target", "indicator", "stated_in", "vocabulary", "code", LINE),
        "codes": ("list", "code", "name", "language", "main", LINE),
        "budgets": (
            *("activity", "number", "type", "status", "start", "end", "value", "stated", "currency"),
            *("currency_from", "value_date", "kind", "correction", LINE),
        ),
        "transactions": (
            *("activity", "number", "ref", "type", "date", "value", "stated", "currency", "currency_from"),
            *("value_date", "kind", "correction", "provider", "provider_name", "provider_activity"),
            *("receiver", "receiver_name", "receiver_activity", "description", LINE),
        ),
        "related": ("activity", "number", "type", "identifier", "part", "whole", "other", LINE),
    }
)
"""In the order they are read and mapped. `organisations` and `codes` gather what the others mention."""
