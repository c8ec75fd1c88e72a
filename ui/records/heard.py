"""What other systems said of a record, in words: who and when, and what; and where another server has it."""

from __future__ import annotations

from datetime import date

from fieldapp.outside import Word, status_words, words_of
from fieldapp.records import OUTSIDE, WORDS, Record
from fieldapp.texts import tr
from ui.days import moment


def lines(record: Record, today: date) -> list[tuple[str, str]]:
    """Label and value of each line, oldest first."""
    place = [(tr("Handed on to"), _place(record))] if record.get(f"{OUTSIDE}server") else []
    return place + [_line(word, today) for word in words_of(record.fields)]


def label_of(path: str) -> str:
    """What such a field is called, "" for any other path."""
    if path.startswith(WORDS):
        return tr("Word from outside")
    return tr("Handed on") if path.startswith(OUTSIDE) else ""


def _place(record: Record) -> str:
    """Whose server, its number there, and its status there, as far as they are known."""
    server, number, status = (record.get(OUTSIDE + name) for name in ("server", "number", "status"))
    return " · ".join(part for part in (server, number, status_words(status)) if part)


def _line(word: Word, today: date) -> tuple[str, str]:
    who = " · ".join(part for part in (word.by, moment(word.at, today)) if part)
    said = "\n".join(part for part in (_headed(status_words(word.status)), word.text) if part)
    return who or tr("Word from outside"), said


def _headed(words: str) -> str:
    """With a capital, as a line begins."""
    return words[:1].upper() + words[1:]
