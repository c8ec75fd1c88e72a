"""One builder a widget: what the gallery shows of it, state by state. A widget without one fails a test."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from fieldapp.texts import tr
from ui import theme
from ui.widgets import (
    Banner,
    Beside,
    Button,
    Card,
    Chip,
    Elided,
    EmptyState,
    FieldBox,
    Icon,
    KeyHint,
    ListCard,
    Option,
    PageHeader,
    Pill,
    Progress,
    Row,
    Scroll,
    SearchField,
    Segmented,
    Skeleton,
    Tabs,
    Toast,
    Told,
    button,
    chip,
    label,
    line,
)  # fmt: skip
from ui.widgets.headline import Headline
from ui.widgets.labels import STYLES, names
from ui.widgets.or_empty import OrEmpty
from ui.widgets.room import Room
from ui.widgets.stack import Stack

Shown = list[QWidget]


def _buttons() -> Shown:
    made: Shown = []
    for kind in button.KINDS:
        usual, off, down, under = (Button(tr("Save"), kind, icon="check", hint="Ctrl S") for _ in range(4))
        off.setEnabled(False)
        down.setDown(True)
        under.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
        made += [usual, off, down, under]
    chosen = Button(tr("Mine only"))
    chosen.setCheckable(True)
    chosen.setChecked(True)
    return [*made, chosen, Button(icon="plus", name=tr("Add"))]


def _banners() -> Shown:
    return [Banner(tr("Practice city"), kind) for kind in ("warn", "bad", "ok", "pri")]


def _cards() -> Shown:
    plain, titled = Card(), Card(tr("What was found"))
    for one in (plain, titled):
        one.body.addWidget(label(tr("Everything is saved on this laptop."), wrap=True))
    titled.foot().addWidget(Button(tr("Add")))
    return [plain, titled]


def _pills() -> Shown:
    made: Shown = []
    for kind in chip.KINDS:
        pill = Pill()
        pill.show_as(tr("All saved"), kind)
        made.append(pill)
    return made


def _empty() -> Shown:
    return [EmptyState("inbox", tr("Nothing waits"), tr("What comes in appears here."), Button(tr("Sync now")))]


def _boxes() -> Shown:
    usual = FieldBox(tr("Name"), QLineEdit(), required=True, hint=tr("As it stands on the paper."))
    wrong = FieldBox(tr("Name"), QLineEdit("?"))
    wrong.show_error(tr("Please answer this."))
    read = QLineEdit(tr("Side gate"))
    read.setReadOnly(True)
    off = QLineEdit(tr("Side gate"))
    off.setEnabled(False)
    long = QPlainTextEdit(tr("Everything is saved on this laptop."))
    long.setTabChangesFocus(True)
    long.setFixedHeight(theme.px(72))
    note = FieldBox(tr("Note"), long)
    return [usual, wrong, FieldBox(tr("Read only"), read), FieldBox(tr("Switched off"), off), note, _choice()]


def _choice() -> QWidget:
    several = QComboBox()
    several.addItems([tr("All wards"), tr("Mine only")])
    box = FieldBox(tr("Ward"), several)
    names(several, tr("Ward"), box)
    return box


def _elided() -> Shown:
    short, cut = Elided(tr("Name")), Elided(tr("Everything is saved on this laptop."), "strong")
    cut.setFixedWidth(theme.px(120))
    return [short, cut]


def _rows() -> Shown:
    rows = [
        Row("1", tr("Framing"), "412 Upper James St", lead="09:00", chip=(tr("Due today"), "warn")),
        Row("2", tr("Re-inspection"), "77 Mohawk Rd W", lead="10:15", icon="house", chip=(tr("Late"), "bad")),
        Row("3", tr("Sync now"), "", icon="refresh-cw", trailing="Ctrl K"),
    ]
    full, flat = ListCard(tr("Visits"), rows), ListCard(tr("Flat"), rows[2:], flat=True)
    full.choose("2")
    for one in (full, flat):
        one.fit()
    return [full, flat, ListCard(tr("Empty"))]


def _searches() -> Shown:
    filled = SearchField(tr("Search"), name=tr("Search"))
    filled.setText("king")
    return [SearchField(tr("Search"), hint="Ctrl F", name=tr("Search")), filled]


def _segments() -> Shown:
    options = [Option("pass", tr("Pass")), Option("fail", tr("Fail"), bad=True), Option("n/a", tr("N/A"))]
    made: list[Segmented] = [Segmented(options, name=tr("Result")) for _ in range(4)]
    made[1].choose("pass")
    made[2].choose("fail")
    made[3].choose("pass")
    made[3].setEnabled(False)
    return list(made)


def _tabs() -> Shown:
    tabs = Tabs(tr("Look-ups"))
    for name in (tr("Property"), tr("Photos"), tr("History")):
        tabs.add(label(name), name)
    return [tabs]


def _toasts() -> Shown:
    made: Shown = []
    for undo in (None, lambda: None):
        over = QWidget()
        over.setMinimumSize(theme.px(420), theme.px(80))
        toast = Toast(over)
        toast.say(tr("Saved on this laptop"), undo)
        made.append(over)
    return made


def _scroll() -> Shown:
    made = Scroll()
    made.setFixedHeight(theme.px(72))
    for number in range(1, 7):
        made.body.addWidget(label(f"{tr('Ward')} {number}"))
    return [made]


def _progress() -> Shown:
    """Nobody knows how much, on the way, with time left and a way to stop it."""
    made: Shown = []
    for done, total, cancel in ((0, 0, False), (30, 100, False), (80, 100, True)):
        one = Progress(tr("Photos"), cancel=cancel, tick=count(0, 30).__next__)
        one.show_far(done, total, tr("Photos and files are coming."))
        made.append(one)
    return made


def _or_empty() -> Shown:
    """With a row, and without."""
    made: Shown = []
    for rows in ([Row("1", tr("Today"))], []):
        one = OrEmpty(ListCard(tr("History"), rows), EmptyState("check", tr("Today"), tr("3 visits")))
        one.setFixedHeight(theme.px(150))
        made.append(one)
    return made


def _skeletons() -> Shown:
    made = Skeleton(tr("Counting the records on this laptop…"), 3)
    made.setFixedHeight(made.sizeHint().height())
    return [made]


def _room() -> Shown:
    pages, page = QStackedWidget(), QWidget()
    column = QVBoxLayout(page)
    for number in range(1, 7):
        column.addWidget(label(f"{tr('Ward')} {number}"))
    pages.addWidget(page)
    made = Room(pages)
    made.setFixedHeight(theme.px(72))
    return [made]


def _beside() -> Shown:
    """With room for both, and without."""
    made: Shown = []
    for wide, high in ((420, 100), (220, 200)):
        holder, columns = QWidget(), Beside(150)
        holder.setLayout(columns)
        for name in (tr("Today"), tr("History")):
            columns.addWidget(Card(name))
        holder.setFixedSize(theme.px(wide), theme.px(high))
        made.append(holder)
    return made


def _headlines() -> Shown:
    made: Shown = []
    for wide in (420, 220):
        one = Headline(label(tr("Today"), "heading"), lambda: theme.px(80), lambda _stacked: None)
        for action in (Button(tr("Add")), Button(tr("Save"), "primary")):
            one.add(action)
        one.setFixedWidth(theme.px(wide))
        made.append(one)
    return made


SPECIMENS: dict[str, Callable[[], Shown]] = {
    "Button": _buttons, "Banner": _banners, "Card": _cards, "Pill": _pills, "EmptyState": _empty, "FieldBox": _boxes,
    "Elided": _elided, "ListCard": _rows, "SearchField": _searches, "Segmented": _segments, "Tabs": _tabs,
    "Toast": _toasts, "Scroll": _scroll, "Room": _room, "Progress": _progress, "Skeleton": _skeletons,
    "OrEmpty": _or_empty,
    "Deciding": lambda: [button.Deciding(tr("Save"), "primary", hint="A")],
    "Stack": lambda: [Stack(label(tr("Everything is saved on this laptop."), "body"), label(tr("Result"), "body"))],
    "Beside": _beside, "Headline": _headlines,
    "Chip": lambda: [Chip(tr("Due today"), kind) for kind in chip.KINDS],
    "Icon": lambda: [Icon(name, role, 24) for name, role in (("check", "ok"), ("flame", "bad"), ("map", "ink2"))],
    "KeyHint": lambda: [KeyHint("Ctrl K"), KeyHint("F1")],
    "PageHeader": lambda: [PageHeader(tr("Today"), tr("3 visits"), (Button(tr("Add")), Button(tr("Save"), "primary")))],
    "Told": lambda: [Told(tr("Everything is saved on this laptop."))],
    "label": lambda: [_styled(style) for style in STYLES],
    "line": lambda: [line()],
}  # fmt: skip


def _styled(style: str) -> QLabel:
    return label(tr("Everything is saved on this laptop."), style)
