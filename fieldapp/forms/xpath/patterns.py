"""regex(): patterns as Java reads them, matched in bounded time.

The `regex` library knows nearly all that Java knows, sets inside sets too; what the two write otherwise is rewritten:
quotations (`\\Q…\\E`), named references, and classes of characters, which in Java are those of ASCII. A pattern that
only JavaScript reads (`[[]`, `a{`) works as it does there, since forms are written for both.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import lru_cache

import regex

_log = logging.getLogger(__name__)
_SECONDS = 0.2  # for one text: beyond, the pattern goes back and forth without end, and no one who types shall wait
_LONGEST = 20_000  # characters of a pattern
_LARGEST = 100_000  # signs that it asks for, all its repetitions written out: the library keeps them in memory

_CLASSES = {  # what stands between the brackets of a set
    "d": "0-9",
    "w": "a-zA-Z0-9_",
    "s": r" \t\n\x0b\f\r",
    "h": r" \t\xa0\u1680\u180e\u2000-\u200a\u202f\u205f\u3000",
    "v": r"\n\x0b\f\r\x85\u2028\u2029",
}
_PROPERTIES = {
    "Lower": "a-z",
    "Upper": "A-Z",
    "Alpha": "a-zA-Z",
    "Digit": "0-9",
    "Alnum": "a-zA-Z0-9",
    "Punct": r"!-/:-@\[-`{-~",
    "Graph": "!-~",
    "Print": " -~",
    "Blank": r" \t",
    "Cntrl": r"\x00-\x1f\x7f",
    "XDigit": "0-9a-fA-F",
    "Space": r" \t\n\x0b\f\r",
    "ASCII": r"\x00-\x7f",
}
_ENDS = {"Z": r"(?=\n?\Z)", "z": r"\Z", "R": r"(?:\r\n|[\n\x0b\f\r\x85\u2028\u2029])", "e": r"\x1b"}


def fits(pattern: str, text: str) -> bool:
    """Whether the pattern fits the whole text. What cannot be read as a pattern, or takes too long, fits nothing."""
    compiled = _compiled(pattern)
    if isinstance(compiled, str):
        return False
    try:
        return compiled.fullmatch(text, timeout=_SECONDS) is not None
    except TimeoutError:
        _log.warning("a pattern took too long on a text of %d characters: %s", len(text), pattern)
        return False


def why_unreadable(pattern: str) -> str:
    """What is wrong with a pattern, in the library's words; "" for one that can be read."""
    found = _compiled(pattern)
    return found if isinstance(found, str) else ""


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> regex.Pattern[str] | str:
    """The pattern ready to run, or what is wrong with it."""
    if len(pattern) > _LONGEST:
        return f"longer than {_LONGEST} characters"
    fault = ""
    for version in (regex.V1, regex.V0):  # V1: sets inside sets, as in Java; V0: a bracket in a set is a bracket
        try:
            return regex.compile(_Rewriter(pattern, sets_in_sets=version == regex.V1).whole(), version)
        except (regex.error, RecursionError, OverflowError, KeyError, _TooLargeError) as error:
            fault = fault or str(error)
    return fault or "unreadable"


class _TooLargeError(ValueError):
    """A pattern whose repetitions multiply beyond what memory holds."""


class _Size:
    """How many signs a pattern asks for at least, as it is read: `(ab{3}){2}` for eight."""

    def __init__(self) -> None:
        self._groups = [0]
        self._last = 0

    def sign(self, sign: str) -> None:
        """One more sign, or a bracket of a group."""
        if sign == "(":
            self._groups.append(0)
        elif sign == ")" and len(self._groups) > 1:
            self._add(self._groups.pop())
        else:
            self._add(1)

    def times(self, count: int) -> None:
        """What came last is asked for so many times."""
        whole = self._last * max(1, count)
        self._add(whole - self._last)
        self._last = whole

    def _add(self, size: int) -> None:
        self._groups[-1] += size
        self._last = size
        if self._groups[-1] > _LARGEST:
            raise _TooLargeError("its repetitions multiply to more than can be matched")


