"""What a start does without: nothing that takes long to load is loaded before the first window stands."""

from __future__ import annotations

import subprocess
import sys

SCREENS = "import ui.__main__; ui.__main__._parser(['open']); import ui.door, ui.unlock.keeper, ui.today, ui.practice"
LONG = (
    "requests",
    "pydantic",
    "authlib",
    "joserfc",
    "fastapi",
    "sync.gateway",
    "fieldapp.forms",
    "ui.forms",
    "keyring",
    "fieldapp.money",
    "fieldapp.places.made_up",
    "ui.help.sheet",
)


def test_a_start_loads_nothing_that_its_first_window_does_without() -> None:
    told = f"{SCREENS}; import sys; print([one for one in {LONG} if one in sys.modules])"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_import_is_searched_for_pyside_once_a_window_may_open() -> None:
    told = "import builtins; import ui.app; print(builtins.__import__.__name__)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert "feature" not in done.stdout
