"""A laptop that is locked: nothing is shown, nothing is lost, and one comes back to where one was."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from fieldapp.actions import start
from fieldapp.store import keys
from tests.support import accessible
from tests.support.entrances import Laptop
from tests.support.gateway import CLERK
from tests.support.vault import Vault
from tests.ui.unlock.hands import CONTROL, LEFT, PIN, came, offline, texts, typed, unsent
from ui.filling import FormPage
from ui.records.page import RecordsPage
from ui.resident.view import ResidentView
from ui.shell.me import Me
from ui.unlock.words_page import WordsPage


def test_a_locked_window_shows_and_names_nothing_of_the_record(machine: Laptop, qtbot: QtBot) -> None:
    keeper = came(machine)
    unsent(keeper)
    window = machine.window(keeper)
    window.navigate("records")
    qtbot.waitUntil(lambda: "Records" in texts(keeper))
    qtbot.keyClick(window, Qt.Key.Key_L, CONTROL)
    words = machine.page(keeper, WordsPage)
    said = texts(keeper)
    assert "Locked. Everything is saved" in said
    assert "Records" not in said
    assert "Couch" not in said
    assert window.windowTitle() == "FieldApp"
    assert accessible.faults(words) == []
    for key in (Qt.Key.Key_6, Qt.Key.Key_K):
        qtbot.keyClick(window, key, CONTROL)
    assert window.centralWidget() is keeper.entrance


def test_one_comes_back_to_the_same_place_with_what_was_typed(machine: Laptop, qtbot: QtBot) -> None:
    keeper = came(machine)
    window = machine.window(keeper)
    record = unsent(keeper)
    window.navigate("records", record=record)
    page = window.page()
    assert isinstance(page, RecordsPage)
    page.filters.text.setFocus()
    qtbot.keyClicks(page.filters.text, "cou")
    qtbot.waitUntil(lambda: page.where()["text"] == "cou")
    where, focus = page.where(), page.filters.text
    keeper.lock()
    typed(qtbot, machine.page(keeper, WordsPage).edit, PIN)
    machine.window(keeper)
    assert window.page() is page
    assert window.page().where() == where
    assert window.page().isVisible()
    assert page.filters.text.text() == "cou"
    assert window.focusWidget() is focus


def test_the_key_goes_once_all_is_sent_and_comes_back_with_the_pin(machine: Laptop, qtbot: QtBot) -> None:
    keeper = came(machine)
    window = machine.window(keeper)
    unsent(keeper)
    keeper.lock()
    store = window.session.store
    qtbot.waitUntil(lambda: store.sealed, timeout=20_000)
    assert machine.server.service.database.read("SELECT count(*) FROM op")[0][0] == 1
    typed(qtbot, machine.page(keeper, WordsPage).edit, PIN)
    machine.window(keeper)
    assert not store.sealed
    assert store.counts().waiting == 0


def test_offline_a_locked_store_is_sealed_at_once_and_keeps_what_waits(machine: Laptop, qtbot: QtBot) -> None:
    keeper = came(machine)
    window = machine.window(keeper)
    machine.server.stop()
    unsent(keeper)
    offline(machine, window)
    keeper.lock()
    qtbot.waitUntil(lambda: window.session.store.sealed, timeout=20_000)
    typed(qtbot, machine.page(keeper, WordsPage).edit, PIN)
    machine.window(keeper)
    assert window.session.store.counts().waiting == 1


def test_the_menu_of_who_works_here_locks_and_says_after_how_long(machine: Laptop, qtbot: QtBot) -> None:
    keeper = came(machine)
    window = machine.window(keeper)
    me = window.rail.findChildren(Me)[0]
    qtbot.mouseClick(me, LEFT)
    menu = me.findChildren(QMenu)[0]
    offered = {action.text(): action for action in menu.actions()}
    assert {"Lock now", "Somebody else works here…", "Change the PIN or passphrase…", "Sign out…"} <= set(offered)
    assert keeper.minutes == 10
    offered_minutes = {action.text(): action for action in menu.findChildren(QMenu)[0].actions()}
    offered_minutes["after 5 minutes"].trigger()
    assert keeper.minutes == 5
    offered["Lock now"].trigger()
    machine.page(keeper, WordsPage)
    assert keeper.locked


def test_what_is_being_typed_when_it_locks_is_saved_and_still_there_afterwards(machine: Laptop, qtbot: QtBot) -> None:
    keeper = came(machine)
    window = machine.window(keeper)
    session = window.session
    record = start(session.desk, "bulk-pickup")
    window.navigate("form", record=record.id, back="counter")
    page = window.page()
    assert isinstance(page, FormPage)
    edit = next(one for one in page.findChildren(QLineEdit) if one.accessibleName() == "Unit")
    edit.setFocus()
    qtbot.keyClicks(edit, "12B")
    keeper.lock()
    qtbot.waitUntil(lambda: session.store.sealed, timeout=20_000)
    assert edit.window() is not window
    typed(qtbot, machine.page(keeper, WordsPage).edit, PIN)
    machine.window(keeper)
    assert edit.text() == "12B"
    assert edit.isVisible()
    assert window.focusWidget() is edit
    assert "12B" in session.desk.record(record.id).fields.values()


def test_when_nobody_is_there_it_locks_and_counts_anew_only_when_somebody_is_back(
    machine: Laptop, qtbot: QtBot
) -> None:
    keeper = came(machine)
    machine.window(keeper)
    keeper._idle.asleep(True)
    assert keeper.locked
    keeper._idle.asleep(True)  # already locked: nothing more
    typed(qtbot, machine.page(keeper, WordsPage).edit, PIN)
    machine.window(keeper)
    keeper._idle.session_locked()
    assert keeper.locked


def test_the_disk_of_a_laptop_with_a_pin_tells_a_thief_nothing(machine: Laptop, vault: Vault) -> None:
    keeper = came(machine)
    session = machine.window(keeper).session
    unsent(keeper)
    photo = session.store.blobs.put(b"a photo of a couch", "image/jpeg")
    key = keys.unlock(machine.home.store(CLERK.id), passphrase=PIN, vault=vault)
    sign_in = session.store.setting("sign_in")
    machine.stop(keeper)
    disk = b"".join(path.read_bytes() for path in machine.home.root.rglob("*") if path.is_file())
    secrets = [key, key.hex().encode(), b"Couch", b"J. Osei", b"a photo of", photo.sha256.encode()]
    assert not [one for one in secrets if one in disk]
    assert sign_in
    assert not [part for part in sign_in.split('"') if len(part) > 30 and part.encode() in disk]
    assert key.hex() not in "".join(vault.secrets.values())


def test_menus_and_dialogs_go_with_the_window_that_is_covered(machine: Laptop) -> None:
    keeper = came(machine)
    window = machine.window(keeper)
    dialog = QDialog(window)
    QLabel("12 King St", dialog)
    dialog.show()
    keeper.lock()
    assert not dialog.isVisible()
    machine.page(keeper, WordsPage)


def test_a_lock_clears_what_the_resident_is_shown(machine: Laptop, qtbot: QtBot) -> None:
    keeper = came(machine)
    window = machine.window(keeper)
    draft = start(window.session.desk, "bulk-pickup")
    window.navigate("form", record=draft.id, back="counter")
    qtbot.keyClick(window.page(), Qt.Key.Key_F6)
    assert isinstance(window.centralWidget(), ResidentView)
    keeper.lock()
    typed(qtbot, machine.page(keeper, WordsPage).edit, PIN)
    machine.window(keeper)
    assert not isinstance(window.centralWidget(), ResidentView)
    assert window.page().isVisible()
