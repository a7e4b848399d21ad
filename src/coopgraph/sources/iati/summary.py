"""What is in IATI files, worked out as they are read: nothing is kept but counts and sums.

In: files, and a folder of code lists. Out: a `Summary`: rows by table, money by kind and currency, goals,
codes that are on no list, and what is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Final

from coopgraph.errors import Fault, SourceError
from coopgraph.sources.iati.activity import PERSONAL, Found
from coopgraph.sources.iati.columns import TABLES
from coopgraph.sources.iati.elements import read_activity
from coopgraph.sources.iati.lists import CodeLists, read_code_lists
from coopgraph.sources.iati.load import unchecked_faults
from coopgraph.sources.iati.organisations import LOCAL_GOVERNMENT
from coopgraph.sources.iati.remarks import Remarks
from coopgraph.sources.iati.repeated import Repeated, find_repeated
from coopgraph.sources.iati.stream import Stream

_AT: Final = {table: {name: n for n, name in enumerate(columns)} for table, columns in TABLES.items()}
Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Sum:
    """Amounts of one kind and type in one currency; `type` is that of a transaction, "" of a budget."""

    kind: str
    type: str
    currency: str
    amounts: int
    total: Decimal


@dataclass
class Summary:
    """What is in some files. `tables` counts rows; `goals` counts activities by the number of the goal."""

    files: list[Path] = field(default_factory=list)
    versions: Counter[str] = field(default_factory=Counter)
    reporters: Counter[str] = field(default_factory=Counter)
    tables: Counter[str] = field(default_factory=Counter)
    money: list[Sum] = field(default_factory=list)
    repeated: int = 0
    """Activities left out, as each is counted once."""
    unknown_amounts: int = 0
    goals: dict[int, int] = field(default_factory=dict)
    organisations: int = 0
    local_governments: int = 0
    unknown_codes: list[tuple[str, str, int]] = field(default_factory=list)
    contacts: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)


@dataclass
class _Counting:
    """What is counted on the way and not told as such."""

    sums: dict[tuple[str, str, str], tuple[int, Decimal]] = field(default_factory=dict)
    goals: Counter[int] = field(default_factory=Counter)
    names: dict[str, str] = field(default_factory=dict)
    local: set[str] = field(default_factory=set)
    reporters: Counter[str] = field(default_factory=Counter)


def summarise(
    files: Iterable[Path], codelists: Path | None = None, progress: Progress | None = None
) -> Summary:
    """Read IATI activity files and say what is in them; memory stays flat.

    `progress` is called with a file's name and how many of its activities were read, every thousand.

    Raises SourceError with every file that cannot be read.

    >>> import tempfile; path = Path(tempfile.mkdtemp()) / "a.xml"
    >>> _ = path.write_text('''<iati-activities version="2.03"><iati-activity default-currency="EUR">
    ... <iati-identifier>X-1</iati-identifier><title><narrative>Wells</narrative></title><transaction>
    ... <transaction-type code="3"/><value>1000</value></transaction></iati-activity></iati-activities>''')
    >>> summary = summarise([path])
    >>> summary.tables["activities"], summary.money
    (1, [Sum(kind='disbursed', type='3', currency='EUR', amounts=1, total=Decimal('1000'))])
    """
    paths, lists = list(files), read_code_lists(codelists)
    summary, found = _summarised(paths, lists, progress, Repeated())
    repeated = find_repeated(paths, found.keys)
    return _summarised(paths, lists, progress, repeated)[0] if repeated.count else summary


def _summarised(
    files: list[Path], lists: CodeLists, progress: Progress | None, repeated: Repeated
) -> tuple[Summary, Found]:
    """Count what is in the files, but for activities that come again."""
    summary, counting = Summary(files=files, repeated=repeated.count, faults=[*repeated.faults]), _Counting()
    found = Found(lists, "source")
    refused: list[Fault] = []
    for found.file, path in enumerate(summary.files):
        stream, remarks = Stream(path), Remarks(path.name)
        try:
            left_out = repeated.left_out.get(found.file, ())
            for number, element in enumerate(stream.activities(), 1):
                if number - 1 in left_out:
                    continue
                read_activity(element, stream.root, found, remarks)
                _count(found.rows, summary, counting)
                if progress and number % 1000 == 0:
                    progress(path.name, number)
        except SourceError as error:
            refused += error.faults_of(path.name)
        summary.faults += remarks.faults()
    if refused:
        count = len(refused)
        what = "The file cannot be read." if count == 1 else f"{count} files cannot be read."
        raise SourceError(what, faults=refused)
    _finish(summary, counting, found)
    return summary, found


def _count(rows: Mapping[str, list[tuple[str, ...]]], summary: Summary, counting: _Counting) -> None:
    """Count the rows of one activity and take them away."""
    goals = {int(row[_AT["goals"]["goal"]]) for row in rows["goals"]}
    counting.goals.update(goals)
    for row in rows["organisations"]:
        key, name, kind = row[0], row[1], row[_AT["organisations"]["type"]]
        if not counting.names.get(key):
            counting.names[key] = name
        if kind == LOCAL_GOVERNMENT:
            counting.local.add(key)
    for row in rows["activities"]:
        counting.reporters[row[_AT["activities"]["reporter"]]] += 1
        summary.versions[row[_AT["activities"]["version"]]] += 1
    for table in ("budgets", "transactions"):
        for row in rows[table]:
            _add(row, _AT[table], table, summary, counting)
    for table, found in rows.items():
        if found:
            summary.tables[table] += len(found)
            found.clear()


def _add(
    row: tuple[str, ...], at: Mapping[str, int], table: str, summary: Summary, counting: _Counting
) -> None:
    value, currency, kind = row[at["value"]], row[at["currency"]], row[at["kind"]]
    if not (value and currency and kind):
        summary.unknown_amounts += 1
        return
    key = (kind, row[at["type"]] if table == "transactions" else "", currency)
    amounts, total = counting.sums.get(key, (0, Decimal(0)))
    counting.sums[key] = (amounts + 1, total + Decimal(value))


def _finish(summary: Summary, counting: _Counting, found: Found) -> None:
    summary.money = [Sum(*key, *counting.sums[key]) for key in sorted(counting.sums, key=_by_type)]
    summary.goals = dict(sorted(counting.goals.items()))
    summary.organisations = len(counting.names)
    summary.local_governments = len(counting.local)
    for key, count in counting.reporters.items():
        summary.reporters[counting.names.get(key) or key] += count
    summary.unknown_codes = sorted((name, code, count) for (name, code), count in found.unknown.items())
    for name, count in sorted(found.left_out.items()):
        (summary.contacts if name in ("contact-info", *PERSONAL) else summary.left_out)[name] = count
    for gathered in ("organisations", "codes"):
        summary.tables.pop(gathered, None)  # these are mentions; how many there are is worked out in a build
    summary.faults += unchecked_faults(found, summary.files[0].name) if summary.files else []


def _by_type(key: tuple[str, str, str]) -> tuple[int, str, str]:
    """Budgets first, then transactions in the order of their codes."""
    kind, code, currency = key
    return (int(code or 0), kind, currency)
