"""Asking the person to sign in: through the browser, or with a code where there is none."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING

from fieldapp.clock import Clock
from fieldapp.texts import tr
from sync.sign_in.entry import SignIn, Tell
from sync.sign_in.tokens import Registration, Tokens

if TYPE_CHECKING:
    from sync.sign_in.provider import Provider


def asking(*, host: str, device: bool, browser: Callable[[], Callable[[str], object] | None] | None = None) -> SignIn:
    """How to ask: through the browser with the answer at `host`, or with a code when `device` or without a browser."""

    def ask(provider: Provider, registration: Registration, clock: Clock, tell: Tell, stop: Event) -> Tokens:
        from sync.sign_in.browser import by_browser
        from sync.sign_in.device import by_device

        show = None if device else (browser or _system_browser)()
        if show is None and provider.device:
            return by_device(provider, registration, clock, tell, stop=stop)
        return by_browser(provider, registration, clock, show=_showing(show, tell), host=host, stop=stop)

    return ask


def _system_browser() -> Callable[[str], object] | None:
    try:
        return webbrowser.get().open
    except webbrowser.Error:
        return None


def _showing(show: Callable[[str], object] | None, tell: Tell) -> Callable[[str], object]:
    """Open the address, and say it too: a browser that does not open must not leave anybody waiting."""

    def act(url: str) -> None:
        if show is not None:
            show(url)
        tell(tr("Please sign in in the browser. If none opened, open this address there: {url}", url=url))

    return act
