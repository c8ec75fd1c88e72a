"""LinkCard: the City's payment page for one case as a QR code, to be paid later; says so where the City has none."""

from __future__ import annotations

from decimal import Decimal

import segno
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from fieldapp.clock import today
from fieldapp.errors import FieldAppError
from fieldapp.money.cash import dollars
from fieldapp.money.links import page_for
from fieldapp.records import ALIAS, LANG, Record
from fieldapp.texts import language, tr
from ui import theme
from ui.session import Session
from ui.widgets import Card, label

SIDE = 132  # px
QUIET = 4  # modules around the code, as its standard asks for


class QrCode(QWidget):
    """A QR code, dark on light in both themes: scanners need it so."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[tuple[int, ...], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """Show `text` as a code, nothing for ""."""
        self._rows = tuple(map(tuple, segno.make(text, micro=False).matrix)) if text else ()
        self.setAccessibleName(tr("QR code of {address}", address=text) if text else "")
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(theme.px(SIDE), theme.px(SIDE))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the modules."""
        if not self._rows:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        step = self.width() / (len(self._rows) + 2 * QUIET)
        for y, row in enumerate(self._rows):
            for x, dark in enumerate(row):
                if dark:
                    where = QRectF((x + QUIET) * step, (y + QUIET) * step, step + 0.3, step + 0.3)
                    painter.fillRect(where, Qt.GlobalColor.black)
        painter.end()


class LinkCard(Card):
    """Shown for a case that still owes something."""

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Pay later, by a link"), padding=16)
        self._session = session
        self.code = QrCode()
        self.words = label("", "body", wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.code)
        row.addWidget(self.words, 1)
        self.body.addLayout(row)

    def show_case(self, case: Record, amount: Decimal) -> None:
        """The link for what the case owes."""
        address, words = "", tr("The City has named no payment page for this service. Take the payment here.")
        service = self._session.desk.service_of(case)
        try:
            page = page_for(service.id, service.files.folder, today(self._session.clock))
        except FieldAppError as error:
            page, words = None, str(error)
        if page is not None and amount > 0:
            address = page.filled(case.get(ALIAS), amount, case.get(LANG) or language())
            words = tr(
                "{amount}, unconfirmed until the City has it: {address}", amount=dollars(amount), address=address
            )
        self.code.show_text(address)
        self.code.setVisible(bool(address))
        self.words.setText(words)
