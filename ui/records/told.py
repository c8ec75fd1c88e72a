"""What became of two people's versions, in a sentence for whoever reads it: whose value was kept, by whom, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldapp.actions import parties
from fieldapp.records import Record
from fieldapp.store import Contested, Dispute
from fieldapp.texts import plural, tr
from ui.session import Session

FRAME = ("@", "case/", "meta/")  # the record's own fields, how it came (resources/services/_blocks, b1), the form's own

if TYPE_CHECKING:
    from ui.review.wording import Wording


def outcome(session: Session, record: Record, dispute: Dispute) -> str:
    """A settled dispute, as one of its two authors is told of it."""
    if not dispute.paths:
        return tr("A version of yours was compared with another one, and it was decided.")
    said = _path(session, _words(session, record), dispute, dispute.paths[0])
    if more := len(dispute.paths) - 1:
        said = plural(more, "{said} (and {n} more answer)", "{said} (and {n} more answers)", said=said)
    return said


def settled(session: Session, dispute: Dispute) -> str:
    """Who settled it, and a supervisor's reason."""
    name = session.name_of(dispute.settled_by)
    if dispute.why:
        return tr("Decided by {name}: {why}", name=name, why=dispute.why)
    return tr("settled by {name}", name=name)


def waiting(session: Session, record: Record, dispute: Dispute) -> str:
    """An open dispute: what it is about, and who wrote the two versions."""
    telling = sorted(dispute.paths, key=lambda one: one.path.startswith(FRAME))  # answers before what frames them
    labels = [_words(session, record).about(one.path) for one in telling[:2]]
    names = [session.name_of(one) for one in sorted(parties(dispute))]
    about = ", ".join(f"“{one}”" for one in labels)
    return tr("Two versions of {about}: {names}", about=about, names=" / ".join(names))


def _path(session: Session, words: Wording, dispute: Dispute, one: Contested) -> str:
    me = session.person.id
    mine, theirs = (one.mine, one.theirs) if me == dispute.mine_by else (one.theirs, one.mine)
    other = one.theirs_by if me == dispute.mine_by else dispute.mine_by
    said = {
        "question": words.about(one.path),
        "other": session.name_of(other),
        "value": words.value(one.path, one.kept) if one.kept else tr("no answer"),
    }
    if other == me:
        return tr("Of your two answers to “{question}”, this one was kept: {value}.", **said)
    if one.kept == mine:
        return tr("Your answer to “{question}” was kept: {value}. {other} had given another one.", **said)
    if one.kept == theirs:
        return tr("{other}'s answer to “{question}” is kept now: {value}. Yours stays in the history.", **said)
    return tr("“{question}” is now: {value}. Your answer and {other}'s stay in the history.", **said)


def _words(session: Session, record: Record) -> Wording:
    from ui.review.wording import Wording  # Review shows records, and records are told of here

    return Wording(session, record)
