"""The first run of an installed program, against real gateways and providers on real ports."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from fieldapp.errors import InputError, RefusedError
from fieldapp.paths import Home
from fieldapp.store import keys, wrap
from sync.sign_in import asking
from sync.welcome import address_of
from sync.wire import WayIn
from tests.support.entrances import Laptop, laptop
from tests.support.gateway import CLERK
from tests.support.oidc import AUDIENCE, CLIENT
from tests.support.pictures import settle
from tests.support.vault import Vault
from ui.first_run.connection import FILE, Connection, keep, kept, name_of
from ui.first_run.loading_page import LoadingPage
from ui.first_run.starting import Starting
from ui.first_run.token_page import TokenPage
from ui.first_run.welcome_page import WelcomePage
from ui.unlock.choose_page import ChoosePage
from ui.unlock.pages import EntrancePage
from ui.unlock.who import WhoPage

PATIENT = 20_000
Kind = TypeVar("Kind", bound=EntrancePage)


@pytest.fixture
def machine(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Laptop]:
    """A new computer, and a city whose gateway tells how one signs in."""
    vault = Vault()
    monkeypatch.setattr(keys, "system_vault", lambda: vault)
    monkeypatch.setattr(wrap, "COST", 2**10)
    with laptop(tmp_path, qtbot) as made:
        monkeypatch.setattr(asking, "_system_browser", lambda: made.browser.show)
        made.server.service.way_in = WayIn(made.oidc.url, CLIENT, resource=AUDIENCE)
        made.oidc.person = CLERK.id
        yield made


class Started:
    """One start of the program."""

    def __init__(self, machine: Laptop, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.starting = Starting(machine.home, Home(machine.home.root.parent / "practice"))
        self.starting.begin()

    def page(self, kind: type[Kind]) -> Kind:
        """The page of this kind, once it is there."""
        found: list[Kind] = []

        def look() -> bool:
            page = self._shown()
            found[:] = [page] if isinstance(page, kind) else []
            return bool(found)

        self._qtbot.waitUntil(look, timeout=PATIENT)
        return found[0]

    def _shown(self) -> QWidget | None:
        keeper = self.starting.keeper
        if keeper is None:
            return self.starting.page
        if keeper.entrance is not None:
            return keeper.entrance.page
        return keeper.first.centralWidget() if keeper.first is not None else None

    def close(self) -> None:
        """As when somebody closes the window."""
        keeper = self.starting.keeper
        loose = (keeper.first, keeper.window) if keeper is not None else ()
        for window in (self.starting.window, self.starting.practising, *loose):
            if window is not None:
                window.close()
                window.deleteLater()
        self.starting.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        settle()


@pytest.fixture
def runs(machine: Laptop, qtbot: QtBot) -> Iterator[list[Started]]:
    """What was started; closed at the end."""
    del machine, qtbot
    made: list[Started] = []
    yield made
    for one in made:
        one.close()


def start(runs: list[Started], machine: Laptop, qtbot: QtBot) -> Started:
    """Start the program."""
    runs.append(Started(machine, qtbot))
    return runs[-1]


def typed(qtbot: QtBot, edit: QLineEdit, text: str) -> None:
    """Type it, and press Enter."""
    edit.clear()
    qtbot.keyClicks(edit, text)
    qtbot.keyClick(edit, Qt.Key.Key_Return)


def connect(run: Started, machine: Laptop, qtbot: QtBot) -> None:
    """Give the City's address, by keys."""
    page = run.page(WelcomePage)
    typed(qtbot, page.address, machine.server.url)


def test_from_nothing_to_ones_workplace(machine: Laptop, runs: list[Started], qtbot: QtBot) -> None:
    run = start(runs, machine, qtbot)
    connect(run, machine, qtbot)
    run.page(ChoosePage).later.click()
    loading = run.page(LoadingPage)
    qtbot.waitUntil(lambda: loading.title.text() == "Everything is here", timeout=PATIENT)
    assert "no record for you yet" in loading.progress.words.text(), "forms and tables are no records"
    loading.go.click()
    keeper = run.starting.keeper
    assert keeper is not None
    qtbot.waitUntil(lambda: keeper.window is not None, timeout=PATIENT)
    assert keeper.window is not None
    assert keeper.window.session.person.id == CLERK.id
    assert keeper.window.page_id == "counter"


def test_the_next_start_needs_no_address(machine: Laptop, runs: list[Started], qtbot: QtBot) -> None:
    first = start(runs, machine, qtbot)
    connect(first, machine, qtbot)
    first.page(ChoosePage).later.click()
    first.page(LoadingPage)
    runs.remove(first)
    first.close()
    again = start(runs, machine, qtbot)
    assert again.starting.keeper is not None  # at the City's entrance, not at the first page


