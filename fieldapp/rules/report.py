"""What came of trying a rule, in words and as a table for spreadsheets. No answer of a resident's stands in it."""

from __future__ import annotations

from fieldapp.money.cash import dollars
from fieldapp.rules.trying import Difference, Trial
from fieldapp.texts import plural, tr

COLUMNS = ("record", "state", "would_fail", "would_pass", "fee_now", "fee_then")


def summary(trial: Trial | None) -> str:
    """One sentence or two."""
    if trial is None or not trial.total:
        return tr("No record of this service that was handed in is on this laptop.")
    said = [plural(trial.looked_at, "{n} record looked at", "{n} records looked at")]
    said.append(tr("{n} would fail that pass now", n=trial.fail))
    said.append(tr("{n} would pass that fail now", n=trial.passing))
    if trial.fees:
        said.append(tr("{n} would cost something else", n=trial.fees))
    if trial.left_out:
        said.append(tr("{n} left out: their form is not here", n=trial.left_out))
    return ", ".join(said) + ". " + tr("Nothing was changed.")


def lines(trial: Trial | None) -> list[tuple[str, ...]]:
    """A line a record that would fare otherwise, in the order of COLUMNS."""
    return [_line(one) for one in trial.differences] if trial is not None else []


def _line(one: Difference) -> tuple[str, ...]:
    differs = one.fee_now != one.fee_then
    return (
        one.record.reference,
        one.record.state,
        "; ".join(f"{fault.label}: {fault.message}" for fault in one.fails),
        "; ".join(f"{fault.label}: {fault.message}" for fault in one.passes),
        dollars(one.fee_now) if differs else "",
        dollars(one.fee_then) if differs else "",
    )
