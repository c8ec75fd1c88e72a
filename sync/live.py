"""The City's live feeds, fetched: open data, asked for without a name and believed only as far as it can be read.

What was said last goes on being true for minutes at most (`LiveFeed.fresh`), so nothing of it is kept on the disk."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.clock import Clock, today
from fieldapp.errors import BusyError, FieldAppError, GatewayError, LayerError, OfflineError, ProtocolError
from fieldapp.places.alerts import Alert
from fieldapp.places.feeds import ALERTS, TRIPS, feed_address
from fieldapp.places.realtime import LiveFeed, read_feed
from fieldapp.texts import tr

if TYPE_CHECKING:
    import requests

    from fieldapp.store import Store

_log = logging.getLogger(__name__)

TOLD = "city.live"  # setting of a laptop: where the City's live feeds are, as its gateway said last
TIMEOUT = (4.0, 8.0)  # seconds to connect, and between two pieces: what takes longer is out of date when it is here
WITHIN = 20.0  # seconds for the whole feed
LARGEST = 8 << 20  # bytes, unpacked: the largest networks of the continent have a tenth of it


def keep(store: Store, told: Mapping[str, str]) -> None:
    """Remember where the gateway says that the feeds are."""
    text = json.dumps(dict(told), sort_keys=True) if told else ""
    if text != store.setting(TOLD):
        store.keep_setting(TOLD, text)


def told(store: Store) -> Mapping[str, str]:
    """Where the gateway said last that the feeds are; empty where it says nothing of them."""
    kept: Mapping[str, str] = json.loads(store.setting(TOLD) or "{}")
    return kept


class LiveTimes:
    """The live times of one city. Its addresses are looked up each time: they may be changed meanwhile."""

    def __init__(self, table: Path, clock: Clock, gateway: Callable[[], Mapping[str, str]] = dict) -> None:
        """What the `gateway` says counts before the city's own `table`, and that before the one that ships."""
        self._table = table
        self._clock = clock
        self._gateway = gateway

    def fetch(self) -> LiveFeed | None:
        """What the City says now; None where it has no such feed. It may take half a minute: not in the screen's
        thread. Raises the SyncError that says why there is nothing, ServiceError for a table that cannot be used."""
        address = self._address(TRIPS)
        if not address:
            return None
        feed = fetched(address)
        return replace(feed, alerts=(*feed.alerts, *self._alerts()))

    def _alerts(self) -> tuple[Alert, ...]:
        """What riders are told; nothing where that cannot be had: the times are there all the same."""
        address = self._address(ALERTS)
        try:
            return fetched(address).alerts if address else ()
        except FieldAppError as fault:
            _log.warning("alerts of buses: %s", fault)
            return ()

    def _address(self, feed: str) -> str:
        return self._gateway().get(feed) or feed_address(feed, self._table, today(self._clock))


def fetched(address: str) -> LiveFeed:
    """The feed at an address. Raises the SyncError that says why there is none."""
    try:
        return read_feed(_body(address))
    except LayerError as fault:
        raise ProtocolError(str(fault)) from fault


def _body(address: str) -> bytes:
    import requests  # 70 ms that the first screen need not wait for

    from sync.adapters.http import is_loopback, protected, translated, whole_body

    with translated(), requests.Session() as session:
        session.trust_env = not is_loopback(address)
        session.auth = _nobody
        session.headers["User-Agent"] = "FieldApp"
        with session.get(protected(address), timeout=TIMEOUT, stream=True, allow_redirects=False) as response:
            _check(response)
            return whole_body(response, LARGEST, WITHIN)


def _nobody(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Without a name: a ~/.netrc must not speak for us."""
    return request


def _check(response: requests.Response) -> None:
    """Raise what a status means, where it is not 200."""
    from sync.adapters.http import retry_after

    status = response.status_code
    if status == 200:
        return
    if status in {429, 503}:
        raise BusyError(tr("The server of the live times is busy."), retry_after(response.headers))
    if status >= 500:
        raise OfflineError(tr("The server of the live times does not answer."))
    if 300 <= status < 400:
        # Followed, it would end at a hotel's sign-in page, or where nobody has looked at.
        raise ProtocolError(tr("The live times are not at their address: they have moved, or a sign-in is asked for."))
    raise GatewayError(tr("The server of the live times answered with error {status}.", status=status), status)
