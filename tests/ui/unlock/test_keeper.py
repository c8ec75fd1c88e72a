"""Getting in, locking, coming back to the same place, and handing the laptop to somebody else, through the windows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from fieldapp.actions import start
from fieldapp.store import erasing, keys
from tests.support import accessible
from tests.support.entrances import Laptop
from tests.support.gateway import CLERK
from tests.support.store import make_change
from tests.support.vault import Vault
from ui.door import sign_out_of_city
from ui.filling import FormPage
from ui.records.page import RecordsPage
from ui.resident.view import ResidentView
from ui.shell.me import Me
from ui.sync_centre.sign_in import SignInButton
from ui.unlock.choose_page import ChoosePage
from ui.unlock.keeper import Keeper
from ui.unlock.plain_pages import LeavingPage
from ui.unlock.who import WhoPage
from ui.unlock.words_page import WordsPage
from ui.window import MainWindow

PIN, OTHER_PIN = "482916", "730158"
CHIEF = "r.kaur"
CONTROL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


def typed(qtbot: QtBot, edit: QLineEdit, text: str, *, enter: bool = True) -> None:
    """Type it, and press Enter."""
    edit.clear()
    qtbot.keyClicks(edit, text)
    if enter:
        qtbot.keyClick(edit, Qt.Key.Key_Return)


def came(machine: Laptop, person: str = CLERK.id, pin: str = PIN) -> Keeper:
    """FieldApp, where somebody new has signed in and chosen a PIN."""
    machine.oidc.person = person
    keeper = machine.start()
    chosen(machine, keeper, pin)
    return keeper


def chosen(machine: Laptop, keeper: Keeper, pin: str) -> None:
    """Choose a PIN on the page that asks for one."""
    page = machine.page(keeper, ChoosePage)
    typed(machine.qtbot, page.new, pin, enter=False)
    typed(machine.qtbot, page.again, pin)
    machine.window(keeper)


def unsent(keeper: Keeper, *, person: str = CLERK.id) -> str:
    """Save something; the record's id."""
    assert keeper.window is not None
    edits = {"@state": "draft", "@author": person, "@assignee": person, "@ward": "08", "@title": "Couch"}
    change = make_change(edits=edits, actor=person, principal=person)
    keeper.window.session.store.commit(change, seal=True)
    return change.record


def offline(machine: Laptop, window: MainWindow) -> None:
    """Wait until sync knows that nobody answers."""
    courier = window.session.courier
    assert courier is not None
    machine.qtbot.waitUntil(lambda: courier.status.state.backing_off, timeout=20_000)


def texts(keeper: Keeper) -> str:
    """All that a screen reader finds in the window."""
    assert keeper.window is not None
    found = [node.text(accessible.Name) for node in accessible.nodes(keeper.window)]
    return " ".join([*found, keeper.window.windowTitle()])


def test_somebody_new_signs_in_chooses_a_pin_and_is_in(machine: Laptop, vault: Vault) -> None:
    keeper = came(machine)
    assert keeper.window is not None
    assert keeper.window.session.person.id == CLERK.id
    folder = machine.home.store(CLERK.id)
    assert keys.is_protected(folder)
    assert keys.is_recoverable(folder)
    assert not keys.has_pin(folder) or keys.unlock(folder, passphrase=PIN, vault=vault)


def test_the_next_start_lists_who_has_a_store_and_asks_for_the_pin(machine: Laptop, qtbot: QtBot) -> None:
    machine.stop(came(machine))
    machine.oidc.down = True
    machine.server.stop()
    keeper = machine.start()
    who = machine.page(keeper, WhoPage)
    assert [row.title for row in who.list.model().rows] == [CLERK.id]  # type: ignore[attr-defined]  # RowModel
    who.list.opened.emit(CLERK.id)
    words = machine.page(keeper, WordsPage)
    typed(qtbot, words.edit, OTHER_PIN)
    qtbot.waitUntil(lambda: "not the PIN" in words.box.line.text())
    qtbot.waitUntil(words.go.isEnabled, timeout=10_000)
    typed(qtbot, words.edit, PIN)
    assert machine.window(keeper).session.person.id == CLERK.id


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


