"""The only border between other threads and Qt. What the store and the sync worker say arrives here and leaves as
signals in the screen's own thread; many messages that arrive before the screen looks become one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, TypeVar, cast

from PySide6.QtCore import QEventLoop, QObject, Qt, Signal
from shiboken6 import isValid

from fieldapp.store.touched import Touched
from ui.errands import Errands

Outcome = TypeVar("Outcome")
AT_ONCE = 0.02  # s that a save may take before the screen goes on meanwhile: nobody sees so little
WRITER = "screen-writes"  # the name that the thread of `write` begins with
first_window = threading.Event()  # not set while a program starts: what can wait begins when its window is painted
first_window.set()
DONE = object()  # in place of something that came: the errand is over


class Bridge(QObject):
    """`touched` carries one merged Touched, `status` the newest SyncStatus; both in the thread that made the bridge."""

    touched = Signal(object)
    status = Signal(object)
    _woken = Signal()
    _ended = Signal(int)  # what `finish` waits for, by number: told also while all else is hushed

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._touches: list[Touched] = []
        self._status: object = None
        self._closed = False
        self._errands = Errands()
        self._ready: list[tuple[int, object]] = []  # what came of an errand on its way, or DONE
        self._answers: list[tuple[Callable[[Any], None], object]] = []
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="screen-work")
        self._writer = ThreadPoolExecutor(1, thread_name_prefix=WRITER)  # a save never queues behind a search
        self._patient = ThreadPoolExecutor(1, thread_name_prefix="screen-asks")
        self._stops: list[threading.Event] = []
        self._hushed = False
        self._loops: dict[int, QEventLoop] = {}  # that `finish` runs
        self._waits = 0
        self._ended.connect(self._end_wait, Qt.ConnectionType.QueuedConnection)
        self._woken.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def ring(self, touched: Touched) -> None:
        """Take what a commit changed, from any thread: `store.subscribe(bridge.ring)`."""
        with self._lock:
            self._touches.append(touched)
        self._woken.emit()

    def tell(self, status: object) -> None:
        """Take the sync worker's status, from any thread; only the newest is passed on."""
        with self._lock:
            self._status = status
        self._woken.emit()

    def work(self, job: Callable[[], Outcome], done: Callable[[Outcome | BaseException], None]) -> None:
        """Do `job` in a thread of its own and give its result, or the error it raised, to `done` in this one.

        `done` is a method of a widget, or a partial of one: when the widget is gone by then, nobody is told.
        """
        if not self._closed:  # a page that still looks once more while its window closes
            self._hand(self._pool, job, done)

    def write(self, job: Callable[[], Outcome], done: Callable[[Outcome | BaseException], None]) -> None:
        """The same for what goes to the disk: one job after the other, in their order, in a thread of their own."""
        self._hand(self._writer, job, done)

    def ask(
        self, job: Callable[[], Outcome], done: Callable[[Outcome | BaseException], None], stop: threading.Event
    ) -> None:
        """The same for what waits for a person elsewhere, in a browser: nothing else waits for it, and it ends soon
        after `stop` is set, which `close` does too."""
        self._stops.append(stop)
        self._hand(self._patient, job, done)

    def post(self, done: Callable[[Outcome], None], outcome: Outcome) -> None:
        """Give `outcome` to `done` in the screen's thread, from any thread; not when its widget is gone."""
        with self._lock:
            self._answers.append((done, outcome))
        self._woken.emit()

    def hush(self, on: bool) -> None:
        """Tell nothing while it is on; what came meanwhile is told as one when it ends."""
        self._hushed = on
        self._woken.emit()

    def quiet(self) -> None:
        """Wait until all jobs that were handed over are done. Not in the screen's thread."""
        for pool in (self._writer, self._pool, self._patient):
            pool.submit(lambda: None).result()

    def ask_no_more(self) -> None:
        """Let nobody wait for a person any longer."""
        for stop in self._stops:
            stop.set()

    def follow(
        self, items: Callable[[], Iterable[Outcome]], each: Callable[[Outcome | BaseException | None], None]
    ) -> None:
        """Go through `items` in a thread of its own, which may take long; give each to `each` in this one, an error
        that ended them too, and None when they are over."""
        number = self._errands.keep(lambda: self._pass_on(items, number), each)
        threading.Thread(target=self._follow, args=(number,), name="screen-follow", daemon=True).start()

    def finish(self, job: Callable[[], Outcome]) -> Outcome:
        """Do `job`, which goes to the disk, after all that was handed to `write`; its result, or what it raised.

        For what a person waits for. Mostly it is done at once; on a slow disk the screen lives on meanwhile, but takes
        no click and no key, so that nothing else begins."""
        if self._closed:  # there is no screen any more that could wait
            return job()
        number = self._errands.keep(job, _nobody)
        future = self._writer.submit(self._errands.run, number)
        wait([future], AT_ONCE)
        if not future.done():
            self._wait_alive(future)
        outcome: Any = self._errands.take(number)[1]
        if isinstance(outcome, BaseException):
            raise outcome
        return cast("Outcome", outcome)

    def _wait_alive(self, future: Future[Any]) -> None:
        """A loop of events until it is done. The thread that does it holds nothing of Qt's but this object."""
        self._waits += 1
        wait_number = self._waits
        self._loops[wait_number] = loop = QEventLoop()
        future.add_done_callback(lambda _future: self._ended.emit(wait_number))
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        del self._loops[wait_number]

    def _end_wait(self, wait_number: int) -> None:
        self._loops[wait_number].quit()

    def written(self) -> None:
        """Come back when all that was handed to `write` is on the disk, and tell it now: before a page is left."""
        self.finish(lambda: None)
        self._deliver()

    def _pass_on(self, items: Callable[[], Iterable[object]], number: int) -> None:
        """Hand what comes to the screen's thread while there is one."""
        for item in items():
            if not self._come_while_open(number, item):
                return

    def _follow(self, number: int) -> None:
        self._errands.run(number)
        self._come_while_open(number, DONE)

    def _come_while_open(self, number: int, item: object) -> bool:
        """Whether there still is a screen that hears: nobody waits for this thread when it closes."""
        with self._lock:
            if not self._closed:
                self._ready.append((number, item))
                self._woken.emit()
            return not self._closed

    @property
    def closed(self) -> bool:
        """Whether no work can begin any more."""
        return self._closed

    def close(self) -> None:
        """Let no more work begin; what runs is waited for, and what is to be written is written."""
        self.ask_no_more()
        with self._lock:
            self._closed = True
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True)
        self._patient.shutdown(wait=True, cancel_futures=True)

    def _hand(self, pool: ThreadPoolExecutor, job: Callable[[], Any], done: Callable[[Any], None]) -> None:
        pool.submit(self._do, self._errands.keep(job, done))

    def _do(self, number: int) -> None:
        """In another thread: an errand, and word that it is over."""
        self._errands.run(number)
        with self._lock:
            self._ready.append((number, DONE))
        self._woken.emit()

    def _deliver(self) -> None:
        if self._hushed:
            return
        with self._lock:
            touches, self._touches = self._touches, []
            status, self._status = self._status, None
            ready, self._ready = self._ready, []
            answers, self._answers = self._answers, []
        if touches:
            self.touched.emit(_merged(touches))
        if status is not None:
            self.status.emit(status)
        for done, outcome in [*map(self._answer, ready), *answers]:
            if _is_there(done):
                done(outcome)

    def _answer(self, came: tuple[int, object]) -> tuple[Callable[[Any], None], object]:
        number, item = came
        return self._errands.take(number) if item is DONE else (self._errands.told(number), item)


def _nobody(_outcome: object) -> None:
    """Is told what `finish` gives back."""


def _is_there(done: Callable[..., None]) -> bool:
    owner = getattr(getattr(done, "func", done), "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)


def _merged(touches: list[Touched]) -> Touched:
    return Touched(
        records=frozenset().union(*(one.records for one in touches)),
        journal=any(one.journal for one in touches),
        layers=any(one.layers for one in touches),
    )
