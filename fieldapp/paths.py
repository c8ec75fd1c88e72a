"""Where things lie: what ships with the program, what belongs to this machine, what may be made anew."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import platformdirs


@cache
def resources() -> Path:
    """The folder that ships with the program (inside the bundle where PyInstaller unpacked it)."""
    bundle = getattr(sys, "_MEIPASS", None)
    return Path(bundle or Path(__file__).resolve().parent.parent) / "resources"


@dataclass(frozen=True)
class Home:
    """This machine's folder of one city: a store a person, the reference layers, and a cache."""

    root: Path

    @property
    def layers(self) -> Path:
        """The reference layers: public open data, one copy a machine."""
        return self.root / "layers.db"

    @property
    def services(self) -> Path:
        """The city's own services, beside those that ship with the program."""
        return self.root / "services"

    @property
    def live_feeds(self) -> Path:
        """The city's own table of live feeds, in place of the one that ships with the program."""
        return self.root / "live_feeds.csv"

    @property
    def cache(self) -> Path:
        """What can be made anew: converted forms."""
        return cache_in(self.root)

    @property
    def forms(self) -> Path:
        """The services' forms as they were, version by version: records made with them need them for ever."""
        return self.root / "forms"

    @property
    def log(self) -> Path:
        """What happened on this machine: no answers and no secrets (`logs`)."""
        return self.root / "logs" / "fieldapp.log"

    def store(self, person: str) -> Path:
        """The folder of one person's encrypted store."""
        return self.root / "people" / person


def cache_in(place: Path) -> Path:
    """Where `place` keeps what can be made anew, by the hash of what it is made of. FIELDAPP_CACHE is one such folder
    for all places of a machine: forty forms are converted once, not once a city."""
    return shared_cache() or place / "cache"


def shared_cache() -> Path | None:
    """The folder that FIELDAPP_CACHE names, None without it."""
    named = os.environ.get("FIELDAPP_CACHE")
    return Path(named) if named else None


def home(city: str = "practice") -> Home:
    """The home of `city`. FIELDAPP_HOME moves all cities elsewhere (tests, portable use)."""
    return Home(_base() / city)


def installed() -> Path:
    """The folder of newer versions of the program, for all cities of this machine (`fieldapp.updates`)."""
    return _base() / ".installed"


def _base() -> Path:
    return Path(os.environ.get("FIELDAPP_HOME") or platformdirs.user_data_dir("FieldApp", appauthor=False))
