"""The messages about standing in: who takes an absent supervisor's steps, where, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field

from sync.bounded import Label, Name

WardNumber = Annotated[str, Field(pattern="^[0-9]{2}$")]


@dataclass(frozen=True)
class GivenStandIn:
    """Who is to stand in for the caller, from the first day to the last, both whole. `id` is the caller's own: the same
    again is one. Without wards it is all of the caller's."""

    id: Name
    taker: Label  # user id
    first: date
    last: date
    wards: Annotated[tuple[WardNumber, ...], Field(max_length=100)] = ()


@dataclass(frozen=True)
class StandingIn:
    """Somebody stands in for somebody, now or later. Times are the City's, stamps; `wards` is empty for all of the
    giver's."""

    id: str
    giver: str  # user ids
    giver_name: str
    taker: str
    taker_name: str
    wards: tuple[str, ...]
    begins: str
    ends: str
    reviews: bool = True  # whether the taker reviews by a role of their own too


@dataclass(frozen=True)
class StandIns:
    """All who stand in, now or later, as of a time of the City's; `said` is what whoever gave should know."""

    as_of: str
    standing: tuple[StandingIn, ...] = ()
    said: str = ""
