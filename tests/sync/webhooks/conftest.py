"""A receiver, and the time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fieldapp.clock import FixedClock, SystemClock
from sync.gateway.webhooks import hooks
from sync.gateway.webhooks.hooks import Hook
from tests.support.gateway import City
from tests.support.receiver import Receiver, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A program of somebody else's, which answers as the test says."""
    with receiving() as made:
        yield made


@pytest.fixture
def clock() -> FixedClock:
    """Now: the library takes nothing that is five minutes old."""
    return FixedClock(SystemClock().now())


def hook_at(city: City, receiver: Receiver, *services: str) -> Hook:
    """The city tells the receiver."""
    return hooks.add(city.service.database, receiver.url, services, private=True, now=city.service.now())


def only(city: City) -> Hook:
    """The one webhook as it stands."""
    (hook,) = hooks.listed(city.service.database)
    return hook