def test_i18_another_person_works_meanwhile_and_nothing_goes_under_their_name(machine: Laptop, qtbot: QtBot) -> None:
    keeper = came(machine)
    window = machine.window(keeper)
    url = machine.server.url
    machine.server.stop()
    unsent(keeper)
    offline(machine, window)
    keeper.switch()
    who = machine.page(keeper, WhoPage)
    assert "1 change of yours is not sent yet" in who.note.text()
    mine = window.session.store
    qtbot.waitUntil(lambda: mine.sealed, timeout=20_000)
    machine.server = type(machine.server)(machine.server.service, port=int(url.rpartition(":")[2]))
    machine.server.start()
    machine.oidc.person = CHIEF
    machine.oidc.claims = {"roles": ["supervisor"], "name": "R. Kaur"}
    qtbot.mouseClick(who.other, LEFT)
    chosen(machine, keeper, OTHER_PIN)
    assert window.session.person.id == CHIEF
    assert window.session.store.counts().waiting == 0
    unsent(keeper, person=CHIEF)
    qtbot.waitUntil(lambda: window.session.store.counts().waiting == 0, timeout=20_000)
    assert principals(machine) == {CHIEF}
    keeper.switch()
    machine.page(keeper, WhoPage).list.opened.emit(CLERK.id)
    typed(qtbot, machine.page(keeper, WordsPage).edit, PIN)
    machine.window(keeper)
    qtbot.waitUntil(lambda: mine.counts().waiting == 0, timeout=20_000)
    assert principals(machine) == {CHIEF, CLERK.id}


def principals(machine: Laptop) -> set[str]:
    """Whose ops the gateway has."""
    return {one for (one,) in machine.server.service.database.read("SELECT principal FROM op")}


def test_a_forgotten_pin_is_replaced_by_signing_in_and_no_unsent_work_is_lost(machine: Laptop, qtbot: QtBot) -> None:
    keeper = came(machine)
    machine.oidc.end_all()
    record = unsent(keeper)
    machine.stop(keeper)
    keeper = machine.start(CLERK.id)
    qtbot.mouseClick(machine.page(keeper, WordsPage).forgot, LEFT)
    chosen(machine, keeper, OTHER_PIN)
    assert machine.window(keeper).session.store.record(record)
    keeper.lock()
    typed(qtbot, machine.page(keeper, WordsPage).edit, OTHER_PIN)
    machine.window(keeper)


def test_somebody_elses_sign_in_replaces_nobodys_pin(machine: Laptop, qtbot: QtBot) -> None:
    machine.stop(came(machine))
    machine.oidc.person = CHIEF
    keeper = machine.start(CLERK.id)
    qtbot.mouseClick(machine.page(keeper, WordsPage).forgot, LEFT)
    who = machine.page(keeper, WhoPage)
    assert "r.kaur's, not j.osei's" in who.note.text()
    assert not machine.home.store(CHIEF).exists()


def test_signing_out_warns_keeps_unsent_work_and_goes_to_who(machine: Laptop, qtbot: QtBot) -> None:
    keeper = came(machine)
    window = machine.window(keeper)
    machine.server.stop()
    record = unsent(keeper)
    keeper.sign_out()
    page = machine.page(keeper, LeavingPage)
    assert "1 change of yours is not sent yet" in page.note.text()
    qtbot.mouseClick(page.stay, LEFT)
    assert machine.window(keeper) is window
    keeper.sign_out()
    qtbot.mouseClick(machine.page(keeper, LeavingPage).out, LEFT)
    who = machine.page(keeper, WhoPage)
    assert "You are signed out" in who.note.text()
    who.list.opened.emit(CLERK.id)
    machine.oidc.down = True
    typed(qtbot, machine.page(keeper, WordsPage).edit, PIN)
    assert machine.window(keeper).session.store.record(record)


