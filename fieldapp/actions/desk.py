"""Desk: who works where. Every verb takes one, so that no verb reaches for a global."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fieldapp.access import acting
from fieldapp.clock import Clock, new_id, stamp
from fieldapp.errors import AccessError, RefusedError
from fieldapp.places import Layers
from fieldapp.records import Attachment, Change, Edits, Person, Record
from fieldapp.services import Catalogue, Service, workflow
from fieldapp.store import Issue, Store
from fieldapp.texts import tr

# A file's value in an answer: its SHA-256 and its suffix (fieldapp/records.py).
FILE_VALUE = re.compile(r"([0-9a-f]{64})(\.[a-z0-9]{1,8})?")


@dataclass(frozen=True)
class Desk:
    """One signed-in person at one laptop: everything that a verb needs."""

    person: Person
    store: Store
    catalogue: Catalogue
    layers: Layers
    clock: Clock
    device: str
    lane: str = ""  # letters that keep this person's offline references apart on a shared machine

    @property
    def reviewer(self) -> Person:
        """This person with the absences that they stand in for now, as the City told last."""
        known = self.store.people.me()
        absences = known.stands_in if known is not None else self.person.stands_in
        return acting(replace(self.person, stands_in=absences), stamp(self.clock.now()))

    def record(self, record_id: str) -> Record:
        """The record as it stands here; RefusedError when it is not on this laptop."""
        record = self.store.record(record_id)
        if record is None:
            raise RefusedError(tr("This record is not on this laptop. It comes with the next sync, if it is yours."))
        return record

    def service_of(self, record: Record) -> Service:
        """The service that the record belongs to."""
        return self.catalogue.get(record.service)

    def commit(
        self,
        record: Record,
        edits: Edits,
        *,
        transition: str = "",
        creates: bool = False,
        seal: bool = False,
        form_version: str = "",
        seen: Edits | None = None,
        issues: Sequence[Issue] = (),
    ) -> Record:
        """Write `edits` as one Change of this person, durably. A transition, or `seal`, closes it for sending.

        `issues` are the official numbers that it takes. For the rest see `change`.
        """
        made = self.change(record, edits, transition=transition, creates=creates, form_version=form_version, seen=seen)
        return self.store.commit(made, seal=seal or bool(transition), issues=issues)

    def change(
        self,
        record: Record,
        edits: Edits,
        *,
        transition: str = "",
        creates: bool = False,
        form_version: str = "",
        seen: Edits | None = None,
    ) -> Change:
        """`edits` as one Change of this person, not kept yet.

        `form_version` is the version of the form that the record's answers are in from now on: mostly the same.
        `seen` has the values that the person saw, where these may not be the record's by now: its form was open.
        """
        changed = {path: value for path, value in edits.items() if (value or "") != record.get(path)}
        return Change(
            id=new_id(),
            record=record.id,
            service=record.service,
            form_version=form_version or record.form_version,
            base_rev=record.rev,
            edits=changed,
            was={path: seen[path] if seen and path in seen else record.fields.get(path) for path in changed},
            actor=self.person.id,
            principal=self.service_of(record).principal(self.person.id),
            device=self.device,
            at=stamp(self.clock.now()),
            transition=transition,
            creates=creates,
            attachments=self._attachments(changed),
            stands_for=self._absent(record, transition),
        )

    def _absent(self, record: Record, transition: str) -> str:
        """The user id of the reviewer for whom the step is taken; "" for a step that is this person's own."""
        if not transition:
            return ""
        return workflow.stands_for(self.service_of(record).transition(transition), record, self.reviewer)

    def _attachments(self, edits: Edits) -> tuple[Attachment, ...]:
        files = (FILE_VALUE.fullmatch(value) for value in edits.values() if value)
        found = (self.store.blobs.attachment(match[1]) for match in files if match)
        return tuple(item for item in found if item is not None)


def check_reach(desk: Desk, record: Record) -> None:
    """AccessError for a record that is not this person's any more, while it waits for what they did to be settled."""
    if desk.store.left(record.id):
        raise AccessError(tr("This record is not with you any more. What you did waits to be sent, and can be read."))
