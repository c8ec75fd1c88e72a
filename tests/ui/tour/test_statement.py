"""The statement on accessibility names only tests that there are, and says the same in both languages."""

from __future__ import annotations

import re

import pytest

from fieldapp.paths import resources
from fieldapp.texts import LANGUAGES, speaking, tr

ROOT = resources().parent
STATEMENTS = {language: resources() / "help" / f"accessibility.{language}.md" for language in LANGUAGES}


def clauses(language: str) -> list[str]:
    """The clauses of chapter 11 that it speaks of, in order."""
    return re.findall(r"^\| (11\.[\d.]+) ", STATEMENTS[language].read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_it_names_exists(language: str) -> None:
    named = re.findall(r"`(tests/[^`]+)`", STATEMENTS[language].read_text("utf-8"))
    assert named
    assert [path for path in named if not (ROOT / path).is_file()] == []


def test_both_languages_speak_of_the_same_clauses() -> None:
    assert clauses("en") == clauses("fr")
    assert {clause.split(".")[1] for clause in clauses("en")} == set("12345678")


def test_the_page_it_sends_to_is_called_so() -> None:
    for language, statement in STATEMENTS.items():
        with speaking(language):
            title = tr("Diagnosis for IT")
        assert title.replace("’", "'") in statement.read_text("utf-8").replace("’", "'")


def test_the_readme_names_it() -> None:
    assert "resources/help/accessibility.en.md" in (ROOT / "README.md").read_text("utf-8")
