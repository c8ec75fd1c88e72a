"""Every text that the code shows has a French twin, with the same places to fill."""

from __future__ import annotations

import ast
import string
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from fieldapp.texts import french

ROOT = Path(__file__).resolve().parent.parent
# How many of a call's first arguments are texts.
CALLS = {"tr": 1, "plural": 3}


def texts_of(path: Path) -> Iterator[tuple[str, int]]:
    """(text, line) of every literal that a file gives to tr() or plural()."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            for argument in node.args[: CALLS[node.func.id]]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value, node.lineno


@cache
def all_texts() -> dict[str, str]:
    """Every text and where it is first used."""
    found: dict[str, str] = {}
    for folder in ("fieldapp", "sync", "ui"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for text, line in texts_of(path):
                found.setdefault(text, f"{path.relative_to(ROOT)}:{line}")
    return found


def places(text: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_text_has_a_french_twin() -> None:
    missing = {text: where for text, where in all_texts().items() if text not in french()}
    assert not missing, "\n".join(f'{where}: "{text}"' for text, where in missing.items())


def test_french_texts_have_the_same_places_to_fill() -> None:
    wrong = [text for text, translated in french().items() if places(text) != places(translated)]
    assert not wrong


FILES = sorted((ROOT / "resources/translations/fr").glob("*.toml"))


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_file_says_nothing_that_is_not_asked_for(path: Path) -> None:
    data = {text for text in tomllib.loads(path.read_text("utf-8")) if path.stem != "people"}
    assert not data - set(all_texts())
