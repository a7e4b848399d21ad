"""The answers of one form: each cell that a city touched, told and turned into what accepting it would write.

In: a returned form, what is known of its city today, names. Out: `Change`s in the order of the form.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from coopgraph.forms.cells import Unreadable, out_of_order, plain_of
from coopgraph.forms.change import Change, Status
from coopgraph.forms.fields import Field, FormSheet, form_sheets
from coopgraph.forms.known import KnownRow
from coopgraph.forms.minting import end_of, other_iri, row_iri, slug_of
from coopgraph.forms.returned import ReturnedRow, SentRow
from coopgraph.forms.telling import NOTHING, Codes, Telling
from coopgraph.forms.wording import say
from coopgraph.letters import plain_letters

_PERIODS: Final = (("start", "end"), ("since", "until"))
_UNKNOWN: Final = "/answer/unknown"  # whoever says so says nothing


class Answers(Telling):
    """Reads the answers of one form."""

    def changes(self) -> list[Change]:
        """Return every change, in the order of the form."""
        found: list[Change] = []
        for sheet in form_sheets():
            rows = [row for row in self._returned.rows if row.sheet == sheet.key]
            for row in rows:
                found += self._new(sheet, row) if row.iri is None else self._known_row(sheet, row)
            found += self._gone(sheet, {row.iri for row in rows})
        return found

    # What is there already

    def _known_row(self, sheet: FormSheet, row: ReturnedRow) -> Iterator[Change]:
        sent = self._returned.sent[sheet.key, row.iri or ""]
        known = self._known.get((sheet.key, row.iri or ""))
        if known is None:
            self._fault(
                "is about something the data do not have any more.", "Ask the city, or add it anew.", row
            )
            return
        touched = [
            field
            for field in sheet.fields
            if field.key in self._returned.read[sheet.key]
            and _plain(row.texts[field.key]) != _plain(sent.cells.get(field.key, NOTHING).text)
        ]
        if touched and not any(row.texts.values()) and sheet.new_rows:
            yield from self._struck_row(sheet, row.iri or "", row.title, row.number)
            return
        answer = self._confirmed(row)
        if answer is False:
            yield from self._struck_row(sheet, row.iri or "", row.title, row.number)
        else:
            codes = self._touched(sheet, row, sent, touched)
            yield from self._apart(sheet, row, sent, known, codes)
            for key, now in codes.items():
                yield from self._cell(sheet.field(key), row, sent, known, now, codes)
            if answer:
                yield from self._confirm(sheet, row, sent, known, codes)
        yield from self._remark(row, known.iri, known.other)

    def _touched(
        self, sheet: FormSheet, row: ReturnedRow, sent: SentRow, fields: Sequence[Field]
    ) -> dict[str, tuple[str, ...]]:
        """Return what the touched cells mean; () for one that was emptied."""
        found: dict[str, tuple[str, ...]] = {}
        for field in fields:
            if field.fixed:
                fix = "Leave it as it was sent, and say the rest in the column for remarks."
                self._fault("says what the row is about and cannot be changed.", fix, row, field)
            elif not row.texts[field.key]:
                found[field.key] = ()
            elif (codes := self._read(field, row)) is not None:
                found[field.key] = codes
        for first, last in _PERIODS:
            if first in found or last in found:
                own = [found.get(key, sent.cells.get(key, NOTHING).codes) for key in (first, last)]
                if all(own) and out_of_order(own[0][0], own[1][0]):
                    fix = "Ask the city which of the two dates is right."
                    self._fault(f"the end {own[1][0]} lies before the start {own[0][0]}.", fix, row)
                    found.pop(first, None)
                    found.pop(last, None)
        return found

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
        before = sent.cells.get(field.key, NOTHING)
        added = tuple(code for code in now if code not in before.codes) if field.is_list else now
        struck = tuple(code for code in before.codes if code not in now) if field.is_list or not now else ()
        if added and not self._is_taken(known, field, added):
            status = self._status(known, field, added)
            note = self._note_only(field, known, added, status, all_now)
            text = self._text(field, known, added)
            value = say("said.note_value", self._returned.lang, **self._values(field, added, known))
            if note and self._has_noted(known, value):
                return
            yield self._change(
                status,
                row,
                known,
                field,
                text,
                note or "; ".join(self._first(added)),
                self._deed(row, known, note=value) if note else self._deed(row, known, {field.key: added}),
            )
        if struck:
            said = say("said.note_struck", self._returned.lang, **self._values(field, struck, known))
            if self._has_noted(known, said):
                return
            yield self._change(
                "removed",
                row,
                known,
                field,
                say("said.struck", self._lang, value=self._text(field, known, struck)),
                say("said.nothing_deleted", self._lang),
                self._deed(row, known, note=said),
            )

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
        for first, last in _PERIODS:
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
        said = "; ".join(
            f"{field.head[self._lang]}: {self._text(field, known, codes[field.key])}" for field in fields
        )
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

    def _confirm(
        self, sheet: FormSheet, row: ReturnedRow, sent: SentRow, known: KnownRow, codes: Codes
    ) -> Iterator[Change]:
        """Tell a row that the city calls right: it states what it left as it was."""
        states = {
            key: cell.codes
            for key, cell in sent.cells.items()
            if key not in codes
            and cell.codes
            and set(cell.codes) <= set(known.codes(key))
            and not (sheet.field(key).fixed and sheet.field(key).kind == "text")
        }
        fields = [field for field in sheet.fields if field.key in states]
        if not fields:
            return
        if all(self._has_taken(known, field, states[field.key]) for field in fields):
            self.taken += 1
            return
        text = "; ".join(
            f"{field.head[self._lang]}: {self._text(field, known, states[field.key])}" for field in fields
        )
        yield self._change("confirmed", row, known, None, text, "", self._deed(row, known, states))

    def _remark(self, row: ReturnedRow, iri: str, other: str | None) -> Iterator[Change]:
        if not row.remark:
            return
        try:
            text = plain_of(row.remark)
        except Unreadable as wrong:
            self._fault(wrong.what, wrong.fix, row, head=say("form.remark", self._returned.lang))
            return
        known = self._known.get((row.sheet, iri)) or KnownRow(iri, other, {})
        if self._has_noted(known, text):
            return
        head = say("form.remark", self._lang)
        yield self._change("new", row, known, None, text, "", self._deed(row, known, note=text), head=head)

    def _gone(self, sheet: FormSheet, there: set[str | None]) -> Iterator[Change]:
        """Tell the rows that were deleted, where the sheet itself is whole."""
        if not self._returned.read.get(sheet.key):
            return
        for key, iri in self._returned.sent:
            if key == sheet.key and iri not in there:
                if not sheet.new_rows:
                    title = sheet.title[self._returned.lang]
                    self._say(
                        "the row of the city itself is gone.", "Nothing in it counts as struck out.", title
                    )
                elif (key, iri) in self._known:
                    yield from self._struck_row(sheet, iri, sheet.title[self._returned.lang], None)

    def _struck_row(self, sheet: FormSheet, iri: str, title: str, number: int | None) -> Iterator[Change]:
        if not sheet.new_rows:
            self._say(
                "a city cannot be struck out.", "Say in the column for remarks what is wrong.", title, number
            )
            return
        known = self._known[sheet.key, iri]
        row = ReturnedRow(sheet.key, title, number or 0, iri, {}, "", "")
        note = say("said.note_denied", self._returned.lang, city=self._name)
        if self._has_noted(known, note):
            return
        said, mind = say("said.not_so", self._lang), say("said.nothing_deleted", self._lang)
        yield self._change("removed", row, known, None, said, mind, self._deed(row, known, note=note))

    # What is new

    def _new(self, sheet: FormSheet, row: ReturnedRow) -> Iterator[Change]:
        if not sheet.new_rows:
            self._fault("a form is of one city alone.", "Ask for a form of the other city.", row)
            return
        if not any(row.texts.values()):
            self._fault(
                "has a remark alone.", "Say what it is about, or write it beside a row that is there.", row
            )
            return
        states: Codes = {}
        is_whole = True
        for field in sheet.fields:
            if row.texts[field.key]:
                codes = self._read(field, row)
                is_whole = is_whole and codes is not None
                states[field.key] = codes or ()
            elif field.required and field.key in self._returned.read[sheet.key]:
                self._fault("is empty.", "Ask the city for it: without it the row says nothing.", row, field)
                is_whole = False
        for first, last in _PERIODS:
            if states.get(first) and states.get(last) and out_of_order(states[first][0], states[last][0]):
                what = f"the end {states[last][0]} lies before the start {states[first][0]}."
                self._fault(what, "Ask the city which of the two dates is right.", row)
                is_whole = False
        if is_whole and all(states.get(field.key) for field in sheet.fields if field.required):
            yield from self._new_row(sheet, row, states)

    def _new_row(self, sheet: FormSheet, row: ReturnedRow, states: Codes) -> Iterator[Change]:
        iri = row_iri(self._source.base, self._returned.city, sheet.key, states)
        if "title" in states:
            self._titles.setdefault(plain_letters(states["title"][0]), iri)
            self._new_titles[iri] = states["title"][0]
        if (known := self._known.get((sheet.key, iri))) is not None:
            if any(self._source.iri in value.sources for values in known.values.values() for value in values):
                self.taken += 1
            else:
                self._fault("is about what stands in another row already.", "Take it from there alone.", row)
            return
        text = "; ".join(
            f"{field.head[self._lang]}: {self._text(field, None, states[field.key])}"
            for field in sheet.fields
            if states.get(field.key)
        )
        other = other_iri(self._source.base, self._returned.city, sheet.key, iri)
        new = KnownRow(iri, other, {})
        minds = [
            *self._first(tuple(code for codes in states.values() for code in codes)),
            *self._alike(sheet, states),
        ]
        deed = self._deed(row, new, states, is_new=True)
        first = sheet.fields[0]
        label = self._text(first, None, states[first.key])
        self._known[sheet.key, iri] = KnownRow(iri, other, {})
        yield self._change("new", row, new, None, text, "; ".join(minds), deed, thing=label)
        yield from self._remark(row, iri, other)

    def _alike(self, sheet: FormSheet, states: Codes) -> Iterator[str]:
        """Say which known things a new one may be: the same title, or the same partners and kind."""
        for (key, iri), row in self._known.items():
            if key != sheet.key or "title" not in states:
                continue
            same = plain_letters(self._told.called(iri)) == plain_letters(states["title"][0]) or any(
                plain_letters(code) == plain_letters(states["title"][0]) for code in row.codes("title")
            )
            kind = states.get("kind")
            if same or (
                kind
                and set(kind) == set(row.codes("kind"))
                and set(states["partners"]) == set(row.codes("partners"))
            ):
                yield say("said.alike", self._lang, name=self._told.called(iri))


def _plain(text: str) -> str:
    return " ".join(text.split())
