"""What is said when a step was taken: that it is saved, and the official number that it issued."""

from __future__ import annotations

from fieldapp.actions import issued
from fieldapp.records import Record
from fieldapp.texts import tr
from ui.session import Session
from ui.titles import title_of


def told(session: Session, done: Record) -> str:
    """That `done` is saved here, and its official numbers; of one that only the City can give, that it follows."""
    said = [tr("{title} · saved on this laptop", title=title_of(session.desk, done))]
    for one in issued(session.desk.service_of(done), done):
        none = tr("{name}: none is left on this laptop, the City gives the final one", name=one.name)
        said.append(f"{one.name}: {one.number}" if one.number else none)
    return " · ".join(said)
