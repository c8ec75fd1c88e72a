"""Photos and files in words: on the record, on the Sync page, and where one is not here."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fieldapp import texts
from fieldapp.clock import SystemClock
from fieldapp.errors import StoreError
from fieldapp.records import Attachment
from fieldapp.store import Counts
from sync.status import ProofOfSync, SyncState, SyncStatus
from tests.support.session import StillCourier, settled
from tests.support.store import make_change
from ui.filling.host import host_of
from ui.records.photos import Photos, absence
from ui.records.proof import steps
from ui.session import Session
from ui.sync_centre.files import FilesCard
from ui.sync_centre.words import pill_words

PNG = b"\x89PNG\r\n\x1a\n"
AT = "2026-11-23T13:47:00.000Z"


def with_photos(session: Session, count: int = 4) -> tuple[str, list[Attachment]]:
    """A record that was handed in with photos, and these."""
    photos = [session.store.blobs.put(PNG + bytes([n]) * 1000, "image/png") for n in range(count)]
    edits = {f"photos/p{n}": f"{photo.sha256}.png" for n, photo in enumerate(photos)}
    change = make_change(
        edits={"@state": "submitted", "@title": "Deck, 9 Delaware Ave", **edits},
        actor=session.person.id,
        principal=session.person.id,
        attachments=tuple(photos),
    )
    session.store.commit(change, seal=True)
    return change.record, photos


def path_of(session: Session, photo: Attachment) -> Path:
    """Where it lies."""
    return session.store.blobs._path(photo.sha256)


def words(card: FilesCard) -> list[str]:
    """All sentences that can be read."""
    card.show()
    return [one.text() for one in card.findChildren(QLabel) if one.isVisible() and one.text()]


@pytest.mark.parametrize(
    ("stored", "damaged", "said"),
    [
        (0, 0, ("Files", "0 of 4 stored", "plain")),
        (3, 0, ("Files", "3 of 4 stored", "plain")),
        (3, 1, ("Files", "1 damaged here", "bad")),
        (4, 0, ("Complete", "4 of 4 stored", "ok")),
    ],
)
def test_the_record_says_how_many_of_its_files_are_stored(
    session: Session, stored: int, damaged: int, said: tuple[str, str, str]
) -> None:
    record, photos = with_photos(session)
    settled(session, "applied")
    for photo in photos[:stored]:
        session.store.exchange.blob_confirmed(photo.sha256)
    for photo in photos[stored : stored + damaged]:
        session.store.blobs.set_aside(photo.sha256)
    last = steps(session, session.store.proof(record))[-1]
    assert (last.name, last.time, last.kind) == said


def test_a_record_is_not_complete_before_it_is_applied(session: Session) -> None:
    record, photos = with_photos(session, 1)
    session.store.exchange.blob_confirmed(photos[0].sha256)
    assert steps(session, session.store.proof(record))[-1].name == "Files"


def test_the_sync_page_says_what_waits_is_stored_and_is_damaged(session: Session, qtbot: QtBot) -> None:
    _, photos = with_photos(session)
    session.store.exchange.blob_confirmed(photos[0].sha256)
    session.store.blobs.set_aside(photos[1].sha256)
    card = FilesCard(session)
    qtbot.addWidget(card)
    card.refresh()
    found = " ".join(words(card))
    for part in ("2 files wait to be sent, 2 KB in all.", "1 file is stored with the City.", "1 file is damaged"):
        assert part in found
    texts.use("fr")
    card.refresh()
    assert "2 fichiers attendent" in " ".join(words(card))


def test_the_sync_page_says_why_files_do_not_go(session: Session, qtbot: QtBot) -> None:
    proof = ProofOfSync(AT, AT, "1", files_left=2, trouble="The City has no room for files now.")
    session.courier = StillCourier(SyncStatus(SyncState.IDLE, last_ok=AT, proof=proof, files=2))
    card = FilesCard(session)
    qtbot.addWidget(card)
    card.refresh()
    assert "The City has no room for files now." in words(card)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (SyncStatus(SyncState.FILES, files=3), "Sending 3 files"),
        (SyncStatus(SyncState.IDLE, last_ok=AT, files=1), "1 file waiting · all saved here"),
    ],
)
def test_the_pill_says_what_files_do(status: SyncStatus, said: str) -> None:
    assert pill_words(status, Counts(0, 0, 0), SystemClock())[0] == said


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (SyncState.OFFLINE, "With the City. It comes when there is a network."),
        (SyncState.IDLE, "Coming from the City…"),
    ],
)
def test_a_photo_that_left_is_asked_for_and_its_place_says_so(
    session: Session, qtbot: QtBot, state: SyncState, said: str
) -> None:
    _, [photo] = with_photos(session, 1)
    path_of(session, photo).unlink()
    session.courier = courier = StillCourier(SyncStatus(state))
    photos = Photos(session)
    qtbot.addWidget(photos)
    photos.show_photos([("Front", f"{photo.sha256}.png")])
    assert courier.wished == [f"{photo.sha256}.png"]
    assert absence(courier) == said


def test_a_form_asks_for_a_photo_that_left(session: Session) -> None:
    record, [photo] = with_photos(session, 1)
    path_of(session, photo).unlink()
    session.courier = courier = StillCourier()
    with pytest.raises(StoreError):
        host_of(session, record).read_blob(f"{photo.sha256}.png")
    assert courier.wished == [f"{photo.sha256}.png"]
