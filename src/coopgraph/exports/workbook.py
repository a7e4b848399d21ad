"""A release as a workbook: a sheet for each class, labels beside ids, dates as dates; the first sheet says
what it is, what is unknown and what each column holds.

In: an open release. Out: one file, written a row at a time. Standard: Office Open XML (ECMA-376).
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from coopgraph.exports.about import about_release
from coopgraph.exports.classes import LANGUAGES, words
from coopgraph.exports.formats import Options, Written
from coopgraph.exports.records import Ids, Record, Records
from coopgraph.exports.sheet import LONGEST
from coopgraph.exports.statements import lines_of
from coopgraph.exports.workbook_about import fill_about
from coopgraph.exports.workbook_columns import FONT, Shown, shown_columns
from coopgraph.sources.repeatable import without_time
from coopgraph.views.drawing import clean

if TYPE_CHECKING:
    from coopgraph.release import Release

MOST_ROWS: Final = 1_048_575  # below the headings
_TOLD: Final = 20_000  # rows, after which it is said how far the writing is
_DIGITS: Final = 15  # that a spreadsheet keeps of a number
_SIGNS: Final = tuple("=+-@#\t\r")


def write_xlsx(release: Release, target: Path, options: Options) -> Written:
    """Write the workbook."""
    from openpyxl import Workbook

    options.on_progress("reading what there is")
    records = Records(release, lambda: lines_of(release))
    filled, counts = _filled(records)
    told = about_release(release, options.lang)
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = told.title, "coopgraph"
    sheets = Sheets(book, records, Ids(records.known, release.base), filled, counts, options.lang)
    fill_about(sheets.about, told, sheets.shown, counts)
    options.on_progress("writing sheets")
    whole = sum(counts.values())
    for done, (table, record) in enumerate(records):
        if done and done % _TOLD == 0:
            options.on_progress(f"writing sheets: {done / whole:.0%}")
        sheets.append(table.name, record)
    saved = target.with_name(f"{target.name}.saved")
    try:
        book.save(saved)
        without_time(saved, target)
    finally:
        saved.unlink(missing_ok=True)
    left_out = Counter(records.left_out) + sheets.left_out
    return Written((target,), {name: count for name, count in counts.items() if count}, dict(left_out))


def _filled(records: Records) -> tuple[set[tuple[str, str]], dict[str, int]]:
    """Return which columns hold anything, and how many rows each table has."""
    filled: set[tuple[str, str]] = set()
    counts = Counter({table.name: 0 for table in records.tables})
    for table, record in records:
        counts[table.name] += 1
        filled.update((table.name, name) for name, terms in record.cells.items() if terms)
    return filled, dict(counts)


class Sheets:
    """The sheets of a workbook that is being written; a table of too many rows goes on in a further one."""

    def __init__(
        self,
        book: Any,
        records: Records,
        ids: Ids,
        filled: set[tuple[str, str]],
        counts: dict[str, int],
        lang: str,
    ) -> None:
        self._book, self._records, self._lang = book, records, lang
        place = LANGUAGES.index(lang)
        self.about = book.create_sheet(words()["words"]["about"][place])
        self.shown: dict[str, tuple[str, tuple[Shown, ...]]] = {
            table.name: (
                words()["tables"][table.name][place],
                shown_columns(table, filled, records, ids, lang),
            )
            for table in records.tables
            if counts[table.name]
        }
        self._open = {name: self._sheet(name, 1, counts[name]) for name in self.shown}
        self._rows = Counter(dict.fromkeys(self.shown, 0))
        self._counts = counts
        self.left_out: Counter[str] = Counter()

    def append(self, name: str, record: Record) -> None:
        """Add the row of a record."""
        done = self._rows[name]
        if done and not done % MOST_ROWS:
            self._open[name] = self._sheet(name, 1 + done // MOST_ROWS, self._counts[name] - done)
        page = self._open[name]
        columns = self.shown[name][1]
        page.append([self._cell(page, shown, record) for shown in columns])
        unseen = sum(max(0, sum(each in record.cells for each in shown.names) - 1) for shown in columns)
        if unseen:
            self.left_out["texts that are in another language too"] += unseen
        self._rows[name] += 1

    def _sheet(self, name: str, number: int, rows: int) -> Any:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font, PatternFill
        from openpyxl.utils import get_column_letter

        title, columns = self.shown[name]
        page = self._book.create_sheet(title[:31] if number == 1 else f"{title[:26]} ({number})")
        page.freeze_panes = "B2"
        last = get_column_letter(len(columns))
        page.auto_filter.ref = f"A1:{last}{1 + min(rows, MOST_ROWS)}"
        for place, shown in enumerate(columns, start=1):
            page.column_dimensions[get_column_letter(place)].width = shown.width
        heads = [WriteOnlyCell(page, shown.heading) for shown in columns]
        for head in heads:
            head.font, head.alignment = (
                Font(name=FONT, size=11, bold=True),
                Alignment(wrap_text=True, vertical="top"),
            )
            head.fill = PatternFill("solid", fgColor="E8EEF4")
        page.append(heads)
        return page

    def _cell(self, page: Any, shown: Shown, record: Record) -> Any:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment

        value = _typed(shown.kind, shown.text(record))
        if isinstance(value, date):
            cell = WriteOnlyCell(page, "")
            cell.value = value
            cell.alignment = Alignment(horizontal="left")  # as a year or a month, which is text, stands
            return cell
        if isinstance(value, Decimal) and shown.kind == "amount":
            cell = WriteOnlyCell(page, "")
            cell.value, cell.number_format = value, _thousands(value)
            return cell
        if not isinstance(value, str):
            return value
        if len(value) > LONGEST:
            self.left_out[f"texts cut at the {LONGEST:,} signs a cell holds"] += 1
        value = clean(value, LONGEST)
        if not value.lstrip(" ").startswith(_SIGNS):
            return value
        cell = WriteOnlyCell(page, "")
        cell.value, cell.data_type, cell.quotePrefix = value, "s", True
        return cell


def _thousands(value: Decimal) -> str:
    """Return how an amount is shown: parted by thousands, with as many decimals as are stated.

    >>> _thousands(Decimal("1500000")), _thousands(Decimal("1000.50"))
    ('#,##0', '#,##0.00')
    """
    exponent = value.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and value != value.to_integral_value() else 0
    return f"#,##0.{'0' * decimals}" if decimals > 0 else "#,##0"


def _typed(kind: str, text: str) -> Any:
    """Return what a cell holds: a date if it is a day, a number if no digit of it is lost, else the text.

    >>> _typed("date", "2013-05"), _typed("date", "2013-05-31"), _typed("decimal", "1.50")
    ('2013-05', datetime.date(2013, 5, 31), Decimal('1.50'))
    """
    if not text:
        return None
    if kind in ("date", "day") and len(text) == 10:
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    if kind in ("amount", "decimal", "integer"):
        try:
            number = Decimal(text)
        except InvalidOperation:
            return text
        fits = number.is_finite() and len(number.as_tuple().digits) <= _DIGITS
        return number if fits else text
    return text
