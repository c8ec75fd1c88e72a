"""What the renderer needs from the page around it: a few functions, so that it knows no store and no service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol, TypeVar

from fieldapp.clock import Clock, SystemClock
from fieldapp.places import Layers
from fieldapp.records import Edits
from ui.ask_city import AddressAsker
from ui.forms.devices import Devices
from ui.forms.writing import AtOnce

Outcome = TypeVar("Outcome")


class AddressHit(Protocol):
    """One address that was found by typing: what `fieldapp.places` returns."""

    @property
    def label(self) -> str:
        """The address in one line."""
        ...

    @property
    def lat(self) -> float:
        """Degrees north."""
        ...

    @property
    def lon(self) -> float:
        """Degrees east."""
        ...


class BusinessDays(Protocol):
    """The City's business days: what `fieldapp.services.clocks` knows."""

    def add(self, day: date, days: int, /) -> date:
        """The business day that is `days` business days after `day`."""
        ...

    def between(self, start: date, end: date, /) -> int:
        """How many business days lie after `start`, up to and with `end`."""
        ...

    def is_business_day(self, day: date, /) -> bool:
        """Whether the City works on `day`."""
        ...


class Writer(Protocol):
    """Who carries answers and files to the disk, so that nobody who types waits for it: `ui.bridge.Bridge`."""

    def write(self, job: Callable[[], Outcome], done: Callable[[Outcome | BaseException], None]) -> None:
        """Do `job` after all that was handed over before; tell `done` its result, or the error it raised."""
        ...

    def written(self) -> None:
        """Wait until everything is done and told."""
        ...


class Remembered:
    """A text that is there again the next time; this one as long as the form is open."""

    def __init__(self) -> None:
        self.text = ""

    def get(self) -> str:
        """What was kept last, "" at first."""
        return self.text

    def keep(self, text: str) -> None:
        """Keep it in the place of what was kept before."""
        self.text = text


Save = Callable[[Edits, Edits], datetime]  # (edits, was) -> when it was durable; StoreError when it was not
Undo = Callable[[], None]


@dataclass(frozen=True)
class Host:
    """The renderer's way out. Without `search_addresses`, `locate` or `layers` those helps are simply not offered."""

    save: Save
    attach: Callable[[bytes, str, str], str]  # (data, mime, name) -> the answer's value
    read_blob: Callable[[str], bytes]  # an answer's value -> the file's bytes
    search_addresses: Callable[[str, int], Sequence[AddressHit]] | None = None
    known_addresses: Callable[[], Sequence[AddressHit]] | None = None  # said already by whom the form is about
    city: AddressAsker | None = None  # the City's geocoder, for an address that is not in the list
    slots: Callable[[str], Sequence[tuple[str, str]]] | None = None  # of a question: (slot, words) of what is free
    locate: Callable[[], str] | None = None  # where this device is, as a geopoint with its accuracy; "" = unknown
    toast: Callable[[str, Undo | None], None] | None = None
    clock: Clock = field(default_factory=SystemClock)
    layers: Layers | None = None  # what the map is drawn from; None = there is no map, positions are typed
    business_days: BusinessDays | None = None  # None: a day to comply by is asked for as any other day
    writer: Writer = field(default_factory=AtOnce)
    saw: Callable[[bytes, bytes, str], None] | None = None  # a photo came: (kept, as it came, from where)
    photo_folder: Remembered = field(default_factory=Remembered)  # where photos were chosen last
    devices: Devices = field(default_factory=Devices)


@dataclass(frozen=True)
class Heading:
    """The words of the page's head, in the language of the moment."""

    title: str
    breadcrumb: str = ""
    submit: str = ""  # the primary action of the last section; "" = there is none
    secondary: str = ""  # "" = there is none
