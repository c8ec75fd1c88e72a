"""What the engine gives no meaning to is named in its cell, with what was perhaps meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.lint import findings


@pytest.mark.parametrize(
    ("row", "column", "suggestion"),
    [
        ("text | a | A | multilin |", "appearance", "Did you mean “multiline”?"),
        ("integer | a | A | signature |", "appearance", ""),
        ("text | a | A | | x", "bind::foo", ""),
    ],
)
def test_a_feature_that_is_not_known(tmp_path: Path, row: str, column: str, suggestion: str) -> None:
    (found,) = findings(tmp_path, f"type | name | label | appearance | bind::foo\n{row}")
    assert (found.severity, found.code, found.place.row) == ("warning", "unknown-feature", 2)
    assert (found.place.column, found.suggestion) == (column, suggestion)
