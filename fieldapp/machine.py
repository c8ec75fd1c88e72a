"""What this computer itself tells: its battery, its disk, its system. What nothing tells is None, never a guess."""

from __future__ import annotations

import platform
import shutil
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Battery:
    """Charge in percent, and whether the mains feed it."""

    percent: int
    plugged: bool


def battery() -> Battery | None:
    """The battery; None for a computer without one, or where the system tells nothing."""
    import psutil

    try:
        found = psutil.sensors_battery()
    except (AttributeError, OSError, RuntimeError, ValueError):  # no such sensors here, or they talk nonsense
        return None
    if found is None or not 0 <= found.percent <= 100:
        return None
    return Battery(round(found.percent), found.power_plugged is True)


def free_bytes(folder: Path) -> int | None:
    """Room on the disk that `folder` lies on; None where it cannot be asked."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def system() -> str:
    """Operating system, version and machine, without this computer's name."""
    return f"{platform.system()} {platform.release()} {platform.machine()}"
