"""Values that are compared, counted with or given to functions which they do not fit.

Nothing here is certain to be wrong, since any text may look like a number; so only what can never do what its author
wanted is told. Each finding is a (code, message, suggestion) of one expression.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fieldapp.forms.lint.said import Said
from fieldapp.forms.lint.slips import day_of, is_swapped
from fieldapp.forms.lint.sorts import Sort, Sorts
from fieldapp.forms.lint.spelling import Speller
from fieldapp.forms.xpath.context import Scope
from fieldapp.forms.xpath.tree import Binary, Call, Expression, Literal, Negate, Path
from fieldapp.texts import tr

Remark = tuple[str, str, str]
_EQUAL, _ORDER, _SUM = (
    frozenset({"=", "!="}),
    frozenset({"<", "<=", ">", ">="}),
    frozenset({"+", "-", "*", "div", "mod"}),
)
_DAY = re.compile(r"\d{4}-\d\d?-\d\d?(T.*)?")
_CHOSEN = frozenset({"selected", "is-selected", "count-selected", "selected-at"})
_DATED = frozenset({"format-date", "format-date-time", "decimal-date-time"})
_SUMMED = frozenset({"sum", "number", "int", "round", "abs"})


@dataclass(frozen=True)
class Mismatches:
    """Looks at one part of an expression at a time."""

    sorts: Sorts
    said: Said
    speller: Speller

    def of(self, part: Expression, scope: Scope) -> Iterator[Remark]:
        """What does not fit in `part` itself; the expressions inside it are asked about on their own."""
        if isinstance(part, Binary) and part.operator in _EQUAL:
            yield from self._equal(part, scope)
        elif isinstance(part, Binary) and part.operator in _ORDER:
            yield from self._ordered(part, scope)
        elif isinstance(part, Binary) and part.operator in _SUM:
            yield from self._summed(part, scope)
        elif isinstance(part, Negate):
            yield from self._number(part.operand, scope, part)
        elif isinstance(part, Call):
            yield from self._call(part, scope)

    # = and !=

    def _equal(self, part: Binary, scope: Scope) -> Iterator[Remark]:
        left, right = self.sorts.of(part.left, scope), self.sorts.of(part.right, scope)
        if isinstance(part.right, Literal):
            yield from self._equals(part.left, left, part.right, part)
        elif isinstance(part.left, Literal):
            yield from self._equals(part.right, right, part.left, part)
        else:
            yield from self._both(left, right, part)

    def _both(self, left: Sort, right: Sort, part: Binary) -> Iterator[Remark]:
        """Two questions that can never have the same answer."""
        if not left.question or not right.question:
            return
        kinds = {left.kind, right.kind}
        if kinds in ({"date", "number"}, {"moment", "number"}):
            yield self._no_date(part)
        elif left.words is not None and right.words is not None and not left.words & right.words - {""}:
            yield (
                "no-such-choice",
                tr("the two in “{part}” have no answer in common", part=self.said.expression(part)),
                "",
            )

    def _equals(self, one: Expression, sort: Sort, literal: Literal, part: Binary) -> Iterator[Remark]:
        text = literal.value
        if text == "" or isinstance(one, Literal):
            return
        if sort.kind == "choices" and sort.words is not None and isinstance(text, str):
            yield from self._whole(one, sort.words, text)
        elif sort.kind == "truth":
            if isinstance(text, str) and text not in {"true", "false"}:
                message = tr("“{part}” compares true or false with a text", part=self.said.expression(part))
                yield "type-mismatch", message, tr("Use it by itself, or with not().")
        elif sort.words is not None:
            yield from self._among(one, sort, literal)
        elif sort.kind == "number" and isinstance(text, str) and not _is_number(text):
            yield self._never(part, tr("a number is never a text"))
        elif sort.kind in {"date", "moment"} and not (isinstance(text, str) and _DAY.fullmatch(text)):
            yield self._no_date(part)

    def _among(self, one: Expression, sort: Sort, literal: Literal) -> Iterator[Remark]:
        """A comparison with what is not among all that the value can be."""
        words, text = sort.words or frozenset(), literal.value
        numbers = {float(word) for word in words if _is_number(word)}
        if text in words or (not isinstance(text, str) and text in numbers):
            return
        if isinstance(text, str) and _is_number(text) and float(text) in numbers:
            return
        name, written = self.said.expression(one), text if isinstance(text, str) else str(literal)
        message = tr("{name} is never “{text}”", name=name, text=written)
        yield "no-such-choice", message, self.speller.meant(written, sorted(words))

    def _whole(self, one: Expression, words: frozenset[str], text: str) -> Iterator[Remark]:
        name = self.said.expression(one)
        strange = [word for word in text.split() if word not in words]
        if strange:
            message = tr("{name} is never “{text}”", name=name, text=strange[0])
            yield "no-such-choice", message, self.speller.meant(strange[0], sorted(words))
        elif len(text.split()) == 1:
            message = tr("{name} is “{text}” only while nothing else is chosen too", name=name, text=text)
            yield (
                "equals-several",
                message,
                tr("To ask whether it is among them: {wanted}.", wanted=f"selected({name}, '{text}')"),
            )

    # < and >

    def _ordered(self, part: Binary, scope: Scope) -> Iterator[Remark]:
        for one, other in ((part.left, part.right), (part.right, part.left)):
            sort = self.sorts.of(one, scope)
            if sort.kind in {"date", "moment"} and isinstance(other, Literal):
                yield from self._date_order(part, other)
            elif isinstance(one, Literal) and isinstance(one.value, str):
                other_kind = self.sorts.of(other, scope).kind
                if not _is_number(one.value) and other_kind not in {"date", "moment", "time"}:
                    yield self._never(part, tr("“{text}” is no number", text=one.value))
            else:
                yield from self._number(one, scope, part)

    def _date_order(self, part: Binary, literal: Literal) -> Iterator[Remark]:
        text = literal.value
        if isinstance(text, str) and _DAY.fullmatch(text):
            message = tr("“{part}” compares a date with a text", part=self.said.expression(part))
            yield "date-as-text", message, tr("Write {name}.", name=f"date('{text}')")
        else:
            yield self._no_date(part)

    # + - * div mod, and functions

    def _summed(self, part: Binary, scope: Scope) -> Iterator[Remark]:
        day = day_of(part)
        if day:
            message = tr("“{day}” without quotation marks is a subtraction, not a date", day=day)
            yield "type-mismatch", message, tr("Write {name}.", name=f"date('{day}')")
            return
        kinds = {self.sorts.of(part.left, scope).kind, self.sorts.of(part.right, scope).kind}
        if kinds & {"date", "moment"} and "text" in kinds and part.operator in {"+", "-"}:
            message = tr("“{part}” counts days with a text", part=self.said.expression(part))
            yield "date-as-text", message, tr("Make a date of the text with date(), or ask for a date.")
            return
        for one in (part.left, part.right):
            yield from self._number(one, scope, part)

    def _number(self, one: Expression, scope: Scope, part: Expression) -> Iterator[Remark]:
        """`one` stands where a number is wanted."""
        sort = self.sorts.of(one, scope)
        if sort.words is not None and sort.kind != "truth":
            words = sort.words - {""}
            wrong = bool(words) and not any(_is_number(word) or _DAY.fullmatch(word) for word in words)
        else:
            wrong = sort.kind in {"file", "place"}
        if wrong:
            yield self._never(part, tr("{name} is no number", name=self.said.expression(one)))

    def _call(self, call: Call, scope: Scope) -> Iterator[Remark]:
        if not call.arguments:
            return
        if is_swapped(call):
            other = Call(call.name, (call.arguments[1], call.arguments[0]))
            message = tr("the arguments of “{part}” are the wrong way round", part=self.said.expression(call))
            yield "swapped", message, tr("Did you mean {name}?", name=self.said.expression(other))
            return
        first = self.sorts.of(call.arguments[0], scope)
        if call.name in _CHOSEN:
            yield from self._chosen(call, first)
        elif call.name in _DATED and first.kind in {"choice", "choices", "place", "file", "truth"}:
            yield self._no_date(call)
        elif call.name in _SUMMED:
            yield from self._number(call.arguments[0], scope, call)
        elif call.name == "jr:choice-name" and isinstance(call.arguments[0], Path) and first.question:
            question = self.sorts.definition.questions[first.question]
            if question.choices is None and question.kind not in {"calculate", "attribute"}:
                message = tr("{name} is no question with choices", name=self.said.question(question.path))
                yield "not-choices", message, ""

    def _chosen(self, call: Call, first: Sort) -> Iterator[Remark]:
        name = self.said.expression(call.arguments[0])
        if first.kind in {"number", "date", "moment", "time", "file"}:
            yield "not-choices", tr("{name} is no question with choices", name=name), ""
            return
        wanted = call.arguments[1] if len(call.arguments) == 2 else None
        if first.kind in {"choice", "choices"} and first.words is not None and isinstance(wanted, Literal):
            text = str(wanted.value).strip()
            if isinstance(wanted.value, str) and text and text not in first.words:
                message = tr("{name} is never “{text}”", name=name, text=text)
                yield "no-such-choice", message, self.speller.meant(text, sorted(first.words))

    def _never(self, part: Expression, why: str) -> Remark:
        return "type-mismatch", tr("“{part}” can never work: {why}", part=self.said.expression(part), why=why), ""

    def _no_date(self, part: Expression) -> Remark:
        message = tr("“{part}” takes something for a date that is none", part=self.said.expression(part))
        return "type-mismatch", message, tr("A date is written date('2026-11-23'); an age is counted in days.")


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"\s*[+-]?(\d+(\.\d*)?|\.\d+)\s*", text))
