"""kill -9 while somebody types: every answer that the screen called saved is there, and it is called so in time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.kill import assert_saved, assert_whole, damaged_folders, moments, run_and_kill
from tests.support.working_child import desk_at

ROUNDS = 3
LONGEST = 2.0  # seconds


@pytest.mark.kill
def test_a_killed_form_loses_no_answer_that_was_called_saved(tmp_path: Path) -> None:
    answers, slow = 0, 0
    for after in moments(7, ROUNDS, LONGEST):
        killed = run_and_kill("tests.support.typing_child", [str(tmp_path)], after=after)
        store = desk_at(tmp_path).store
        assert_saved(store, killed)
        assert_whole(store)
        store.close()
        answers += len(killed.said("saved"))
        slow += len(killed.said("slow"))
    assert answers > ROUNDS, "the children were killed before they could type anything: this tested nothing"
    assert slow <= answers / 10, f"{slow} of {answers} answers were not durable within 250 ms"
    assert damaged_folders(tmp_path) == []
