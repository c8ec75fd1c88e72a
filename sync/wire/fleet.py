"""The messages about laptops: how each stands, as it tells itself, and what the City knows of all. No answer of any
record, and nothing about residents, is in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field

from sync.bounded import Label, Number, Word


@dataclass(frozen=True)
class NumbersLeft:
    """How many official numbers of one kind a laptop has in reserve; `low` by its service's own measure."""

    number: Word  # its id in the services
    left: Number
    low: bool = False


@dataclass(frozen=True)
class LaptopState:
    """How a laptop stands, of one person's store on it. Sums of money are whole cents."""

    version: Label  # of FieldApp
    at: Label  # the laptop's clock, a stamp
    unsent: Number = 0  # sealed Changes that the City has not answered
    unsent_since: Label = ""  # when the oldest of them was saved
    attention: Number = 0  # Changes that the City did not take, which wait for the person
    files: Number = 0  # photos that the City has not confirmed
    money: Number = 0  # taken and not with the City
    money_since: Label = ""
    numbers: Annotated[tuple[NumbersLeft, ...], Field(max_length=100)] = ()
    free: Number | None = None  # bytes of disk; None where it cannot be asked
    secret: Number = 0  # records of services with answers of the classes P3 and P4
    held: Annotated[Mapping[Label, Number], Field(max_length=20)] = field(default_factory=dict)  # records by class


@dataclass(frozen=True)
class Laptop:
    """A laptop and person, as the City heard of them last. Times are the City's, stamps."""

    device: str
    person: str  # user id
    name: str
    heard: str  # the last greeting
    state: LaptopState | None = None  # None: it has told none, for its FieldApp is older
    told: str = ""  # when it told its state
    withdrawn: str = ""  # the City keeps it "out", waits for it to be "erasing", or it is "erased"
    withdrawn_at: str = ""


@dataclass(frozen=True)
class Fleet:
    """All laptops that a supervisor looks after, as of a time of the City's."""

    as_of: str
    laptops: tuple[Laptop, ...] = ()
