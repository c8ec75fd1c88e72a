"""A gateway and the way to it: an address with a token, or a door where somebody signs in first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Protocol

from fieldapp.clock import Clock
from fieldapp.errors import RefusedError
from fieldapp.store import Store
from fieldapp.texts import tr
from sync.adapters.tokens import TokenSource
from sync.api import KeyParts, RemoteApi
from ui.ports import CitySignIn, Tell

if TYPE_CHECKING:
    from sync.wire import Hello


@dataclass(frozen=True)
class Guest:
    """Somebody who has just signed in: who the gateway says they are. `keep` puts the sign-in into their store."""

    hello: Hello
    parts: KeyParts
    keep: Callable[[Store, Path], object] = lambda _store, _folder: None

    def require(self, person_id: str) -> None:
        """RefusedError when it is somebody else than `person_id`."""
        if self.hello.person.id != person_id:
            raise _not_theirs(self.hello, person_id)


class Door(Protocol):
    """A way to a gateway: an address, or one where somebody has to sign in first."""

    def open(self, _store: Store, _folder: Path, _clock: Clock, /) -> Address:
        """The address, once the owner of this store is signed in."""
        ...

    def speaking(self, _tell: Tell, _stop: Event, /) -> Door:
        """The same, that tells a person with `tell` what to do, and waits for them no longer than until `stop`."""
        ...

    def admit(self) -> Guest:
        """Let somebody sign in who has no open store here. Raises the SyncError that stopped it."""
        ...


@dataclass(frozen=True)
class Address:
    """A gateway and the token, or the source of tokens, by which one person speaks with it."""

    url: str
    token: str | TokenSource
    refused: Callable[[], None] = lambda: None  # what to do when it turns out to be somebody else's
    sign_in: CitySignIn | None = None

    def open(self, _store: Store, _folder: Path, _clock: Clock) -> Address:
        """It is open already."""
        return self

    def speaking(self, _tell: Tell, _stop: Event) -> Address:
        """Nobody is asked for anything."""
        return self

    def admit(self) -> Guest:
        """Whose token it is."""
        return Guest(self.api().hello(), self.parts())

    def api(self) -> RemoteApi:
        """The gateway there. Imported here: `requests` costs 70 ms that the first screen need not wait for."""
        from sync.adapters.gateway import GatewayClient

        return GatewayClient(self.url, self.token)

    def parts(self) -> KeyParts:
        """What the gateway keeps of this person's keys."""
        from sync.adapters.gateway import GatewayClient

        return GatewayClient(self.url, self.token)


def owner(address: Address, person_id: str, device: str = "") -> Hello:
    """Ask the gateway who this is. RefusedError when it is somebody else than `person_id`: then it is not kept."""
    hello = address.api().hello(device)
    if hello.person.id != person_id:
        address.refused()
        raise _not_theirs(hello, person_id)
    return hello


def _not_theirs(hello: Hello, person_id: str) -> RefusedError:
    return RefusedError(tr("This sign-in is {other}'s, not {person}'s.", other=hello.person.id, person=person_id))
