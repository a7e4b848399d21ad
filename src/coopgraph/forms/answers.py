"""The answers of one form: each cell that a city touched, told and turned into what accepting it would write.

In: a returned form, what is known of its city today, names. Out: `Change`s in the order of the form.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from coopgraph.forms.cell_answers import PERIODS, CellAnswers
from coopgraph.forms.cells import Unreadable, out_of_order, plain_of
from coopgraph.forms.change import Change
from coopgraph.forms.fields import Field, FormSheet, form_sheets
from coopgraph.forms.known import KnownRow
from coopgraph.forms.minting import other_iri, row_iri
from coopgraph.forms.returned import ReturnedRow, SentRow
from coopgraph.forms.telling import NOTHING, Codes
from coopgraph.forms.wording import say
from coopgraph.letters import plain_letters


class Answers(CellAnswers):
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
        whole = {key: cell.codes for key, cell in sent.cells.items()} | found
        for period in PERIODS:
            if not found.keys().isdisjoint(period) and self._is_turned(period, whole, row):
                for key in period:
                    found.pop(key, None)
        return found

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
        text = self._texts(fields, known, states)
        yield self._change("confirmed", row, known, None, text, "", self._deed(row, known, states))

    def _remark(self, row: ReturnedRow, iri: str, other: str | None) -> Iterator[Change]:
        if not row.remark:
            return
        try:
            text = plain_of(row.remark)
        except Unreadable as wrong:
            self._fault(wrong.what, wrong.fix, row, head=say("form.remark", self._returned.lang))
            return
        if self._names_person(text):
            self._person(row, head=say("form.remark", self._returned.lang))
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
        deed = replace(self._deed(row, known, note=note), is_denied=True)
        yield self._change("removed", row, known, None, said, mind, deed)

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
        if sheet.needs_one and not any(row.texts[key] for key in sheet.needs_one):
            heads = " / ".join(sheet.field(key).head[self._returned.lang] for key in sheet.needs_one)
            self._fault(
                "is empty.", "Ask the city for one of them: without it the row says nothing.", row, head=heads
            )
            is_whole = False
        turned = [period for period in PERIODS if self._is_turned(period, states, row)]
        required = (field.key for field in sheet.fields if field.required)
        if is_whole and not turned and all(states.get(key) for key in required):
            yield from self._new_row(sheet, row, states)

    def _is_turned(self, period: tuple[str, str], codes: Codes, row: ReturnedRow) -> bool:
        """Tell a period that ends before it starts."""
        start, end = (codes.get(key, ()) for key in period)
        if not (start and end and out_of_order(start[0], end[0])):
            return False
        what = f"the end {end[0]} lies before the start {start[0]}."
        self._fault(what, "Ask the city which of the two dates is right.", row)
        return True

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
        text = self._texts([field for field in sheet.fields if states.get(field.key)], None, states)
        other = other_iri(self._source.base, self._returned.city, sheet.key, iri)
        new = KnownRow(iri, other, {})
        minds = [
            *self._first(tuple(code for codes in states.values() for code in codes)),
            *self._alike(sheet, states),
        ]
        deed = self._deed(row, new, states, is_new=True)
        first = next(field for field in sheet.fields if states.get(field.key))
        label = self._text(first, None, states[first.key])
        self._known[sheet.key, iri] = new
        yield self._change("new", row, new, None, text, "; ".join(minds), deed, thing=label)
        yield from self._remark(row, iri, other)

    def _alike(self, sheet: FormSheet, states: Codes) -> Iterator[str]:
        """Say which known things a new one may be: the same title, partners and kind, or interest."""
        for (key, iri), row in self._known.items():
            if key == sheet.key and any(
                set(states.get(one, ())) & set(row.codes(one)) for one in sheet.needs_one
            ):
                yield say("said.alike", self._lang, name=self._thing(key, row))
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
