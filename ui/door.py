"""A gateway's door: signing in at the City's identity provider, and signing out again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fieldapp.access import check_user_id
from fieldapp.clock import Clock, SystemClock
from fieldapp.errors import RefusedError, SyncError
from fieldapp.paths import Home
from fieldapp.store import Store, keys
from fieldapp.texts import tr
from sync.sign_in.entry import Entry, SignIn, sign_out
from sync.sign_in.safe import Safe
from sync.sign_in.tokens import Registration
from ui.opening import Address, city_key, owner


@dataclass(frozen=True)
class SignInDoor:
    """A gateway at `url` where one signs in first; `sign_in` asks the person to, `tell` says why they are not."""

    url: str
    registration: Registration
    sign_in: SignIn
    tell: Callable[[str], object]

    def open(self, store: Store, folder: Path, clock: Clock) -> Address:
        """Sign in, as before or anew. Raises as `Entry.open` does."""
        safe, me = Safe(store, folder, keys.system_vault()), store.people.me()
        first = safe.load() is None
        entry = Entry(self.registration, safe, clock, self.sign_in, self.tell)
        address = Address(self.url, entry.open(known=me is not None), entry.forget)
        if first and me is not None:  # a laptop of a practice token: nobody has signed in here to compare with
            with suppress(SyncError):
                owner(address, me.id)
        return address


def sign_out_of_city(home: Home, person_id: str, ask: Callable[[str], str]) -> str:
    """End a person's sign-in on this laptop; what became of it, in words. RefusedError where they have no store."""
    folder = home.store(check_user_id(person_id))
    if not keys.exists(folder):
        raise RefusedError(tr("{person} has no store on this laptop.", person=person_id))
    store = Store.open(folder, city_key(folder, person_id, ask), clock=SystemClock(), device="", guide=None)
    try:
        return sign_out(Safe(store, folder, keys.system_vault()))
    finally:
        store.close()
