"""A tour of the whole program: every page and every dialog, over a city at work. Tests walk it, and pictures are made
of it (`python -m tests.pictures DIR`). A page of `ui.shell.pages` that no stop shows fails a test.
"""

from tests.support.tour import counter, entrance, everyone, inspector, supervisor
from tests.support.tour.city import Stop, Tour

STOPS = (*inspector.STOPS, *everyone.STOPS, *counter.STOPS, *supervisor.STOPS, *entrance.STOPS)

__all__ = ["STOPS", "Stop", "Tour"]
