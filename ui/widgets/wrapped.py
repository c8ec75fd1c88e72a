"""Words that are painted in a few lines, for what is drawn and not a label: rows of lists, steps."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout, QTextOption

LINES = 3  # so many at the most; only what does not fit into these ends early
LEAST = 40  # px: what is narrower holds no word


def wrapped(text: str, font: QFont, width: int, lines: int = LINES) -> tuple[str, ...]:
    """`text` in lines of at most `width` px, one where it fits."""
    metrics, width = QFontMetrics(font), max(LEAST, width)
    if metrics.horizontalAdvance(text) <= width:
        return (text,)
    starts = _starts(text, font, width)
    ends = [*starts[1:], len(text)]
    shown = [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    if len(shown) > lines:
        rest = text[starts[lines - 1] :]
        shown[lines - 1 :] = [metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)]
    return tuple(shown)


def _starts(text: str, font: QFont, width: int) -> list[int]:
    """Where in `text` each line begins."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    starts: list[int] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        starts.append(line.textStart())
    layout.endLayout()
    return starts
