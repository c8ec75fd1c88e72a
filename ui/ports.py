"""What a session needs of what is beside the screen: the sync worker, sign-in, the lock, practice, a second screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from threading import Event
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from fieldapp.places.realtime import LiveFeed
from fieldapp.records import Edits, Person
from sync.standing import Standing
from sync.status import SyncStatus
from sync.trails import Checked

if TYPE_CHECKING:
    from sync.network import Step
    from sync.wire import GivenStandIn, StandIns
    from ui.session import Session


class Courier(Protocol):
    """What the screens need of the sync worker. Its status comes through `Bridge.tell`."""

    @property
    def status(self) -> SyncStatus:
        """Where it is now."""
        ...

    def wake(self) -> None:
        """Try now, in the worker's own thread."""
        ...

    def fetch(self, sha256: str, suffix: str = "") -> None:
        """Bring a file of the City's onto this laptop when there is a network."""
        ...

    def bring(self, record: str) -> None:
        """Bring a record back that left this laptop, when there is a network."""
        ...

    def look_for_update(self) -> None:
        """Look for a newer version of the program, where this laptop takes any."""
        ...

    def put_layers_off(self, *, off: bool) -> None:
        """Stop bringing reference layers, for this run of the program, or bring them again."""
        ...

    def put_off_update(self) -> None:
        """Stop bringing a newer version of the program until the next start, or until somebody looks for it."""
        ...


Tell = Callable[[str], object]  # says something to the person, from any thread


class CitySignIn(Protocol):
    """The sign-in at the City of who works here. None where a token has no end, or there is no gateway."""

    def standing(self) -> Standing:
        """How it stands: since when, for how long."""
        ...

    def again(self, tell: Tell, stop: Event, /) -> None:
        """Sign in anew; `tell` says what to do, `stop` ends the waiting. Not in the screen's thread.

        Raises the SyncError that stopped it, RefusedError when it was somebody else; then nothing is changed."""
        ...

    def keep_anew(self) -> None:
        """Keep it where it belongs now, after the store got a PIN or passphrase."""
        ...

    def sign_out(self) -> str:
        """End it; what became of it, in words. Unsent work stays. Not in the screen's thread."""
        ...


class Keeper(Protocol):
    """Who lets people in and out of this laptop. None in practice, which holds no real person."""

    @property
    def protected(self) -> bool:
        """Whether it takes a PIN or passphrase to come back."""
        ...

    @property
    def minutes(self) -> int:
        """After how many minutes without a key or the mouse it locks itself."""
        ...

    def lock(self) -> None:
        """Cover everything now."""
        ...

    def lock_after(self, minutes: int) -> None:
        """Choose after how many minutes it locks itself."""
        ...

    def switch(self) -> None:
        """Let somebody else work here."""
        ...

    def choose_words(self) -> None:
        """Set or change the PIN or passphrase."""
        ...

    def sign_out(self) -> None:
        """End the sign-in, after a warning where work is unsent."""
        ...


class Way(Protocol):
    """The way to the City's gateway, to be tested."""

    last: list[Step]  # what the last test found

    def run(self) -> Iterator[Step]:
        """Test it, step by step. It may take half a minute: not in the screen's thread."""
        ...


class Live(Protocol):
    """Where live times come from."""

    def fetch(self) -> LiveFeed | None:
        """What is known now; None where the city has no live times. Not in the screen's thread.

        Raises the SyncError that says why there is nothing, ServiceError where the table of addresses is wrong."""
        ...


class Practice(Protocol):
    """The practice city's own switches; None in a session with a real city."""

    @property
    def people(self) -> Sequence[Person]:
        """Who may be played."""
        ...

    @property
    def plugged(self) -> bool:
        """Whether the pretended network is up."""
        ...

    def plug(self, on: bool) -> None:
        """Plug the network in or pull it."""
        ...

    def sign_in(self, person_id: str) -> Session:
        """Become another person: a session with that person's own store."""
        ...


class ResidentSide(Protocol):
    """What the resident on the other side of the counter is shown."""

    def toggle(
        self, record: str, *, focus: QWidget | None = None, keep: Callable[[str, Edits], None] | None = None
    ) -> None:
        """Show this record to them, or put away what is shown of it. `keep` takes answers into the form of a record."""
        ...

    def tell(self, by: str) -> None:
        """They agree, by this hand (fieldapp.counter.agreement)."""
        ...

    def switch(self) -> None:
        """Their other language."""
        ...

    def only(self, *records: str) -> None:
        """Nothing of anybody's, unless one of these records is shown."""
        ...

    def blank(self) -> None:
        """Nothing of anybody's: between residents, and while the laptop is locked."""
        ...


class CityTrails(Protocol):
    """Who brings a record's audit trail from the City."""

    def ask(self, record: str) -> Checked:
        """The trail, checked. Not in the screen's thread. Raises the SyncError that stopped it."""
        ...


class CityStandIns(Protocol):
    """Who tells and changes who stands in for whom. Not in the screen's thread; each raises the FieldAppError that
    stopped it."""

    def all(self) -> StandIns:
        """All who stand in, now or later."""
        ...

    def give(self, given: GivenStandIn) -> StandIns:
        """Let somebody stand in for who works here; the same again is one."""
        ...

    def withdraw(self, id_: str) -> StandIns:
        """End what who works here gave."""
        ...
