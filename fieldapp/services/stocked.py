"""`[[stock]]` of service.toml: what a step hands over, and how many of it or by which numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fieldapp.services.declared import Transition
from fieldapp.services.entries import Entries
from fieldapp.services.steps import read_when
from fieldapp.stock.items import stock_item
from fieldapp.texts import tr

SITE = "case/site"  # of the block b1_case: where somebody stands
_KEY = re.compile(r"\[[^\]]*\]")  # of a row of a repeat


@dataclass(frozen=True)
class StockRule:
    """`steps` hand over `item` (a row of stock.csv) at the office in the answer `office`: as many as the answers
    `quantity` say, one without it; of what is numbered, those whose numbers the answers `numbers` have."""

    item: str
    steps: frozenset[str]
    quantity: str = ""
    numbers: str = ""
    office: str = SITE
    question: str = ""
    values: frozenset[str] = frozenset()
    negated: bool = False

    @property
    def questions(self) -> dict[str, str]:
        """The questions that it names, by key."""
        named = {"quantity": self.quantity, "numbers": self.numbers, "office": self.office, "when": self.question}
        return {key: path for key, path in named.items() if path}

    def fits(self, fields: Mapping[str, str]) -> bool:
        """Whether a record with these answers hands it over."""
        answer = fields.get(self.question, "")
        return not self.question or (bool(answer) and (answer in self.values) is not self.negated)

    def many(self, fields: Mapping[str, str]) -> int:
        """How many are handed over, of what is not numbered."""
        if not self.quantity:
            return 1
        return sum(int(value) for value in _answers(fields, self.quantity) if value.isdecimal())

    def borne(self, fields: Mapping[str, str]) -> list[str]:
        """The numbers that are handed over."""
        return list(_answers(fields, self.numbers)) if self.numbers else []


def read_stock(entries: Entries, steps: Iterable[Transition]) -> tuple[StockRule, ...]:
    """What this service's steps hand over, if anything."""
    known = {step.id for step in steps}
    return tuple(_rule(item, known) for item in entries.tables("stock"))


def _rule(item: Entries, known: set[str]) -> StockRule:
    question, values, negated = read_when(item)
    rule = StockRule(
        item=item.text("item"),
        steps=frozenset(item.texts("steps")),
        quantity=item.text("quantity", ""),
        numbers=item.text("numbers", ""),
        office=item.text("office", SITE),
        question=question,
        values=values,
        negated=negated,
    )
    item.finish()
    counted = stock_item(rule.item)
    if counted is None:
        item.wrong("item", tr("stock.csv has no item “{name}”", name=rule.item))
    elif counted.numbered is not bool(rule.numbers):
        key = "numbers" if counted.numbered else "item"
        item.wrong(key, tr("what is numbered names the answer with its `numbers`, and nothing else does"))
    for step in sorted(rule.steps - known):
        item.wrong("steps", tr("the service has no step “{step}”", step=step))
    return rule


def _answers(fields: Mapping[str, str], path: str) -> Iterator[str]:
    return (value.strip() for name, value in sorted(fields.items()) if value.strip() and _KEY.sub("", name) == path)
