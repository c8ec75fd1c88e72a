"""Who stands in for whom, asked of the City and kept as it told last: read without a network, given only with one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from fieldapp.errors import GatewayError, RefusedError
from fieldapp.store import Store
from fieldapp.texts import tr
from sync.api import RemoteApi

if TYPE_CHECKING:  # what these bring along costs time at the start, which nobody waits for who never asks
    from sync.wire import GivenStandIn, StandIns

STAND_INS = "city.stand_ins"  # setting
UNKNOWN = 404


def known(store: Store) -> StandIns | None:
    """What the City told last; None before the first time."""
    from sync.wire import StandIns, remembered

    return remembered(StandIns, store.setting(STAND_INS))


class CityStandIns:
    """Asks the City. Not in the screen's thread. Each raises the SyncError that stopped it, and RefusedError for what
    the City does not do, in words."""

    def __init__(self, store: Store, connect: Callable[[], RemoteApi]) -> None:
        self._store = store
        self._connect = connect
        self._api: RemoteApi | None = None

    def all(self) -> StandIns:
        """All who stand in, now or later."""
        return self._kept(lambda api: api.stand_ins())

    def give(self, given: GivenStandIn) -> StandIns:
        """Let somebody stand in; the same again is one."""
        return self._kept(lambda api: api.let_stand_in(given))

    def withdraw(self, id_: str) -> StandIns:
        """End what this person gave."""
        return self._kept(lambda api: api.end_stand_in(id_))

    def _kept(self, ask: Callable[[RemoteApi], StandIns]) -> StandIns:
        from sync.wire import encoded

        if self._api is None:
            self._api = self._connect()
        try:
            told = ask(self._api)
        except GatewayError as fault:
            raise RefusedError(_older() if fault.status == UNKNOWN else str(fault)) from fault
        self._store.keep_setting(STAND_INS, encoded(told).decode())
        return told


def _older() -> str:
    return tr("The City's gateway is older than this page: there, IT names stand-ins.")