def test_a_pin_is_changed_with_the_old_one(machine: Laptop, qtbot: QtBot) -> None:
    keeper = came(machine)
    machine.server.stop()  # the way back in is with the City already
    keeper.choose_words()
    page = machine.page(keeper, ChoosePage)
    typed(qtbot, page.old, PIN, enter=False)
    typed(qtbot, page.new, OTHER_PIN, enter=False)
    typed(qtbot, page.again, OTHER_PIN)
    machine.window(keeper)
    keeper.lock()
    typed(qtbot, machine.page(keeper, WordsPage).edit, OTHER_PIN)
    machine.window(keeper)


@pytest.mark.parametrize("words", ["", "111111"])
def test_without_a_pin_one_says_that_anybody_can_go_on(machine: Laptop, qtbot: QtBot, words: str) -> None:
    keeper = machine.start()
    page = machine.page(keeper, ChoosePage)
    typed(qtbot, page.new, words)
    assert page.new_box.line.text()
    qtbot.mouseClick(page.later, LEFT)
    machine.window(keeper)
    keeper.lock()
    locked = machine.page(keeper, WordsPage)
    assert "No PIN is set" in locked.text.text()
    qtbot.mouseClick(locked.go, LEFT)
    machine.window(keeper)


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


def test_a_sign_in_that_ended_keeps_nobody_out_and_is_done_again_on_the_sync_page(
    machine: Laptop, qtbot: QtBot
) -> None:
    keeper = came(machine)
    machine.stop(keeper)
    sign_out_of_city(machine.home, CLERK.id, lambda _question: PIN)
    keeper = machine.start(CLERK.id)
    typed(qtbot, machine.page(keeper, WordsPage).edit, PIN)
    window = machine.window(keeper)
    assert machine.oidc.count("/authorize") == 1
    record = unsent(keeper)
    window.navigate("sync")
    page = window.page()
    button = page.findChildren(SignInButton)[0]
    qtbot.waitUntil(button.isVisible, timeout=20_000)
    qtbot.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: window.session.store.counts().waiting == 0, timeout=20_000)
    assert window.session.store.record(record)
    assert window.session.sign_in is not None
    assert window.session.sign_in.standing().signed_in


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


def test_every_page_of_the_entrance_can_be_used_without_eyes_and_without_a_mouse(machine: Laptop, qtbot: QtBot) -> None:
    keeper = machine.start()
    assert accessible.faults(machine.page(keeper, ChoosePage)) == []
    chosen(machine, keeper, PIN)
    keeper.sign_out()
    page = machine.page(keeper, LeavingPage)
    assert accessible.faults(page) == []
    qtbot.keyClick(page.stay, Qt.Key.Key_Space)
    machine.window(keeper)
    keeper.switch()
    who = machine.page(keeper, WhoPage)
    assert accessible.faults(who) == []
    qtbot.keyClick(who.list, Qt.Key.Key_Down)
    qtbot.keyClick(who.list, Qt.Key.Key_Return)
    typed(qtbot, machine.page(keeper, WordsPage).edit, PIN)
    machine.window(keeper)


@pytest.mark.parametrize("locked", [True, False])
def test_a_store_that_the_city_withdrew_while_nobody_was_there_is_said_and_gone(
    machine: Laptop, qtbot: QtBot, vault: Vault, locked: bool
) -> None:
    keeper = came(machine)
    store = machine.window(keeper).session.store
    keeper.lock()
    qtbot.waitUntil(lambda: store.sealed, timeout=20_000)
    folder = machine.home.store(CLERK.id)
    erasing.begin(folder, erasing.Erasure("2026-11-23T14:00:00.000Z", "TOUGH-08", CLERK.id, 0), vault)
    if locked:
        typed(qtbot, machine.page(keeper, WordsPage).edit, PIN)
    else:
        machine.stop(keeper)
        keeper = machine.start(CLERK.id)
    said = machine.page(keeper, WhoPage).note.text()
    assert "withdr" in said
    assert not (folder / "store.db").exists()


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
