"""Sheet: what all blocks of one form on the screen share, and the register by which a touched path finds its block."""

from __future__ import annotations

import weakref
from collections.abc import Iterable
from time import monotonic

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from fieldapp.forms import FormSession, Node
from ui.forms.entry import Entry
from ui.forms.host import Host, Undo

AT_ONCE = 0.7  # s


class Block(QWidget):
    """A part of a section that shows the node at `path`: a question, note, group, repeat or line of a checklist."""

    def __init__(self, sheet: Sheet, path: str) -> None:
        super().__init__()
        self.sheet, self.path = sheet, path

    def appear(self, on: bool) -> None:
        """Be there or not. Without a parent yet, showing would open a window: the parent shows it later."""
        if not on or self.parentWidget() is not None:
            came = on and self.isHidden()
            self.setVisible(on)
            if came:
                self.sheet.grew.emit()

    def refresh(self) -> None:
        """Show the node as it is now: value, relevance, message."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Show all words again, in the session's language."""
        raise NotImplementedError


class Sheet(QObject):
    """The state that is the screen's alone: what was left, what a supervisor marked, whether anything may change."""

    toast_wanted = Signal(str, object)  # text, undo or None
    narrowed = Signal()
    grew = Signal()  # questions came to the screen: the order of Tab has to be looked at
    done = Signal(str)  # a question's path: its answer is whole, the next one may come

    def __init__(self, entry: Entry, *, read_only: bool = False) -> None:
        super().__init__()
        self.entry = entry
        self.read_only = read_only
        self.narrow = False  # little room: what stands side by side in a card goes below each other
        self.show_all = False  # after an attempt to submit, every problem is shown
        self.reasons: dict[str, str] = {}  # path -> the supervisor's words
        self._left: set[str] = set()
        self._led, self._led_at = "", 0.0  # the question to which an answer led by itself, and when
        self._blocks: dict[str, weakref.ref[Block]] = {}

    @property
    def session(self) -> FormSession:
        """The session that is being filled."""
        return self.entry.session

    @property
    def host(self) -> Host:
        """The way out to store, layers and device."""
        return self.entry.host

    def show_narrow(self, narrow: bool) -> None:
        """Tell the grids how much room there is."""
        self.narrow = narrow
        self.narrowed.emit()

    def register(self, block: Block) -> None:
        """Let `block` be refreshed whenever its node is touched."""
        self._blocks[block.path] = weakref.ref(block)

    def block(self, path: str) -> Block | None:
        """The block that shows a path, None when it is not built."""
        found = self._blocks.get(path)
        block = found() if found else None
        return block if block is not None and isValid(block) else None

    def refresh(self, paths: Iterable[str]) -> None:
        """Refresh the blocks of these paths and no others."""
        for path in self._blocks.keys() & set(paths):
            if block := self.block(path):
                block.refresh()

    def all_blocks(self) -> list[Block]:
        """Every block that is built."""
        return [block for path in list(self._blocks) if (block := self.block(path))]

    def leave(self, path: str) -> None:
        """A person left the question: from now on its problem may be said."""
        if path not in self._left:
            self._left.add(path)
            self.refresh({path})

    def was_left(self, path: str) -> bool:
        """Whether the question may show its problem."""
        return self.show_all or path in self._left

    def message(self, node: Node) -> str:
        """What is wrong with an answer, when it is time to say so."""
        if not node.relevant or not self.was_left(node.path):
            return ""
        return self.entry.refused(node.path) or ("" if node.valid else node.message)

    def lead(self, path: str) -> None:
        """An answer led on to the question at `path` by itself."""
        self._led, self._led_at = path, monotonic()

    def was_led_to(self, path: str) -> bool:
        """Whether nobody has gone on from there: who asks for the next question is there already. Told once."""
        led, self._led = self._led, ""
        return bool(led) and led == path

    def led_just_now(self, path: str) -> bool:
        """The same, for a hand that presses the old way on, Down, without looking."""
        return monotonic() - self._led_at < AT_ONCE and self.was_led_to(path)

    def undoable(self, text: str, undo: Undo | None = None) -> None:
        """Say what was done, with a way back."""
        self.toast_wanted.emit(text, undo)
