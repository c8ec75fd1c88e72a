"""The Sync page: what waits, what needs a person, what was compared."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fieldapp.actions import start
from sync.status import ProofOfSync, Summary, SyncState, SyncStatus
from tests.support.pictures import settle
from tests.support.session import StillCourier, settled
from tests.support.store import make_change
from ui.filling import FormPage
from ui.session import Session
from ui.sync_centre.page import SyncPage
from ui.sync_centre.report import report
from ui.sync_centre.writing import write_copy
from ui.widgets import Button
from ui.window import MainWindow


@pytest.fixture
def page(window: MainWindow) -> SyncPage:
    """The page, open."""
    window.navigate("sync")
    shown = window.page()
    assert isinstance(shown, SyncPage)
    return shown


def proven(here: dict[str, Summary], city: dict[str, Summary]) -> SyncStatus:
    """The status after a complete cycle in which both sides counted so."""
    at = "2026-11-23T13:47:00.000Z"
    return SyncStatus(SyncState.IDLE, last_ok=at, proof=ProofOfSync(at, at, "1", here=here, city=city))


def kept(session: Session, **edits: str) -> str:
    """A sealed Change of this person; its record."""
    fields = {"@state": "submitted", "@title": "Deck, 9 Delaware Ave", **edits}
    change = make_change(edits=fields, actor=session.person.id, principal=session.person.id)
    session.store.commit(change, seal=True)
    return change.record


def button(page: SyncPage, text: str) -> Button:
    """The visible button with this text."""
    return next(one for one in page.findChildren(Button) if one.text() == text and one.isVisible())


def words(page: SyncPage) -> set[str]:
    """All labels that can be read."""
    return {one.text() for one in page.findChildren(QLabel) if one.isVisible()}


def test_what_waits_is_listed(page: SyncPage, session: Session, qtbot: QtBot) -> None:
    kept(session)
    qtbot.waitUntil(lambda: "Waiting to be sent · 1" in words(page))


def test_photos_that_are_on_their_way_are_not_called_nothing(page: SyncPage, session: Session) -> None:
    def told() -> list[str]:
        return [each.text() for each in page.waiting.none.findChildren(QLabel) if not each.isHidden()]

    assert "Nothing waits" in told()
    sha256 = session.store.blobs.put(b"a photo", "image/jpeg").sha256
    page.reload()
    assert "1 file is not with the City yet" in told()
    assert "Nothing waits" not in told()
    session.store.blobs.confirmed(sha256)
    page.reload()
    assert "Nothing waits" in told()


def test_the_ways_out_outlive_rebuilds_and_visits_elsewhere(window: MainWindow, session: Session) -> None:
    record = kept(session)
    settled(session, "conflict", edits={"@title": "Deck, 11 Delaware Ave"})
    for language in ("en", "fr"):
        window.chosen.language(language)
        for wide in (1024, 1440):
            window.navigate("conflict", record=record, back="sync")
            settle()
            window.navigate("sync")
            settle()
            window.resize(wide, 700)
            window.navigate("records", record=record)
            settle()
            window.navigate("form", record=start(session.desk, "bulk-pickup").id, back="today")
            settle()
            opened = window.page()
            assert isinstance(opened, FormPage)
            opened.leave()
    window.navigate("sync")
    shown = window.page()
    assert isinstance(shown, SyncPage)
    assert len([one for one in shown.findChildren(Button) if one.isVisible()]) > 4


def test_a_refusal_is_told_in_the_citys_words(page: SyncPage, session: Session) -> None:
    kept(session)
    settled(session, "rejected", message="“Comply by” must be at least 14 days after service.")
    page.reload()
    settle()
    told = [text for text in words(page) if text.startswith("The City refused it at 09:31: “Comply by”")]
    assert told


def test_a_conflict_shows_both_values_and_mine_is_sent_again(page: SyncPage, session: Session) -> None:
    change = make_change(
        "record-00000002",
        {"contact/phone": "9055550123"},
        was={"contact/phone": "9055550102"},
        service="building-inspection",
        base_rev=1,
        actor=session.person.id,
        principal=session.person.id,
    )
    session.store.commit(change, seal=True)
    settled(session, "conflict", edits={"contact/phone": "9055550177"})
    page.reload()
    settle()
    assert {"9055550123", "9055550177"} <= words(page)
    button(page, "Use mine").click()
    assert (session.store.counts().attention, session.store.counts().waiting) == (0, 1)


def test_use_the_citys_gives_mine_up(page: SyncPage, session: Session) -> None:
    change = make_change(
        "record-00000002", {"contact/phone": "1"}, base_rev=1, actor=session.person.id, principal=session.person.id,
        service="building-inspection",
    )  # fmt: skip
    session.store.commit(change, seal=True)
    settled(session, "conflict", edits={"contact/phone": "9055550177"})
    page.reload()
    settle()
    button(page, "Use the City's").click()
    assert session.store.counts().attention == 0


def test_try_now_wakes_the_worker(page: SyncPage, session: Session) -> None:
    button(page, "Try now").click()
    assert isinstance(session.courier, StillCourier)
    assert session.courier.woken == 1


def test_the_network_is_tested_on_a_page_of_its_own(page: SyncPage, window: MainWindow) -> None:
    button(page, "Test the network").click()
    assert window.page_id == "network"


def test_equal_counts_and_checksums_are_called_equal(page: SyncPage, session: Session) -> None:
    here = {name: (one.count, one.checksum) for name, one in session.store.exchange.buckets().items()}
    session.courier = StillCourier(proven(here, here))
    page.reload()
    settle()
    assert {"equal", "15 of 15 areas hold the same on both sides."} <= words(page)


def test_an_area_that_differs_is_named(page: SyncPage, session: Session) -> None:
    here = {name: (one.count, one.checksum) for name, one in session.store.exchange.buckets().items()}
    city = {**here, "ward:08": (here["ward:08"][0] + 1, 7)}
    session.courier = StillCourier(proven(here, city))
    page.reload()
    settle()
    assert {"differs", "Ward 8"} <= words(page)


def test_a_copy_for_it_says_in_words_what_was_refused_and_holds_the_record_whole(
    session: Session, tmp_path: Path
) -> None:
    record = session.store.record(kept(session))
    assert record is not None
    settled(session, "rejected", code="late", message="Too late.")
    write_copy(session, tmp_path / "copy.txt", report(session, record))
    readable, data = (tmp_path / "copy.txt").read_text("utf-8").split("-" * 72)
    assert "The City refused it at 09:31: Too late. [late]" in readable
    whole = json.loads(data)
    assert whole["fields"]["@title"] == "Deck, 9 Delaware Ave"
    assert [one["outcome"]["code"] for one in whole["changes"]] == ["late"]


def test_what_cannot_be_taken_any_more_is_withdrawn_and_stays_in_the_history(page: SyncPage, session: Session) -> None:
    change = make_change(
        "record-00000002", {"@state": "submitted"}, base_rev=1, actor=session.person.id, transition="submit",
        principal=session.person.id, service="building-inspection",
    )  # fmt: skip
    session.store.commit(change, seal=True)
    settled(session, "rejected", code="state", message="It was submitted already.")
    page.reload()
    settle()
    assert not [one for one in page.findChildren(Button) if one.text() == "Send again" and one.isVisible()]
    button(page, "Withdraw mine").click()
    assert session.store.counts().attention == 0
    assert [entry.state for entry in session.store.history("record-00000002")] == ["withdrawn"]


def test_a_refused_form_is_opened_again_to_be_corrected(
    page: SyncPage, session: Session, window: MainWindow, qtbot: QtBot
) -> None:
    record = start(session.desk, "bulk-pickup")
    session.desk.commit(record, {"@state": "submitted"}, transition="submit")
    settled(session, "rejected", code="incomplete", message="“Last name”: This answer is needed.")
    qtbot.waitUntil(lambda: any("“Last name”: This answer is needed." in said for said in words(page)))
    button(page, "Correct the answers").click()
    assert session.desk.record(record.id).state == "draft"
    assert isinstance(window.page(), FormPage)


def test_the_form_opens_at_the_answer_that_was_refused_with_the_citys_words(
    page: SyncPage, session: Session, window: MainWindow, qtbot: QtBot
) -> None:
    record = start(session.desk, "bulk-pickup")
    session.desk.commit(record, {"@state": "submitted"}, transition="submit")
    why = "“Last name”: This answer is needed."
    settled(session, "rejected", code="incomplete", message=why, path="person/last_name")
    qtbot.waitUntil(lambda: any(why in said for said in words(page)))
    button(page, "Correct the answers").click()
    form = window.page()
    assert isinstance(form, FormPage)
    assert form.editor is not None
    assert (form.editor.section, form.editor.sheet.reasons) == ("person", {"person/last_name": why})
