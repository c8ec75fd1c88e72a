"""The border between threads and Qt."""

from __future__ import annotations

import threading
import time
import weakref
from functools import partial

import pytest
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


class Widget:
    """Stands for a widget: tells in which thread it went."""

    def __init__(self) -> None:
        self.gone: list[threading.Thread] = []
        weakref.finalize(self, _note_thread, self.gone)

    def job(self) -> None:
        """What it has done elsewhere."""

    def fault(self) -> None:
        """The same, when it goes wrong."""
        raise ValueError("refused")

    def items(self) -> list[int]:
        """What it has brought one by one."""
        return [1, 2]


def _note_thread(gone: list[threading.Thread]) -> None:
    gone.append(threading.current_thread())


def _handed(bridge: Bridge, way: str, told: list[object]) -> list[threading.Thread]:
    """Hand a job of a widget over, and keep nothing of the widget; where it goes is told in what comes back."""
    widget = Widget()
    if way == "follow":
        bridge.follow(widget.items, told.append)
    elif way == "finish":
        told.append(bridge.finish(widget.job))
    else:
        bridge.work(widget.fault if way == "fault" else widget.job, told.append)
    return widget.gone


def _over(told: list[object]) -> bool:
    return any(one is None or isinstance(one, ValueError) for one in told)


@pytest.mark.parametrize("way", ["work", "fault", "follow", "finish"])
def test_a_widget_whose_job_is_done_elsewhere_goes_in_the_screens_thread(qtbot: QtBot, way: str) -> None:
    """Destroyed in another thread, a widget ends the process, now and then."""
    bridge = Bridge()
    for _ in range(50):  # whose turn it is to let go is a matter of luck
        told: list[object] = []
        gone = _handed(bridge, way, told)
        qtbot.waitUntil(partial(_over, told))
        told.clear()
        qtbot.waitUntil(partial(bool, gone))
        assert gone == [threading.main_thread()]
    bridge.close()
