"""An update that another system posts (mySociety's servicerequestupdates) becomes a step of the record, or a note.

It is judged as everybody's Changes are, under the caller's account. A status that the service maps to a step takes that
step; where it is not possible now, or not the caller's to take, what was said stays as a note. The same update that
comes again is the same one, by the caller's own `update_id`.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime

from fieldapp.clock import CITY_ZONE, Clock, stamp
from fieldapp.outside import Word
from fieldapp.records import DUE, LANG, REASON, STATE, WORDS, Change, Edits, Record, edited, plain
from fieldapp.services import Service, Transition
from fieldapp.texts import tr
from sync.gateway.open311.intake import DEVICE, SPACE, RequestError
from sync.gateway.person import PersonApi
from sync.gateway.transactions import LISTED, listed
from sync.wire import APPLIED, MERGED, OpResult, PushRequest

TAKEN = (APPLIED, MERGED)
FORBIDDEN = frozenset({"role", "out_of_scope"})


@dataclass(frozen=True)
class Update:
    """An update as it came: the caller's own id for it, the City's number of the request, and what is said."""

    id: str
    request: str
    word: Word


@dataclass(frozen=True)
class Updating:
    """Takes updates in under one account, the caller's."""

    api: PersonApi
    clock: Clock

    def take(self, update: Update) -> str:
        """The City's id of the update; RequestError for what is not taken."""
        record = self._record(update.request)
        names = [self._named(update, what) for what in ("step", "note")]
        if known := self._known(names, record.id):
            return known
        service = self.api.service.catalogue.get(record.service)
        result: OpResult | None = None
        for change in self._changes(service, record, update, names):
            result = self.api.push(PushRequest(DEVICE, (change.payload(),), "")).results[0]
            if known := self._known(names, record.id):  # also where the same update came twice at once
                return known
        said = result or OpResult("", "", 0)
        raise RequestError((403 if said.code in FORBIDDEN else 400, said.message))

    def _record(self, number: str) -> Record:
        sql = "SELECT record FROM open311_request WHERE id = ?"
        found = self.api.service.database.read(sql, (number,))
        row = self.api.record(found[0][0]).row if found else None
        if row is None:
            raise RequestError((404, tr("There is no request with this service_request_id.")))
        return Record(row.id, row.service, row.form_version, row.rev, dict(row.fields))

    def _changes(self, service: Service, record: Record, update: Update, names: list[str]) -> list[Change]:
        """The step, where one is meant; and the note, for where it is not taken."""
        step, note = names
        path = WORDS + uuid.UUID(note).hex[:16]
        word = replace(update.word, at=update.word.at or stamp(self.clock.now()))
        edits: dict[str, str | None] = {path: word.written()}
        plain_note = self._change(record, note, edits)
        mapped = (service.open311.updates if service.open311 else {}).get(update.word.status)
        if mapped is None:
            return [plain_note]
        taken = service.transition(mapped)
        edits = {**edits, **self._step_edits(service, record, taken, update.word)}
        return [self._change(record, step, edits, mapped), plain_note]

    def _step_edits(self, service: Service, record: Record, step: Transition, word: Word) -> Edits:
        edits: dict[str, str | None] = {STATE: step.to}
        if step.needs_reason:
            edits[REASON] = word.text
        after = edited(record.fields, edits)
        day = self.clock.now().astimezone(CITY_ZONE).date()
        due = service.derived(after, record.get(LANG), day).get(DUE)
        return {**edits, DUE: due} if due else edits

    def _change(self, record: Record, id_: str, edits: Edits, step: str = "") -> Change:
        me = self.api.person.id
        was = {path: record.fields.get(path) for path in edits}
        at = stamp(self.clock.now())
        return Change(
            id_, record.id, record.service, record.form_version, record.rev, edits, was, me, me, DEVICE, at, step
        )

    def _named(self, update: Update, what: str) -> str:
        name = f"{self.api.person.id}/updates/{update.request}/{update.id}/{what}"
        return str(uuid.uuid5(SPACE, name))

    def _known(self, names: list[str], record: str) -> str:
        """The id of an update that was taken: as it is told to all, where it was a step; "" for one that was not."""
        sql = f"SELECT id, status, payload FROM op WHERE id IN {LISTED} AND record = ?"
        for id_, status, payload in self.api.service.database.read(sql, (listed(names), record)):
            if status in TAKEN:
                return self._published(record, plain(payload)) or str(id_)
        return ""

    def _published(self, record: str, op: dict[str, object]) -> str:
        edits = op["edits"]
        state = edits.get(STATE) if isinstance(edits, dict) else None
        sql = (
            "SELECT u.n FROM open311_update u JOIN open311_request q ON q.id = u.request"
            " WHERE q.record = ? AND u.state = ? AND u.made = ? ORDER BY u.n"
        )
        found = self.api.service.database.read(sql, (record, state or "", op["at"])) if state else []
        return str(found[0][0]) if found else ""


def said_at(text: str) -> str:
    """A moment as W3C has it, as a stamp; "" where none is said. RequestError for what is none."""
    if not text:
        return ""
    try:
        found = datetime.fromisoformat(text.replace(" ", "+"))  # a plus sign that was not escaped
        return stamp(found if found.tzinfo else found.replace(tzinfo=CITY_ZONE))
    except (ValueError, OverflowError) as fault:
        words = tr("{name} is no moment, as in 2026-11-23T09:00:00-05:00.", name="updated_datetime")
        raise RequestError((400, words)) from fault
