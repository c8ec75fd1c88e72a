"""The gateway's unit for systemd, with the place of this very program in it."""

from __future__ import annotations

import sys
from pathlib import Path

from fieldapp.paths import resources

UNIT = "gateway/fieldapp-gateway.service"


def unit(user: str) -> str:
    """The unit's text. It starts what runs now: the built program, or this Python with this checkout."""
    root = resources().parent
    words = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "ui"]
    start = " ".join([*words, "gateway", "serve"])
    text = (resources() / UNIT).read_text("utf-8")
    return text.replace("{root}", str(Path(root))).replace("{start}", start).replace("{user}", user)
