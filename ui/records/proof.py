"""The proof of safe-keeping: on this laptop, sent, received, applied; each with its time, or what it waits for."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldapp.clock import today
from fieldapp.store import Proof
from fieldapp.store.journal import REFERRED
from fieldapp.store.remote import TROUBLE
from fieldapp.texts import tr
from ui import theme
from ui.days import moment
from ui.session import Session
from ui.widgets import icons
from ui.widgets.wrapped import wrapped

TOP, LINE = 20, 15  # px: where the words begin below the dots, and a line of them


@dataclass(frozen=True)
class Step:
    """One station: its name, its time or "", and whether it was reached, waits, or went wrong (ok, plain, bad)."""

    name: str
    time: str
    kind: str


def steps(session: Session, proof: Proof) -> list[Step]:
    """The four stations of a record's newest Change, and one for its files where it has any."""
    day = today(session.clock)
    if proof.state == "city":
        return [Step(tr("With the City"), tr("as synced"), "ok"), Step(tr("Applied"), proof.reference, "ok")]
    times = (proof.saved_at, proof.sent_at, proof.received_at, proof.applied_at)
    names = (tr("On this laptop"), tr("Sent"), tr("Received"), tr("Applied"))
    made = [Step(name, moment(time, day), "ok" if time else "plain") for name, time in zip(names, times, strict=True)]
    if proof.state == "open":
        made[1] = Step(tr("Not submitted yet"), "", "plain")
    if proof.state == REFERRED:
        made[3] = Step(tr("A supervisor decides"), "", "plain")
    elif proof.state in TROUBLE:
        made[3] = Step(tr("Needs you"), "", "bad")
    elif proof.applied_at and proof.reference and not proof.files:  # five stations leave no room for it
        made[3] = Step(made[3].name, f"{made[3].time} · {proof.reference}", "ok")
    return [*made, _files(proof)] if proof.files else made


def _files(proof: Proof) -> Step:
    """Whether the City has the record's files, too: only then it has all of the record."""
    if proof.files_damaged:
        return Step(tr("Files"), tr("{n} damaged here", n=proof.files_damaged), "bad")
    words = tr("{n} of {total} stored", n=proof.files_stored, total=proof.files)
    return Step(tr("Complete") if proof.complete else tr("Files"), words, "ok" if proof.complete else "plain")


class ProofStrip(QWidget):
    """Stations on a line, painted; a screen reader hears them as one sentence."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: list[Step] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_steps(self, made: list[Step]) -> None:
        """Show these stations."""
        self._steps = made
        spoken = ", ".join(f"{step.name} {step.time}".strip() for step in made)
        self.setAccessibleName(tr("Safe-keeping: {steps}", steps=spoken))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """One strip."""
        return QSize(theme.px(320), self.heightForWidth(max(self.width(), theme.px(320))))

    def heightForWidth(self, width: int) -> int:
        """Names and times go on in a next line where there is no room."""
        room = width // max(1, len(self._steps))
        lines = max((sum(map(len, _lines(step, room))) for step in self._steps), default=2)
        return theme.px(TOP + LINE * max(2, lines))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw dots, lines, names, times."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = self.width() / max(1, len(self._steps))
        for number, step in enumerate(self._steps):
            self._paint_step(painter, QRect(round(number * wide), 0, round(wide), self.height()), number)
            self._paint_words(painter, QRect(round(number * wide), 0, round(wide), self.height()), step)
        painter.end()

    def _paint_step(self, painter: QPainter, box: QRect, number: int) -> None:
        step, size, middle = self._steps[number], theme.px(16), theme.px(9)
        role = {"ok": "ok", "bad": "bad"}.get(step.kind, "field")
        if number + 1 < len(self._steps):
            done = self._steps[number + 1].kind == "ok"
            pen = QPen(theme.role("ok" if done else "line"), 2)
            painter.setPen(pen)
            painter.drawLine(QPointF(box.left() + size + 4, middle), QPointF(box.right() - 3, middle))
        dot = QRectF(box.left(), middle - size / 2, size, size)
        painter.setPen(QPen(theme.role(role), 2))
        painter.setBrush(theme.role(role) if step.kind != "plain" else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(dot.adjusted(1, 1, -1, -1))
        if step.kind != "plain":
            inner = dot.adjusted(3, 3, -3, -3)
            icons.paint(painter, "check" if step.kind == "ok" else "x", inner, theme.role("card"))

    def _paint_words(self, painter: QPainter, box: QRect, step: Step) -> None:
        top = TOP
        for bold, lines in zip((True, False), _lines(step, box.width()), strict=True):
            painter.setFont(theme.font(theme.SMALL, bold=bold))
            painter.setPen(theme.role("ink" if bold and step.kind != "plain" else "ink2"))
            for words in lines:
                painter.drawText(QRect(box.left(), theme.px(top), box.width() - 4, theme.px(LINE + 1)), 0, words)
                top += LINE


def _lines(step: Step, room: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A station's name and time, in as many lines as they need in `room` px."""
    small = theme.font(theme.SMALL)
    name = wrapped(step.name, theme.font(theme.SMALL, bold=True), room - 8)
    return name, wrapped(step.time, small, room - 8) if step.time else ()
