"""The parts of the resident's view: large lines, and each service as it is read back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from fieldapp.counter.reading import CaseRead
from fieldapp.documents.issued.sheet import Rows
from fieldapp.texts import plural, tr
from ui import theme
from ui.widgets import Card
from ui.widgets.labels import set_tone
from ui.widgets.segmented import Option, Segmented

Given = dict[tuple[str, str], str]  # by record and path: what a resident chose

LARGE, HEADING, TITLE = 20, 24, 32  # px: read from across a counter
MOST = 1.5  # times as large: more than twice the size of ordinary letters, and the answers are still in sight


def large(text: str, size: int = LARGE, *, bold: bool = False, tone: str = "ink") -> QLabel:
    """A line that is read from across the counter."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    font = theme.font(size, bold=bold)
    font.setPixelSize(min(font.pixelSize(), round(size * MOST)))
    made.setFont(font)  # before its colour, which settles its style
    made.setWordWrap(True)
    set_tone(made, tone)
    return made


def case_card(case: CaseRead) -> Card:
    """One service: questions and answers, what it costs, which papers are owed."""
    card = Card(padding=24, spacing=12)
    head = " · ".join(filter(None, (case.title, case.reference)))
    card.body.addWidget(large(head, HEADING, bold=True))
    for part in case.parts:
        _add(card, part.title, part.rows)
    if not case.parts:
        card.body.addWidget(large(tr("Nothing is recorded yet."), tone="ink2"))
    _add(card, tr("Fees"), case.fee)
    if case.due:
        card.body.addWidget(large(tr("To be paid: {amount}", amount=case.due), bold=True))
    if case.bring:
        card.body.addWidget(large(tr("Papers that you still have to bring"), bold=True))
        for paper in case.bring:
            card.body.addWidget(large(f"•  {paper}"))
    if case.withheld:
        card.body.addWidget(large(_withheld(case.withheld), tone="ink2"))
    return card


def _withheld(count: int) -> str:
    return plural(
        count,
        "{n} sensitive answer is not shown on this screen. Ask to see it.",
        "{n} sensitive answers are not shown on this screen. Ask to see them.",
    )


def _add(card: Card, title: str, rows: Rows) -> None:
    if not rows:
        return
    if title:
        card.body.addWidget(large(title, bold=True))
    card.body.addWidget(_grid(rows))


def _grid(rows: Rows) -> QWidget:
    held, grid = QWidget(), QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(0, 2)
    grid.setColumnStretch(1, 3)
    for row, (name, value) in enumerate(rows):
        grid.addWidget(large(name, tone="ink2"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(large(value), row, 1, Qt.AlignmentFlag.AlignTop)
    held.setLayout(grid)
    return held


def asked(case: CaseRead, given: Given) -> Iterator[tuple[QLabel, Segmented]]:
    """What only the resident decides, words and choices. What is chosen goes into `given`."""
    for one in case.consents:
        key = (case.record, one.path)
        made = Segmented([Option(value, words) for value, words in one.choices], name=one.title)
        made.choose(given.get(key, one.value))
        made.chosen.connect(partial(given.__setitem__, key))
        yield large(one.title), made
