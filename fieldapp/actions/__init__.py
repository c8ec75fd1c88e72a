"""The verbs: the only way a screen changes a record. Each ends in one durable commit of record and Change."""

from fieldapp.actions.desk import Desk
from fieldapp.actions.fill import answer, attach, may_edit, open_form
from fieldapp.actions.repair import keep_mine, take_theirs
from fieldapp.actions.start import discard, start
from fieldapp.actions.steps import assign, offered, take

__all__ = [
    "Desk",
    "answer",
    "assign",
    "attach",
    "discard",
    "keep_mine",
    "may_edit",
    "offered",
    "open_form",
    "start",
    "take",
    "take_theirs",
]
