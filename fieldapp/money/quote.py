"""Why this amount: what a case owes, line by line, from its own answers and the dated fee table.

A form that asks for money has `fee_code` and `fee_base` (block b5_payment); one with several fees also `fee_lines`
("VB-ADMIN 1; VB-INSPECT 2"), which the City's functions `city:fee-base` and `city:fee-hst` add up the same way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from fieldapp.errors import ServiceError
from fieldapp.money.cash import ZERO, amount_of, dollars, stated
from fieldapp.records import Fields
from fieldapp.services.fees import Fee, FeeLine, FeeTable, cents, items_in
from fieldapp.texts import language, tr


@dataclass(frozen=True)
class Line:
    """One line of what is owed. Without a `fee` it is what the form works out beside the table."""

    code: str
    title: str
    amount: Decimal
    hst: Decimal
    day: date
    fee: Fee | None = None
    quantity: Decimal | None = None  # None: the form worked it out, from more than one number
    note: str = ""  # of a line without a fee: whence it is

    @property
    def total(self) -> Decimal:
        """With its HST."""
        return self.amount + self.hst

    @property
    def why(self) -> str:
        """How the amount comes about, in words."""
        fee = self.fee
        if fee is None:
            return self.note or tr("As the form works it out: rounding, or a least amount.")
        parts = [_reckoned(self, fee), _taxed(self, fee)]
        parts.append(tr("fee {code} in force since {day}, for {on}", code=fee.code, day=fee.valid_from, on=self.day))
        parts.append(fee.source if fee.verified else tr("{source}, to be confirmed", source=fee.source))
        return "; ".join(part for part in parts if part)


@dataclass(frozen=True)
class Quote:
    """What a case owes. A waived fee keeps its lines, and nothing is due."""

    lines: tuple[Line, ...]
    waived: bool = False
    reason: str = ""  # of the waiver, and who decided it

    @property
    def full(self) -> Decimal:
        """The sum of the lines with their HST."""
        return sum((line.total for line in self.lines), ZERO)

    @property
    def due(self) -> Decimal:
        """What is to be paid."""
        return ZERO if self.waived else self.full


def quote(fields: Fields, fees: FeeTable, today: date) -> Quote:
    """What a record with these answers owes; no lines where its form asks for nothing, not yet, or for what the table
    does not have: the form itself shows no amount either."""
    answers = {path.rpartition("/")[2]: value for path, value in fields.items() if not path.startswith("@")}
    day = _day(answers.get("received_at", "")) or today
    lines = list(_lines(answers, fees, day))
    waived = answers.get("fee_waiver") == "yes"
    return Quote(tuple(lines), waived, answers.get("waiver_reason", "") if waived else "")


def plain_lines(items: list[FeeLine], day: date) -> list[Line]:
    """The table's own lines, in the language of the screen."""
    return [
        Line(one.fee.code, one.fee.title.text(language()), one.amount, one.hst, day, one.fee, one.quantity)
        for one in items
    ]


def _lines(answers: Fields, fees: FeeTable, day: date) -> Iterator[Line]:
    base = stated(answers.get("fee_base", ""))
    if text := answers.get("fee_lines", ""):
        lines = _of_table(text, fees, day)
    else:
        lines = [] if base is None else [_of_form(answers, fees, day, base)]
    yield from lines
    rest = (base or ZERO) + amount_of(answers.get("hst", "")) - sum((line.total for line in lines), ZERO)
    if rest and base is not None:
        yield Line("", tr("Adjustment by the form"), rest, ZERO, day)


def _of_table(text: str, fees: FeeTable, day: date) -> list[Line]:
    """The lines of a form with several fees; none where it names one that the table does not have on that day: one such
    case must not hide what all others owe."""
    try:
        return plain_lines(fees.explain(items_in(text), day), day)
    except ServiceError:
        return []


def _of_form(answers: Fields, fees: FeeTable, day: date, base: Decimal) -> Line:
    """The one line of a form with a single fee: its amount is the form's, the reason is the table's."""
    code = answers.get("fee_code", "")
    fee = fees.on(code, day)
    title = fee.title.text(language()) if fee else code or tr("Fee")
    hst, note = amount_of(answers.get("hst", "")), "" if fee else _schedule(answers)
    return Line(code, title, base, hst, day, fee, _quantity(answers, fee, base), note)


def _schedule(answers: Fields) -> str:
    """Whence a fee is that our table does not have: the clerk read it in the City's schedule, which has a date."""
    if day := answers.get("fee_schedule_on", "") or answers.get("fee_list_date", ""):
        return tr("As the clerk read it in the City's schedule of fees of {day}", day=day)
    return tr("Entered from the office's current schedule")


def _quantity(answers: Fields, fee: Fee | None, base: Decimal) -> Decimal | None:
    """How many units make the base; None where it is not simply so many times the fee."""
    if fee is None or not fee.amount:
        return None
    share = fee.amount / 100 if fee.unit == "percent" else fee.amount
    said = answers.get("fee_quantity", "")
    try:
        quantity = Decimal(said) if said else base / share
        whole = said or quantity == quantity.to_integral_value()
        return quantity if whole and cents(share * quantity) == base else None
    except ArithmeticError:  # what another program wrote as the quantity
        return None


def _reckoned(line: Line, fee: Fee) -> str:
    rate = f"{fee.amount:f} %" if fee.unit == "percent" else dollars(fee.amount)
    if line.quantity is None:
        return tr(
            "worked out in the form from {rate}{unit}, with its rounding or least amount", rate=rate, unit=_unit(fee)
        )
    if fee.unit == "percent":
        return tr("{rate} of {base}", rate=rate, base=dollars(line.quantity))
    return f"{_number(line.quantity)} × {rate}{_unit(fee)}"


def _taxed(line: Line, fee: Fee) -> str:
    if not line.hst:
        return tr("no HST on top")
    return tr("HST {percent} % is {hst}", percent=_number(fee.hst), hst=dollars(line.hst))


def _unit(fee: Fee) -> str:
    return {"m2": "/m²"}.get(fee.unit, "")


def _number(value: Decimal) -> str:
    text = f"{value.normalize():f}"
    return text.replace(".", ",") if language() == "fr" else text


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
