"""What a person waits for: the window at the start, the Records page at 100,000 records."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp.clock import FixedClock
from tests.support.pictures import settle
from tests.support.session import PracticeCity, close
from tests.support.store import fill
from ui import theme
from ui.app import choose_platform
from ui.records.page import RecordsPage

pytestmark = pytest.mark.bench
choose_platform()
RECORDS = 100_000
START = """
import sys, time
from functools import partial
from pathlib import Path
from fieldapp.clock import FixedClock
from tests.support.session import PracticeCity
from ui.app import application, open_window
app = application()
session = PracticeCity(Path(sys.argv[1]), FixedClock()).sign_in("m.tremblay")
window = open_window(session)
app.processEvents()
print("shown", flush=True)
window.close()
session.bridge.close()
session.store.close()
"""


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store of 100,000 records."""
    folder = tmp_path_factory.mktemp("full")
    session = PracticeCity(folder, FixedClock()).sign_in("m.tremblay")
    fill(session.store, RECORDS)
    close(session)
    return folder


def stay(page: str, **_where: str) -> None:
    """Nobody goes anywhere here."""
    raise AssertionError(page)


def milliseconds(act: Callable[[], object]) -> float:
    """How long `act` takes with everything that it makes the screen paint."""
    began = time.perf_counter()
    act()
    settle(2)
    return (time.perf_counter() - began) * 1000


def test_records_page_at_100_000_records(full: Path, qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, "light")
    session = PracticeCity(full, FixedClock()).sign_in("m.tremblay")
    made: list[RecordsPage] = []

    def build() -> None:
        page = RecordsPage(session, stay)
        page.resize(1232, 812)
        page.show()
        made.append(page)

    first = milliseconds(build)
    page = made[0]
    qtbot.addWidget(page)
    bar = page.table.verticalScrollBar()
    jumps = [milliseconds(partial(bar.setValue, bar.maximum() * at // 37)) for at in range(1, 37)]
    steps = [milliseconds(lambda: bar.setValue(bar.value() - 40)) for _ in range(100)]

    def search(text: str) -> None:
        page.filters.text.setText(text)
        page.filters.text.search_now()

    rare, common = milliseconds(lambda: search("26-150017")), milliseconds(lambda: search("king"))
    print(
        f"\nrecords page, {RECORDS:,} records: first paint {first:.0f} ms; jump {statistics.median(jumps):.1f} ms"
        f" (max {max(jumps):.0f}); scroll step {statistics.median(steps):.1f} ms (max {max(steps):.0f});"
        f" search rare {rare:.0f} ms, common ({page.model.rowCount():,} rows) {common:.0f} ms"
    )
    assert first < 500
    assert statistics.median(jumps) < 40
    close(session)


def test_start_to_window(full: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    times = []
    for _ in range(5):
        began = time.perf_counter()
        command = [sys.executable, "-c", START, str(full)]
        with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"shown\n"
            times.append(time.perf_counter() - began)
    print(f"\nstart to window, {RECORDS:,} records: median {statistics.median(times):.2f} s, best {min(times):.2f} s")
    assert statistics.median(times) < 0.7
