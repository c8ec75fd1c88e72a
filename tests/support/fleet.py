"""A fleet as the City might tell of it: a laptop of each kind of trouble, and some in order."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from fieldapp import __version__
from fieldapp.clock import stamp
from sync.fleet import FLEET
from sync.wire import Fleet, Laptop, LaptopState, NumbersLeft, encoded
from ui.session import Session

GIGA = 1 << 30


def fleet_at(now: datetime) -> Fleet:
    """The City's word, as of a little before `now`."""
    as_of = now - timedelta(minutes=8)

    def ago(**time: float) -> str:
        return stamp(as_of - timedelta(**time))

    state = LaptopState(
        __version__,
        ago(minutes=2),
        numbers=(NumbersLeft("receipt", 84), NumbersLeft("order", 40)),
        free=212 * GIGA,
        secret=31,
        held={"P0": 12, "P1": 210, "P2": 1480, "P3": 4},
    )
    stuck = replace(state, unsent=14, unsent_since=ago(days=4, hours=2), attention=2)
    rich = replace(state, unsent=3, unsent_since=ago(hours=26), money=18250, money_since=ago(hours=26))
    scarce = replace(state, numbers=(NumbersLeft("order", 0, low=True),), free=GIGA)
    laptops = (
        Laptop("TOUGH-03", "m.tremblay", "M. Tremblay", ago(days=4), stuck, ago(days=4)),
        Laptop("COUNTER-2", "j.osei", "J. Osei", ago(minutes=4), rich, ago(minutes=4)),
        Laptop("TOUGH-11", "d.ng", "D. Ng", ago(hours=2), scarce, ago(hours=2)),
        Laptop("TOUGH-05", "l.roy", "L. Roy", ago(hours=1), replace(state, version="0.0.9"), ago(hours=1)),
        Laptop("TOUGH-09", "p.silva", "P. Silva", ago(minutes=9)),
        Laptop("TOUGH-07", "r.kaur", "R. Kaur", ago(minutes=1), state, ago(minutes=1)),
        Laptop("OLD-01", "b.away", "B. Away", ago(days=20), None, "", "erased", ago(days=19)),
    )
    return Fleet(stamp(as_of), laptops)


def heard_of(session: Session) -> Fleet:
    """Let a supervisor's laptop have heard it."""
    told = fleet_at(session.clock.now())
    session.store.keep_setting(FLEET, encoded(told).decode())
    return told
