"""The Settings page: a card a group, a line a setting, each with what it does, its default and when it takes effect."""

from __future__ import annotations

from functools import partial
from itertools import groupby

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from fieldapp.settings import Setting
from fieldapp.texts import tr
from ui.page import Page
from ui.session import Navigate, Session
from ui.settings.choices import held, offered
from ui.settings.folder import FolderEdit
from ui.widgets import Button, Card, Option, PageHeader, Scroll, Segmented, label
from ui.widgets.labels import names

Editor = Segmented | QComboBox | FolderEdit
WIDEST = 34  # letters of all choices together that still stand side by side


class SettingsPage(Page):
    """What one chooses holds at once and is kept; a button beside it goes back to how it came."""

    def __init__(self, session: Session, navigate: Navigate) -> None:
        super().__init__(session, navigate)
        about = tr("They are yours on this computer, and nobody else's. Ctrl+K finds each of them too.")
        self.body.addWidget(PageHeader(tr("Settings"), about))
        scroll = Scroll()
        self.editors: dict[str, Editor] = {}
        self._last = ""  # key of what was chosen last
        for group, members in groupby(offered(session), key=lambda one: one.group):
            card = Card(group)
            for one in members:
                card.body.addWidget(self._line(one))
            scroll.body.addWidget(card)
        scroll.body.addStretch(1)
        self.scroll_to_end(scroll)

    def go(self, **where: str) -> None:
        """`setting` puts the focus at one."""
        wanted = where.get("setting", "")
        editor = self.editors.get(wanted) or next(iter(self.editors.values()))
        editor.setFocus()

    def where(self) -> dict[str, str]:
        """What was chosen last: the keyboard stays there when all is built anew in other letters."""
        return {"setting": self._last} if self._last else {}

    def _line(self, one: Setting) -> QWidget:
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(4)
        column.addWidget(label(one.title, "strong", wrap=True))
        column.addWidget(label(one.help, "small", wrap=True))
        editor = self._editor(one, line)
        self.editors[one.key] = editor
        column.addWidget(editor)
        column.addWidget(label(_when(one), "small", wrap=True))
        if one.resets and one.default in one.choices and held(self.session, one) != one.default:
            back = Button(tr("Back to “{value}”", value=one.choices[one.default]), "quiet", icon="undo-2")
            back.setAccessibleName(f"{one.title}: {back.text()}")
            back.clicked.connect(partial(self._choose, one, one.default, back))
            column.addWidget(back)
        return line

    def _editor(self, one: Setting, line: QWidget) -> Editor:
        now = held(self.session, one)
        if one.kind == "folder":
            folder = FolderEdit(one.title, now)
            folder.chosen.connect(lambda value: self._choose(one, value))
            return folder
        if sum(map(len, one.choices.values())) > WIDEST or one.kind != "choice":
            box = QComboBox(line)
            names(box, one.title, line)
            for value, words in one.choices.items():
                box.addItem(words, value)
            box.setCurrentIndex(max(0, box.findData(now)))
            box.activated.connect(lambda _index: self._choose(one, str(box.currentData())))
            return box
        options = [Option(value, words) for value, words in one.choices.items()]
        parts = Segmented(options, name=one.title, clearable=False)
        parts.choose(now)
        # Only when the key is done with: an arrow puts the focus on its part last, on a page that would be gone.
        parts.chosen.connect(lambda value: QTimer.singleShot(0, self, partial(self._choose, one, value)))
        return parts

    def _choose(self, one: Setting, value: str, back: Button | None = None, _on: bool = False) -> None:
        if value == held(self.session, one):
            return
        self._last = one.key
        self.session.choose(one.key, value)
        if back is not None:
            back.hide()
            editor = self.editors[one.key]
            if isinstance(editor, QComboBox):
                editor.setCurrentIndex(max(0, editor.findData(value)))
            elif isinstance(editor, Segmented):
                editor.choose(value)
            editor.setFocus()


def _when(one: Setting) -> str:
    """What it is without a choice, and when a choice holds."""
    parts = [tr("Takes effect {when}.", when=one.effect)]
    if one.resets and (words := one.choices.get(one.default)):
        parts.insert(0, tr("As it comes: {value}.", value=words))
    return " ".join(parts)
