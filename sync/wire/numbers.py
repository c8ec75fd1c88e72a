"""The messages about official numbers: blocks that a laptop asks for and gives account of."""

from __future__ import annotations

from dataclasses import dataclass

from sync.bounded import (
    Number,
    Printed,
    Word,
)


@dataclass(frozen=True)
class BlockAsk:
    """Reserve `size` numbers of the series of a service's official number, in the year of `day` (YYYY-MM-DD). The same
    id asks for the same block, however often."""

    id: Word
    service: Word
    number: Word
    day: Word
    size: Number


@dataclass(frozen=True)
class NumberBlock:
    """Numbers that are reserved for one person at one device: `prefix`, then `first` to `last` in `digits` digits.

    `used_to`: as far as the gateway knows them as used, 0 for not at all."""

    id: Word
    series: Word
    prefix: Printed
    digits: Number
    first: Number
    last: Number
    used_to: Number = 0


@dataclass(frozen=True)
class BlockEnd:
    """No number of this block will be taken any more: from `next` on none was; `lost`: nobody knows which were."""

    id: Word
    next: Number
    lost: bool = False


@dataclass(frozen=True)
class SpoiltNumber:
    """A number that was taken, and whose record will never come."""

    series: Word
    number: Printed


@dataclass(frozen=True)
class NumbersRequest:
    """What a laptop tells and asks about its official numbers. `held` is told after a restore, on either side."""

    device: Printed
    asks: tuple[BlockAsk, ...] = ()
    ended: tuple[BlockEnd, ...] = ()
    spoilt: tuple[SpoiltNumber, ...] = ()
    held: tuple[NumberBlock, ...] = ()


@dataclass(frozen=True)
class NoBlock:
    """A block that was not reserved, and why."""

    id: str
    code: str
    message: str


@dataclass(frozen=True)
class NumbersReply:
    """The blocks that were asked for, what was not reserved, and all blocks that are out to this device."""

    blocks: tuple[NumberBlock, ...] = ()
    refused: tuple[NoBlock, ...] = ()
    out: tuple[NumberBlock, ...] = ()
