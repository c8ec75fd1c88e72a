"""ShotButton: a photo as a small picture that opens large; a sensitive one is shown when one asks, which is noted."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QSizePolicy, QToolButton

from fieldapp.actions.reveal import is_hidden, reveal
from fieldapp.errors import FieldAppError
from fieldapp.texts import tr
from ui import theme
from ui.forms.fields.image_data import load
from ui.records.photos import absence, read_small
from ui.session import Session
from ui.today.last_time import Shot
from ui.widgets import icons

WIDE, HIGH = 108, 81  # px at scale 1: two fit beside each other in the column of helps


class ShotButton(QToolButton):
    """`wanted` tells that a person asks for the large picture, and that `whole` has it."""

    wanted = Signal()

    def __init__(self, session: Session, shot: Shot, name: str, *, own: bool = False) -> None:
        super().__init__()
        self._session, self._shot, self._name = session, shot, name
        self._asked = own or not is_hidden(session.desk, shot.record.service, shot.path)
        self._loaded = False
        self.setFixedSize(theme.px(WIDE), theme.px(HIGH))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setIconSize(QSize(theme.px(WIDE - 4), theme.px(HIGH - 4)))
        self.setObjectName("Shot")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._act)
        if self._asked:
            self.load()
        else:
            self._say("eye", tr("Show"), tr("Show “{question}”; it is noted", question=name))

    def load(self) -> None:
        """Show the picture, or why it is not here; what is with the City is asked for."""
        sha, dot, suffix = self._shot.value.partition(".")
        if self._session.store.blobs.has(sha):
            self._say("image", "", self._name)
            self._session.bridge.work(partial(read_small, self._session.store.blobs, sha), self._show)
        else:
            self._say("cloud", "", f"{self._name}. {absence(self._session.courier)}")
            if self._session.courier is not None:
                self._session.courier.fetch(sha, dot + suffix)

    def _act(self) -> None:
        if not self._asked:
            self._reveal()
        elif not self._loaded:
            self.load()
        else:
            self.wanted.emit()

    def _reveal(self) -> None:
        try:
            self._session.saved(partial(reveal, self._session.desk, self._shot.record.id, self._shot.path))
        except FieldAppError as error:
            self._session.say(str(error))
            return
        self._asked = True
        self.load()

    def whole(self) -> QImage:
        """The picture as it was taken; a null one while it is not shown."""
        if not self._loaded:
            return QImage()
        try:
            return load(self._session.store.blobs.read(self._shot.value.partition(".")[0]))
        except FieldAppError as error:
            self._session.say(str(error))
            return QImage()

    def _show(self, image: QImage | BaseException) -> None:
        if isinstance(image, QImage) and not image.isNull():
            self._loaded = True
            self.setIcon(QIcon(QPixmap.fromImage(image)))
            self.setToolTip(tr("{name}: open", name=self._name))
        else:
            self._say("image", "", f"{self._name}. {tr('No picture')}")

    def _say(self, icon: str, text: str, name: str) -> None:
        self.setIcon(icons.icon(icon))
        self.setText(text)
        self.setAccessibleName(name)
        self.setToolTip(name)
