"""Sending what a hand-over holds to the City's gateway, from a passing store under a key that nobody keeps.

So the way is the same as from a laptop: batches, halves, files by offset. The laptop that it came from learns of the
answers when it syncs itself: the same ops get the same answers, word for word.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from fieldapp.clock import Clock
from fieldapp.errors import SignInError
from fieldapp.handover import Bundle, take_in
from fieldapp.store import Store
from fieldapp.store.remote import TAKEN
from fieldapp.store.sqlcipher import KEY_BYTES
from fieldapp.texts import tr
from sync.api import RemoteApi
from sync.pushing import Push
from sync.uploads import Uploads


@dataclass(frozen=True)
class NotTaken:
    """A Change that the City did not take: of which record, its answer, and why."""

    record: str  # the number that a person quotes, or its title
    status: str
    message: str


@dataclass(frozen=True)
class Delivered:
    """What the City answered: ops by status, files that it has now, files that it has not, and what it did not take."""

    results: Mapping[str, int]
    files: int
    files_missing: int
    not_taken: tuple[NotTaken, ...]

    @property
    def whole(self) -> bool:
        """Whether the City has all of it."""
        return not (self.not_taken or self.files_missing)


def deliver(bundle: Bundle, api: RemoteApi, clock: Clock, scratch: Path) -> Delivered:
    """Send all of it, as the person whose work it is; `scratch` is a folder with room for an encrypted copy of it.

    SignInError when `api` speaks for somebody else, InputError when the bundle is damaged, any SyncError when the line
    breaks: then it is simply sent again."""
    hello = api.hello()
    if hello.person.id != bundle.manifest.person:
        other = {"owner": bundle.manifest.person, "caller": hello.person.id}
        raise SignInError(tr("This hand-over is {owner}'s, and the sign-in is {caller}'s. Nothing was sent.", **other))
    with TemporaryDirectory(prefix="handover-", dir=scratch) as folder:
        key = secrets.token_bytes(KEY_BYTES)
        store = Store.open(Path(folder), key, clock=clock, device=bundle.manifest.device)
        try:
            take_in(bundle, store, hello.person.id)
            Push(store, api, hello.person.id, clock, lambda _done: None).run(hello.epoch, set())
            files = Uploads(store, api).send_all()
            return Delivered(_settled(bundle, store), files, _lacking(store, api), _not_taken(bundle, store))
        finally:
            store.close()


def _lacking(store: Store, api: RemoteApi) -> int:
    """How many files the City has not whole, of those that a Change has named to it."""
    status = [api.blob_status(sha256) for sha256 in store.blobs.queue()]
    return sum(one.announced and not one.complete for one in status)


def _settled(bundle: Bundle, store: Store) -> Counter[str]:
    return Counter(entry.state for record in _records(bundle) for entry in store.history(record))


def _not_taken(bundle: Bundle, store: Store) -> tuple[NotTaken, ...]:
    return tuple(
        NotTaken(store.proof(record).reference or record, entry.state, entry.message)
        for record in _records(bundle)
        for entry in store.history(record)
        if entry.state not in TAKEN
    )


def _records(bundle: Bundle) -> list[str]:
    return list(dict.fromkeys(one.change.record for one in bundle.ops()))
