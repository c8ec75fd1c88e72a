"""What the counter's search finds, as lines: services to begin, and what is done elsewhere, with who does it."""

from __future__ import annotations

from fieldapp.services import Service
from fieldapp.services.referrals import MARK, Referral, find_any, referrals
from fieldapp.texts import language, tr
from ui.counter.tiles import Tiles
from ui.session import Session
from ui.widgets import Row


def sought(board: Tiles, services: list[Service], text: str) -> list[Service | Referral]:
    """What is meant by what was typed: words, or the digit of a service."""
    numbered = board.of_digit(text)
    return [numbered] if numbered is not None else find_any(services, text)


def row_of(one: Service | Referral, *, enter: bool = False) -> Row:
    """A line; `enter` marks the one that Enter takes."""
    if isinstance(one, Referral):
        return Row(MARK + one.id, one.title.text(language()), one.answer, icon="external-link")
    name, about = one.title.text(language()), one.summary.text(language())
    return Row(one.id, name, about, icon=one.icon, trailing=tr("Enter") if enter else "")


def referred(session: Session, row: str) -> bool:
    """Whether a line is about what is done elsewhere; then it is said by whom, and nothing begins."""
    if not row.startswith(MARK):
        return False
    one = referrals()[row]
    session.say(f"{one.title.text(language())}. {one.answer}")
    return True
