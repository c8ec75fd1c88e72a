"""What a visit is called: by its ticket; where nobody draws one, by when it began."""

from __future__ import annotations

from fieldapp.clock import moment_of
from fieldapp.counter.visit import Visit
from fieldapp.texts import tr


def called(visit: Visit) -> str:
    """The visit's name on every page."""
    if visit.ticket or not visit.began:
        return tr("Visit {name}", name=visit.ticket or visit.alias)
    return tr("Visit since {time}", time=f"{moment_of(visit.began):%H:%M}")
