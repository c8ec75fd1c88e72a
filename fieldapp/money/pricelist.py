"""What the City's services cost on a day, each with why: for who is asked before there is a case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fieldapp.money.cash import dollars
from fieldapp.places.words import plain
from fieldapp.services.fees import Fee, FeeTable, cents
from fieldapp.texts import language, tr


@dataclass(frozen=True)
class Price:
    """A fee as it holds on a day, before HST."""

    fee: Fee

    @property
    def title(self) -> str:
        """What is paid for."""
        return self.fee.title.text(language())

    @property
    def rate(self) -> str:
        """The amount, or what it is reckoned by."""
        if self.fee.unit == "percent":
            number = f"{self.fee.amount.normalize():f}"
            return f"{number.replace('.', ',')} %" if language() == "fr" else f"{number}%"
        return dollars(self.fee.amount) + (" / m²" if self.fee.unit == "m2" else "")

    @property
    def why(self) -> str:
        """Since when, HST, and who says so."""
        fee = self.fee
        source = fee.source if fee.verified else tr("{source}, to be confirmed", source=fee.source)
        return "; ".join((tr("{code}, in force since {day}", code=fee.code, day=fee.valid_from), self._tax(), source))

    def _tax(self) -> str:
        if not self.fee.hst:
            return tr("no HST on top")
        percent = f"{self.fee.hst.normalize():f}"
        if self.fee.unit != "each":
            return tr("HST {percent} % on top", percent=percent)
        whole = dollars(self.fee.amount + cents(self.fee.amount * self.fee.hst / 100))
        return tr("with HST {percent} % {whole}", percent=percent, whole=whole)


def prices(tables: Iterable[FeeTable], day: date, asked: str = "") -> list[Price]:
    """The fees of `tables` that hold on `day` and have all words of `asked`, by their title; the first of a code."""
    words = plain(asked).split()
    found: dict[str, Price] = {}
    for table in tables:
        for fee in table.fees:
            if fee.valid_from <= day <= fee.valid_to:
                found.setdefault(fee.code, Price(fee))
    fit = [one for one in found.values() if all(word in plain(f"{one.title} {one.fee.code}") for word in words)]
    return sorted(fit, key=lambda one: plain(one.title))
