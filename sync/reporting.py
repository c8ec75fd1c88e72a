"""Telling the City what belongs to this laptop's journal beside its Changes, and how the laptop stands."""

from __future__ import annotations

import logging
from collections.abc import Callable

from fieldapp.errors import GatewayError, ProtocolError
from fieldapp.store import Store
from sync.api import RemoteApi
from sync.wire import GivenPlace, Happened, LaptopState, ReportRequest

log = logging.getLogger(__name__)


class Reports:
    """What waits to be told. A gateway that does not take it stops no work: it is told another time."""

    def __init__(self, store: Store, api: RemoteApi, principal: str) -> None:
        self._store = store
        self._api = api
        self._principal = principal

    def run(self) -> None:
        """Tell all of it."""
        self._trying(self._all)

    def tell_state(self, state: LaptopState) -> bool:
        """Tell how this laptop stands; whether the City heard it."""
        return self._trying(lambda: self._api.report(ReportRequest(self._store.device, state=state)))

    def _trying(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except (GatewayError, ProtocolError) as fault:  # an older gateway has no ear for it
            log.warning("the City did not take a report: %s", fault)
            return False
        return True

    def _all(self) -> None:
        while self._some():
            pass

    def _some(self) -> bool:
        """Tell some; whether there may be more."""
        given_up, events = self._store.chain.given_up(self._principal), self._store.log.untold()
        if not (given_up or events):
            return False
        places = tuple(
            GivenPlace(one.id, one.device, one.digest, one.link.chain, one.link.place, one.link.before)
            for one in given_up
        )
        happened = tuple(Happened(one.id, one.kind, one.record, one.at, one.detail) for one in events)
        reply = self._api.report(ReportRequest(self._store.device, places, happened))
        taken = set(reply.taken)
        self._store.chain.told([one.id for one in given_up if one.id in taken])
        self._store.log.told([one.id for one in events if one.id in taken])
        return bool(taken)
