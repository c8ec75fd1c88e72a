"""What an import says: rows, what was dirty, and where the wards came from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from fieldapp.errors import LayerError, Place
from fieldapp.texts import tr

Progress = Callable[[int, int], None]  # bytes read, bytes in all; it may raise to stop the import
SAMPLES = 5
FIRST_LOOK = 1000  # rows after which a file with nothing but faults is given up


@dataclass
class Report:
    """The outcome of one import. `doubled_ids` counts the ids that occur more than once, each once; all their rows
    are kept, and `doubled_rows` counts those beyond each id's first. `outside_wards` counts rows without a ward."""

    kind: str
    file: str
    source: str = ""
    as_of: str = ""
    licence: str = ""
    sha256: str = ""
    imported_at: str = ""
    rows: int = 0
    bad_rows: int = 0
    bad_samples: list[str] = field(default_factory=list)
    doubled_ids: int = 0
    doubled_rows: int = 0
    doubled_samples: list[str] = field(default_factory=list)
    outside_wards: int = 0
    wards_from: str = ""  # "polygons" of the wards layer, the file's own "column", or "" where there is neither
    wards_differ: int = 0  # rows whose own column says another ward than the polygons
    differ_samples: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)  # other things in the file: stops, routes, trips...
    seconds: float = 0.0

    def payload(self) -> dict[str, Any]:
        """The report as plain JSON values."""
        return asdict(self)


class Faults:
    """Rows that cannot be used: counted, the first few kept with their place; too many of them refuse the file."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._first: tuple[str, Place] | None = None

    def add(self, reason: str, place: Place) -> None:
        """Count one row that is passed over."""
        self._first = self._first or (reason, place)
        self._report.bad_rows += 1
        if len(self._report.bad_samples) < SAMPLES:
            where = Place(sheet=place.sheet, row=place.row, column=place.column, field=place.field)
            self._report.bad_samples.append(f"{where}: {reason}")
        if self._report.bad_rows == FIRST_LOOK and self._report.bad_rows > self._report.rows:
            self.judge(self._report.rows)

    def judge(self, good: int) -> None:
        """Raise LayerError when more rows are bad than good: then the file is the wrong one, not a dirty one."""
        if self._first and self._report.bad_rows > good:
            reason, place = self._first
            bad, rows = self._report.bad_rows, self._report.bad_rows + good
            raise LayerError(
                tr(
                    "{reason} ({bad} of {rows} rows cannot be used, so the file is refused)",
                    reason=reason,
                    bad=bad,
                    rows=rows,
                ),
                place,
            )


class Doubles:
    """Ids that occur more than once, with the rows of the first few."""

    def __init__(self) -> None:
        self._first_row: dict[str, int] = {}
        self._rows: dict[str, list[int]] = {}

    def add(self, key: str, row: int) -> None:
        """Note that `key` stands in `row`."""
        first = self._first_row.setdefault(key, row)
        if first != row:
            self._rows.setdefault(key, [first]).append(row)

    def tell(self, report: Report) -> None:
        """Write what was doubled into the report."""
        report.doubled_ids = len(self._rows)
        report.doubled_rows = sum(len(rows) - 1 for rows in self._rows.values())
        for key, rows in list(self._rows.items())[:SAMPLES]:
            numbers = ", ".join(str(row) for row in rows[:SAMPLES])
            report.doubled_samples.append(tr("{id} in rows {rows}", id=key, rows=numbers))
