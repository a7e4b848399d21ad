"""Budgets and transactions: amounts as stated, in the currency stated, never converted.

In: a `budget` or `transaction`. Out: its row, and what is odd: no amount, no currency, below zero, zero, or
thousands separators.
Standard: IATI transaction types and values; ISO 4217 by its form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from coopgraph.sources.iati import older
from coopgraph.sources.iati.activity import Activity, Handler, children
from coopgraph.sources.iati.classified import country, region, sector
from coopgraph.sources.iati.organisations import organisation
from coopgraph.sources.iati.stream import Element, line_of
from coopgraph.sources.iati.values import amount, day, ends_before

KINDS: Final = {
    "1": "received",
    "2": "committed",
    "3": "disbursed",
    "4": "spent",
    "5": "interest-paid",
    "6": "repaid",
    "7": "reimbursed",
    "8": "equity-bought",
    "9": "equity-sold",
    "10": "guaranteed",
    "11": "commitment-received",
    "12": "pledged",
    "13": "pledge-received",
}
"""The kind of amount (concept:money-kind) of each type of transaction."""
_CLASSIFIED: Final[Mapping[str, Handler]] = {
    "sector": sector,
    "recipient-country": country,
    "recipient-region": region,
}
BUDGET_KINDS: Final = {"": "planned", "1": "planned", "2": "planned-anew"}


@dataclass(frozen=True)
class Value:
    """A `value`: `number` is what it says as a decimal, "" where that cannot be told."""

    number: str = ""
    stated: str = ""
    currency: str = ""
    currency_from: str = ""
    day: str = ""
    correction: str = ""

    @property
    def is_known(self) -> bool:
        return bool(self.number and self.currency)


def budget(activity: Activity, element: Element) -> None:
    """`budget`: one row for each."""
    line = line_of(element)
    number = activity.number("budgets")
    kind = activity.on_list("BudgetType", element.get("type"), older.BUDGETS, line)
    parts = activity.parts(element)
    start, end = _day(activity, parts.get("period-start")), _day(activity, parts.get("period-end"))
    if ends_before(end, start):
        what = f"has a period that ends ({end}) before it begins ({start}); the end is left out."
        activity.remarks.add(
            "periods that end before they begin", line, what, "Correct one of the two dates."
        )
        end = ""
    value = _value(activity, parts.get("value"), line)
    cells = (kind, activity.code(element, "status"), start, end, *_of(value), BUDGET_KINDS[kind])
    activity.add("budgets", activity.key, number, *cells, value.correction, str(line))


def transaction(activity: Activity, element: Element) -> None:
    """`transaction`: one row for each, and one for each of its sectors and recipients."""
    line = line_of(element)
    number = activity.number("transactions")
    parts = activity.parts(element)
    stated = activity.code(parts.get("transaction-type"))
    kind = activity.on_list("TransactionType", stated, older.TRANSACTIONS, line)
    if not stated:
        what = "has no type: whether it was promised, paid or received cannot be told."
        activity.remarks.add("transactions without a type", line, what)
    value = _value(activity, parts.get("value"), line)
    date = _day(activity, parts.get("transaction-date"))
    giving = _party(activity, parts.get("provider-org"), "provider-activity-id")
    taking = _party(activity, parts.get("receiver-org"), "receiver-activity-id")
    told = activity.texts(parts.get("description"))
    cells = (activity.code(element, "ref"), kind, date, *_of(value))
    last = (KINDS.get(kind, ""), value.correction, *giving, *taking, told[0].text if told else "", str(line))
    activity.add("transactions", activity.key, number, *cells, *last)
    activity.scope = number if value.is_known and kind else "-"
    if not parts.keys().isdisjoint(_CLASSIFIED):
        for name, child in children(activity, element):
            if name in _CLASSIFIED:
                _CLASSIFIED[name](activity, child)
    activity.scope = ""


def _of(value: Value) -> tuple[str, ...]:
    return value.number, value.stated, value.currency, value.currency_from, value.day


def _party(activity: Activity, element: Element | None, attribute: str) -> tuple[str, str, str]:
    """The key and the name of who pays or is paid, and the activity of theirs that is named."""
    key, texts = organisation(activity, element)
    return key, texts[0].text if texts else "", activity.code(element, attribute)


def _day(activity: Activity, element: Element | None) -> str:
    if element is None:
        return ""
    stated = element.get("iso-date") or element.text or ""
    return read_day(activity, stated, line_of(element))


def read_day(activity: Activity, stated: str, line: int) -> str:
    """Return a date; what is stated and is none is told and left out."""
    read = day(stated)
    if not read and stated.strip():
        what = f"has the date '{stated.strip()[:40]}', expected one like 2017-05-31; it is left out."
        activity.remarks.add("dates that are none", line, what, "Correct the date.")
    return read


def _value(activity: Activity, element: Element | None, line: int) -> Value:
    if element is None:
        activity.remarks.add("amounts left out", line, "has no value; the amount stays unknown.")
        return Value()
    line = line_of(element)
    stated = activity.clean(element)
    read = amount(stated)
    currency, origin = _currency(activity, element, line)
    _tell(activity, stated, read.how, read.is_negative, read.is_zero, line)
    date = read_day(activity, element.get("value-date") or "", line)
    return Value(read.value, stated, currency, origin, date, "true" if read.is_negative else "")


def _currency(activity: Activity, element: Element, line: int) -> tuple[str, str]:
    """The currency of the value, or the activity's own; a file that states none is not given one."""
    stated, origin = (element.get("currency") or "").strip(), "value"
    if not stated:
        stated, origin = activity.currency, "activity"
    code = stated.upper()
    if len(code) == 3 and code.isascii() and code.isalpha():
        activity.known("Currency", code, line)
        return code, origin
    if stated:
        what = f"has the currency '{stated[:20]}', expected a code like EUR; the amount is left out."
    else:
        what = "has no currency, nor has its activity one for all its amounts; the amount is left out."
    activity.remarks.add("amounts left out", line, what, "Ask the publisher for the currency.")
    return "", ""


def _tell(activity: Activity, stated: str, how: str, negative: bool, zero: bool, line: int) -> None:
    remarks = activity.remarks
    if how == "empty":
        remarks.add("amounts left out", line, "has an empty value; the amount stays unknown.")
    elif how == "unread":
        what = f"has the amount '{stated[:40]}', which cannot be read for sure; it is left out."
        remarks.add("amounts left out", line, what, "Write digits and a decimal point alone: 1234567.50.")
    elif how in ("grouped", "exponent"):
        words = "thousands separators" if how == "grouped" else "an exponent"
        remarks.add(f"amounts with {words}", line, f"has the amount '{stated}', read without {words}.")
    if negative:
        what = f"has the amount {stated}, below zero: kept as it is, as a correction or money back."
        remarks.add("amounts below zero", line, what, severity="info")
    elif zero:
        remarks.add("amounts of zero", line, "has an amount of zero; kept as it is.", severity="info")