def test_what_was_typed_is_there_after_the_window_was_closed(
    machine: Laptop, runs: list[Started], qtbot: QtBot
) -> None:
    first = start(runs, machine, qtbot)
    qtbot.keyClicks(first.page(WelcomePage).address, "gateway.half-typed")
    runs.remove(first)
    first.close()
    assert start(runs, machine, qtbot).page(WelcomePage).address.text() == "gateway.half-typed"


def test_a_wrong_address_is_said_where_it_was_typed(machine: Laptop, runs: list[Started], qtbot: QtBot) -> None:
    page = start(runs, machine, qtbot).page(WelcomePage)
    typed(qtbot, page.address, "not an address")
    assert page.address_box.line.text().startswith("This is no address.")


def test_nobody_there_is_said_with_what_helps(machine: Laptop, runs: list[Started], qtbot: QtBot) -> None:
    page = start(runs, machine, qtbot).page(WelcomePage)
    typed(qtbot, page.address, "http://127.0.0.1:9")
    qtbot.waitUntil(page.note.isVisible, timeout=PATIENT)
    assert "port 9 is closed" in page.note.text()
    assert "Compare the address, letter by letter" in page.note.text()
    assert "try another network" in page.note.text()
    assert page.go.isVisible()


def test_a_server_of_somebody_else_is_no_gateway(machine: Laptop, runs: list[Started], qtbot: QtBot) -> None:
    with_page = HTTPServer(("127.0.0.1", 0), _WebSite)
    threading.Thread(target=with_page.serve_forever, daemon=True).start()
    page = start(runs, machine, qtbot).page(WelcomePage)
    typed(qtbot, page.address, f"http://127.0.0.1:{with_page.server_port}")
    qtbot.waitUntil(page.note.isVisible, timeout=PATIENT)
    with_page.shutdown()
    with_page.server_close()
    assert "it is no gateway of FieldApp" in page.note.text()


def test_a_city_without_a_provider_asks_for_a_token(machine: Laptop, runs: list[Started], qtbot: QtBot) -> None:
    machine.server.service.way_in = None
    run = start(runs, machine, qtbot)
    connect(run, machine, qtbot)
    page = run.page(TokenPage)
    typed(qtbot, page.edit, "nobody's")
    qtbot.waitUntil(lambda: bool(page.box.editor.accessibleDescription()), timeout=PATIENT)
    assert "does not know this token" in page.box.line.text()
    typed(qtbot, page.edit, machine.server.service.give_token(CLERK.id))
    run.page(ChoosePage).later.click()
    run.page(LoadingPage)
    runs.remove(run)
    run.close()
    again = start(runs, machine, qtbot)  # the token lies in the person's own store
    assert again.starting.keeper is not None
    assert again.starting.keeper.entrance is not None
    again.page(WhoPage)
    again.starting.keeper.entrance.pick(CLERK.id)
    keeper = again.starting.keeper
    qtbot.waitUntil(lambda: keeper.window is not None or isinstance(keeper.first, QWidget), timeout=PATIENT)
    qtbot.waitUntil(lambda: keeper.entrance is None, timeout=PATIENT)  # in


def test_a_line_that_is_cut_at_the_last_step_is_said_and_enter_tries_again(
    machine: Laptop, runs: list[Started], qtbot: QtBot
) -> None:
    run = start(runs, machine, qtbot)
    connect(run, machine, qtbot)
    choose = run.page(ChoosePage)
    machine.server.stop()
    choose.later.click()
    qtbot.waitUntil(lambda: bool(choose.new.accessibleDescription()), timeout=PATIENT)
    machine.server.start()
    choose.later.click()
    run.page(LoadingPage)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    home = Home(tmp_path)
    (tmp_path / FILE).write_text("{")
    with pytest.raises(InputError, match=r"connection\.json"):
        kept(home)


def test_a_connection_is_kept_whole(tmp_path: Path) -> None:
    whole = Connection("https://gateway.example", "TOUGH-08", "Example", WayIn("https://login.example", "f"), True)
    keep(Home(tmp_path), whole)
    assert kept(Home(tmp_path)) == whole


def test_an_address_is_taken_as_people_write_it() -> None:
    assert address_of(" gateway.city.example/ ") == "https://gateway.city.example"
    assert address_of("localhost:8080") == "http://localhost:8080"
    for wrong in ("", "ftp://x", "https://", "https://a b", "http://gateway.city.example", "https://x:port", "["):
        with pytest.raises(RefusedError):
            address_of(wrong)


def test_a_laptops_name_fits_on_a_receipt() -> None:
    assert name_of("Tough 08 / Büro") == "TOUGH-08-B-RO"


class _WebSite(BaseHTTPRequestHandler):
    """A server of something else."""

    def do_GET(self) -> None:
        """A page."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<h1>Welcome</h1>")

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""
