"""How FieldApp looks: which colours are on, type scale, spacing, and the one style sheet made from them.

Colour carries meaning only (`ok`, `warn`, `bad`, `pri`), always with a word beside it. Widgets that paint themselves
ask `role()` while painting, so a switch of the look needs no rebuilding. The colours are in `ui.colours`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from fieldapp.paths import resources
from ui.colours import LOOKS

SMALL, BODY, HEADING, TITLE = 12, 14, 16, 22  # the four type sizes, px at scale 1
STEP = 4  # every distance is a multiple of this many px
CONTROL = 36  # height of rows and controls, px at scale 1
INDICATOR = 16  # px of a radio button within its edge of 2 px, which does not grow

SYSTEM = "system"  # the choice of those who want what their system wears
LARGEST = 2.0  # letters grow up to twice their size
LARGE = 1.5
ORDINARY = 16  # px; up to this size of the system's letters ours stay at scale 1


@dataclass
class Worn:
    """What is on now. `system` is the size of the system's letters in px, 0 before the program is dressed;
    `enlarged` is what a person chose."""

    look: str = "light"
    choice: str = SYSTEM
    enlarged: float = 1.0
    system: int = 0
    still: bool = False
    blink: int = 0  # ms of a blink of the text cursor, as the system has it

    @property
    def scale(self) -> float:
        """How large letters and controls are: what the system asks for, or more where a person chose more."""
        return min(LARGEST, max(1.0, self.system / ORDINARY, self.enlarged))


_worn = Worn()


def apply(app: QApplication, look: str) -> None:
    """Dress the whole program in light, dark or contrast: fonts, palette and style sheet. May be called again."""
    family = load_fonts()
    if not is_dressed():
        _worn.system = QFontInfo(app.font()).pixelSize()
        app.setStyle("Fusion")
        _stand_still(app)
    _worn.look = look if look in LOOKS else "light"
    font = QFont(family)
    font.setPixelSize(px(BODY))
    app.setFont(font)
    app.setPalette(_palette())
    app.setStyleSheet(style_sheet())


def system_look() -> str:
    """What the system asks for: high contrast before dark before light."""
    hints = QApplication.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def follow_system(app: QApplication) -> None:
    """Wear the system's look now, and whenever it changes, until a person chooses another."""
    choose(app, SYSTEM)
    hints = app.styleHints()
    hints.colorSchemeChanged.connect(lambda _scheme: choose(app, _worn.choice))
    hints.accessibility().contrastPreferenceChanged.connect(lambda _contrast: choose(app, _worn.choice))


def choose(app: QApplication, choice: str) -> None:
    """Wear `choice`: a look by its name, or `system`. What is no look is taken for `system`."""
    _worn.choice = choice if choice in LOOKS else SYSTEM
    apply(app, system_look() if _worn.choice == SYSTEM else _worn.choice)


def enlarge(app: QApplication, scale: float) -> None:
    """Letters and controls `scale` times as large, 1 to 2; never smaller than the system asks for.

    What is on the screen already was measured with the size before: who calls this builds it anew.
    """
    _worn.enlarged = min(LARGEST, max(1.0, scale))
    apply(app, _worn.look)


def hold_still(app: QApplication, *, still: bool) -> None:
    """As little motion as possible, or as the system wants it: of what there is here the text cursor alone moves, and
    messages go by themselves."""
    if still == _worn.still:
        return
    _worn.still = still
    if still:
        _worn.blink = app.cursorFlashTime()
    app.setCursorFlashTime(0 if still else _worn.blink)


def is_still() -> bool:
    """Whether a person wants as little motion as possible."""
    return _worn.still


def is_dressed() -> bool:
    """Whether `apply` was called."""
    return _worn.system > 0


def look() -> str:
    """Which look is on: light, dark or contrast."""
    return _worn.look


def choice() -> str:
    """What was chosen: a look, or `system`."""
    return _worn.choice


def scale() -> float:
    """How large letters and controls are now, 1 to 2."""
    return _worn.scale


def is_large() -> bool:
    """Whether letters are so large that a line holds half the words: what stands in columns is stacked then."""
    return _worn.scale >= LARGE


def next_look() -> str:
    """The look that the button in the top bar offers: light, dark, high contrast, and round again."""
    names = list(LOOKS)
    return names[(names.index(_worn.look) + 1) % len(names)]


def is_dark() -> bool:
    """Whether light letters stand on a dark ground."""
    return _worn.look != "light"


def role(name: str) -> QColor:
    """The colour of a role now: bg card line ink ink2 pri pri_soft ok warn bad ..."""
    return QColor(_colour(roles()[name]))


def roles() -> dict[str, str]:
    """All roles of the colours that are on, as #RRGGBB."""
    return LOOKS[_worn.look]


def px(size: int) -> int:
    """`size` in px at the current text scale."""
    return round(size * _worn.scale)


def font(size: int = BODY, *, bold: bool = False, strike: bool = False) -> QFont:
    """Inter at one of the four sizes; weights are 400 and 600 only."""
    return QFont(_font(px(size), bold, strike))


def style_sheet() -> str:
    """resources/app.qss with the roles and the text scale filled in."""
    places = {"controls": (resources() / "controls").as_posix(), "mode": _worn.look, "round": "$round"}
    text = Template(_template()).substitute(roles(), **places)
    grown = re.sub(r"\b(\d\d+)px", lambda found: f"{px(int(found[1]))}px", text)
    return Template(grown).substitute(round=f"{(px(INDICATOR) + 4) // 2}px")  # Qt draws no circle with a larger radius


@cache
def load_fonts() -> str:
    """Register the bundled Inter; the family's name. A bare machine has no other usable font."""
    family = "Inter"
    for path in sorted((resources() / "fonts").glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(path))
        family = QFontDatabase.applicationFontFamilies(number)[0] if number >= 0 else family
    return family


@cache
def _font(pixels: int, bold: bool, strike: bool) -> QFont:
    """Kept, of which each asker gets a copy of its own: rows that are painted ask for thousands."""
    made = QFont(load_fonts())
    made.setPixelSize(pixels)
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    made.setStrikeOut(strike)
    return made


@cache
def _colour(value: str) -> QColor:
    """Read once; each asker gets a copy of its own."""
    return QColor(value)


@cache
def _template() -> str:
    return (resources() / "app.qss").read_text("utf-8")


def _stand_still(app: QApplication) -> None:
    """No menu, tip or list slides or fades, whatever the system does: motion tells nothing here, and makes some ill."""
    effect = Qt.UIEffect
    for moving in (effect.UI_AnimateMenu, effect.UI_FadeMenu, effect.UI_AnimateCombo, effect.UI_AnimateTooltip,
                   effect.UI_FadeTooltip, effect.UI_AnimateToolBox):  # fmt: skip
        app.setEffectEnabled(moving, False)


def _palette() -> QPalette:
    palette = QPalette()
    part = QPalette.ColorRole
    for where, name in {
        part.Window: "bg", part.Base: "card", part.AlternateBase: "bg", part.Button: "card", part.WindowText: "ink",
        part.Text: "ink", part.ButtonText: "ink", part.Highlight: "pri", part.HighlightedText: "on_pri",
        part.PlaceholderText: "ink2", part.Link: "pri", part.LinkVisited: "pri", part.ToolTipBase: "toast",
        part.ToolTipText: "on_toast", part.Mid: "line", part.Midlight: "line", part.Dark: "field", part.Light: "card",
        part.Accent: "pri",
    }.items():  # fmt: skip
        palette.setColor(where, role(name))
    for where in (part.Text, part.ButtonText, part.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, role("ink2"))
    return palette
