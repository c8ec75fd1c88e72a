"""Getting in with a PIN, replacing one, signing out, and handing the laptop to somebody else, through the windows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldapp.store import erasing, keys
from tests.support import accessible
from tests.support.entrances import Laptop
from tests.support.gateway import CLERK
from tests.support.vault import Vault
from tests.ui.unlock.hands import CHIEF, LEFT, OTHER_PIN, PIN, came, chosen, offline, typed, unsent
from ui.door import sign_out_of_city
from ui.sync_centre.sign_in import SignInButton
from ui.unlock.choose_page import ChoosePage
from ui.unlock.plain_pages import LeavingPage
from ui.unlock.who import WhoPage
from ui.unlock.words_page import WordsPage


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
