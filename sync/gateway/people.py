"""Practice accounts: who may sign in with which token. A real city brings its own identity provider instead."""

from __future__ import annotations

import hashlib
import secrets

from fieldapp.errors import SignInError
from fieldapp.records import Person
from fieldapp.texts import tr
from sync.gateway.transactions import CityDatabase


class People:
    """The persons that this gateway knows, and the hashes of their tokens."""

    def __init__(self, database: CityDatabase) -> None:
        self._database = database
        self._noted: dict[str, Person] = {}

    def keep(self, person: Person) -> None:
        """Add a person, or change their roles and wards."""
        scope = _words(person.roles), _words(person.wards)
        values = (person.id, person.name, *scope, person.title, _words(person.offices))
        with self._database.write() as tx:
            tx.execute(
                "INSERT INTO person (id, name, roles, wards, title, offices) VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET name = excluded.name, roles = excluded.roles,"
                " wards = excluded.wards, title = excluded.title, offices = excluded.offices",
                values,
            )

    def note(self, person: Person) -> None:
        """Keep somebody who came with a provider's token, if anything about them is new: colleagues see the name."""
        if self._noted.get(person.id) != person:
            self.keep(person)
            self._noted[person.id] = person

    def give_token(self, person_id: str, now: str) -> str:
        """A new bearer token. This is the only time that anybody sees it."""
        token = secrets.token_urlsafe(32)
        with self._database.write() as tx:
            tx.execute("INSERT INTO token VALUES (?, ?, ?)", (_hash(token), person_id, now))
        return token

    def revoke(self, person_id: str) -> None:
        """Make all of a person's tokens worthless."""
        with self._database.write() as tx:
            tx.execute("DELETE FROM token WHERE person = ?", (person_id,))

    def signed_in(self, token: str) -> Person:
        """Whose token this is; SignInError when it is nobody's."""
        found = self._database.read("SELECT person FROM token WHERE hash = ?", (_hash(token),))
        if not found:
            raise SignInError(tr("Your sign-in has expired or was revoked. Please sign in again."))
        return self.get(found[0][0])

    def names(self) -> dict[str, str]:
        """Everybody's name by user id."""
        return dict(self._database.read("SELECT id, name FROM person ORDER BY id"))

    def roles(self) -> dict[str, str]:
        """Everybody's roles by user id, with blanks between them."""
        return dict(self._database.read("SELECT id, roles FROM person ORDER BY id"))

    def get(self, person_id: str) -> Person:
        """The person as the gateway knows them now; SignInError for nobody."""
        sql = "SELECT id, name, roles, wards, title, offices FROM person WHERE id = ?"
        found = self._database.read(sql, (person_id,))
        if not found:
            raise SignInError(tr("The City does not know this person."))
        id_, name, roles, wards, title, offices = found[0]
        scope = frozenset(roles.split()), frozenset(wards.split())
        return Person(id_, name, *scope, title, frozenset(offices.split()))


def _words(names: frozenset[str]) -> str:
    return " ".join(sorted(names))


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
