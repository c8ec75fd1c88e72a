"""Stand-ins as the City might tell of them: one that holds, one to come, and who is asked for them."""

from __future__ import annotations

from datetime import datetime, timedelta

from fieldapp.clock import stamp
from sync.stand_ins import STAND_INS
from sync.wire import StandingIn, StandIns, encoded
from ui.session import Session


def told_at(now: datetime) -> StandIns:
    """The City's word, as of a little before `now`."""
    midnight = now.astimezone().replace(hour=5, minute=0, second=0, microsecond=0)

    def day(number: int) -> str:
        return stamp(midnight + timedelta(days=number))

    chen = StandingIn("s-1", "d.chen", "D. Chen", "r.kaur", "R. Kaur", (), day(-2), day(9))
    kaur = ("r.kaur", "R. Kaur", "m.tremblay", "M. Tremblay", ("03", "08"))
    return StandIns(stamp(now - timedelta(minutes=8)), (chen, StandingIn("s-2", *kaur, day(4), day(12), reviews=False)))


def heard_of(session: Session) -> StandIns:
    """Let a supervisor's laptop have heard it."""
    told = told_at(session.clock.now())
    session.store.keep_setting(STAND_INS, encoded(told).decode())
    return told
