"""Standing in: a supervisor who is away names somebody who takes their reviewer's steps, for a time and in some wards.

What is delegated is looked at anew on each request, with the giver's roles of that moment: a supervisor who is none any
more has nothing to give, and nobody hands on what was given to them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from fieldapp.access import BACK_OFFICE, SUPERVISOR, has_role
from fieldapp.clock import new_id
from fieldapp.errors import RefusedError, SignInError
from fieldapp.records import Person, StandIn
from fieldapp.texts import tr
from sync.gateway.people import People
from sync.gateway.transactions import CityDatabase

REVIEWING = frozenset({SUPERVISOR, BACK_OFFICE})
COLUMNS = "id, giver, taker, wards, begins, ends, given_at, withdrawn_at"


@dataclass(frozen=True)
class Delegation:
    """Who stands in for whom, where and when. Times are stamps; `withdrawn_at` is "" while it stands."""

    id: str
    giver: str
    taker: str
    wards: frozenset[str]
    begins: str
    ends: str
    given_at: str
    withdrawn_at: str


class Delegations:
    """All that were given. They are never deleted: a step that was taken for somebody can always be explained."""

    def __init__(self, database: CityDatabase, people: People) -> None:
        self._database = database
        self._people = people

    def give(self, giver: str, taker: str, wards: frozenset[str], begins: str, ends: str, now: str) -> str:
        """Let `taker` stand in for `giver`; its id. RefusedError where that cannot be."""
        if not has_role(self._people.get(giver), REVIEWING):
            raise RefusedError(tr("{person} reviews nothing and has nothing to delegate.", person=giver))
        if giver == taker or not begins < ends or ends <= now:
            raise RefusedError(
                tr("A delegation takes another person, and an end that is later than now and its begin.")
            )
        self._people.get(taker)
        id_ = new_id()
        with self._database.write() as tx:
            values = (id_, giver, taker, " ".join(sorted(wards)), begins, ends, now, "")
            tx.execute(f"INSERT INTO delegation ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
        return id_

    def withdraw(self, id_: str, now: str) -> bool:
        """End it now; whether it stood."""
        with self._database.write() as tx:
            sql = "UPDATE delegation SET withdrawn_at = ? WHERE id = ? AND withdrawn_at = '' RETURNING id"
            return tx.execute(sql, (now, id_)).fetchone() is not None

    def all_of_them(self) -> list[Delegation]:
        """Every one that was ever given, oldest first."""
        return self._found("TRUE", ())

    def with_absences(self, person: Person, now: str) -> Person:
        """The person with all absences that they stand in for, now and later."""
        found = self._found("taker = ? AND withdrawn_at = '' AND ends > ?", (person.id, now))
        absences = tuple(one for one in map(self._absence, found) if one is not None)
        return replace(person, stands_in=absences)

    def _absence(self, one: Delegation) -> StandIn | None:
        try:
            giver = self._people.get(one.giver)
        except SignInError:
            return None
        wards = one.wards if "*" in giver.wards else giver.wards if "*" in one.wards else one.wards & giver.wards
        return StandIn(giver.id, giver.name, giver.roles & REVIEWING, wards, one.begins, one.ends)

    def _found(self, where: str, values: tuple[str, ...]) -> list[Delegation]:
        rows = self._database.read(f"SELECT {COLUMNS} FROM delegation WHERE {where} ORDER BY id", values)
        return [
            Delegation(id_, giver, taker, frozenset(wards.split()), begins, ends, given, withdrawn)
            for id_, giver, taker, wards, begins, ends, given, withdrawn in rows
        ]
