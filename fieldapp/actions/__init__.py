"""The verbs: the only way a screen changes a record. Each ends in one durable commit of record and Change."""

from importlib import import_module
from typing import TYPE_CHECKING

from fieldapp.actions.clashes import Clash, Version, both, clashes, settle
from fieldapp.actions.decide import decide, last_look
from fieldapp.actions.desk import Desk
from fieldapp.actions.reveal import is_hidden, reveal
from fieldapp.actions.start import begin_after, begun_before, discard, start

if TYPE_CHECKING:
    from fieldapp.actions.disputes import decide_between, outcomes, parties, to_decide, undecided, versions
    from fieldapp.actions.fill import answer, attach
    from fieldapp.actions.follow import bring_back, carried_forms, catch_up, dismiss
    from fieldapp.actions.forms import lacks_form, may_edit, open_form
    from fieldapp.actions.numbers import Issued, in_hand, issued, void
    from fieldapp.actions.owing import all_too_much, balance, find_receipt, owed, paid_for, receipts_of, too_much
    from fieldapp.actions.papers import TakenForm, take_form
    from fieldapp.actions.payments import Handed, refund, take_payment, void_payment
    from fieldapp.actions.repair import correct, correctable, keep_mine, take_theirs
    from fieldapp.actions.steps import assign, offered, plan, reopening, take
    from fieldapp.actions.tills import (
        close_till,
        correct_float,
        count_till,
        my_closed,
        my_till,
        my_till_name,
        open_till,
        payments_in,
        recount_till,
        unsent,
    )

__all__ = [
    "Clash",
    "Desk",
    "Handed",
    "Issued",
    "TakenForm",
    "Version",
    "all_too_much",
    "answer",
    "assign",
    "attach",
    "balance",
    "begin_after",
    "begun_before",
    "both",
    "bring_back",
    "carried_forms",
    "catch_up",
    "clashes",
    "close_till",
    "correct",
    "correct_float",
    "correctable",
    "count_till",
    "decide",
    "decide_between",
    "discard",
    "dismiss",
    "find_receipt",
    "in_hand",
    "is_hidden",
    "issued",
    "keep_mine",
    "lacks_form",
    "last_look",
    "may_edit",
    "my_closed",
    "my_till",
    "my_till_name",
    "offered",
    "open_form",
    "open_till",
    "outcomes",
    "owed",
    "paid_for",
    "parties",
    "payments_in",
    "plan",
    "receipts_of",
    "recount_till",
    "refund",
    "reopening",
    "reveal",
    "settle",
    "start",
    "take",
    "take_form",
    "take_payment",
    "take_theirs",
    "to_decide",
    "too_much",
    "undecided",
    "unsent",
    "versions",
    "void",
    "void_payment",
]

# Brought when they are first asked for: no start waits for verbs of money and papers. None has the name of its room.
_ROOMS = {
    "disputes": "decide_between outcomes parties to_decide undecided versions",
    "fill": "answer attach",
    "follow": "bring_back carried_forms catch_up dismiss",
    "forms": "lacks_form may_edit open_form",
    "numbers": "Issued in_hand issued void",
    "owing": "all_too_much balance find_receipt owed paid_for receipts_of too_much",
    "papers": "TakenForm take_form",
    "payments": "Handed refund take_payment void_payment",
    "repair": "correct correctable keep_mine take_theirs",
    "steps": "assign offered plan reopening take",
    "tills": (
        "close_till correct_float count_till my_closed my_till my_till_name open_till payments_in recount_till unsent"
    ),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names.split()}

if not TYPE_CHECKING:  # which finds a misspelt name by the imports above

    def __getattr__(name: str) -> object:
        """A verb out of its room."""
        if name not in _ROOM_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(import_module(f"{__name__}.{_ROOM_OF[name]}"), name)
        return found
