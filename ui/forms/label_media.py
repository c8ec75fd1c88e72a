"""LabelMedia: the picture, sound or film that belongs to a question's text. Sounds and films open in their program."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from fieldapp.forms import FormSession
from fieldapp.texts import tr
from ui import theme
from ui.forms.media import picture
from ui.widgets import Button, label
from ui.widgets.flow import Flow
from ui.widgets.focus import ring

WIDE, HIGH = 480, 240  # px at scale 1: the most that the picture takes


class LabelMedia(QWidget):
    """What a form names and does not have is said, so that nobody looks for a picture that was never there."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Mapping[str, str] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 4)
        self._column.setSpacing(8)

    def show_media(self, session: FormSession, media: Mapping[str, str], name: str) -> None:
        """Show these files; `name` is the question's text, for screen readers."""
        self.setVisible(bool(media))
        if media == self._shown:
            return
        self._shown = dict(media)
        self._clear()
        missing = [file for file in media.values() if session.definition.media.file(file) is None]
        self._add_picture(session, name)
        self._add_buttons(session)
        if missing:
            words = tr("The form comes without this file: {names}", names=", ".join(missing))
            self._column.addWidget(label(words, "small", tone="warn", wrap=True))

    def _add_picture(self, session: FormSession, name: str) -> None:
        small = self._shown.get("image") or self._shown.get("big-image", "")
        large = session.definition.media.file(self._shown.get("big-image") or small) if small else None
        shown = picture(session, small, WIDE, HIGH) if small else QPixmap()
        if not shown.isNull() and large is not None:
            self._column.addWidget(_Picture(shown, large, name))

    def _add_buttons(self, session: FormSession) -> None:
        strip, flow = QWidget(), Flow(8)
        strip.setLayout(flow)
        for kind, icon, words in (("audio", "play", tr("Listen")), ("video", "film", tr("Watch"))):
            path = session.definition.media.file(self._shown.get(kind, "")) if self._shown.get(kind) else None
            if path is not None:
                button = Button(words, icon=icon)
                button.clicked.connect(lambda _on=False, path=path: _open(path))
                flow.addWidget(button)
        if flow.count():
            self._column.addWidget(strip)
        else:
            strip.deleteLater()

    def _clear(self) -> None:
        while self._column.count():
            item = self._column.takeAt(0)
            gone = item.widget() if item is not None else None
            if gone is not None:
                gone.hide()
                gone.deleteLater()


class _Picture(QAbstractButton):
    """The picture; pressing it opens it in full size."""

    def __init__(self, shown: QPixmap, large: Path, name: str) -> None:
        super().__init__()
        self._shown = shown
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("Picture: {name}", name=name))
        self.setToolTip(tr("Open in full size"))
        self.clicked.connect(lambda: _open(large))

    def sizeHint(self) -> QSize:
        return self._shown.deviceIndependentSize().toSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._shown)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.role("line"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        if self.hasFocus():
            ring(painter, self.rect(), 6)
        painter.end()


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