class _Rewriter:
    """From Java's way of writing to that of `regex`."""

    def __init__(self, pattern: str, *, sets_in_sets: bool) -> None:
        self.pattern = pattern
        self.sets_in_sets = sets_in_sets
        self.at = 0
        self.depth = 0  # of sets inside sets
        self.size = _Size()

    def whole(self) -> str:
        """The pattern rewritten."""
        found: list[str] = []
        while self.at < len(self.pattern):
            found.append(self._next())
        return "".join(found)

    def _next(self) -> str:
        sign = self._take()
        if not self.depth and sign != "{":
            self.size.sign(sign)
        if sign == "\\":
            return self._escape()
        if sign == "{" and not self.depth:
            return self._brace()
        if sign == "[":
            return self._open() if self.sets_in_sets or not self.depth else r"\["
        if sign == "]" and self.depth:
            self.depth -= 1
        elif self.depth and sign in "-|~" and self.pattern.startswith(sign, self.at):
            return f"\\{sign}"  # doubled it would be an operation on sets, which Java does not have
        return sign

    def _take(self) -> str:
        self.at += 1
        return self.pattern[self.at - 1]

    def _open(self) -> str:
        self.depth += 1
        opened = "["
        if self.pattern.startswith("^", self.at):
            opened += self._take()
        if self.pattern.startswith((":", "]"), self.at):
            opened += f"\\{self._take()}"  # `[:alpha:]` is no class in Java; `[]` holds a bracket
        return opened

    def _brace(self) -> str:
        """A brace that is no number of times stands for itself, as in JavaScript."""
        times, closed, _ = self.pattern[self.at :].partition("}")
        least, _, most = times.partition(",")
        if not (closed and least.isdecimal() and len(times) < 20 and (most.isdecimal() or not most)):
            return r"\{"
        self.size.times(max(int(least), int(most or 0)))
        return "{"

    def _escape(self) -> str:
        sign = self._take() if self.at < len(self.pattern) else ""
        if sign in _ESCAPES:
            return _ESCAPES[sign](self)
        if sign.lower() in _CLASSES:
            return self._class(_CLASSES[sign.lower()], negated=sign.isupper())
        return _ENDS[sign] if sign in _ENDS and not self.depth else f"\\{sign}"

    def named_reference(self) -> str:
        """`\\k<name>`"""
        return f"(?P={self._until('>')[1:]})"

    def code_point(self) -> str:
        """`\\x41` or `\\x{1f600}`"""
        return f"\\U{self._until('}')[1:]:0>8}" if self.pattern.startswith("{", self.at) else "\\x"

    def control(self) -> str:
        """`\\cA`"""
        return f"\\x{ord(self._take()) ^ 64:02x}" if self.at < len(self.pattern) else "\\c"

    def _until(self, closing: str) -> str:
        """All up to the closing sign, which is left off."""
        text, _, _ = self.pattern[self.at :].partition(closing)
        self.at += len(text) + 1
        return text

    def quotation(self) -> str:
        """`\\Q…\\E`: all between stands for itself."""
        text, _, _ = self.pattern[self.at :].partition("\\E")
        self.at += len(text) + 2
        return regex.escape(text, special_only=False)

    def octal(self) -> str:
        """`\\0101`"""
        digits = ""
        while len(digits) < 3 and self.at < len(self.pattern) and self.pattern[self.at] in "01234567":
            digits += self._take()
        return f"\\x{int(digits or '0', 8) & 0xFF:02x}"

    def property(self, *, negated: bool = False) -> str:
        """`\\p{L}`, and the classes of ASCII by their POSIX names."""
        if not self.pattern.startswith("{", self.at):
            return f"\\{'P' if negated else 'p'}{{{self._take() if self.at < len(self.pattern) else ''}}}"
        name = self._until("}")[1:]
        if name in _PROPERTIES:
            return self._class(_PROPERTIES[name], negated=negated)
        if name.startswith("java") and name[4:] in {"LowerCase", "UpperCase", "Whitespace", "Alphabetic"}:
            name = name[4:]
        return f"\\{'P' if negated else 'p'}{{{name}}}"

    def _class(self, members: str, *, negated: bool) -> str:
        if negated or not self.depth:
            return f"[{'^' if negated else ''}{members}]"
        if self.pattern.startswith("-", self.at):
            self.at += 1
            return f"{members}\\-"  # no range can begin with a class: the stroke is one
        return members


_ESCAPES: dict[str, Callable[[_Rewriter], str]] = {
    "Q": _Rewriter.quotation,
    "p": _Rewriter.property,
    "P": lambda rewriter: rewriter.property(negated=True),
    "k": _Rewriter.named_reference,
    "x": _Rewriter.code_point,
    "0": _Rewriter.octal,
    "c": _Rewriter.control,
}
