"""Imports as Python does them: PySide6 and the collector keep out. Imported before all else by whatever opens a window.

For its `__feature__` switch, of which nothing here makes use, PySide6 puts itself into every import and searches the
source of each module for its own name. At a start with some hundred modules that takes longer than building the window.
Hardly any of what is made while modules load ever goes: looking through it again and again took a twentieth of a start.
"""

from __future__ import annotations

import builtins

from fieldapp import garbage

garbage.be_patient()

import PySide6.QtCore  # noqa: E402, F401  it is this that puts the other import in

if (own := getattr(builtins, "__orig_import__", None)) is not None:
    builtins.__import__ = own
