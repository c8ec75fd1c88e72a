"""The form on the resident's side: read back while it is filled, with what they agree to taken into its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from fieldapp.actions.visits import visit_with
from fieldapp.records import Edits
from fieldapp.texts import tr
from ui.resident.asking import AGREES, KEY, SPEAKS, switch, tell
from ui.widgets.acts import act

if TYPE_CHECKING:
    from ui.filling.page import FormPage


class Across:
    """The clerk's keys for it in a form page."""

    def __init__(self, page: FormPage) -> None:
        self._page = page
        act(page, KEY, tr("Show the resident what was recorded; put it away"), self.toggle)
        act(page, AGREES, tr("The resident agrees, as they tell you"), lambda: tell(page.session))
        act(page, SPEAKS, tr("The resident's other language"), lambda: switch(page.session))

    def toggle(self) -> None:
        """Show them the form that is open, with what was typed last."""
        editor, facing = self._page.editor, self._page.session.facing
        if editor is not None and facing is not None:
            editor.entry.begin()  # what the form filled in is read and agreed to as well
            editor.flush()
            facing.toggle(self._page.where()["record"], focus=QApplication.focusWidget(), keep=self._keep)

    def opened(self, record: str) -> None:
        """Another form: nothing of somebody else's visit stays on their screen."""
        facing = self._page.session.facing
        if facing is not None:
            visit = visit_with(self._page.session.desk, record)
            facing.only(record, visit.id if visit is not None else "")

    def _keep(self, record: str, edits: Edits) -> None:
        """Answers for the form that is open, as if they were given in it."""
        editor = self._page.editor
        if editor is None or self._page.where()["record"] != record:
            return
        for path, value in edits.items():
            if editor.entry.node(path) is not None:
                editor.entry.put(path, value or "")
        editor.flush()
