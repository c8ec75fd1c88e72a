"""A laptop at its entrance: a gateway and a provider on real ports, a keyring, and a person before the browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from fieldapp.clock import SystemClock
from fieldapp.paths import Home
from sync.gateway.server import GatewayServer
from sync.gateway.tokens import AccessTokens, Trust
from sync.sign_in.asking import asking
from tests.support.gateway import make_service, steps_alone
from tests.support.oidc import AUDIENCE, Oidc, provider
from tests.support.pictures import settle
from tests.support.signing_in import Person, registered
from ui.door import SignInDoor
from ui.unlock.front import Front
from ui.unlock.keeper import Keeper
from ui.unlock.pages import EntrancePage
from ui.window import MainWindow

LOOK = 20  # ms between two looks whether all is sent
PATIENT = 20_000  # ms
Shown = TypeVar("Shown", bound=EntrancePage)


@dataclass
class Laptop:
    """One machine; `keeper` is the program that runs on it now."""

    home: Home
    server: GatewayServer
    oidc: Oidc
    qtbot: QtBot
    browser: Person = field(default_factory=Person)
    running: list[Keeper] = field(default_factory=list)

    def start(self, person: str = "") -> Keeper:
        """Start FieldApp."""
        way = asking(host="127.0.0.1", device=False, browser=lambda: self.browser.show)
        door = SignInDoor(self.server.url, registered(self.oidc), way, lambda _words: None)
        keeper = Keeper(Front(self.home, "TOUGH-08", door), person=person, look=LOOK)
        keeper.begin()
        self.running.append(keeper)
        return keeper

    def stop(self, keeper: Keeper) -> None:
        """Close its window, and the program."""
        for window in (keeper.window, keeper.first):
            if window is not None:
                window.close()
                window.deleteLater()
        keeper.close()
        self.running.remove(keeper)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        settle()

    def page(self, keeper: Keeper, kind: type[Shown]) -> Shown:
        """The entrance's page, once it is of this kind."""
        self.qtbot.waitUntil(lambda: isinstance(shown(keeper), kind), timeout=PATIENT)
        found = shown(keeper)
        assert isinstance(found, kind)
        return found

    def window(self, keeper: Keeper) -> MainWindow:
        """The main window, once somebody is in and nothing covers it."""
        self.qtbot.waitUntil(lambda: keeper.window is not None and not keeper.locked, timeout=PATIENT)
        assert keeper.window is not None
        settle()
        return keeper.window


def shown(keeper: Keeper) -> object:
    """What stands at the entrance, or over the window."""
    if keeper.entrance is not None:
        return keeper.entrance.page
    return keeper.window.centralWidget() if keeper.window is not None else None


@contextmanager
def laptop(folder: Path, qtbot: QtBot) -> Iterator[Laptop]:
    """A new laptop, and its city."""
    with provider(SystemClock()) as oidc:
        tokens = AccessTokens(Trust(oidc.url, AUDIENCE), oidc.clock)
        service = make_service(folder / "gateway", steps_alone(), tokens=tokens)
        with GatewayServer(service) as server:
            made = Laptop(Home(folder / "city"), server, oidc, qtbot)
            try:
                yield made
            finally:
                for keeper in list(made.running):
                    made.stop(keeper)
                made.browser.close()
        service.close()
