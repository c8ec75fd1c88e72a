"""Imports as Python does them: PySide6 is told to keep out. Imported before all else by whatever opens a window.

For its `__feature__` switch, of which nothing here makes use, PySide6 puts itself into every import and searches the
source of each module for its own name. At a start with some hundred modules that takes longer than building the window.
"""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401  it is this that puts the other import in

if (own := getattr(builtins, "__orig_import__", None)) is not None:
    builtins.__import__ = own
