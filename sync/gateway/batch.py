"""One push: its ops judged one after the other, in memory, on rows of one transaction; then written together.

A judgement touches nothing, so an op that fails leaves nothing behind and the others go on.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from fieldapp.clock import moment_of
from fieldapp.errors import ProtocolError, ServiceError
from fieldapp.records import PARENT, Change, Edits, Fields, Person, Record, plain
from fieldapp.services import Catalogue, Service, Transition
from fieldapp.store.rows import fingerprint_of, text_of
from fieldapp.texts import tr
from sync.gateway import chronicle, effects, ledger
from sync.gateway.bookings.judging import Bookings
from sync.gateway.chains import Arrival, Chains
from sync.gateway.forms import Forms
from sync.gateway.issuing import Issuing
from sync.gateway.judge import Case, Verdict, judge
from sync.gateway.ledger import Received
from sync.gateway.moves import Moves
from sync.gateway.open311 import noting
from sync.gateway.outside import noting as outside
from sync.gateway.rules import Refusal
from sync.gateway.scope import buckets_of, scope_of
from sync.gateway.series import Series
from sync.gateway.transactions import LISTED, LOCKED, Transaction, listed
from sync.gateway.webhooks import noting as webhooks
from sync.wire import (
    APPLIED,
    ASSIGNED,
    BLOCKED,
    CONFLICT,
    DESK,
    MERGED,
    NOOP,
    PARKED,
    REJECTED,
    RETRY,
    Head,
    OpResult,
    change_in,
)

log = logging.getLogger(__name__)
HELD = frozenset({CONFLICT, REJECTED, PARKED, BLOCKED, RETRY})  # what comes behind it, of the same record, waits
KEPT = frozenset({BLOCKED, RETRY})  # not an answer for ever: such an op will be judged anew


class Batch:
    """The ops of one push on their way through one transaction."""

    def __init__(self, tx: Transaction, catalogue: Catalogue, forms: Forms, person: Person, now: str) -> None:
        self._tx = tx
        self._catalogue = catalogue
        self._forms = forms
        self._person = person
        self._now = now
        self._series = Series(moment_of(now).date())
        self._issuing = Issuing(tx, person, self._series, now)
        self.bookings = Bookings(tx, catalogue, person, now)
        self._records: dict[str, Record] = {}
        self._before: dict[str, tuple[str, int]] = {}
        self._changed: dict[str, Record] = {}
        self._judged: dict[str, tuple[bytes, OpResult]] = {}
        self._kept: list[tuple[Received, Change, OpResult]] = []
        self._steps: list[webhooks.Step] = []
        self._clashed: list[tuple[Change, Verdict]] = []
        self._held: set[str] = set()
        self._moved: set[str] = set()  # records that moved on by themselves: no laptop knows that yet
        self.heads: tuple[Head, ...] = ()  # how far the person's buckets moved, once all is written
        self._chains = Chains(tx, person.id, now)
        self._arrived: list[Arrival] = []

    def take(self, received: Sequence[Received]) -> tuple[OpResult, ...]:
        """Judge all ops and write what becomes of them."""
        sound = [one for one in received if one.storable]
        self._judged = ledger.judged(self._tx, [one.id for one in sound])
        fresh = [one.op for one in sound if one.id not in self._judged]
        above = effects.parents(self._tx, self._catalogue, fresh)
        self._load({str(op.get("record")) for op in fresh} | above)
        results = [self._one(one) for one in received]
        told = self._write()
        return tuple(told.get(id(one), one) for one in results)

    def _load(self, ids: set[str]) -> None:
        """The City's rows, locked to the end of the transaction: nobody else judges them meanwhile."""
        sql = (
            "SELECT id, service, form_version, rev, fields, bucket, fp FROM record"
            f" WHERE id IN {LISTED} ORDER BY id {LOCKED}"
        )
        for id_, service, version, rev, fields, bucket, fp in self._tx.execute(sql, (listed(ids),)):
            self._records[id_] = Record(id_, service, version, rev, plain(fields))
            self._before[id_] = bucket, fp

    def _one(self, received: Received) -> OpResult:
        result = self._known(received) or self._fresh(received)
        if result.status in HELD:
            self._held.add(str(received.op.get("record")))
        return result

    def _known(self, received: Received) -> OpResult | None:
        """The stored answer, where there is one. It is given to whose op it is, and for the very same op."""
        if received.id not in self._judged:
            return None
        digest, result = self._judged[received.id]
        if digest == received.digest and received.op.get("principal") == self._person.id:
            return result
        if digest != received.digest:
            self._chains.reused(received.id, str(received.op.get("device")), received.link)
        return self._refused(received, Refusal("key_reuse", tr("Another change was sent under this id before.")))

    def _fresh(self, received: Received) -> OpResult:
        if not received.storable:
            return self._refused(received, Refusal("malformed", tr("This change holds a character that is no text.")))
        try:
            change = change_in(received.op)
        except ProtocolError as fault:
            return self._refused(received, Refusal("malformed", tr("This change cannot be read: {why}", why=fault)))
        if {change.principal, change.actor} != {self._person.id}:  # no answer for ever: its owner may still send it
            return self._refused(received, Refusal("principal", tr("This was done under another person's sign-in.")))
        result = self._result(received, change)
        final = result.status not in KEPT
        self._arrived.append(Arrival(change.id, change.device, received.digest.hex(), change.link, final))
        return result

    def _result(self, received: Received, change: Change) -> OpResult:
        if change.record in self._held:
            return OpResult(change.id, BLOCKED, 0, "behind", tr("It waits behind an earlier change."), at=self._now)
        try:
            verdict = self._verdict(change)
        except Exception:  # one op's fault must not stop the others; it is told apart by its answer, and logged
            log.exception("op %s could not be judged", change.id)
            return OpResult(change.id, RETRY, 0, "fault", tr("The City could not judge this change now."), at=self._now)
        return self._answered(received, change, verdict)

    def _verdict(self, change: Change) -> Verdict:
        current = self._records.get(change.record)
        if current is not None and current.service != change.service:
            return Verdict(REJECTED, current.rev, "service", tr("This record belongs to another service."))
        try:
            service = self._catalogue.get(change.service)
        except ServiceError:
            return Verdict(REJECTED, 0, "unknown_service", tr("The City does not offer this service."))
        return judge(
            Case(
                change,
                current,
                service,
                self._person,
                self._now,
                number=lambda: self._series.promise(service),
                others=lambda: self._others(change),
                issue=lambda before, after, step: self._beside(change, service, before, after, step),
                complaint=lambda fields: self._forms.complaint(service, change, fields, self._now),
                referred=lambda: ledger.referred(self._tx, change.record, change.settles),
                undecided=lambda: ledger.undecided(self._tx, change.record),
                state_seen=lambda: ledger.state_before_others(self._tx, change, service.first_state),
                kind_of=self._catalogue.merging(service.id, change.form_version),
                figures=lambda fields: self._forms.figures(service, change, fields, self._now),
            )
        )

    def _beside(
        self, change: Change, service: Service, before: Fields, after: Fields, step: Transition | None
    ) -> Edits | Refusal:
        """What the City gives beside the op's own edits: a place in its calendar, official numbers."""
        booked = self.bookings.judge(change, service, before, after, step)
        if isinstance(booked, Refusal):
            return booked
        numbers = self._issuing.judge(change, service, before, after, step)
        return numbers if isinstance(numbers, Refusal) else {**numbers, **booked}

    def _answered(self, received: Received, change: Change, verdict: Verdict) -> OpResult:
        said = verdict.code, verdict.message, verdict.edits, self._now, verdict.path
        authors = ledger.authors(self._tx, change.record, {clash.path for clash in verdict.clashes})
        result = OpResult(change.id, verdict.status, verdict.rev, *said, authors)
        if verdict.status not in KEPT:
            self._kept.append((received, change, result))
            self._judged[change.id] = received.digest, result
        if verdict.after is not None:
            self.bookings.note()
            known = self._records.get(change.record)
            for taken in (change, verdict.taken_with):
                if taken is not None:
                    self._issuing.note(taken, known.fields if known else {}, verdict.after)
            self._steps.append(webhooks.Step(change, known.state if known else "", verdict.after))
            self._records[change.record] = self._changed[change.record] = verdict.after
            for taken in (change, verdict.taken_with):
                if taken is not None:
                    self._move_on(taken, verdict.after)
        if verdict.clashes or (change.settles and verdict.status in {APPLIED, MERGED, NOOP}):
            self._clashed.append((verdict.of or change, verdict))
        return result

    def _move_on(self, taken: Change, visit: Record) -> None:
        """The record above takes the steps that follow from this one, as the City's own Changes."""
        service, case = self._catalogue.get(visit.service), self._records.get(visit.get(PARENT))
        if not (service.effects and case is not None and case.service == service.parent):
            return
        above, who = self._catalogue.get(case.service), (self._person, self._now)
        for change, before, after in effects.follow(above, service, taken, visit, case, *who):
            result = OpResult(change.id, APPLIED, after.rev, at=self._now)
            self._kept.append((Received.of(change.payload()), change, result))
            self._steps.append(webhooks.Step(change, before.state, after))
            self._records[after.id] = self._changed[after.id] = after
            self._moved.add(after.id)

    def _refused(self, received: Received, refusal: Refusal) -> OpResult:
        return OpResult(received.id, REJECTED, 0, refusal.code, refusal.message, at=self._now)

    def _others(self, change: Change) -> bool:
        return ledger.touched_by_others(self._tx, change)

    def _write(self) -> dict[int, OpResult]:
        """Effects, history and answers; the counters late, and the feed's numbers last. The answers that are kept,
        with their numbers, by the identity of those without."""
        self._series.give(self._tx)
        self._issuing.write()
        told = {id(result): self._series.in_result(result) for _, _, result in self._kept}
        entries = ledger.keep(self._tx, [(one, change, told[id(result)]) for one, change, result in self._kept])
        self._write_clashes()
        self._write_attachments()
        self._chains.arrive(self._arrived)
        moves = Moves()
        rows = []
        self._changed = {id_: self._series.in_record(record) for id_, record in self._changed.items()}
        for record in self._changed.values():
            text = text_of(record.fields)
            buckets = buckets_of(record.fields, self._catalogue.get(record.service).office)
            fp = fingerprint_of(record, text)
            moves.note(record.id, self._before.get(record.id), (buckets, fp))
            rows.append((record.service, record.form_version, record.rev, text, buckets, fp, self._now, record.id))
        self._write_records(rows)
        self.bookings.write(moves)
        steps = [replace(step, after=self._series.in_record(step.after)) for step in self._steps]
        taken = [step.change for step in steps]
        noting.note(self._tx, self._catalogue, self._changed.values(), taken, self._now)
        webhooks.note(self._tx, self._catalogue, steps, self._now)
        outside.note(self._tx, self._catalogue, steps, self._now)
        heads = moves.write(self._tx, self._now)
        fed = scope_of(self._person, [head.bucket for head in heads], (ASSIGNED, DESK))
        self.heads = tuple(head for head in heads if head.bucket in fed and not self._moved & set(head.records))
        chronicle.add(self._tx, entries, self._now)
        return told

    def _write_records(self, rows: Sequence[tuple[object, ...]]) -> None:
        """New ones are inserted, never over a row of the same id that another process has just made."""
        columns = "service, form_version, rev, fields, bucket, fp, at, id"
        fresh = [row for row in rows if row[-1] not in self._before]
        changed = [row for row in rows if row[-1] in self._before]
        self._tx.executemany(f"INSERT INTO record ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", fresh)
        assigned = columns.removesuffix(", id").replace(",", " = ?,")
        self._tx.executemany(f"UPDATE record SET {assigned} = ? WHERE id = ?", changed)

    def _write_clashes(self) -> None:
        for change, verdict in self._clashed:
            if verdict.clashes:
                ledger.keep_clashes(self._tx, change, verdict.clashes, self._now)
            else:
                ledger.settle_clashes(self._tx, change, self._now)
            if verdict.taken_with:
                ledger.take_with(self._tx, verdict.taken_with.id, verdict.rev - 1)

    def _write_attachments(self) -> None:
        named = [(file.sha256, change.record, file.size) for _, change, _ in self._kept for file in change.attachments]
        self._tx.executemany("INSERT INTO attachment VALUES (?, ?, ?) ON CONFLICT DO NOTHING", named)
