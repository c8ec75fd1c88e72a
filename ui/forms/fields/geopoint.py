"""A position: latitude and longitude typed or pasted, or this device's own where it knows one."""

from __future__ import annotations

from fieldapp.forms import Node
from fieldapp.texts import tr
from ui.forms.fields.base import MEDIUM
from ui.forms.fields.text import TextField
from ui.forms.sheet import Sheet
from ui.forms.typed import point_of
from ui.widgets import Button


class GeopointField(TextField):
    """Kept as "lat lon altitude accuracy"; altitude and accuracy are 0 where nobody measured them."""

    most = MEDIUM

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self.edit.setPlaceholderText("43.25610, -79.86920")
        self.locate: Button | None = None
        if sheet.host.locate is not None:
            self.locate = Button(tr("Where I am"), icon="map-pin")
            self.locate.clicked.connect(self._locate)
            self._row.insertWidget(1, self.locate)

    def retranslate(self) -> None:
        """The button's words."""
        if self.locate is not None:
            self.locate.show_as(tr("Where I am"))

    def _locate(self) -> None:
        point = self.sheet.host.locate() if self.sheet.host.locate else None
        if point is None:
            self.sheet.undoable(tr("This device does not know where it is. Type the position or the address."))
            return
        self.edit.setText(f"{point[0]:.5f}, {point[1]:.5f}")
        self.flush()

    def _text(self, value: str) -> str:
        return ", ".join(value.split()[:2])

    def _answer(self, text: str) -> str | None:
        if not text.strip():
            return ""
        point = point_of(text)
        value = self.node().value
        if point is not None and point == point_of(self._text(value)):
            return value
        return f"{point[0]:.6f} {point[1]:.6f} 0 0" if point else None

    def _complaint(self) -> str:
        return tr("Enter latitude and longitude, for example 43.25610, -79.86920.")
