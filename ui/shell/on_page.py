"""What the page that is open offers to do, for the palette: its buttons as they stand there, each by its own words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from shiboken6 import isValid

from ui.page import Page
from ui.search.find import Find
from ui.widgets import Button, Row


def on_page(page: Page) -> list[Find]:
    """One line for each name; of several buttons that are called the same, the first."""
    return list({find.row.title: find for find in reversed(list(_buttons(page)))}.values())


def _buttons(page: Page) -> Iterator[Find]:
    for button in page.findChildren(Button):
        name = button.accessibleName()
        if name and button.isEnabled() and button.isVisibleTo(page):
            row = Row(f"here:{name}", name, icon="chevron-right", trailing=button.hint)
            yield Find(row, partial(_press, button), here=True)


def _press(button: Button) -> None:
    """As if one stood there; what has gone meanwhile does nothing."""
    if isValid(button) and button.isEnabled():
        button.setFocus()
        button.click()
