"""The border between threads and Qt."""

from __future__ import annotations

import threading
import time
from functools import partial

from PySide6.QtCore import QThread
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fieldapp.store import Touched
from tests.support.pictures import settle
from ui.bridge import Bridge


class Listener(QLabel):
    """A widget that must not be spoken to once it is gone."""

    def hear(self, news: object) -> None:
        """Show it: an error when the widget is gone."""
        self.setText(str(news))


def test_many_touches_arrive_as_one_in_the_screens_thread(qtbot: QtBot) -> None:
    bridge = Bridge()
    heard: list[Touched] = []
    threads: list[QThread] = []
    bridge.touched.connect(heard.append)
    bridge.touched.connect(lambda _touched: threads.append(QThread.currentThread()))

    def ring() -> None:
        for number in range(100):
            bridge.ring(Touched(frozenset({str(number)}), journal=number == 50))

    other = threading.Thread(target=ring)
    other.start()
    other.join()
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [Touched(frozenset(map(str, range(100))), journal=True)]
    assert threads == [QThread.currentThread()]
    bridge.close()


def test_only_the_newest_status_arrives(qtbot: QtBot) -> None:
    bridge = Bridge()
    heard: list[object] = []
    bridge.status.connect(heard.append)
    for number in range(5):
        bridge.tell(number)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [4]
    bridge.close()


def test_work_is_done_elsewhere_and_told_here(qtbot: QtBot) -> None:
    bridge = Bridge()
    heard: list[object] = []
    bridge.work(lambda: threading.current_thread().name, heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert str(heard[0]).startswith("screen-work")
    bridge.close()


def test_an_error_in_the_work_is_told_too(qtbot: QtBot) -> None:
    bridge = Bridge()
    heard: list[object] = []

    def fail() -> None:
        raise OSError("no such disk")

    bridge.work(fail, heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert isinstance(heard[0], OSError)
    bridge.close()


def test_a_widget_that_is_gone_is_not_told(qtbot: QtBot) -> None:
    bridge, gone = Bridge(), Listener()
    told = gone.hear
    with qtbot.waitSignal(gone.destroyed):
        gone.deleteLater()
    bridge.work(lambda: "late", told)
    bridge.close()
    settle()


def test_what_is_written_is_written_in_order_in_a_thread_of_its_own(qtbot: QtBot) -> None:
    bridge = Bridge()
    heard: list[tuple[int, str]] = []

    def job(number: int) -> tuple[int, str]:
        return number, threading.current_thread().name

    def told(outcome: tuple[int, str] | BaseException) -> None:
        assert isinstance(outcome, tuple)
        heard.append(outcome)

    for number in range(20):
        bridge.write(partial(job, number), told)
    qtbot.waitUntil(lambda: len(heard) == 20)
    assert [number for number, _ in heard] == list(range(20))
    assert {name for _, name in heard} == {"screen-writes_0"}
    bridge.close()


def test_waiting_for_what_is_written_tells_it_too() -> None:
    bridge = Bridge()
    heard: list[object] = []
    bridge.write(lambda: time.sleep(0.05), heard.append)
    bridge.written()
    assert heard == [None]
    bridge.close()


def test_a_search_that_takes_long_holds_up_no_save(qtbot: QtBot) -> None:
    bridge, go_on = Bridge(), threading.Event()
    heard: list[object] = []
    bridge.work(go_on.wait, lambda _outcome: None)
    bridge.write(lambda: "saved", heard.append)
    qtbot.waitUntil(lambda: heard == ["saved"])
    go_on.set()
    bridge.close()
