"""Codes are promises: each is written down, with its severity, and each is met by some form."""

from __future__ import annotations

import re
from pathlib import Path

from fieldapp.forms.lint.findings import CODES

ROOM = Path(__file__).resolve().parents[3] / "fieldapp" / "forms" / "lint"
TESTS = Path(__file__).resolve().parent


def test_the_table_of_codes_is_whole() -> None:
    rows = re.findall(r"^\| `([\w-]+)` \| (\w+) \|", (ROOM / "README.md").read_text("utf-8"), re.MULTILINE)
    assert dict(rows) == CODES


def test_every_code_is_tried() -> None:
    tests = "".join(path.read_text("utf-8") for path in TESTS.glob("test_*.py"))
    assert [code for code in CODES if f'"{code}"' not in tests] == []


def test_every_code_is_given_somewhere() -> None:
    code = "".join(path.read_text("utf-8") for path in ROOM.glob("*.py") if path.name != "findings.py")
    assert [name for name in CODES if f'"{name}"' not in code] == []
