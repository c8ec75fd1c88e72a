"""How a booking stands, in words that a clerk can read to the resident."""

from __future__ import annotations

from fieldapp.actions.bookings import Booking
from fieldapp.bookings import Standing
from fieldapp.bookings.speaking import slot_words
from fieldapp.bookings.standing import ATTENDED, CANCELLED, CONFIRMED, FULL, NO_SHOW, OFFERED, WAITING
from fieldapp.bookings.wishes import BOOK, CANCEL, CITY, WAIT
from fieldapp.texts import tr

Line = tuple[str, str]  # a text and its style


def chip_of(one: Booking) -> tuple[str, str]:
    """In a word or two."""
    if one.tentative:
        return tr("Tentative"), "warn"
    if one.standing is None:
        return tr("Not booked"), "plain"
    return {
        CONFIRMED: (tr("Confirmed"), "ok"),
        OFFERED: (tr("Others are free"), "warn"),
        FULL: (tr("Nothing is free"), "bad"),
        WAITING: (tr("On the waiting list"), "warn"),
        CANCELLED: (tr("Cancelled"), "plain"),
        NO_SHOW: (tr("Did not come"), "bad"),
        ATTENDED: (tr("Came"), "ok"),
    }.get(one.standing.status, (one.standing.status, "plain"))


def said_of(one: Booking, language: str) -> list[Line]:
    """What is known, and what comes next."""
    standing = one.standing
    lines = [(slot_words(standing.slot, language), "strong")] if standing and standing.holds and standing.slot else []
    if one.tentative:
        return [*lines, (_asked(one), "small")]
    return [*lines, *((text, "small") for text in _explained(standing, language))]


def _asked(one: Booking) -> str:
    """What the City has not answered yet."""
    act = one.asked.act if one.asked else BOOK
    if act == CANCEL:
        return tr("Given back on this laptop; the City is told with the next sync.")
    if act == WAIT:
        return tr("Asked for the waiting list; the City answers with the next sync.")
    if act != BOOK:
        return tr("Noted on this laptop; the City is told with the next sync.")
    if one.standing and one.standing.holds:
        return tr("Another time is asked for. Until the City confirms it, the one above stands.")
    return tr("Asked for, not confirmed: somebody else may have the place. The City answers with the next sync.")


def _explained(standing: Standing | None, language: str) -> list[str]:
    if standing is None:
        return [tr("No time is asked for yet.")]
    if standing.status == CANCELLED:
        who = tr("The City cancelled it.") if standing.by == CITY else tr("It was given back.")
        was = slot_words(standing.slot, language) if standing.slot else ""
        return [" ".join(part for part in (who, was + "." if was else "", standing.why) if part), *_offers(standing)]
    told = {
        OFFERED: tr("What was asked for is taken. These were free when the City answered; none is kept:"),
        FULL: tr("What was asked for is taken, and nothing else is free. The waiting list can be asked for."),
        WAITING: tr("The first who waits gets the place that is given back; it is confirmed by itself then."),
    }.get(standing.status, "")
    if standing.holds and standing.offers:
        told = tr("The other time was taken, so this one stays. Free when the City answered:")
    if standing.moved:
        told = tr("The City moved it: please tell the resident.")
    offers = [slot_words(slot, language) for slot in standing.offers] if standing.status != WAITING else []
    return [text for text in (told, *(f"· {one}" for one in offers)) if text]


def _offers(standing: Standing) -> list[str]:
    return [tr("Another time can be chosen.")] if standing.offers else []
