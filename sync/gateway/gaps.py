"""The gap report: of every official number that was handed out, what became of it. Nothing is left without a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fieldapp.errors import RefusedError
from fieldapp.texts import tr
from sync.gateway.numbers import BACK, COUNTER, RETIRED, SPOILT, USED, VOID
from sync.gateway.transactions import Transaction

IN_HAND, AWAITED, LOST, SKIPPED = "in hand", "awaited", "lost", "skipped"
FATES = (USED, VOID, SPOILT, BACK, IN_HAND, AWAITED, LOST, SKIPPED)


@dataclass(frozen=True)
class Gap:
    """Numbers in a row that stand on no record: from one to another, what became of them, whose, and why."""

    first: int
    last: int
    fate: str
    holder: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Report:
    """One series: how many were handed out, how many met which fate, and each gap."""

    series: str
    handed_out: int
    fates: dict[str, int]
    gaps: tuple[Gap, ...]


def reports(tx: Transaction, series: str = "") -> list[Report]:
    """All series, or one; of one moment."""
    found = tx.execute("SELECT name, v FROM counter WHERE name LIKE 'official/%' ORDER BY name").fetchall()
    named = ((name.removeprefix(COUNTER), last) for name, last in found)
    return [_report(tx, name, last) for name, last in named if series in {"", name}]


def retire(tx: Transaction, device: str, reason: str, now: str) -> int:
    """Count the numbers out to a device as lost, for it does not come back; how many blocks that were.

    Should it come back after all, the work that bears them is taken."""
    if not reason.strip():
        raise RefusedError(tr("Please give a reason: it stands in the report."))
    sql = "UPDATE number_block SET ended = ?, ended_at = ?, reason = ? WHERE device = ? AND ended = '' RETURNING id"
    return len(tx.execute(sql, (RETIRED, now, reason.strip(), device)).fetchall())


def _report(tx: Transaction, series: str, last: int) -> Report:
    sql = "SELECT first, last, person, device, ended, unused, reason FROM number_block WHERE series = ? ORDER BY first"
    blocks = tx.execute(sql, (series,)).fetchall()
    sql = "SELECT n, fate, person, reason, block FROM official_number WHERE series = ? ORDER BY n"
    known = {n: rest for n, *rest in tx.execute(sql, (series,))}
    start = min([first for first, *_ in blocks] + list(known), default=last + 1)
    fates = dict.fromkeys(range(start, last + 1), (SKIPPED, "", ""))
    for first, end, person, device, ended, unused, reason in blocks:
        holder = f"{person} · {device}"
        fates |= {n: (_unknown(ended, n, unused), holder, reason) for n in range(first, end + 1)}
    fates |= {n: (fate, person, reason) for n, (fate, person, reason, _) in known.items()}
    counted = Counter(fate for fate, _, _ in fates.values())
    return Report(series, len(fates), {fate: counted[fate] for fate in FATES}, tuple(_gaps(fates.items())))


def _unknown(ended: str, n: int, unused: int) -> str:
    """The fate of a number that the City has seen on nothing yet, by what became of its block."""
    if not ended:
        return IN_HAND
    if ended == BACK:
        return BACK if n >= unused else AWAITED
    return LOST


def _gaps(fates: Iterable[tuple[int, tuple[str, str, str]]]) -> Iterator[Gap]:
    first, before, told = 0, -1, ("", "", "")
    for n, fate in sorted(fates):
        if fate == told and n == before + 1:
            before = n
            continue
        if told[0] not in {"", USED}:
            yield Gap(first, before, *told)
        first, before, told = n, n, fate
    if told[0] not in {"", USED}:
        yield Gap(first, before, *told)
