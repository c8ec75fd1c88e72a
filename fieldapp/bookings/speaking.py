"""Slots in words, in the language of the record: on paper, in the record, in the resident's calendar."""

from __future__ import annotations

from datetime import date, datetime

from fieldapp.bookings.slots import Slot

DAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAYS_FR = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
MONTHS_FR = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
WHOLE_DAY = 8 * 60  # minutes from which on a slot is a day's route, and its hours are nobody's appointment


def day_words(day: date, language: str) -> str:
    """A day in full: “Thursday, December 3, 2026”, « le jeudi 3 décembre 2026 »."""
    if language == "fr":
        number = "1er" if day.day == 1 else str(day.day)
        return f"le {DAYS_FR[day.weekday()]} {number} {MONTHS_FR[day.month - 1]} {day.year}"
    return f"{DAYS_EN[day.weekday()]}, {MONTHS_EN[day.month - 1]} {day.day}, {day.year}"


def hour_words(moment: datetime, language: str) -> str:
    """A time of day: “9:05 a.m.”, « 9 h 05 »."""
    if language == "fr":
        return f"{moment.hour} h {moment.minute:02}" if moment.minute else f"{moment.hour} h"
    half = "a.m." if moment.hour < 12 else "p.m."
    return f"{(moment.hour - 1) % 12 + 1}:{moment.minute:02} {half}"


def time_words(slot: Slot, language: str) -> str:
    """From when to when; nothing for what fills the day."""
    if slot.minutes >= WHOLE_DAY:
        return ""
    between = " à " if language == "fr" else " to "
    said = between.join(hour_words(one, language) for one in (slot.begins, slot.ends))
    return f"de {said}" if language == "fr" else said


def slot_words(slot: Slot, language: str) -> str:
    """Day, time and place."""
    parts = day_words(slot.begins.date(), language), time_words(slot, language), slot.place_in(language)
    return ", ".join(part for part in parts if part)
