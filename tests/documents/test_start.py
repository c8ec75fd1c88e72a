"""A start loads nothing of what makes, reads or shows papers."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("typst", "pikepdf", "fontTools", "PIL", "pypdfium2", "pypdf")
PROGRAM = f"""
import sys
import ui.app, ui.window, ui.records.view, ui.counter.page, fieldapp.cli, fieldapp.actions
print([name for name in {HEAVY!r} if name in sys.modules])
"""


def test_a_start_loads_nothing_of_papers() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
