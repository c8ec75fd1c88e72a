"""The City's geocoder, as this laptop reaches it: the gateway says with each sync where it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sync.arcgis import GEOCODER
from ui.session import Session

MOST = 5  # answers


@dataclass(frozen=True)
class CityGeocoder:
    """Asked when there is a line, off the screen's thread."""

    session: Session

    @property
    def known(self) -> bool:
        """Whether the City has one."""
        return bool(self.session.store.setting(GEOCODER))

    def ask(self, text: str, done: Callable[[Any], None]) -> None:
        """Give the Candidates for `text`, the likeliest first, and None after them, or the error, to `done`.

        It may take a minute, in a thread of its own: neither the screen nor any other errand waits for it."""
        url = self.session.store.setting(GEOCODER)
        self.session.bridge.follow(lambda: [_places(url, text)], done)


def _places(url: str, text: str) -> Sequence[object]:
    from sync.arcgis.geocode import places  # `requests` costs 70 ms that nobody waits for who never asks

    return places(url, text, MOST)
