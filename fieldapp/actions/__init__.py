"""The verbs: the only way a screen changes a record. Each ends in one durable commit of record and Change."""

from fieldapp.actions.clashes import Clash, Version, both, clashes, settle
from fieldapp.actions.decide import decide, last_look
from fieldapp.actions.desk import Desk
from fieldapp.actions.disputes import decide_between, outcomes, parties, to_decide, undecided, versions
from fieldapp.actions.fill import answer, attach
from fieldapp.actions.follow import bring_back, carried_forms, catch_up, dismiss
from fieldapp.actions.forms import lacks_form, may_edit, open_form
from fieldapp.actions.numbers import Issued, in_hand, issued, void
from fieldapp.actions.repair import correct, correctable, keep_mine, take_theirs
from fieldapp.actions.reveal import is_hidden, reveal
from fieldapp.actions.start import discard, start
from fieldapp.actions.steps import assign, offered, plan, reopening, take

__all__ = [
    "Clash",
    "Desk",
    "Issued",
    "Version",
    "answer",
    "assign",
    "attach",
    "both",
    "bring_back",
    "carried_forms",
    "catch_up",
    "clashes",
    "correct",
    "correctable",
    "decide",
    "decide_between",
    "discard",
    "dismiss",
    "in_hand",
    "is_hidden",
    "issued",
    "keep_mine",
    "lacks_form",
    "last_look",
    "may_edit",
    "offered",
    "open_form",
    "outcomes",
    "parties",
    "plan",
    "reopening",
    "reveal",
    "settle",
    "start",
    "take",
    "take_theirs",
    "to_decide",
    "undecided",
    "versions",
    "void",
]
