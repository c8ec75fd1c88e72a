"""Standing in: a supervisor who is away names somebody who takes their reviewer's steps, for a time and in some wards.

What is delegated is looked at anew on each request, with the giver's roles of that moment: a supervisor who is none any
more has nothing to give, and nobody hands on what was given to them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from fieldapp.access import REVIEWERS, has_role
from fieldapp.clock import CITY_ZONE, new_id, stamp
from fieldapp.errors import RefusedError, SignInError
from fieldapp.records import Person, StandIn
from fieldapp.texts import tr
from sync.gateway.people import People
from sync.gateway.transactions import CityDatabase

LAST = date(9999, 12, 30)  # a delegation until the calendar ends has a last midnight too
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

    def give(
        self, giver: str, taker: str, wards: frozenset[str], begins: str, ends: str, now: str, id_: str = ""
    ) -> str:
        """Let `taker` stand in for `giver`; its id, which is `id_` where one is said: the same again is one.
        RefusedError where that cannot be."""
        away = self._people.get(giver)
        if not has_role(away, REVIEWERS):
            raise RefusedError(tr("{person} reviews nothing and has nothing to delegate.", person=giver))
        if giver == taker or not begins < ends or ends <= now:
            raise RefusedError(
                tr("A delegation takes another person, and an end that is later than now and its begin.")
            )
        if taker not in self._people.names():
            raise RefusedError(tr("Nobody “{person}” is known here: look at the user id.", person=taker))
        if strange := sorted(wards - away.wards - {"*"}) if "*" not in away.wards else []:
            raise RefusedError(tr("{person} does not work in ward {ward}.", person=away.name, ward=strange[0]))
        values = (id_ or new_id(), giver, taker, " ".join(sorted(wards)), begins, ends, now, "")
        self._keep(values)
        return values[0]

    def _keep(self, values: tuple[str, ...]) -> None:
        with self._database.write() as tx:
            sql = f"INSERT INTO delegation ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING"
            tx.execute(sql, values)
            giver = tx.execute("SELECT giver FROM delegation WHERE id = ?", values[:1]).fetchone()[0]
        if giver != values[1]:
            raise RefusedError(tr("This stand-in was given by somebody else."))

    def withdraw(self, id_: str, now: str) -> bool:
        """End it now; whether it stood."""
        with self._database.write() as tx:
            sql = "UPDATE delegation SET withdrawn_at = ? WHERE id = ? AND withdrawn_at = '' RETURNING id"
            return tx.execute(sql, (now, id_)).fetchone() is not None

    def all_of_them(self) -> list[Delegation]:
        """Every one that was ever given, oldest first."""
        return self._found("TRUE", ())

    def standing(self, now: str) -> list[Delegation]:
        """Those that hold now or later, oldest first."""
        return self._found("withdrawn_at = '' AND ends > ?", (now,))

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
        return StandIn(giver.id, giver.name, giver.roles & REVIEWERS, wards, one.begins, one.ends)

    def _found(self, where: str, values: tuple[str, ...]) -> list[Delegation]:
        rows = self._database.read(f"SELECT {COLUMNS} FROM delegation WHERE {where} ORDER BY id", values)
        return [
            Delegation(id_, giver, taker, frozenset(wards.split()), begins, ends, given, withdrawn)
            for id_, giver, taker, wards, begins, ends, given, withdrawn in rows
        ]


def span(first: date, last: date) -> tuple[str, str]:
    """From the beginning of the first day to the end of the last, by the City's clock, as stamps."""
    return _midnight(min(first, LAST)), _midnight(min(last, LAST) + timedelta(days=1))


def lent_only(taker: Person, giver: str) -> str:
    """What whoever names this person should know: they review only by what is lent to them. "" for who does anyway."""
    if has_role(taker, REVIEWERS):
        return ""
    return tr(
        "{person} has no reviewing role of their own: until it ends they decide with the roles of {giver}, never over"
        " their own work.",
        person=taker.name,
        giver=giver,
    )


def _midnight(day: date) -> str:
    return stamp(datetime.combine(day, time(), CITY_ZONE))
