"""An expression of a form in plain words: `. <= ${largest}` is “this answer is at most “Largest size””."""

from __future__ import annotations

from collections.abc import Callable

from fieldapp.forms.xpath.context import Scope
from fieldapp.forms.xpath.lexer import XPathError
from fieldapp.forms.xpath.parser import parse
from fieldapp.forms.xpath.references import route
from fieldapp.forms.xpath.tree import Binary, Call, Expression, Literal, Negate, Path
from fieldapp.texts import tr

ARITHMETIC = frozenset({"+", "-", "*", "div", "mod", "|"})
SAME = frozenset(
    {"number", "int", "string", "date", "coalesce", "boolean", "decimal-date-time", "substr", "normalize-space"}
)

CODED = frozenset({"regex", "pulldata", "if", "translate"})  # what they say is for whoever writes forms

Label = Callable[[str], str]  # of the question at a path; "" where there is none
Choice = Callable[[str, str], str]  # of a question's path and an answer of it: the answer in words


class Wording:
    """Says expressions that stand at one question (`scope`). `plain` tells whether what was said last is plain to
    everybody: a pattern, a table's key or what only the form calculates is not."""

    def __init__(self, scope: Scope, label: Label, choice: Choice) -> None:
        self._scope = scope
        self._label = label
        self._choice = choice
        self.plain = True

    def of(self, source: str) -> str:
        """The expression in words; as it is written where it cannot be read."""
        self.plain = True
        try:
            return self._say(parse(source))
        except XPathError:
            self.plain = False
            return source

    def _say(self, one: Expression) -> str:
        match one:
            case Literal(value):
                return quoted(value) if isinstance(value, str) else str(one)
            case Binary():
                return self._binary(one)
            case Negate(operand):
                return f"-{self._say(operand)}"
            case Call():
                return self._call(one)
            case Path():
                return self._path(one)

    def _binary(self, one: Binary) -> str:
        if one.operator in {"and", "or"}:
            return self._joined(one)
        left, right = self._say(one.left), self._compared(one.left, one.right)
        if one.operator in ARITHMETIC:
            self.plain = False
            sign = {"div": "÷", "*": "×", "mod": "mod"}.get(one.operator, one.operator)
            return f"{left} {sign} {right}"
        if isinstance(one.right, Literal) and one.right.value == "" and one.operator in {"=", "!="}:
            return tr("{what} is blank", what=left) if one.operator == "=" else tr("{what} is given", what=left)
        words = {"left": left, "right": right}
        if isinstance(one.right, Call) and one.right.name in {"now", "today"} and one.operator in {"<=", ">="}:
            ahead = tr("{what} is not in the future", what=left)
            return ahead if one.operator == "<=" else tr("{what} is not in the past", what=left)
        return {
            "=": tr("{left} is {right}", **words),
            "!=": tr("{left} is not {right}", **words),
            "<": tr("{left} is less than {right}", **words),
            "<=": tr("{left} is at most {right}", **words),
            ">": tr("{left} is more than {right}", **words),
            ">=": tr("{left} is at least {right}", **words),
        }.get(one.operator, f"{left} {one.operator} {right}")

    def _joined(self, one: Binary) -> str:
        """Both parts; an “or” within an “and” stands in brackets."""
        parts = [
            f"({self._say(part)})"
            if isinstance(part, Binary) and {part.operator, one.operator} == {"and", "or"}
            else self._say(part)
            for part in (one.left, one.right)
        ]
        first, second = parts
        words = {"first": first, "second": second}
        return tr("{first} and {second}", **words) if one.operator == "and" else tr("{first} or {second}", **words)

    def _compared(self, left: Expression, right: Expression) -> str:
        """What is compared with; the name of a choice as people read it."""
        path = self._question(left)
        if isinstance(right, Literal) and isinstance(right.value, str) and path:
            return quoted(self._choice(path, right.value) or right.value)
        return self._say(right)

    def _call(self, one: Call) -> str:
        said = [self._say(argument) for argument in one.arguments]
        if one.name == "selected" and len(said) == 2:
            return self._selected(one, *said)
        phrase = _phrases().get((one.name, len(said)))
        self.plain = self.plain and one.name not in CODED and (phrase is not None or one.name in SAME)
        if phrase is not None:
            return phrase(*said)
        return said[0] if said and one.name in SAME else f"{one.name}({', '.join(said)})"

    def _selected(self, one: Call, first: str, second: str) -> str:
        listed = one.arguments[0]
        if isinstance(listed, Literal):
            choices = ", ".join(quoted(part) for part in str(listed.value).split())
            return tr("{what} is one of {choices}", what=second, choices=choices)
        return tr("{what} includes {choice}", what=first, choice=self._compared(*one.arguments))

    def _path(self, one: Path) -> str:
        path = self._question(one)
        if path and path == self._scope.current:
            return tr("this answer")
        label = self._label(path) if path else ""
        if not label:
            self.plain = False
        return quoted(label or path.rpartition("/")[2].replace("_", " ")) if path else str(one)

    def _question(self, one: Expression) -> str:
        found = route(one, self._scope) if isinstance(one, Path) else None
        return found.target if found is not None and not found.rest else ""


def _phrases() -> dict[tuple[str, int], Callable[..., str]]:
    """How functions are said, by their name and their number of arguments."""
    return {
        ("today", 0): lambda: tr("today"),
        ("now", 0): lambda: tr("now"),
        ("true", 0): lambda: tr("yes"),
        ("false", 0): lambda: tr("no"),
        ("not", 1): lambda what: tr("it is not so that {what}", what=what),
        ("string-length", 1): lambda what: tr("the number of letters of {what}", what=what),
        ("count-selected", 1): lambda what: tr("how many choices {what} has", what=what),
        ("count", 1): lambda what: tr("how many {what} there are", what=what),
        ("sum", 1): lambda what: tr("the sum of {what}", what=what),
        ("regex", 2): lambda what, form: tr("{what} is written like {form}", what=what, form=form),
        ("translate", 3): lambda what, _from, _to: tr("{what} without signs", what=what),
        ("if", 3): lambda test, then, other: tr("{then} if {test}, else {other}", then=then, test=test, other=other),
        ("pulldata", 4): lambda table, column, _by, key: tr(
            "{column} of {key} in the table {table}", column=column, key=key, table=table
        ),
        ("city:days-between", 2): lambda first, last: tr("the days from {first} to {last}", first=first, last=last),
        ("city:business-days-between", 2): lambda first, last: tr(
            "the business days from {first} to {last}", first=first, last=last
        ),
        ("city:add-days", 2): lambda day, count: tr("{count} days after {day}", count=count, day=day),
        ("city:add-business-days", 2): lambda day, count: tr("{count} business days after {day}", count=count, day=day),
    }


def quoted(text: str) -> str:
    """A text between the quotation marks of the language."""
    return tr("“{text}”", text=text)
