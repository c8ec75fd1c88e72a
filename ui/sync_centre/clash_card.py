"""One answer with two versions: what it was, mine, the City's; who and when; and which is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout

from fieldapp.actions import Clash, both
from fieldapp.texts import tr
from ui.sync_centre.versions import Versions
from ui.widgets import Card, Option, Segmented, label

MINE, THEIRS, BOTH = "mine", "theirs", "both"
TITLE = 220  # px at scale 1 that the question has at the least beside the choices


@dataclass(frozen=True)
class Sides:
    """What the two versions are called, in which order they stand, and what is told of each choice."""

    order: tuple[str, str]
    heads: Mapping[str, str]
    options: Mapping[str, str]
    keys: Mapping[str, str]
    told: Mapping[str, str]


def own_sides() -> Sides:
    """For one of the two authors: mine, and the City's."""
    return Sides(
        order=(MINE, THEIRS),
        heads={MINE: tr("Yours"), THEIRS: tr("The City's")},
        options={MINE: tr("Keep mine"), THEIRS: tr("Keep the City's"), BOTH: tr("Keep both")},
        keys={MINE: "m", THEIRS: "c", BOTH: "b"},
        told={
            MINE: tr("Yours goes to the City; theirs stays in the history."),
            THEIRS: tr("The City's stands; yours stays in the history."),
            BOTH: tr("Both are kept in the answer: the City's first, then yours."),
        },
    )


class ClashCard(Card):
    """`chosen` when a person chose; `choice` is what, "" before."""

    chosen = Signal()

    def __init__(self, clash: Clash, versions: Versions, sides: Sides) -> None:
        question = versions.label(clash)
        super().__init__(question)
        self.clash = clash
        self.title.setWordWrap(True)
        self._versions = versions
        self._sides = sides
        offered = (*sides.order, BOTH) if versions.may_keep_both(clash) else sides.order
        options = [Option(one, sides.options[one], key=sides.keys[one]) for one in offered]
        self.choices = Segmented(options, name=question, clearable=False, stacks=True)
        self.choices.chosen.connect(self._tell)
        self._kept = label("", "small", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(4)
        self._side(0, tr("Before"), versions.words("base", clash.path, clash.base), "", old=True)
        given = {MINE: clash.mine, THEIRS: clash.theirs}
        for column, side in enumerate(sides.order, start=1):
            version = given[side]
            words = versions.words(side, clash.path, version.value)
            self._side(column, sides.heads[side], words, versions.who(version), old=False)
        if self.head is not None:
            self.head.setStretch(0, 1)
            self.head.least = TITLE
            self.head.addWidget(self.choices)
        self.body.addLayout(self._grid)
        self.body.addWidget(self._kept)
        self._say()

    @property
    def choice(self) -> str:
        """mine, theirs or both; "" while nobody chose."""
        return self.choices.value()

    @property
    def value(self) -> str:
        """The value that is kept."""
        mine, theirs = self.clash.mine.value, self.clash.theirs.value
        return {MINE: mine, THEIRS: theirs, BOTH: both(mine, theirs)}[self.choice]

    def choose(self, choice: str) -> None:
        """Show a choice."""
        self.choices.choose(choice)
        self._say()

    def _side(self, column: int, head: str, words: str, who: str, *, old: bool) -> None:
        self._grid.setColumnStretch(column, 1)
        value = label(words, "sub" if old else "strong", wrap=True)
        value.setAccessibleName(f"{head}: {words}" + (f", {who}" if who else ""))
        for row, widget in enumerate((label(head, "caption"), value, label(who, "small", wrap=True))):
            self._grid.addWidget(widget, row, column, Qt.AlignmentFlag.AlignTop)

    def _tell(self) -> None:
        self._say()
        self.chosen.emit()

    def _say(self) -> None:
        """What becomes of it; the line keeps its place, so that nothing jumps."""
        self._kept.setText(self._sides.told.get(self.choice, tr("Nothing is chosen yet. Both are kept.")))
