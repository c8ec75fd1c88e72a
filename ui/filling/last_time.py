"""The card beside a re-inspection: what earlier visits found, with their photos beside those taken now."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.records import Record
from fieldapp.services.declared import CarryRule
from fieldapp.texts import tr
from ui.filling.compare import Compare
from ui.filling.shot import ShotButton
from ui.forms import FormEditor
from ui.session import Session
from ui.today.last_time import Finding, Shot, files_below, findings
from ui.widgets import Card, Chip, label, line


def last_time(session: Session, editor: FormEditor, record: Record) -> LastTime | None:
    """The card for `record`, kept up with what is answered in `editor`; None where nothing is left to correct."""
    rule, found = session.desk.service_of(record).carry, findings(session.desk, record)
    if rule is None or not found:
        return None
    card = LastTime(session, rule, record, found)
    editor.saved.connect(card.renew)
    return card


class LastTime(Card):
    """One block for each finding: how it stands, what it is, then and now."""

    def __init__(self, session: Session, rule: CarryRule, record: Record, found: list[Finding]) -> None:
        super().__init__(tr("From last time"), padding=16, spacing=12)
        self.blocks = [_Block(session, rule, record, finding) for finding in found]
        for number, block in enumerate(self.blocks):
            if number:
                self.body.addWidget(line())
            self.body.addWidget(block)

    def renew(self) -> None:
        """Show what was answered and photographed meanwhile."""
        for block in self.blocks:
            block.renew()


class _Block(QWidget):
    def __init__(self, session: Session, rule: CarryRule, record: Record, finding: Finding) -> None:
        super().__init__()
        self._session, self._rule, self._record, self._finding = session, rule, record, finding
        self._now: list[Shot] = []
        self.chip = Chip("", "warn")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(label(finding.text, wrap=True))
        self.then = _Strip(session, tr("Then"), finding.text, self._compare)
        self.now = _Strip(session, tr("Now"), finding.text, self._compare)
        pair = QHBoxLayout()
        pair.setSpacing(8)
        for strip in (self.then, self.now):
            pair.addWidget(strip, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(pair)
        self.then.show_shots(finding.shots)
        self.renew()

    def renew(self) -> None:
        """How it stands now: corrected or not, and what was photographed of it today."""
        record = self._session.store.record(self._record.id) or self._record
        row = f"{self._rule.into}[{self._finding.key}]"
        done = record.get(f"{row}/{self._rule.closed_question}") in self._rule.closed_values
        self.chip.show_as(tr("Corrected") if done else tr("Still open"), "ok" if done else "warn")
        self.now.show_shots(tuple(files_below(record, row)), own=True)

    def _compare(self) -> None:
        pictures = [(strip.title, image) for strip in (self.then, self.now) for image in strip.pictures()]
        Compare(self._finding.text, pictures, self).open()


class _Strip(QWidget):
    """Photos below a word; without photos it takes no place."""

    def __init__(self, session: Session, title: str, about: str, opened: Callable[[], None]) -> None:
        super().__init__()
        self._session, self.title, self._about, self._opened = session, title, about, opened
        self._shown: list[str] = []
        self.buttons: list[ShotButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(label(title, "small"))
        self.hide()

    def show_shots(self, shots: tuple[Shot, ...], *, own: bool = False) -> None:
        """Show these, unless they are shown already."""
        values = [shot.value for shot in shots]
        if values == self._shown:
            return
        self._shown = values
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        name = f"{self.title}: {self._about}"
        self.buttons = [ShotButton(self._session, shot, name, own=own) for shot in shots]
        for button in self.buttons:
            button.wanted.connect(self._opened)
            self._column.addWidget(button)
        self.setVisible(bool(shots))

    def pictures(self) -> list[QImage]:
        """Those that are shown, as large as they were taken."""
        return [image for button in self.buttons if not (image := button.whole()).isNull()]
