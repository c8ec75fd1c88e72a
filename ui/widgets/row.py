"""Row: what one row of a list says, how high it is, and how it is painted. Words that find no room beside the chip go
on in a next line: what tells one row from another stands at its end as often as not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme
from ui.widgets import chip, icons
from ui.widgets.focus import ring
from ui.widgets.wrapped import wrapped

Index = QModelIndex | QPersistentModelIndex
PLAIN, WITH_LINE, CAPTION = 40, 60, 36  # px of a row, of one with a second line, and of a group's name above it
SIDE, GAP, AIR = 16, 12, 24  # px at both ends, between the parts, above and below words of several lines
ICON, LEAD = 18, 42  # px of the icon, and of the narrowest lead (a time)
LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


@dataclass(frozen=True)
class Row:
    """One row. `lead` stands at the left (a time); `chip` is (word, kind); `trailing` is small text at the right."""

    id: str
    title: str
    subtitle: str = ""
    lead: str = ""
    icon: str = ""
    chip: tuple[str, str] | None = None
    trailing: str = ""
    caption: str = ""  # of the group that begins with it, above it

    def spoken(self) -> str:
        """The whole row as a screen reader says it."""
        parts = (self.caption, self.lead, self.title, self.subtitle, self.chip[0] if self.chip else "", self.trailing)
        return ", ".join(part for part in parts if part)


def height_of(row: Row, width: int) -> int:
    """How high a row is in a list of `width` px, in px of this screen."""
    return _height(row, width, theme.scale())


@dataclass(frozen=True)
class _Laid:
    """A row's words in lines; `under`: its chip and trailing words stand below them, for want of room beside."""

    title: tuple[str, ...]
    below: tuple[str, ...]
    under: bool

    def high(self) -> int:
        """The height of the words, px."""
        return len(self.title) * _high(theme.BODY) + len(self.below) * _high(theme.SMALL)


@lru_cache(maxsize=4096)  # a list asks for all of its rows whenever it is resized
def _height(row: Row, width: int, _scale: float) -> int:
    laid = _lay(row, width - 2 * theme.px(SIDE))
    least = theme.px(WITH_LINE if row.subtitle else PLAIN)
    several = len(laid.title) > 1 or len(laid.below) > 1 or laid.under
    high = laid.high() + theme.px(AIR) + (_end_height() if laid.under else 0) if several else 0
    return max(least, high) + (theme.px(CAPTION) if row.caption else 0)


def _high(size: int) -> int:
    return QFontMetrics(theme.font(size, bold=size == theme.BODY)).height()


def _end_height() -> int:
    return theme.px(chip.HEIGHT + 6)


def _lay(row: Row, wide: int) -> _Laid:
    """The words of a row that has `wide` px between its sides: beside what stands at the end, or above it where that
    saves a line of the title."""
    inner = wide - _before(row)
    room = inner - _after(row, inner)
    title, alone = (wrapped(row.title, theme.font(bold=True), wide) for wide in (room, inner))
    under = len(alone) < len(title)
    if under:
        title, room = alone, inner
    return _Laid(title, wrapped(row.subtitle, theme.font(theme.SMALL), room) if row.subtitle else (), under)


def _before(row: Row) -> int:
    icon = theme.px(ICON + GAP) if row.icon else 0
    return icon + (_lead_width(row) + theme.px(14) if row.lead else 0)


def _lead_width(row: Row) -> int:
    return max(theme.px(LEAD), QFontMetrics(theme.font(bold=True)).horizontalAdvance(row.lead))


def _after(row: Row, inner: int) -> int:
    end = _chip_width(row, inner) + theme.px(GAP) if row.chip else 0
    return end + (_trailing_width(row) + theme.px(GAP) if row.trailing else 0)


