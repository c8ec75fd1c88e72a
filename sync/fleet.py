"""The City's laptops, as a supervisor's laptop heard of them last: readable without a network."""

from __future__ import annotations

import logging
from datetime import timedelta

from fieldapp.clock import moment_of
from fieldapp.errors import GatewayError, ProtocolError
from fieldapp.store import Store
from sync.api import RemoteApi
from sync.wire import Fleet, encoded, remembered

FLEET, WANTED = "city.fleet", "city.fleet.wanted"  # settings
EVERY = timedelta(minutes=5)  # between two questions, by the City's clock
log = logging.getLogger(__name__)


def bring(store: Store, api: RemoteApi, city_time: str) -> None:
    """Ask how they stand, where the last answer is not of a moment ago. An older gateway has none: that is no fault."""
    kept = known(store)
    wanted = bool(store.setting(WANTED))
    if kept is not None and not wanted and _is_fresh(kept, city_time):
        return
    try:
        fleet = api.fleet()
    except (GatewayError, ProtocolError) as fault:
        log.warning("the City did not tell of its laptops: %s", fault)
        return
    store.keep_setting(FLEET, encoded(fleet).decode())
    if wanted:
        store.keep_setting(WANTED, "")


def want(store: Store) -> None:
    """Somebody looks at it now: the next sync asks, however fresh the last answer is."""
    store.keep_setting(WANTED, "1")


def known(store: Store) -> Fleet | None:
    """What was heard last; None before the first time."""
    return remembered(Fleet, store.setting(FLEET))


def _is_fresh(kept: Fleet, city_time: str) -> bool:
    try:
        return timedelta(0) <= moment_of(city_time) - moment_of(kept.as_of) < EVERY
    except ValueError:
        return False
