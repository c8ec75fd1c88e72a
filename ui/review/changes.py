"""What changed in a record since a supervisor last looked at it: pure, from two states of its answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from fieldapp.records import Fields, Record
from fieldapp.texts import tr
from ui.review.wording import Wording
from ui.session import Session

NOTHING = "—"


@dataclass(frozen=True)
class Line:
    """One answer that changed: what it was, what it is now; `tone` is the colour role of the new one."""

    path: str
    label: str
    before: str
    after: str
    tone: str


def lines(session: Session, record: Record, before: Fields | None, shown: Collection[str] = ()) -> list[Line]:
    """The changes in the order of the form. Files are counted, not named.

    Without `before` everything is new: what failed comes first, then what the visit decided, then the rest.
    """
    now = Wording(session, record)
    now.shown = shown
    if before is None:
        found = [_new(one.path, one.label, one.text, failed=one.failed) for one in now.given() if not one.file]
        decided = session.desk.service_of(record).merging.decision
        return sorted(found, key=lambda line: (line.tone != "bad", line.path not in decided))
    then = Wording(session, Record(record.id, record.service, record.form_version, record.rev, dict(before)))
    then.shown = shown
    found = [_line(now, then, path, record.answers, before) for path in _changed(record.answers, before, now, then)]
    return [*found, *_files(now, then)]


def _changed(after: Fields, before: Fields, now: Wording, then: Wording) -> Iterator[str]:
    """Paths that differ: in the order of the form as it is now, then what is gone."""
    order = [given.path for given in now.given()]
    gone = [given.path for given in then.given() if given.path not in after]
    for path in dict.fromkeys([*order, *gone]):
        if after.get(path, "") != before.get(path, "") and not (now.is_file(path) or then.is_file(path)):
            yield path


def _line(now: Wording, then: Wording, path: str, after: Fields, before: Fields) -> Line:
    new, old = after.get(path, ""), before.get(path, "")
    asked = now if new else then
    tone = "bad" if new and now.failed(path, new) else "pri" if new else "ink2"
    return Line(
        path,
        asked.about(path),
        then.guarded(path, then.value(path, old)) if old else NOTHING,
        now.guarded(path, now.value(path, new)) if new else NOTHING,
        tone,
    )


def _new(path: str, label: str, text: str, *, failed: bool) -> Line:
    return Line(path, label, "", text, "bad" if failed else "ink")


def _files(now: Wording, then: Wording) -> list[Line]:
    old, new = ({given.file for given in one.given() if given.file} for one in (then, now))
    if old == new:
        return []
    return [Line("", tr("Photos and files"), str(len(old)), str(len(new)), "pri")]
