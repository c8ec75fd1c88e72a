"""How FieldApp looks: colour roles (light, dark), type scale, spacing, and the one style sheet made from them.

Colour carries meaning only (`ok`, `warn`, `bad`, `pri`), always with a word beside it. Widgets that paint themselves
ask `role()` while painting, so a switch between light and dark needs no rebuilding.
"""

from __future__ import annotations

import re
from functools import cache
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from fieldapp.paths import resources

LIGHT = {
    "bg": "#F5F6F8", "rail": "#FFFFFF", "card": "#FFFFFF", "line": "#DDE2E8", "field": "#838F9E", "hover": "#EEF1F4",
    "ink": "#1B2430", "ink2": "#566272", "pri": "#0A5AA5", "pri_soft": "#E7F0FA", "pri_press": "#084A88",
    "ok": "#1A7446", "ok_soft": "#E4F4EB", "warn": "#925500", "warn_soft": "#FCF1DE", "bad": "#B3261E",
    "bad_soft": "#FBE9E7", "sel": "#EAF2FB", "on_pri": "#FFFFFF", "toast": "#1B2430", "on_toast": "#FFFFFF",
}  # fmt: skip
DARK = {
    "bg": "#11161D", "rail": "#161C25", "card": "#1A212B", "line": "#2B3543", "field": "#66758A", "hover": "#222B37",
    "ink": "#E8ECF2", "ink2": "#A3AFBF", "pri": "#74B7FF", "pri_soft": "#1C3047", "pri_press": "#98CAFF",
    "ok": "#6CCB95", "ok_soft": "#173126", "warn": "#F0B45A", "warn_soft": "#352813", "bad": "#FF8A80",
    "bad_soft": "#3A1F1E", "sel": "#1D3047", "on_pri": "#0C1420", "toast": "#E8ECF2", "on_toast": "#11161D",
}  # fmt: skip

SMALL, BODY, HEADING, TITLE = 12, 14, 16, 22  # the four type sizes, px at scale 1
STEP = 4  # every distance is a multiple of this many px
CONTROL = 36  # height of rows and controls, px at scale 1

_now: dict[str, object] = {"roles": LIGHT, "scale": 1.0}


def apply(app: QApplication, dark: bool) -> None:
    """Dress the whole program: fonts, palette and style sheet. May be called again at any time."""
    family = load_fonts()
    if not is_dressed():
        _now["system"] = QFontInfo(app.font()).pixelSize()
        app.setStyle("Fusion")
    _now["roles"] = DARK if dark else LIGHT
    # People who set large letters in their system get large letters here; ordinary settings stay at scale 1.
    _now["scale"] = min(2.0, max(1.0, float(str(_now["system"])) / 16))
    font = QFont(family)
    font.setPixelSize(px(BODY))
    app.setFont(font)
    app.setPalette(_palette())
    app.setStyleSheet(style_sheet())


def system_is_dark() -> bool:
    """Whether the system asks for dark colours."""
    return QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def follow_system(app: QApplication) -> None:
    """Wear the system's colours now and whenever they change."""
    apply(app, system_is_dark())
    app.styleHints().colorSchemeChanged.connect(lambda _scheme: apply(app, system_is_dark()))


def is_dressed() -> bool:
    """Whether `apply` was called."""
    return "system" in _now


def is_dark() -> bool:
    """Whether the dark colours are on."""
    return _now["roles"] is DARK


def role(name: str) -> QColor:
    """The colour of a role now: bg card line ink ink2 pri pri_soft ok warn bad ..."""
    return QColor(roles()[name])


def roles() -> dict[str, str]:
    """All roles of the colours that are on, as #RRGGBB."""
    return DARK if _now["roles"] is DARK else LIGHT


def px(size: int) -> int:
    """`size` in px at the current text scale."""
    return round(size * float(str(_now["scale"])))


def font(size: int = BODY, *, bold: bool = False, strike: bool = False) -> QFont:
    """Inter at one of the four sizes; weights are 400 and 600 only."""
    made = QFont(load_fonts())
    made.setPixelSize(px(size))
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    made.setStrikeOut(strike)
    return made


def style_sheet() -> str:
    """resources/app.qss with the roles and the text scale filled in."""
    places = {"controls": (resources() / "controls").as_posix(), "mode": "dark" if is_dark() else "light"}
    text = Template(_template()).substitute(roles(), **places)
    return re.sub(r"\b(\d\d+)px", lambda found: f"{px(int(found[1]))}px", text)


@cache
def load_fonts() -> str:
    """Register the bundled Inter; the family's name. A bare machine has no other usable font."""
    family = "Inter"
    for path in sorted((resources() / "fonts").glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(path))
        family = QFontDatabase.applicationFontFamilies(number)[0] if number >= 0 else family
    return family


@cache
def _template() -> str:
    return (resources() / "app.qss").read_text("utf-8")


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