def _chip_width(row: Row, inner: int) -> int:
    return min(chip.width_of(row.chip[0]), inner * 3 // 5) if row.chip else 0


def _trailing_width(row: Row) -> int:
    return QFontMetrics(theme.font(theme.SMALL)).horizontalAdvance(row.trailing) + 2


class RowDelegate(QStyledItemDelegate):
    """Paints a Row: 60 px with a second line, 40 px without, more where its words need several lines."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as its words need in the width of the list."""
        row, view = index.data(Qt.ItemDataRole.UserRole), option.widget
        if row is None or not isinstance(view, QAbstractItemView):
            return QSize(0, theme.px(PLAIN))
        return QSize(0, height_of(row, view.viewport().width()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw ground, words, chip, hairline and focus ring."""
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        box = self._paint_caption(painter, QRect(option.rect), row)
        self._paint_ground(painter, box, option)
        if not _at_end(option, index):
            painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), theme.role("line"))
        inner = box.adjusted(theme.px(SIDE), 0, -theme.px(SIDE), -1)
        laid = _lay(row, option.rect.width() - 2 * theme.px(SIDE))
        inner.setLeft(self._paint_lead(painter, inner, row))
        bottom = self._paint_words(painter, inner, laid)
        end = QRect(inner.left(), bottom, inner.width(), _end_height()) if laid.under else inner
        self._paint_end(painter, end, row, under=laid.under)
        if option.state & QStyle.StateFlag.State_HasFocus:
            ring(painter, box, 6)
        painter.restore()

    def _paint_ground(self, painter: QPainter, box: QRect, option: QStyleOptionViewItem) -> None:
        state, view = option.state, option.widget
        chosen = state & QStyle.StateFlag.State_Selected
        if not chosen and not state & QStyle.StateFlag.State_MouseOver:
            return
        painter.save()
        if isinstance(view, QAbstractItemView) and not view.property("flat"):  # the corners of the card stay round
            corners = QPainterPath()
            corners.addRoundedRect(view.viewport().rect(), theme.px(10) - 1, theme.px(10) - 1)
            painter.setClipPath(corners)
        painter.fillRect(box, theme.role("sel" if chosen else "hover"))
        painter.restore()

    def _paint_caption(self, painter: QPainter, box: QRect, row: Row) -> QRect:
        """The group's name, nearer to its rows than to those before; what is left for the row itself."""
        if not row.caption:
            return box
        painter.setFont(theme.font(theme.SMALL, bold=True))
        painter.setPen(theme.role("ink2"))
        where = QRect(box.left() + theme.px(SIDE), box.top() + theme.px(4), box.width(), theme.px(CAPTION - 4))
        painter.drawText(where, LEFT, row.caption)
        return box.adjusted(0, theme.px(CAPTION), 0, 0)

    def _paint_lead(self, painter: QPainter, box: QRect, row: Row) -> int:
        if row.icon:
            size = theme.px(ICON)
            where = QRect(box.left(), box.center().y() - size // 2, size, size)
            icons.paint(painter, row.icon, where, theme.role("ink2"))
        if row.lead:
            painter.setFont(theme.font(bold=True))
            painter.setPen(theme.role("ink"))
            left = box.left() + (theme.px(ICON + GAP) if row.icon else 0)
            painter.drawText(QRect(left, box.top(), _lead_width(row) + 2, box.height()), LEFT, row.lead)
        return box.left() + _before(row)

    def _paint_end(self, painter: QPainter, box: QRect, row: Row, *, under: bool) -> None:
        """The chip at the right end and small words before it; below the words from the left on, chip first."""
        shown, small = _chip_width(row, box.width()), _trailing_width(row) if row.trailing else 0
        first = box.left() if under else box.right() - shown + 1
        if row.chip:
            high = theme.px(chip.HEIGHT)
            top = box.bottom() - high + 1 if under else box.center().y() - high // 2
            chip.paint(painter, QRect(first, top, shown, high), *row.chip)
        if row.trailing:
            gap = theme.px(GAP) if row.chip else 0
            left = first + shown + gap if under else first - gap - small
            where = QRect(left, box.top(), small, box.height())
            if under:
                where.setTop(box.bottom() - theme.px(chip.HEIGHT) + 1)
            painter.setFont(theme.font(theme.SMALL))
            painter.setPen(theme.role("ink2"))
            painter.drawText(where, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), row.trailing)

    def _paint_words(self, painter: QPainter, box: QRect, laid: _Laid) -> int:
        """Title and the words below it, in the middle of the row; where they end."""
        high, low = _high(theme.BODY), _high(theme.SMALL)
        whole = laid.high() + (_end_height() if laid.under else 0)
        top = box.center().y() - whole // 2
        for lines, font, colour, tall in (
            (laid.title, theme.font(bold=True), "ink", high), (laid.below, theme.font(theme.SMALL), "ink2", low)
        ):  # fmt: skip
            painter.setFont(font)
            painter.setPen(theme.role(colour))
            for line in lines:
                painter.drawText(QRect(box.left(), top, box.width() + 1, tall), LEFT, line)
                top += tall
        return top


def _at_end(option: QStyleOptionViewItem, index: Index) -> bool:
    """Whether the last row lies on the lower edge of its list, whose line closes it already."""
    view = option.widget
    last = index.row() == index.model().rowCount() - 1
    return last and isinstance(view, QAbstractItemView) and option.rect.bottom() >= view.viewport().height() - 8
