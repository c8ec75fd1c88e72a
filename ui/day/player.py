"""Player: one person at one laptop. It works the window as its person would: pages, lists, keys, controls."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from fieldapp.errors import FieldAppError
from fieldapp.forms import Node
from ui.counter import CounterPage
from ui.day import hands
from ui.filling import FormPage
from ui.forms import FormEditor
from ui.forms.fields.base import Field
from ui.forms.repeat import RepeatBlock
from ui.page import Page
from ui.review import ReviewPage
from ui.today import TodayPage
from ui.window import MainWindow

PageKind = TypeVar("PageKind", bound=Page)
LOOK = 0.4  # s
PATIENCE = 60.0  # s that a person waits for a sync before calling for help


class Player:
    """What the day's driver can ask of a person. Every act ends when the program has done what was due."""

    def __init__(self, window: MainWindow, pictures: Path) -> None:
        self.window = window
        self._pictures = pictures

    def picture(self, name: str) -> None:
        """Take a photo of the screen, when counts and thumbnails are there."""
        hands.rest(LOOK)
        self._pictures.mkdir(parents=True, exist_ok=True)
        self.window.grab().save(str(self._pictures / f"{name}.png"))

    def go(self, page: str) -> None:
        """Look at a page."""
        self.window.navigate(page)
        hands.settle()

    def speak(self, language: str) -> None:
        """Switch the language of the screens."""
        self.window.chosen.language(language)
        hands.settle()

    def open_visit(self, record: str) -> None:
        """Choose a visit on Today and press Enter on it."""
        self.window.navigate("today", record=record)
        hands.settle()
        QTest.keyClick(self._page(TodayPage).list, Qt.Key.Key_Return)
        hands.settle()
        self._editor()

    def begin_service(self, words: str) -> str:
        """Type what the resident says at the counter and take the first service found; the new record's id."""
        self.window.navigate("counter")
        hands.settle()
        search = self._page(CounterPage).home.search
        search.setFocus()
        hands.key_in(search, words)
        QTest.keyClick(search, Qt.Key.Key_Return)
        hands.settle()
        self._editor()
        return self.window.page("form").where()["record"]

    def open_record(self, record: str, back: str) -> None:
        """Open a record's form again: a draft of before, or one that was returned."""
        self.window.navigate("form", record=record, back=back)
        hands.settle()
        self._editor()

    def fill(self, answers: list[list[str]]) -> None:
        """Answer question after question through the controls."""
        for question, value in answers:
            self._answer(question, value)
        self._editor().flush()
        hands.settle()

    def show_section(self, question: str) -> None:
        """Bring a question into view."""
        editor = self._editor()
        editor.jump_to(self._node(editor, question).path)
        hands.settle()

    def submit(self) -> None:
        """Press the primary action until the form is handed in; FieldAppError with what it still asks for."""
        editor, form = self._editor(), self._page(FormPage)
        for _ in range(len(editor.sections) + 1):
            hands.settle()
            if form.editor is not editor:
                return
            editor.head.primary.click()
            hands.settle()
        asked = "; ".join(f"{problem.node.ref}: {problem.message}" for problem in editor.problems)
        raise FieldAppError(f"the form was not handed in: {asked}")

    def sync(self) -> None:
        """Press "Sync now" and wait until nothing is waiting any more; FieldAppError after a minute."""
        store, courier = self.window.session.store, self.window.session.courier
        if courier is None:
            raise FieldAppError("this laptop has no sync worker")
        before = courier.status.proof
        store.departures.let_all_go()  # nobody here thinks better of what was decided
        courier.wake()
        self._wait(
            lambda: courier.status.proof is not before and not store.counts().waiting and not store.blobs.queue()
        )

    def decide(self, record: str, key: str) -> None:
        """Choose a record in the review queue and press the key of the decision."""
        QTest.keyClicks(self._review(record), key)
        hands.settle()

    def send_back(self, record: str, question: str, reason: str) -> None:
        """Return a record to a field: R, type the question's words, type the reason, Ctrl+Enter."""
        page = self._review(record)
        QTest.keyClicks(page, "r")
        panel = page.panel
        hands.key_in(panel.search, question)
        hands.settle()
        panel.reason.setFocus()
        hands.key_in(panel.reason, reason)
        self.picture("review-return")
        panel.confirm.click()
        hands.settle()

    def _page(self, kind: type[PageKind]) -> PageKind:
        page = self.window.page()
        if not isinstance(page, kind):
            raise FieldAppError(f"the screen shows {type(page).__name__}, not {kind.__name__}")
        return page

    def _review(self, record: str) -> ReviewPage:
        self.window.activateWindow()
        hands.settle()
        self.window.navigate("review", record=record)
        hands.settle()
        page = self._page(ReviewPage)
        if page.where()["record"] != record:
            raise FieldAppError(f"{record} is not in the review queue")
        return page

    def _answer(self, question: str, value: str) -> None:
        editor = self._editor()
        node = self._node(editor, question)
        if not value or node.value == value or not node.relevant or node.readonly:
            return
        if not editor.jump_to(node.path):
            raise FieldAppError(f"“{question}” is not on the screen")
        block = editor.sheet.block(node.path)
        fields = block.findChildren(Field) if block is not None else []
        field = next((one for one in fields if one.path == node.path), None)
        if field is None:
            raise FieldAppError(f"“{question}” has no control")
        hands.answer(field, value)

    def _node(self, editor: FormEditor, question: str) -> Node:
        """The question's node; the instances of a repeat that it needs are added with its button."""
        ref = f"/{editor.session.definition.root_name}/{question}"
        while (node := _find(editor, ref)) is None:
            repeat = next(way for way in _repeats(ref) if _find(editor, way) is None).rpartition("[")[0]
            path = editor.session.node(repeat).path
            editor.jump_to(path)
            block = editor.sheet.block(path)
            if not isinstance(block, RepeatBlock):
                raise FieldAppError(f"“{question}” has no place in this form")
            block.adder.click()
            hands.settle()
        return node

    def _editor(self) -> FormEditor:
        editor = self._page(FormPage).editor
        if editor is None:
            raise FieldAppError("no form is open")
        return editor

    def _wait(self, done: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not done():
            if time.monotonic() > end:
                status = self.window.session.courier.status if self.window.session.courier else None
                raise FieldAppError(f"waited {PATIENCE:.0f} s for the sync: {status}")
            hands.settle()
            time.sleep(0.01)
        hands.settle()


def _find(editor: FormEditor, ref: str) -> Node | None:
    try:
        return editor.session.node(ref)
    except FieldAppError:
        return None


def _repeats(ref: str) -> list[str]:
    """The ways to the repeat instances in a reference, outermost first."""
    parts = ref.split("/")
    return ["/".join(parts[: n + 1]) for n, part in enumerate(parts) if part.endswith("]")]
