"""Every screen that `ui` has, found in its modules: what is not on the tour is missed there (tests/ui/tour)."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

from PySide6.QtWidgets import QDialog, QMainWindow, QWidget

import ui
from ui.page import Page
from ui.unlock.pages import EntrancePage

KINDS = (Page, EntrancePage, QDialog, QMainWindow)
ENDINGS = ("View", "Window")  # what a workplace shows in turn, and what stands alone

HOW = """No stop of the tour shows {names}.
Add to STOPS in tests/support/tour.py, for each:
    Stop("its name", lambda tour: tour.window(OSEI, "page id", record=...), "page id")   # a state of a page
    Stop("its name", lambda tour: tour.alone(NewDialog(...)))                            # a dialog or window
    Stop("its name", lambda tour: tour.above(tour.window(OSEI, "page id"), NewDialog))   # a dialog that a page opens
where OSEI is the clerk, TREMBLAY the inspector and KAUR the supervisor. Look at it then, with
`python -m tests.pictures DIR --only "its name"`."""


def screens() -> set[type[QWidget]]:
    """The classes of all pages, dialogs, windows, and of what a page shows in turn."""
    found = {one for module in _modules() for one in module if _is_screen(one)}
    return found - set(KINDS)


def shown_on(widget: QWidget) -> set[type[QWidget]]:
    """The classes of what is visible there, itself too."""
    return {type(one) for one in (widget, *widget.findChildren(QWidget)) if one.isVisible()}


def missed(reached: set[type[QWidget]]) -> list[str]:
    """The screens that nothing of what was `reached` is; a base that others build on is reached by one of them."""
    left = {one for one in screens() if not any(issubclass(other, one) for other in reached)}
    return sorted(f"{one.__module__}:{one.__name__}" for one in left)


def _modules() -> Iterator[list[type]]:
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        if not module.name.endswith("__main__"):
            loaded = importlib.import_module(module.name)
            yield [one for _, one in inspect.getmembers(loaded, inspect.isclass) if one.__module__ == loaded.__name__]


def _is_screen(one: type) -> bool:
    if not issubclass(one, QWidget) or one.__name__.startswith("_"):
        return False
    return issubclass(one, KINDS) or one.__name__.endswith(ENDINGS)
