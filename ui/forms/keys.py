"""The form's own keys: they act wherever the focus is in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from ui.widgets.acts import act


def bind(widget: QWidget, acts: Mapping[str, tuple[str, Callable[[], object]]]) -> None:
    """Let each key do its act, which has a name, while the focus is in `widget`."""
    for keys, (name, deed) in acts.items():
        act(widget, keys, name, deed)
