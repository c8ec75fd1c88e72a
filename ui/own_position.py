"""OwnPosition: where the person at this laptop is, from a receiver or by their own word, for map, photos and forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldapp.clock import Clock
from fieldapp.places.position import MANUAL, Fix
from fieldapp.store import Store
from fieldapp.texts import tr
from ui.map.projection import Point

if TYPE_CHECKING:
    from sync.position import Receiver

RECEIVER = "position.receiver"  # setting: the address at which the receiver is listened to


class OwnPosition:
    """A person's own word counts before the receiver's, for half an hour: they had a reason to say it."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock
        self._said: Fix | None = None
        self._receiver: Receiver | None = None
        self._address = ""  # that `_receiver` listens to

    @property
    def address(self) -> str:
        """The address of the receiver, "" for none."""
        return self._store.setting(RECEIVER)

    def listen_to(self, address: str) -> None:
        """Listen to another receiver, "" for none. It stays so. AddressError, a StoreError: then all is as before."""
        if address:
            from sync.position import source_of

            source_of(address)
        self._store.keep_setting(RECEIVER, address)

    def stand_at(self, point: Point | None) -> None:
        """The person says where they are; None takes that back."""
        self._said = Fix(point.lat, point.lon, None, self._clock.now(), MANUAL) if point else None

    def fix(self) -> Fix | None:
        """Where one is now; None where nobody knows. Asking wakes the receiver, and never waits for it."""
        said = self._said
        if said is not None and said.holds(self._clock.now()):
            return said
        receiver = self._listening()
        return receiver.fix() if receiver else None

    def words(self) -> str:
        """How it stands, in a sentence."""
        fix = self.fix()
        if fix is not None and fix.source == MANUAL:
            return tr("As you said at {time}.", time=f"{fix.at:%H:%M}")
        if fix is not None and fix.accuracy:
            return tr("By the receiver, within about {n} m.", n=max(1, round(fix.accuracy)))
        if fix is not None:
            return tr("By the receiver; it does not say how exactly.")
        return self._standing()

    def _standing(self) -> str:
        receiver = self._listening()
        if receiver is None:
            return tr("No receiver is set. Say where you are, or enter a receiver's address.")
        return {
            "searching": tr("The receiver is being reached…"),
            "no_fix": tr("The receiver sees too few satellites. It takes a minute under open sky."),
            "silent": tr("What answers at this address is no position receiver."),
            "gone": tr("The receiver does not answer. It is tried again by itself."),
        }.get(receiver.state.value, tr("The receiver is being reached…"))

    def _listening(self) -> Receiver | None:
        """The receiver of today's setting; another one is let go."""
        address = self.address
        if address != self._address:
            if self._receiver is not None:
                self._receiver.close()
            self._receiver, self._address = _receiver(address, self._clock), address
        return self._receiver


def _receiver(address: str, clock: Clock) -> Receiver | None:
    if not address:
        return None
    from sync.position import AddressError, Receiver, source_of

    try:
        return Receiver(source_of(address), clock)
    except AddressError:  # it was set where there is a serial line, and here is none
        return None
