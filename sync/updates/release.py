"""One version of the program that the City hands out, and to which laptops."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

MOUNT = "updates"  # where they are, below the gateway's address
METADATA, FILES = "metadata", "targets"  # below that: signed lists, and files
LIST = "releases.json"  # the signed list of versions


@dataclass(frozen=True)
class Release:
    """A version for one kind of computer, as its signed list has it."""

    version: str  # as in 0.2.0
    system: str  # as in linux-x86_64
    file: str  # in the folder of files
    share: int = 100  # percent of all laptops
    laptops: tuple[str, ...] = ()  # names, with * and ?, of those that get it before
    notes: Mapping[str, str] = field(default_factory=dict)  # what is new, by language

    def is_for(self, device: str) -> bool:
        """Whether a laptop of this name gets it: it is named, or falls into the share. As the share grows, nobody
        falls out of it, and each version begins with others."""
        if any(fnmatchcase(device.upper(), pattern.upper()) for pattern in self.laptops):
            return True
        return int.from_bytes(hashlib.sha256(f"{self.version} {device}".encode()).digest()[:4]) % 100 < self.share


@dataclass(frozen=True)
class Releases:
    """All that the City hands out."""

    releases: tuple[Release, ...] = ()
