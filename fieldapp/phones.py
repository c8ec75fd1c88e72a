"""Telephone numbers of this continent: found however they are written, shown in one way, the same in both languages."""

from __future__ import annotations

import re

# What people put between the digits: blanks, dots, dashes, brackets.
SIGNS = re.compile(r"\+?[\d\s().+/\u2010-\u2015-]+")
NAMES = frozenset({"phone", "cell", "mobile"})  # what the names of their questions end in
TEN, COUNTRY = 10, "1"
ENOUGH = 4  # digits that are worth looking for within a number: its end, as people quote it


def asks_for_one(question: str) -> bool:
    """Whether a question, by its name, asks for a telephone number: `phone`, `met_phone`, `loc_mgr_cell`."""
    return question.rpartition("_")[2] in NAMES


def digits(text: str) -> str:
    """The digits of a text, without the country's 1 before a whole number."""
    found = "".join(sign for sign in text if sign.isdigit())
    return found[1:] if len(found) == TEN + 1 and found.startswith(COUNTRY) else found


def number_in(text: str) -> str:
    """The ten digits of the telephone number that a text is, wholly; "" where it is none."""
    found = digits(text) if SIGNS.fullmatch(text.strip()) else ""
    return found if len(found) == TEN else ""


def shown(text: str) -> str:
    """A telephone number as it is read aloud, 905-555-0188; what is none stays as it was written."""
    number = number_in(text)
    return "-".join(parts(number)) if number else text


def spoken(text: str) -> str:
    """All ways in which somebody may look for a telephone number, in words with blanks between; "" for what is none."""
    number = number_in(text)
    if not number:
        return ""
    area, office, end = parts(number)
    return f"{number} {area} {office} {end} {office}{end}"


def within(typed: str, number: str) -> bool:
    """Whether what was typed is a telephone number, or enough of one, that `number` has in it."""
    asked = digits(typed) if SIGNS.fullmatch(typed.strip()) else ""
    return len(asked) >= ENOUGH and asked in digits(number)


def parts(number: str) -> tuple[str, str, str]:
    """A number of ten digits as it is read aloud: the area, the office, the end."""
    return number[:3], number[3:6], number[6:]
