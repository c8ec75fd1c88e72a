"""What stands behind the Sync page: network test, copies, hand-over, diagnosis, and the proof as a page to keep."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fieldapp import texts
from fieldapp.handover import Bundle, sealing
from fieldapp.store import wanted
from fieldapp.store.wanted import go_back, went_back
from sync.network import Step
from sync.status import ProofOfSync, SyncState, SyncStatus
from tests.support.papers import faults
from tests.support.pictures import settle
from tests.support.session import StillCourier
from tests.support.store import KEY, make_change, make_store
from ui.session import Session
from ui.shell.pages import PLACES
from ui.sync_centre.copies import CopiesPage
from ui.sync_centre.diagnosis import DiagnosisPage
from ui.sync_centre.handover import HandOverPage
from ui.sync_centre.network import NetworkPage
from ui.sync_centre.page import SyncPage
from ui.sync_centre.proof_page import as_html
from ui.sync_centre.sub_page import SubPage
from ui.widgets import Button
from ui.window import MainWindow

SECRET = "four bread baskets by the canal"  # noqa: S105 - of a file that exists for a test only
PATIENCE = 60_000  # ms for what takes seconds on a busy machine
Shown = TypeVar("Shown", bound=QWidget)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passphrases at a cost that a test can pay."""
    monkeypatch.setattr(sealing, "COST", 1 << sealing.LOWEST)


def opened(window: MainWindow, page: str, kind: type[Shown]) -> Shown:
    window.navigate(page)
    shown = window.page()
    assert isinstance(shown, kind)
    return shown


def work(session: Session, title: str = "Deck") -> str:
    change = make_change(
        edits={"@state": "submitted", "@title": title}, actor=session.person.id, principal=session.person.id
    )
    session.store.commit(change, seal=True)
    return change.record


def go_back_button(page: CopiesPage) -> Button:
    """The button of the only copy."""
    return next(one for one in page.findChildren(Button) if one.accessibleName().startswith("Go back to the copy of"))


class GivenWay:
    """A network test that finds what it is given."""

    def __init__(self, *steps: Step) -> None:
        self.last: list[Step] = list(steps)

    def run(self) -> Iterator[Step]:
        yield from self.last


