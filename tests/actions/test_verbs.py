"""The verbs by the names that pages ask for them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from fieldapp import actions


def test_each_verb_is_brought_from_its_room() -> None:
    found = {name: getattr(actions, name) for name in actions.__all__}
    assert [name for name, verb in found.items() if isinstance(verb, ModuleType)] == []


def test_no_verb_that_is_brought_has_the_name_of_a_room() -> None:
    """Python would give the room where somebody has imported that."""
    rooms = {path.stem for path in Path(str(actions.__file__)).parent.glob("*.py")}
    assert rooms & set(actions._ROOM_OF) == set()


def test_what_is_no_verb_is_refused() -> None:
    with pytest.raises(AttributeError, match="no attribute 'sell'"):
        getattr(actions, "sell")  # noqa: B009 - mypy knows that there is none


def test_money_waits_until_it_is_asked_for() -> None:
    told = "import fieldapp.actions, sys; print([one for one in sys.modules if one.startswith('fieldapp.money')])"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
