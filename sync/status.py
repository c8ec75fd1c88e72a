"""What the sync worker tells: where it is, and what the last complete cycle proved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

Summary = tuple[int, int]  # count, and sum of fingerprints mod 2^64


class SyncState(Enum):
    """The worker's states. The three ways of waiting to try again differ in what a person should know."""

    IDLE = "idle"
    PROBING = "connecting"
    PUSHING = "sending"
    PULLING = "receiving"
    FILES = "files"  # files go or come, behind all else
    OFFLINE = "offline"  # backing off: no answer
    BUSY = "busy"  # backing off: the City asked to wait
    TROUBLE = "trouble"  # backing off: something else answered, or the gateway failed
    NEEDS_LOGIN = "sign_in"  # sending waits for the person
    UPGRADE_NEEDED = "upgrade"  # sending waits for a newer FieldApp
    REVOKED = "revoked"  # the City withdrew this laptop or person
    ERASED = "erased"  # and its order, which was proven, was to erase the store: it is over

    @property
    def backing_off(self) -> bool:
        """Whether it waits, and will try again by itself."""
        return self in {SyncState.OFFLINE, SyncState.BUSY, SyncState.TROUBLE}

    @property
    def stuck(self) -> bool:
        """Whether trying again is of no use before a person did something."""
        return self in {SyncState.NEEDS_LOGIN, SyncState.UPGRADE_NEEDED, SyncState.REVOKED, SyncState.ERASED}


@dataclass(frozen=True)
class ProofOfSync:
    """One complete cycle: what moved, and what laptop and City then held, bucket by bucket."""

    started_at: str
    finished_at: str
    epoch: str
    results: Mapping[str, int] = field(default_factory=dict)  # ops by the City's answer
    received: int = 0  # rows that came
    files: int = 0  # files that the City confirmed
    here: Mapping[str, Summary] = field(default_factory=dict)
    city: Mapping[str, Summary] = field(default_factory=dict)
    rebuilt: tuple[str, ...] = ()  # buckets that did not agree and were pulled anew
    resynced: tuple[str, ...] = ()  # buckets that were away too long to be brought up to date, and were pulled anew
    clock_ahead: float | None = None  # seconds that the laptop's clock was ahead of the City's; None: not compared
    files_left: int = 0  # files that ops named and the City has not confirmed
    trouble: str = ""  # in words, what kept files from going or coming
    more: bool = False  # whether the next cycle should follow at once: files had had their time

    @property
    def sent(self) -> int:
        """How many ops were sent."""
        return sum(self.results.values())

    @property
    def moved(self) -> bool:
        """Whether anything came or went."""
        return bool(self.results or self.received or self.files)

    @property
    def equal(self) -> bool:
        """Whether both sides hold the same, bucket by bucket."""
        return all(self.here.get(bucket, (0, 0)) == there for bucket, there in self.city.items())


@dataclass(frozen=True)
class LayerComing:
    """A reference layer on its way: how many of its bytes are here, and of those how many were taken in."""

    name: str
    done: int
    size: int
    loading: bool = False  # all of it is here, and is being taken in


@dataclass(frozen=True)
class SyncStatus:
    """The worker's state, for a screen. Times are stamps, "" for never."""

    state: SyncState = SyncState.IDLE
    waiting: int = 0  # sealed Changes that the City has not answered
    last_ok: str = ""  # the end of the last complete cycle
    message: str = ""  # in words, what keeps it
    sent: int = 0  # of `total`, in this cycle
    total: int = 0
    expected: int = 0  # rows that the City has for this laptop, as far as it has said
    retry_in: float = 0.0  # seconds until it tries again by itself
    proof: ProofOfSync | None = None  # of the last complete cycle
    files: int = 0  # files that wait to be sent, as far as the last cycle knows
    layer: LayerComing | None = None  # that is coming now, behind everything else
    layers_off: bool = False  # a person stopped the layers that were coming, for this run of the program

    @property
    def compared(self) -> Mapping[str, Summary]:
        """What the City counted at the last complete cycle, by bucket."""
        return self.proof.city if self.proof else {}
