"""The answer in one cell: told as new, changed, contested or removed, by what is known and who says so.

In: what a cell says by now, what was sent, what is known today. Out: `Change`s.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from coopgraph.forms.cells import out_of_order
from coopgraph.forms.change import Change, Status
from coopgraph.forms.fields import Field, FormSheet
from coopgraph.forms.known import KnownRow
from coopgraph.forms.minting import end_of, row_iri, slug_of
from coopgraph.forms.returned import ReturnedRow, SentRow
from coopgraph.forms.telling import NOTHING, Codes, Telling
from coopgraph.forms.wording import say

PERIODS: Final = (("start", "end"), ("since", "until"))
_UNKNOWN: Final = "/answer/unknown"  # whoever says so says nothing


class CellAnswers(Telling):
    """Tells the cells of a row that is known already."""

    def _cell(
        self,
        field: Field,
        row: ReturnedRow,
        sent: SentRow,
        known: KnownRow,
        now: tuple[str, ...],
        all_now: Codes,
    ) -> Iterator[Change]:
        """Tell one cell: what was added to it, and what was struck out of it."""
        before = sent.cells.get(field.key, NOTHING).codes
        added = tuple(code for code in now if code not in before) if field.is_list else now
        if added and not self._is_taken(known, field, added):
            yield from self._added(field, row, known, added, all_now)
        struck = tuple(code for code in before if code not in now) if field.is_list or not now else ()
        if struck:
            yield from self._struck(field, row, known, struck)

    def _added(
        self, field: Field, row: ReturnedRow, known: KnownRow, codes: tuple[str, ...], all_now: Codes
    ) -> Iterator[Change]:
        status = self._status(known, field, codes)
        mind = self._note_only(field, known, codes, status, all_now)
        if mind:
            note = say("said.note_value", self._returned.lang, **self._values(field, codes, known))
            if self._has_noted(known, note):
                return
            deed = self._deed(row, known, note=note)
        else:
            mind, deed = "; ".join(self._first(codes)), self._deed(row, known, {field.key: codes})
        yield self._change(status, row, known, field, self._text(field, known, codes), mind, deed)

    def _struck(
        self, field: Field, row: ReturnedRow, known: KnownRow, codes: tuple[str, ...]
    ) -> Iterator[Change]:
        values = self._values(field, codes, known)
        note = say("said.note_struck", self._returned.lang, **values)
        if self._has_noted(known, note):
            return
        said = say("said.struck", self._lang, value=self._text(field, known, codes))
        mind = say("said.nothing_deleted", self._lang)
        deed = replace(
            self._deed(row, known, note=note), denied_value=f"{values['field']}: {values['value']}"
        )
        yield self._change("removed", row, known, field, said, mind, deed)

    def _status(self, known: KnownRow, field: Field, codes: tuple[str, ...]) -> Status:
        values = [value for value in known.values.get(field.key, ()) if not value.code.endswith(_UNKNOWN)]
        stated = {value.code for value in values}
        if set(codes) <= stated:
            return "confirmed"
        if not stated or field.is_list:
            return "new"
        own = f"{self._source.base}id/source/declared-{slug_of(end_of(self._returned.city))}-"
        said_by = {source for value in values for source in value.sources}
        return "changed" if all(source.startswith(own) for source in said_by) else "contested"

    def _note_only(
        self, field: Field, known: KnownRow, codes: tuple[str, ...], status: Status, all_now: Codes
    ) -> str:
        """Say why a word cannot stand beside the others as a value; "" where it can."""
        if field.contest == "note" and status in ("contested", "changed"):
            return say("said.as_note", self._lang)
        for first, last in PERIODS:
            if field.key in (first, last):
                starts, ends = (
                    {*known.codes(key), *(all_now.get(key) or ())}
                    | (set(codes) if key == field.key else set())
                    for key in (first, last)
                )
                if any(out_of_order(start, end) for start in starts for end in ends):
                    return say("said.as_note_dates", self._lang)
        return ""

    def _apart(
        self, sheet: FormSheet, row: ReturnedRow, sent: SentRow, known: KnownRow, codes: Codes
    ) -> Iterator[Change]:
        """Take the cells whose word makes a figure of its own out of `codes`, and tell them as one."""
        fields = [
            sheet.field(key)
            for key, now in codes.items()
            if now
            and sheet.field(key).contest == "apart"
            and self._status(known, sheet.field(key), now) in ("contested", "changed")
        ]
        if not fields:
            return
        whole = {
            key: cell.codes[:1] if not sheet.field(key).is_list else cell.codes
            for key, cell in sent.cells.items()
        }
        whole |= {key: now for key, now in codes.items() if now}
        said = self._texts(fields, known, codes)
        for key in [key for key, now in codes.items() if now]:
            del codes[key]
        iri = row_iri(self._source.base, self._returned.city, sheet.key, whole)
        if (sheet.key, iri) in self._known:
            self.taken += 1
            return
        deed = self._deed(row, known, whole, iri=iri, is_new=True)
        status = self._status(known, fields[0], whole[fields[0].key])
        heads = "; ".join(field.head[self._lang] for field in fields)
        yield self._change(
            status, row, known, fields[0], said, say("said.apart", self._lang), deed, head=heads
        )
