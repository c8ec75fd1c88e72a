"""ToFix: what keeps the form from being sent, each line a way to its question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout

from fieldapp.forms import Problem
from fieldapp.texts import plural, tr
from ui import theme
from ui.forms.progress import Progress
from ui.widgets import Card, chip, label
from ui.widgets.focus import ring

MOST = 8  # lines; the rest is counted in the last


@dataclass(frozen=True)
class Fault:
    """One line: how many, what, and the path of the first."""

    count: int
    text: str
    path: str
    kind: str  # bad = wrong, warn = missing


class ToFix(Card):
    """`wanted` tells the path of the question that a person wants to go to."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(padding=16, spacing=4)
        self._lines: list[_Line] = []
        self.title.setText(tr("To fix before sending"))
        self.body.addWidget(self.title)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.body.addLayout(self._list)
        self.words = label("", "small", wrap=True)
        self.body.addWidget(self.words)
        self._faults: list[Fault] = []

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Show the problems; nothing to fix is said too."""
        self.title.setText(tr("To fix before sending"))
        self.words.setText(tr("F8 goes to the next one") if faults else tr("Nothing: everything needed is answered."))
        if list(faults) == self._faults:
            return
        self._faults = list(faults)
        shown = _shortened(self._faults)
        while len(self._lines) < len(shown):
            line = _Line()
            line.clicked.connect(self._clicked)
            self._lines.append(line)
            self._list.addWidget(line)
        for number, line in enumerate(self._lines):
            line.setVisible(number < len(shown))
            if number < len(shown):
                line.show_fault(shown[number])

    def texts(self) -> list[str]:
        """The lines as they are read."""
        return [line.accessibleName() for line in self._lines if not line.isHidden()]

    def _clicked(self) -> None:
        line = self.sender()
        if isinstance(line, _Line):
            self.wanted.emit(line.fault.path)


def faults_of(
    states: Mapping[str, Progress], titles: Mapping[str, str], name_of: Callable[[Problem], str]
) -> list[Fault]:
    """The lines: each wrong answer by itself, missing ones of a section together. Where two sections ask the same, the
    line says which of them it is."""
    alike = _alike(states, name_of)
    found: list[Fault] = []
    for section, state in states.items():

        def told(problem: Problem, title: str = titles[section]) -> str:
            name = name_of(problem)
            return tr("{title}: {name}", title=title, name=name) if name in alike else name

        for problem in state.wrong:
            path = problem.node.path
            found.append(Fault(1, _named(told(problem), problem.message), path, "bad"))
        count = len(state.missing)
        if count == 1:
            only = state.missing[0]
            found.append(Fault(1, told(only), only.node.path, "warn"))
        elif count:
            text = plural(count, "{title}: {n} answer missing", "{title}: {n} answers missing", title=titles[section])
            found.append(Fault(count, text, state.missing[0].node.path, "warn"))
    return found


def _alike(states: Mapping[str, Progress], name_of: Callable[[Problem], str]) -> set[str]:
    """The names that lines of more than one section would have."""
    lines = [{name_of(one) for one in (*state.wrong, *state.missing[:1])} for state in states.values()]
    counts = Counter(name for names in lines for name in names)
    return {name for name, count in counts.items() if count > 1}


def _named(name: str, message: str) -> str:
    """The question and the first sentence of what is wrong; the whole stands beside the question."""
    why = message.partition(". ")[0].rstrip(".")
    return f"{name} {why}" if name.endswith(("?", "!", ".", ":")) else tr("{name}: {why}", name=name, why=why)


def _shortened(faults: list[Fault]) -> list[Fault]:
    if len(faults) <= MOST:
        return faults
    rest = faults[MOST - 1 :]
    count = sum(fault.count for fault in rest)
    return [*faults[: MOST - 1], Fault(count, tr("and {n} more", n=count), rest[0].path, "warn")]


class _Line(QAbstractButton):
    def __init__(self) -> None:
        super().__init__()
        self.fault = Fault(0, "", "", "warn")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_fault(self, fault: Fault) -> None:
        self.fault = fault
        self.setText(fault.text)
        self.setAccessibleName(fault.text)
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(40, width - self._indent()), 1000)
        text = QFontMetrics(theme.font()).boundingRect(room, int(Qt.TextFlag.TextWordWrap), self.text())
        return max(theme.px(32), text.height() + theme.px(10))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), self.heightForWidth(theme.px(200)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.role("hover"))
            painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        count = str(self.fault.count)
        chip.paint(painter, QRect(0, theme.px(5), chip.width_of(count), theme.px(chip.HEIGHT)), count, self.fault.kind)
        painter.setPen(theme.role("ink"))
        painter.setFont(theme.font())
        room = self.rect().adjusted(self._indent(), theme.px(6), 0, 0)
        painter.drawText(room, int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop), self.text())
        if self.hasFocus():
            ring(painter, self.rect(), 6)
        painter.end()

    def _indent(self) -> int:
        return theme.px(34)
