"""The page of the program itself, and the one quiet word about a new version."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fieldapp.texts import speaking
from fieldapp.updates.place import Installed
from fieldapp.updates.state import FAILED, State, write
from sync.updates.news import News, keep_news, keep_notes
from tests.support.pictures import settle
from tests.support.session import StillCourier
from ui.session import Session
from ui.shell.newer import tell_of_versions
from ui.sync_centre.program import ProgramPage, told
from ui.widgets import Progress

AT = "2026-11-23T14:00:00.000Z"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installed:
    monkeypatch.setenv("FIELDAPP_HOME", str(tmp_path / "machine"))
    return Installed.here()


def nowhere(page: str, **where: str) -> None:
    """One stays where one is."""


def shown(session: Session) -> list[str]:
    page = ProgramPage(session, nowhere)
    settle()
    return [f"{chip}: {what}" for chip, _kind, what, _more in page.lines]


def test_it_says_what_the_next_start_does_and_what_was_left(session: Session, place: Installed) -> None:
    assert shown(session) == ["By IT: New versions of this FieldApp are installed by IT."]
    write(place, State(waiting="0.9.0", returned="0.8.0", why=FAILED, said="x\nlibnew.so: cannot open"))
    keep_news(session.store, News(looked_at=AT))
    left = "FieldApp 0.8.0 was left for the version before: it did not start. All work is kept."
    assert shown(session) == [
        "Ready: FieldApp 0.9.0 is ready: it takes effect at the next start.",
        f"Left: {left} (libnew.so: cannot open)",
    ]


def test_it_says_how_far_one_is_and_why_one_was_not_taken(session: Session, place: Installed) -> None:
    keep_news(session.store, News("0.9.0", 3 << 20, 9 << 20, looked_at=AT))
    assert shown(session) == ["Coming: FieldApp 0.9.0 is on its way."]
    keep_news(session.store, News(why="It is not signed.", looked_at=AT))
    assert shown(session) == ["Not taken: It is not signed."]
    keep_news(session.store, News(looked_at=AT))
    assert shown(session) == ["Newest: There is no newer version for this laptop."]


def test_it_says_in_the_persons_language_what_is_new(session: Session, place: Installed) -> None:
    keep_notes(session.store, "0.9.0", {"en": "Faster search.", "fr": "Recherche plus rapide."})
    news = News(looked_at=AT)
    [(_chip, _kind, _what, before)] = told(State(waiting="0.9.0"), news, session)
    assert before.startswith("New in it: Faster search.\n")
    with speaking("fr"):
        [(_chip, _kind, _what, running)] = told(State(runs="0.9.0"), news, session, "0.9.0")
    assert "Recherche plus rapide.\n" in running
    [(_chip, _kind, _what, other)] = told(State(), news, session, "0.8.0")
    assert "rapide" not in other


def test_one_on_its_way_shows_how_far_it_is_and_is_stopped_by_a_key(session: Session, place: Installed) -> None:
    keep_news(session.store, News("0.9.0", 3 << 20, 9 << 20, looked_at=AT))
    page = ProgramPage(session, nowhere)
    progress = page.findChildren(Progress)[0]
    assert (progress.bar.value(), progress.bar.maximum()) == (3 << 20, 9 << 20)
    progress.stop.click()
    assert isinstance(session.courier, StillCourier)
    assert session.courier.wished == ["no update"]
    keep_news(session.store, News("0.9.0", 3 << 20, 9 << 20, put_off=True, looked_at=AT))
    page.reload()
    assert progress.isHidden()
    assert [line[:3] for line in page.lines] == [("Put off", "warn", "You stopped FieldApp 0.9.0 on its way.")]


def test_a_new_version_is_told_once(session: Session, place: Installed) -> None:
    said: list[str] = []

    def toast(words: str, undo: Callable[[], None] | None = None) -> None:
        said.append(words)

    session.toast = toast
    tell_of_versions(session)
    assert said == []
    write(place, State(waiting="0.9.0"))
    tell_of_versions(session)
    tell_of_versions(session)
    assert said == ["FieldApp 0.9.0 is ready: it takes effect at the next start."]
