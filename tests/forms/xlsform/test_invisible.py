"""Blanks that nobody sees do no harm in names and expressions, and stay in texts."""

from __future__ import annotations

from pathlib import Path

from fieldapp.forms.lint.check import check_form
from tests.support.forms import make_form, write_form

NBSP, ZERO = "\u00a0", "\u200b"


def test_names_types_and_references(tmp_path: Path) -> None:
    survey = (
        f"type | name | label | relevant\nselect_one{NBSP}yn | a{ZERO} | A |\n"
        f"text{NBSP} | b{NBSP} | Is ${{a{ZERO}}}? | ${{{ZERO}a}}{NBSP}={ZERO} 'y'"
    )
    path = write_form(tmp_path, survey, "list_name | name | label\nyn | y | Yes")
    assert check_form(path) == []


def test_texts_keep_them(tmp_path: Path) -> None:
    calculation = f"concat('5{NBSP}m', '')"
    form = make_form(tmp_path, f"type | name | label | calculation\ntext | b | À{NBSP}B | {calculation}")
    question = form.questions["b"]
    assert form.text(question.label, "") == f"À{NBSP}B"
    assert NBSP in question.bind.calculate
