"""Records, search and Dashboard at 200,000 records: first page, typing, scrolling, and what keeps the screen busy."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from PySide6.QtWidgets import QApplication, QLineEdit

from fieldapp import texts
from fieldapp.actions import Desk
from fieldapp.clock import SystemClock
from fieldapp.lanes import lane
from fieldapp.paths import Home
from fieldapp.places import Layers
from fieldapp.records import Person
from fieldapp.services import Catalogue
from fieldapp.store import Query
from tests.bench import large_city
from tests.bench.screen import Heart, Taken
from tests.support.store import PERSON
from ui import theme
from ui.app import application, open_window
from ui.dashboard.page import DashboardPage
from ui.records.page import RecordsPage
from ui.session import Session
from ui.shell.ahead import Ahead
from ui.window import MainWindow

FIRST, SEARCH, SCROLL = 0.1, 0.05, 0.05  # seconds at most
TYPED = ("k", "ki", "kin", "king", "king 12", "26-150017", "conc", "resident 4711", "émilie", "couch")
ROLES = frozenset({"inspector", "supervisor"})


@contextmanager
def large_session(records: int) -> Iterator[Session]:
    """A session over the large city, for one who sees all its pages; no worker runs."""
    home = Home(large_city.large_city(records) / "bench")
    theme.apply(application(), "light")
    texts.use("en")
    store, clock = large_city.opened(home), SystemClock()
    person = Person(PERSON, "M. Tremblay", ROLES, large_city.WARDS, "Inspector")
    desk = Desk(person, store, Catalogue.of(home), Layers(home.layers), clock, large_city.DEVICE, lane(home, PERSON))
    session = Session(desk)
    yield session
    session.bridge.close()
    store.close()


@contextmanager
def opened(session: Session, page: str) -> Iterator[MainWindow]:
    """The program's window, after the moment in which a person looks at its first page."""
    window = open_window(session, page=page)
    while (ahead := window.findChild(Ahead)) is None or not ahead.finished:
        QApplication.processEvents()
        time.sleep(0.001)
    yield window
    window.close()


def records(count: int) -> Iterator[dict[str, Any]]:
    """The Records page: opened, scrolled by the wheel, jumped through, sorted."""
    with large_session(count) as session, opened(session, "today") as window:
        first, again = Taken(), Taken()
        first.of(lambda: window.navigate("records"))
        page = window.page("records")
        assert isinstance(page, RecordsPage)
        yield first.line("records", "first page", FIRST, records=page.model.rowCount())
        for _ in range(5):
            window.navigate("today")
            again.of(lambda: window.navigate("records"))
        yield again.line("records", "the page again", FIRST)
        bar, heart = page.table.verticalScrollBar(), Heart()
        heart.watch([partial(bar.setValue, 3 * step) for step in range(400)])
        yield heart.line("records", "longest wait while the wheel scrolls")
        heart.watch([partial(bar.setValue, bar.maximum() * at // 97) for at in range(98)])
        yield heart.line("records", "longest wait while the bar is dragged")
        heart.watch([lambda: page.filters.sort("title", descending=False)], calm=2.0)
        yield heart.line("records", "longest wait while it is sorted by title")


def search(count: int) -> Iterator[dict[str, Any]]:
    """What is typed into the store, the Records page and the palette over everything."""
    with large_session(count) as session, opened(session, "records") as window:
        page, asked, listed = window.page("records"), Taken(), Taken()
        assert isinstance(page, RecordsPage)
        for text in TYPED * 3:
            asked.of(partial(session.store.search, text, 12))
            listed.of(partial(session.store.ids, Query(text=text)))
        yield asked.line("search", "the best matches of the store", SEARCH)
        yield listed.line("search", "all matches of the store", SEARCH)
        heart, line = Heart(), page.filters.text
        heart.watch([partial(_type, line, text) for text in TYPED], calm=2.0)
        yield heart.line("search", "longest wait while one types on the Records page")
        window.open_palette()
        typed = Taken()
        (box,) = window.palette_box.findChildren(QLineEdit)
        for text in TYPED:
            box.setText(text)
            typed.of(window.palette_box._find)
        yield typed.line("search", "a pause of typing in the palette", SEARCH)
        heart.watch([partial(box.setText, text) for text in TYPED], calm=2.0)
        yield heart.line("search", "longest wait while one types in the palette")


def _type(line: Any, text: str) -> None:
    line.setText(text)
    line.search_now()


def dashboard(count: int) -> Iterator[dict[str, Any]]:
    """The Dashboard, counted while the screen goes on."""
    with large_session(count) as session, opened(session, "records") as window:
        heart = Heart()
        heart.watch([lambda: window.navigate("dashboard")], calm=0.5)
        page = window.page("dashboard")
        assert isinstance(page, DashboardPage)
        for _ in range(100):
            if page.found is not None:
                break
            heart.watch([lambda: None], calm=0.5)
        yield {**heart.line("dashboard", "longest wait while it opens"), "counted": page.found is not None}
