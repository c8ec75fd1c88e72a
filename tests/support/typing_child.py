"""A person who types into a real form over a real store, and tells each answer that the screen calls saved.

Run as `python -m` with a folder, and killed at a random moment. Lines: `ready`, then `saved RECORD PATH VALUE` for
each answer, `slow MS` for one that was not durable in time, `block MS` for a key that held up the screen.
"""

from __future__ import annotations

import sys
import time
from itertools import count
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from fieldapp.actions import start
from fieldapp.forms import FormSession
from tests.support.pictures import settle
from tests.support.ui_forms import form, question
from tests.support.working_child import desk_at
from ui.app import application
from ui.filling.host import host_of
from ui.forms import FormEditor, Heading
from ui.session import Session

QUESTION = "count"
FORM = "| type | name | label |\n| integer | count | Count |\n| text | note | Note |"
IN_TIME, STILL = 250, 50  # ms


def main(folder: str) -> None:
    """Type one number after the other, for ever."""
    application()
    session = Session(desk_at(Path(folder)))
    record = start(session.desk, "bulk-pickup")
    editor = FormEditor(
        FormSession(form(FORM), record.fields),
        host_of(session, record.id),
        lambda: Heading("Count"),
        kept=record.fields,
    )
    editor.show()
    editor.activateWindow()
    settle()
    field = question(editor, QUESTION).field
    line = field.target() if field is not None else editor
    print("ready", flush=True)
    for number in count():
        type_number(editor, line, number)
        print("saved", record.id, QUESTION, number, flush=True)


def type_number(editor: FormEditor, line: QWidget, number: int) -> None:
    """Type a number over the one before, and wait for the screen to say that it is saved."""
    told: list[object] = []
    editor.entry.saved.connect(told.append)
    began = time.perf_counter()
    QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(line, str(number))
    block = (time.perf_counter() - began) * 1000
    while not told:
        turn = time.perf_counter()
        QApplication.processEvents()
        block = max(block, (time.perf_counter() - turn) * 1000)
        time.sleep(0.001)
    editor.entry.saved.disconnect(told.append)
    took = (time.perf_counter() - began) * 1000
    if took > IN_TIME:
        print("slow", round(took), flush=True)
    if block > STILL:
        print("block", round(block), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
