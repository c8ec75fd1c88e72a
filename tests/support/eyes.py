"""What a person with eyes would stumble over on a shown widget: words that are cut, words in the wrong language, and a
focus that one cannot find."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QImage, QTextDocumentFragment
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QLabel,
    QScrollArea,
    QTabBar,
    QToolButton,
    QWidget,
)

from fieldapp.texts import french
from tests.support.accessible import tab_order
from ui.widgets import Elided

TEXT = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextExpandTabs


def seen(widget: QWidget) -> Iterator[QWidget]:
    """Everything below `widget` that is shown."""
    yield from (one for one in widget.findChildren(QWidget) if one.isVisible())


def cut(widget: QWidget) -> list[str]:
    """Labels and buttons whose words do not fit into them, and what stands outside of what holds it."""
    found = []
    for one in seen(widget):
        words = _words(one)
        if not words:
            continue
        if not _fits(one, words):
            found.append(f"{_kind(one)} {words!r}: cut, {one.width()} x {one.height()} px")
        elif (over := _outside(one)) and not _scrolls(one):
            found.append(f"{_kind(one)} {words!r}: {over} px outside of what holds it")
        elif over := _aside(one):
            found.append(f"{_kind(one)} {words!r}: {over} px beside what one sees, and nothing scrolls sideways")
    return found


def english(widget: QWidget) -> list[str]:
    """Words of the program that are shown in English while it speaks French."""
    return sorted({words for one in seen(widget) for words in (*_said(one),) if _is_english(words)})


def lost(window: QWidget) -> list[str]:
    """What Tab reaches and what does not change when the focus comes to it."""
    found = []
    window.window().activateWindow()
    QApplication.processEvents()
    if not window.isActiveWindow():
        return ["the window has no focus to show"]  # else nothing here could fail
    for one in tab_order(window):
        reached = one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.window() is window.window()
        if reached and not _shows_focus(one):
            found.append(f"{_kind(one)} {one.accessibleName() or _words(one)!r}")
    return found


def _shows_focus(one: QWidget) -> bool:
    one.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    if not one.hasFocus() and one.focusProxy() is None:
        return True  # it passes the focus on
    frame = one.parentWidget()
    shows = frame if isinstance(frame, QAbstractSpinBox) else one  # the line within a spin box has no edge of its own
    with_it = _picture(shows)
    one.clearFocus()
    QApplication.processEvents()
    without = _picture(shows)
    return with_it != without


def _picture(one: QWidget) -> QImage:
    return one.grab().toImage()


def _kind(one: QWidget) -> str:
    return f"{type(one).__name__} in {type(one.parentWidget()).__name__}"


def _words(one: QWidget) -> str:
    if isinstance(one, QToolButton) and not one.icon().isNull():
        return ""  # it shows a sign; its words are what a screen reader says
    if isinstance(one, QLabel) and "<" in one.text() and one.textFormat() != Qt.TextFormat.PlainText:
        return QTextDocumentFragment.fromHtml(one.text()).toPlainText()
    return one.text() if isinstance(one, QLabel | QAbstractButton) else ""


def _said(one: QWidget) -> Iterator[str]:
    yield _words(one)
    yield one.accessibleName()
    yield one.accessibleDescription()
    yield one.toolTip()
    yield str(one.property("placeholderText") or "")
    if isinstance(one, Elided):
        yield one.text()
    if isinstance(one, QTabBar):
        yield from (one.tabText(number) for number in range(one.count()))


def _is_english(words: str) -> bool:
    return french().get(words, words) != words


def _fits(one: QWidget, words: str) -> bool:
    metrics = QFontMetrics(one.font())
    room = one.contentsRect()
    if isinstance(one, QLabel) and one.wordWrap():
        needed = metrics.boundingRect(QRect(0, 0, room.width(), 10_000), int(TEXT), words)
        return needed.height() <= room.height() + 2 and needed.width() <= room.width() + 2
    if isinstance(one, QLabel):
        return metrics.horizontalAdvance(words) <= room.width() + 2 and metrics.height() <= room.height() + 6
    return one.width() >= one.minimumSizeHint().width() and one.height() >= one.minimumSizeHint().height()


def _outside(one: QWidget) -> int:
    """By how many px it stands out of its parent, to the right or below."""
    parent = one.parentWidget()
    if parent is None:
        return 0
    box = QRect(QPoint(0, 0), parent.size())
    over = max(one.geometry().right() - box.right(), one.geometry().bottom() - box.bottom(), -one.x(), -one.y())
    return max(0, over - 2)


def _aside(one: QWidget) -> int:
    """By how many px it stands out to the right of a view that scrolls up and down only."""
    above, area = one, one.parentWidget()
    while area is not None and not isinstance(area, QScrollArea) and not above.isWindow():
        above, area = area, area.parentWidget()
    if (
        not isinstance(area, QScrollArea)
        or above.isWindow()
        or area.horizontalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    ):
        return 0
    right = one.mapTo(above, QPoint(one.width(), 0)).x()
    return max(0, right - above.width() - 2)


def _scrolls(one: QWidget) -> bool:
    """Whether its parent is the view of something that scrolls."""
    parent = one.parentWidget()
    return parent is not None and isinstance(parent.parentWidget(), QScrollArea)
