"""Official numbers in a push: those that a laptop took out of its block are checked, missing ones are given.

A number stands on one record for ever. Whatever is wrong with one is refused with a code and a sentence; the work stays
on the laptop, and takes another number when it is handed in again.
"""

from __future__ import annotations

from fieldapp.access import has_role
from fieldapp.records import ISSUED, PROVISIONAL, VOIDED, Change, Edits, Fields, Person, Record
from fieldapp.services import Service, Transition, official
from fieldapp.services.declared import OfficialNumber
from fieldapp.texts import tr
from sync.gateway.numbers import BACK, USED, VOID, owner
from sync.gateway.rules import Refusal
from sync.gateway.series import Series
from sync.gateway.transactions import Transaction

Fate = tuple[str, int, str, str, str, str, str, str]  # a row of official_number: series, n, number, fate, block, ...


class Issuing:
    """The official numbers of one push, in its transaction."""

    def __init__(self, tx: Transaction, person: Person, series: Series, now: str) -> None:
        self._tx = tx
        self._person = person
        self._series = series
        self._now = now
        self._fates: dict[str, Fate] = {}  # by number, of what was taken in this push
        self._reasons: list[tuple[str, str]] = []  # of voided ones: why, and which

    def judge(
        self, change: Change, service: Service, before: Fields, after: Fields, step: Transition | None
    ) -> Edits | Refusal:
        """The numbers that the City gives beside those of `change`, or why that one is not taken."""
        for path in _of_numbers(change):
            if before.get(path, "") != after.get(path, "") and (
                refusal := self._wrong(change, service, path, before, after, step)
            ):
                return refusal
        due = official.due(service.numbers, step.id, after) if step else []
        given = [one for one in service.numbers if after.get(ISSUED + one.id) == PROVISIONAL]
        return {
            ISSUED + one.id: self._series.promise_official(one, change.record)
            for one in {one.id: one for one in (*due, *given)}.values()
        }

    def note(self, change: Change, before: Fields, after: Record) -> None:
        """The change was taken: so are its numbers."""
        for path in _of_numbers(change):
            value = after.get(path)
            if value == before.get(path, "") or not value:
                continue
            if path.startswith(VOIDED):
                self._reasons.append((value, path.removeprefix(VOIDED)))
            elif path.startswith(ISSUED) and value == change.edits[path]:
                block, n = owner(self._tx, change.actor, change.device, value)
                if block is not None:
                    self._fates[value] = (
                        block.series,
                        n,
                        value,
                        USED,
                        block.id,
                        change.record,
                        change.actor,
                        self._now,
                    )

    def write(self) -> None:
        """Write what became of the numbers, those that the City gave among them."""
        given = [(*one[:3], USED, "", one[3], self._person.id, self._now) for one in self._series.officials()]
        columns = "series, n, number, fate, block, record, person, at"
        self._tx.executemany(
            f"INSERT INTO official_number ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (series, n) DO UPDATE SET at = excluded.at"
            " WHERE official_number.record = excluded.record AND official_number.fate = excluded.fate",
            [*self._fates.values(), *given],
        )
        voided = [(VOID, reason, number) for reason, number in self._reasons]
        self._tx.executemany("UPDATE official_number SET fate = ?, reason = ? WHERE number = ?", voided)

    def _wrong(
        self, change: Change, service: Service, path: str, before: Fields, after: Fields, step: Transition | None
    ) -> Refusal | None:
        """What forbids this change of an official number, if anything."""
        if path.startswith(VOIDED):
            return self._wrong_void(service, path.removeprefix(VOIDED), before, after)
        one = service.official(path.removeprefix(ISSUED))
        was, number = before.get(path, ""), after.get(path, "")
        if one is None or not has_role(self._person, one.roles):
            return Refusal("role", tr("Your role may not issue such numbers."))
        if was not in {"", PROVISIONAL} and not after.get(VOIDED + was):
            return Refusal("fixed", tr("The number {number} stands; it can only be voided.", number=was))
        if was in {"", PROVISIONAL} and not (step and step.id in one.steps):
            return Refusal("step", tr("Such a number is issued by a step of the workflow."))
        return self._unfit(change, one, number) if number not in {"", PROVISIONAL} else None

    def _wrong_void(self, service: Service, number: str, before: Fields, after: Fields) -> Refusal | None:
        borne = [one for one in service.numbers if before.get(ISSUED + one.id) == number]
        if not borne or after.get(ISSUED + borne[0].id) == number or before.get(VOIDED + number):
            return Refusal(
                "step", tr("Only a number that the record bears can be voided, and it then bears it no more.")
            )
        if not has_role(self._person, borne[0].roles):
            return Refusal("role", tr("Your role may not issue such numbers."))
        return None

    def _unfit(self, change: Change, one: OfficialNumber, number: str) -> Refusal | None:
        """Why this number may not stand on this record."""
        told = {"number": number}
        block, n = owner(self._tx, self._person.id, change.device, number)
        if block is None or block.series.partition("/")[0] != one.id:
            return Refusal("number_foreign", tr("The number {number} was not reserved for this laptop.", **told))
        sql = "SELECT fate, record FROM official_number WHERE series = ? AND n = ?"
        known = self._tx.execute(sql, (block.series, n)).fetchone()
        taken = self._fates.get(number)
        if taken or (known and known != (USED, change.record)):
            return Refusal(
                "number_used", tr("The number {number} was used before, or does not count any more.", **told)
            )
        sql = "SELECT ended, unused FROM number_block WHERE id = ?"
        ended, unused = self._tx.execute(sql, (block.id,)).fetchone()
        if ended == BACK and n >= unused:
            return Refusal("number_back", tr("The number {number} was given back to the City unused.", **told))
        return None


def _of_numbers(change: Change) -> list[str]:
    """The paths of a change that concern official numbers: mostly none."""
    own = [path for path in change.edits if path[:1] == "@"]  # the few that are no answers: a third of the time
    return [path for path in own if path.startswith((ISSUED, VOIDED))]
