"""A changed rule, tried on past records before anybody publishes it: which would fail, and which would not any more.

It only reads. Each record is judged twice over the same answers, by the form as it is and by the form as it might be,
at the time at which the City received it: what differs is the rule's doing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from fieldapp.actions.desk import Desk
from fieldapp.clock import Clock, FixedClock, moment_of
from fieldapp.errors import FieldAppError, RefusedError
from fieldapp.forms import FormDefinition
from fieldapp.forms.following import follow
from fieldapp.forms.judging import Fault, JudgedForm
from fieldapp.money.quote import quote
from fieldapp.records import RECEIVED, Fields, Record
from fieldapp.rules.changed import RuleChange, changed
from fieldapp.services import Service
from fieldapp.services.fees import FeeTable
from fieldapp.services.functions import city_functions
from fieldapp.services.reference import FEES, service_reference
from fieldapp.services.versions import NAME
from fieldapp.store import Query
from fieldapp.texts import tr

MOST = 5000  # records in one trial
WHOLE_KINDS = ("review", "returned", "done")  # what somebody handed in as complete


@dataclass(frozen=True)
class Side:
    """One of the two that are compared: a service with the form and the fees that it would judge by."""

    service: Service
    form: FormDefinition
    fees: FeeTable

    @classmethod
    def of(cls, service: Service) -> Side:
        """The service as it is."""
        return cls(service, service.form(), service.fees)

    def with_fee(self, code: str, amount: Decimal) -> Side:
        """The same, where the fee `code` is another amount on all days. RefusedError for an unknown code."""
        if not any(one.code == code for one in self.fees.fees):
            raise RefusedError(tr("There is no fee “{code}”.", code=code))
        rows = tuple(replace(one, amount=amount) if one.code == code else one for one in self.fees.fees)
        return replace(self, fees=FeeTable(rows))

    def with_rule(self, change: RuleChange) -> Side:
        """The same, with one rule of the form changed. FormError where that cannot be."""
        return replace(self, form=changed(self.form, change))


@dataclass(frozen=True)
class Plan:
    """What is tried: the service as it is now, and as it would be then."""

    now: Side
    then: Side


@dataclass(frozen=True)
class Difference:
    """One record that would fare otherwise: what would be wrong in it, what would not be any more, and its fee."""

    record: Record
    fails: tuple[Fault, ...] = ()
    passes: tuple[Fault, ...] = ()
    fee_now: Decimal = Decimal(0)
    fee_then: Decimal = Decimal(0)

    @property
    def matters(self) -> bool:
        """Whether there is any difference."""
        return bool(self.fails or self.passes or self.fee_now != self.fee_then)


@dataclass
class Trial:
    """What came of it so far."""

    total: int
    looked_at: int = 0
    left_out: int = 0  # their form is not here, or cannot be used
    differences: list[Difference] = field(default_factory=list)

    @property
    def fail(self) -> int:
        """How many would fail that pass now, or fail for more."""
        return sum(bool(one.fails) for one in self.differences)

    @property
    def passing(self) -> int:
        """How many would not be held up any more by something."""
        return sum(bool(one.passes) for one in self.differences)

    @property
    def fees(self) -> int:
        """How many would cost something else."""
        return sum(one.fee_now != one.fee_then for one in self.differences)


def past_records(desk: Desk, service: Service, most: int) -> list[Record]:
    """The newest records of the service here that were handed in whole."""
    return desk.store.find(Query(service=service.id, state_kinds=WHOLE_KINDS), min(most, MOST))


def tried(desk: Desk, plan: Plan, records: Sequence[Record], stopped: Callable[[], bool]) -> Iterator[Trial]:
    """Try it on these records, one after the other; the trial after each. It ends early once `stopped` says so."""
    trial = Trial(len(records))
    judges = _Judges(desk, plan)
    for record in records:
        if stopped():
            return
        try:
            found = judges.compare(record)
        except FieldAppError:
            found, trial.left_out = None, trial.left_out + 1
        trial.looked_at += 1
        if found is not None and found.matters:
            trial.differences.append(found)
        yield trial


class _Judges:
    """The two forms, over this laptop's reference data."""

    def __init__(self, desk: Desk, plan: Plan) -> None:
        self._desk = desk
        self._service = plan.now.service
        self._now = _Judge(plan.now)
        self._then = _Judge(plan.then)

    def compare(self, record: Record) -> Difference:
        """FieldAppError where the record's own form is not here."""
        clock = FixedClock(moment_of(record.get(RECEIVED))) if record.get(RECEIVED) else self._desk.clock
        own = self._service.form(record.form_version)
        before, after = self._now.faults(record, own, clock), self._then.faults(record, own, clock)
        return Difference(
            record,
            tuple(one for key, one in after.items() if key not in before),
            tuple(one for key, one in before.items() if key not in after),
            self._now.fee(record, own, clock),
            self._then.fee(record, own, clock),
        )


class _Judge:
    """One side, with what it looks up."""

    def __init__(self, side: Side) -> None:
        self._side = side
        self._reference = replace(service_reference(side.service.files.folder, None, FixedClock()), fees=side.fees)
        tables = {*self._reference.tables, FEES}
        self._form = JudgedForm(side.form, tables=tables, functions=city_functions(lambda: side.fees))

    def faults(self, record: Record, own: FormDefinition, clock: Clock) -> dict[tuple[str, str], Fault]:
        """What is wrong in the record by this side; a figure that comes out otherwise is the fee's business."""
        reference = replace(self._reference, clock=clock)
        found = self._form.faults(self._answers(record, own), clock=clock, reference=reference)
        return {(one.path, one.kind): one for one in found if one.kind != "calculated"}

    def fee(self, record: Record, own: FormDefinition, clock: Clock) -> Decimal:
        """What it costs."""
        answers = self._answers(record, own)
        figures = self._form.figures(answers, clock=clock, reference=replace(self._reference, clock=clock))
        return quote({**answers, **figures}, self._side.fees, clock.now().date()).full

    def _answers(self, record: Record, own: FormDefinition) -> Fields:
        """The answers, taken along into this form where the record was made with another one."""
        if own.digest == self._side.form.digest:
            return record.answers
        version = record.form_version if NAME.fullmatch(record.form_version) else "unknown"
        fields = follow(own, self._side.form, record.fields, version=version).fields
        return {path: value for path, value in fields.items() if not path.startswith("@")}
