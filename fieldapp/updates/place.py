"""Where versions of the program lie on this machine, and which of them is meant."""

from __future__ import annotations

import platform
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from fieldapp.errors import UpdateError
from fieldapp.paths import installed
from fieldapp.texts import tr

OWN, TRIAL = "updates", "rehearse"  # commands: the one that works where no version starts; what a version is tried with
UPDATES_ROOT = "updates-root.json"  # the City's root of trust: in the program's resources, or among the versions
VERSION = re.compile(r"\d{1,6}(\.\d{1,6}){1,3}")
PROGRAMS = ("fieldapp", "fieldapp.exe", "FieldApp.app/Contents/MacOS/fieldapp")  # on Linux, Windows, macOS


def order(version: str) -> tuple[int, ...]:
    """What versions are ordered by. UpdateError for what is none."""
    if not VERSION.fullmatch(version):
        raise UpdateError(tr("“{version}” is no version of FieldApp, as 1.2.0 is.", version=version))
    numbers = tuple(int(part) for part in version.split("."))
    return numbers + (0,) * (4 - len(numbers))


def this_system() -> str:
    """What programs are made for, as in linux-x86_64."""
    return f"{platform.system()}-{platform.machine()}".lower()


@dataclass(frozen=True)
class Installed:
    """The folder of this machine's versions."""

    root: Path

    @classmethod
    def here(cls) -> Installed:
        """That of the person who works at this computer, for all cities."""
        return cls(installed())

    @property
    def state(self) -> Path:
        """Which version starts; replaced whole."""
        return self.root / "state.json"

    @property
    def versions(self) -> Path:
        """A folder a version, each complete."""
        return self.root / "versions"

    @property
    def coming(self) -> Path:
        """What is on its way: a part of a file, a folder that is being unpacked. All of it may be thrown away."""
        return self.root / "coming"

    @property
    def trust(self) -> Path:
        """What is known of the City's signatures: roots and the newest lists."""
        return self.root / "trust"

    def folder(self, version: str) -> Path:
        """That of one version. UpdateError for what is no version: it came from elsewhere."""
        order(version)
        return self.versions / version

    def program(self, version: str) -> Path | None:
        """What one starts of a version; None where it is not here."""
        return program_in(self.folder(version))

    def holds(self, program: Path) -> bool:
        """Whether a program is one of these versions, and not the one that was installed."""
        return program.absolute().is_relative_to(self.versions.absolute())


def program_in(folder: Path) -> Path | None:
    """What one starts in a version's folder; None where there is nothing."""
    return next((folder / name for name in PROGRAMS if (folder / name).is_file()), None)


def running() -> Path | None:
    """The built program that runs now; None where it runs from its sources, which nobody updates so."""
    return Path(sys.executable) if getattr(sys, "frozen", False) else None
