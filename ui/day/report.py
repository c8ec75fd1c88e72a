"""The day's report: what three laptops and the gateway hold, compared; what was lost or doubled; how long it took."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Side:
    """One of the four stores in the same scope: how many records, and the sum of their fingerprints mod 2^64."""

    name: str
    records: int
    checksum: str


@dataclass
class Report:
    """One working day in figures. `lost` and `doubled` count answers and operations; both must be 0."""

    data: str
    stores: list[Side] = field(default_factory=list)
    lost: int = 0
    doubled: int = 0
    saves: int = 0  # commits that a screen called saved
    changes: int = 0  # operations that the gateway applied
    receipts: list[str] = field(default_factory=list)
    photos: int = 0
    kills: int = 0
    kept_at_kill: int = 0  # answers of the killed form that were there after the restart
    states: dict[str, int] = field(default_factory=dict)
    chains: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def equal(self) -> bool:
        """Whether all sides hold the same records."""
        return len({(side.records, side.checksum) for side in self.stores}) == 1

    @property
    def good(self) -> bool:
        """Whether the day went as a day must go."""
        return self.equal and not (self.lost or self.doubled or self.faults)

    def write(self, folder: Path) -> None:
        """report.json for programs, report.txt for people."""
        content: Mapping[str, Any] = {**asdict(self), "equal": self.equal, "good": self.good}
        (folder / "report.json").write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")
        (folder / "report.txt").write_text(self.page() + "\n", "utf-8")

    def page(self) -> str:
        """One page."""
        lines = [
            "ONE WORKING DAY · practice city",
            f"Ground: {self.data}",
            "",
            f"{'store':<28}{'records':>9}   checksum",
            *[f"{side.name:<28}{side.records:>9}   {side.checksum}" for side in self.stores],
            f"All four hold the same: {'yes' if self.equal else 'NO'}",
            "",
            f"Saves that a screen called saved   {self.saves}",
            f"Operations applied by the City     {self.changes}",
            f"Lost {self.lost} · doubled {self.doubled} · laptops killed {self.kills}",
            f"Answers found again after the kill  {self.kept_at_kill}",
            f"Photos stored, hash by hash        {self.photos}",
            f"Journals, hash chains              {', '.join(f'{who}: {how}' for who, how in self.chains.items())}",
            "",
            "Records by state                   " + ", ".join(f"{state} {n}" for state, n in self.states.items()),
            "Receipts                           " + ", ".join(self.receipts),
            "",
            "Time                               " + ", ".join(f"{what} {s:.1f} s" for what, s in self.seconds.items()),
            *[f"FAULT: {fault}" for fault in self.faults],
        ]
        return "\n".join(lines)