def test_the_network_test_shows_each_step_and_where_it_stopped(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    session.network = GivenWay(
        Step("name", "Find the City's address", good=True, seconds=0.01, found="10.0.0.1"),
        Step("connection", "Reach the City", good=False, seconds=5, found="no answer", helps="Try another network."),
    )
    page = opened(window, "network", NetworkPage)
    qtbot.waitUntil(lambda: not page.running)
    assert page.head.subtitle.text() == "It stopped here: Reach the City"
    assert len(page.steps) == 2
    page.again.click()
    qtbot.waitUntil(lambda: not page.running and len(page.steps) == 2)


def test_an_error_of_the_test_itself_ends_it(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    class Broken(GivenWay):
        def run(self) -> Iterator[Step]:
            raise OSError

    session.network = Broken()
    page = opened(window, "network", NetworkPage)
    qtbot.waitUntil(lambda: not page.running)
    assert page.again.isEnabled()


def test_going_back_is_wanted_here_and_done_at_the_next_start(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    session.store.snapshots.daily()
    record = work(session, "after the copy")
    page = opened(window, "copies", CopiesPage)
    go_back_button(page).click()
    assert wanted.wanted(session.store.folder)
    page.plan.stay.click()
    assert not wanted.wanted(session.store.folder)
    go_back_button(page).click()
    folder = session.store.folder
    window.close()
    settle()
    session.bridge.close()
    session.store.close()
    go_back(folder, KEY)
    done = went_back(folder)
    assert done is not None
    assert (done.changes, done.why, wanted.wanted(folder)) == (1, "", "")
    store = make_store(folder)
    assert store.record(record) is not None
    store.close()


def test_what_cannot_be_gone_back_to_stops_no_start(tmp_path: Path) -> None:
    make_store(tmp_path).close()
    (tmp_path / wanted.FILE).write_text('{"copy": "000009-2026-01-01"}')
    go_back(tmp_path, KEY)
    done = went_back(tmp_path)
    assert done is not None
    assert done.why
    make_store(tmp_path).close()


@pytest.mark.parametrize("rubbish", [b"", b"{", b"[]", b'{"other": 1}', b"\xff\xfe"])
def test_a_damaged_wish_is_no_wish(tmp_path: Path, rubbish: bytes) -> None:
    (tmp_path / wanted.FILE).write_bytes(rubbish)
    assert wanted.wanted(tmp_path) == ""


def test_unsent_work_goes_into_a_file_and_comes_back(
    window: MainWindow, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    work(session)
    page = opened(window, "handover", HandOverPage)
    page.give.passphrase.setText(SECRET)
    page.give.export_to(tmp_path / "work.handover")
    qtbot.waitUntil(lambda: "SHA-256" in page.give.receipt.toPlainText(), timeout=PATIENCE)
    assert page.give.passphrase.text() == ""
    assert Bundle(tmp_path / "work.handover", SECRET).manifest.ops == 1
    page.take.passphrase.setText(SECRET)
    page.take.import_from(tmp_path / "work.handover")
    qtbot.waitUntil(lambda: "here already: 1" in page.take.outcome.text(), timeout=PATIENCE)


def test_a_wrong_passphrase_is_told_in_words(
    window: MainWindow, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    work(session)
    page = opened(window, "handover", HandOverPage)
    page.give.passphrase.setText("short")
    page.give.export_to(tmp_path / "work.handover")
    qtbot.waitUntil(lambda: "at least" in page.give.outcome.text(), timeout=PATIENCE)
    page.give.passphrase.setText(SECRET)
    page.give.write.click()
    assert "twice" in page.give.again_box.line.text()
    assert not list(tmp_path.glob("*.handover"))


def test_the_diagnosis_is_shown_whole(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    page = opened(window, "diagnosis", DiagnosisPage)
    assert (page.stack.currentIndex(), page.copy.isEnabled(), page.save.isEnabled()) == (0, False, False)
    qtbot.waitUntil(lambda: "Recent warnings and errors" in page.text.toPlainText(), timeout=PATIENCE)
    assert session.person.id not in page.text.toPlainText()
    assert page.text.isReadOnly()
    assert (page.stack.currentIndex(), page.copy.isEnabled(), page.save.isEnabled()) == (1, True, True)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_proof_is_a_page_to_keep(window: MainWindow, session: Session, tmp_path: Path, language: str) -> None:
    texts.use(language)
    at = "2026-11-23T13:47:00.000Z"
    proof = ProofOfSync(at, at, "1", results={"applied": 1234}, here={"ward:08": (2, 255)}, city={"ward:08": (2, 255)})
    assert isinstance(session.courier, StillCourier)
    session.courier.status = SyncStatus(SyncState.IDLE, last_ok=at, proof=proof)
    page = opened(window, "sync", SyncPage)
    assert page.compared.save.isEnabled()
    page.compared.save_to(tmp_path / "proof.pdf")
    page.compared.save_to(tmp_path / "proof.html")
    assert faults((tmp_path / "proof.pdf").read_bytes()) == []
    told = (tmp_path / "proof.html").read_text("utf-8")
    assert told == as_html(session, proof)
    assert "00000000000000ff" in told
    assert ("hold the same" in told) == (language == "en")


@pytest.mark.parametrize("page", ["network", "copies", "handover", "diagnosis", "program"])
def test_each_page_leads_back_and_marks_sync_in_the_rail(window: MainWindow, page: str) -> None:
    assert page in {place.id for place in PLACES}
    window.navigate(page)
    settle()
    shown = window.page()
    assert isinstance(shown, SubPage)
    shown.back_button.click()
    assert window.page_id == "sync"
