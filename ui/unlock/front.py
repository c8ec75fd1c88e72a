"""The people of this machine and their stores: who has one, how it opens, and opening, sealing and closing it.

No widgets. What may take long is called in another thread: everything but `residents`, `how`, `guesses` and `started`.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from fieldapp.access import check_user_id
from fieldapp.errors import FieldAppError, RefusedError
from fieldapp.paths import Home
from fieldapp.store import erasing, keys
from fieldapp.store.card import FILE
from fieldapp.store.guesses import Guesses
from fieldapp.texts import tr
from ui.address import Door, Guest
from ui.opening import Opened, Prepared, finish_all_erasing, finish_erasing, prepared, require_forms
from ui.ports import Tell

OPEN, PIN, WORDS = "open", "pin", "words"  # what opens a store: nothing more, a PIN, a passphrase


@dataclass(frozen=True)
class Resident:
    """Somebody with a store here. What is inside is known only where the store was opened in this run."""

    id: str
    how: str
    name: str = ""


@dataclass(frozen=True)
class Newcomer:
    """Somebody who has just signed in. `key` opens the store that they have here already; None where they have none."""

    id: str
    guest: Guest | None
    key: bytes | None = None


class Front:
    """One machine of one city. `opened` holds the laptops that were opened in this run, locked or not."""

    def __init__(self, home: Home, device: str, door: Door | None, sign_ins: str = "") -> None:
        require_forms(home, door)
        self.withdrawn = finish_all_erasing(home)  # what to say about stores that the City withdrew
        self.opened: dict[str, Opened] = {}
        self._home, self._device, self._door, self._sign_ins = home, device, door, sign_ins
        self._begun: dict[str, bytes] = {}  # keys of stores whose first start was cut off in this run
        self._guesses: dict[str, Guesses] = {}
        self._turn = threading.RLock()  # opening and sealing come one after the other
        self._back: dict[str, Event] = {}  # set when somebody whose store is being sealed has come back

    @property
    def has_gateway(self) -> bool:
        """Whether the City can let in who forgot their PIN."""
        return self._door is not None

    @property
    def needs_words(self) -> bool:
        """Whether a new store must have a passphrase, because no keyring can hold its key."""
        return keys.system_vault() is None

    def residents(self) -> list[Resident]:
        """Who has a store here, the last one first. Only ids, which the folders' names tell anyway."""
        cards = sorted(self._home.store("x").parent.glob(f"*/{FILE}"), key=_last_used, reverse=True)
        return [self._resident(card.parent.name) for card in cards]

    def is_here(self, person: str) -> bool:
        """Whether this person has a store on this machine."""
        return keys.exists(self.folder(person))

    def how(self, person: str) -> str:
        """What opens this person's store: open, pin or words."""
        folder = self.folder(person)
        if not keys.needs_passphrase(folder):
            return OPEN
        return PIN if keys.has_pin(folder) else WORDS

    def guesses(self, person: str) -> Guesses:
        """The guesses at this person's PIN, in this run."""
        return self._guesses.setdefault(person, Guesses(self.folder(person)))

    def folder(self, person: str) -> Path:
        """Where this person's store lies."""
        return self._home.store(check_user_id(person))

    def enter(self, person: str, words: str, tell: Tell, stop: Event) -> Opened | Prepared:
        """Open a store, with the PIN or passphrase where one is needed. Raises as `keys.unlock` and `prepared` do."""
        self.finish_erasing(person)
        key = keys.unlock(self.folder(person), passphrase=words, guesses=self.guesses(person))
        return self._within(person, key, None, tell, stop)

    def finish_erasing(self, person: str) -> None:
        """RefusedError, in words, when the City withdrew this person's store; what is left of it goes."""
        folder = self.folder(person)
        if erasing.begun(folder):
            if (opened := self.opened.pop(person, None)) is not None:
                opened.worker.stop()
                opened.session.store.close()
            finish_erasing(folder)

    def admit(self, wanted: str, tell: Tell, stop: Event) -> Newcomer:
        """Somebody signs in with the City: `wanted`, or anybody where that is "". RefusedError for somebody else.

        Who has a store here gets its key by that: from the keyring, or by what the City keeps of it."""
        guest = self._door.speaking(tell, stop).admit() if self._door else None
        person = guest.hello.person.id if guest else wanted
        self.finish_erasing(person)
        if guest is not None and wanted:
            guest.require(wanted)
        if not self.is_here(person):
            return Newcomer(person, guest)
        folder = self.folder(person)
        if not keys.needs_passphrase(folder):
            return Newcomer(person, guest, keys.unlock(folder))
        if guest is None:
            raise RefusedError(tr("Without a gateway of the City nobody can open this store but who knows its words."))
        return Newcomer(person, guest, keys.recovered(folder, guest.parts.part))

    def settle(self, newcomer: Newcomer, words: str, tell: Tell, stop: Event) -> Opened | Prepared:
        """Open the newcomer's store, made when new, under a PIN or passphrase where one is given."""
        folder = self.folder(newcomer.id)
        key = newcomer.key or self._begun.get(newcomer.id)
        if key is None:
            key = keys.create(folder, newcomer.id, passphrase=words if self.needs_words else "")
            self._begun[newcomer.id] = key
        if words:
            self._protect(folder, key, words, newcomer.guest)
            self._guesses.pop(newcomer.id, None)
        made = self._within(newcomer.id, key, newcomer.guest, tell, stop)
        self._begun.pop(newcomer.id, None)
        return made

    def protect(self, person: str, old: str, new: str) -> None:
        """Set or change the PIN or passphrase of somebody who works here. Raises as `enter` and `keys.protect` do,
        and the SyncError that keeps the City from holding the way back in: then nothing is changed."""
        folder, opened = self.folder(person), self.opened[person]
        key = keys.unlock(folder, passphrase=old, guesses=self.guesses(person))
        parts = opened.address.parts() if opened.address else None
        if parts is not None:
            keys.make_recoverable(folder, key, parts.keep_part)
        keys.protect(folder, key, new)
        self._guesses.pop(person, None)
        if opened.session.sign_in is not None:
            opened.session.sign_in.keep_anew()

    def started(self, made: Opened | Prepared) -> Opened:
        """The laptop, at work, in the screen's thread."""
        opened = made.start() if isinstance(made, Prepared) else made
        opened.session.bridge.hush(False)
        self.opened[opened.session.person.id] = opened
        return opened

    def sealing(self, opened: Opened) -> Event:
        """A laptop is to be sealed soon; the event that is set when its person comes back before that."""
        return self._back.setdefault(opened.session.person.id, Event())

    def seal(self, opened: Opened, still: Event) -> bool:
        """Lock a laptop's store and forget its key, unless `still` was set meanwhile; whether it is locked."""
        session = opened.session
        session.bridge.quiet()
        if not opened.worker.hold() or still.is_set():
            opened.worker.go_on()
            return False
        with self._turn:
            if not still.is_set():
                session.store.seal()
        return session.store.sealed

    def leave(self, person: str) -> None:
        """Close a laptop for good: after its person has signed out."""
        opened = self.opened.pop(person, None)
        if opened is not None:
            opened.close()

    def close(self) -> None:
        """Close every store."""
        for person in list(self.opened):
            self.leave(person)

    def _within(self, person: str, key: bytes, guest: Guest | None, tell: Tell, stop: Event) -> Opened | Prepared:
        opened = self.opened.get(person)
        if opened is None:
            door = self._door.speaking(tell, stop) if self._door else None
            keep = guest.keep if guest else (lambda _store, _folder: None)
            return prepared(self._home, person, self._device, door, key, self._sign_ins, keep)
        with self._turn:
            self._back.pop(person, Event()).set()
            opened.session.store.unseal(key)
        opened.worker.go_on()
        return opened

    def _protect(self, folder: Path, key: bytes, words: str, guest: Guest | None) -> None:
        if guest is not None:
            keys.make_recoverable(folder, key, guest.parts.keep_part)
        keys.protect(folder, key, words)

    def _resident(self, person: str) -> Resident:
        opened = self.opened.get(person)
        try:
            how = self.how(person)
        except FieldAppError:  # its key file is spoilt: opening it says so
            how = WORDS
        return Resident(person, how, opened.session.person.name if opened else "")


def _last_used(card: Path) -> float:
    store = card.parent / "store.db"
    return store.stat().st_mtime if store.exists() else card.stat().st_mtime
