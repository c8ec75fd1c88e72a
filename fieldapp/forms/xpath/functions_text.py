"""Functions on texts and on lists of choices."""

from __future__ import annotations

import base64
import binascii
import hashlib
import math
import re
from functools import lru_cache

from fieldapp.forms.xpath.context import Context
from fieldapp.forms.xpath.functions import pure, with_context
from fieldapp.forms.xpath.values import Value, boolean_of, number_of, text_of, texts_of


@with_context("string", 0, 1)
def string(context: Context, *values: Value) -> str:
    """The value as text; the context node's without an argument."""
    return text_of(values[0]) if values else context.node.text()


@pure("concat", 0, None)
def concat(*values: Value) -> str:
    """All texts, of all nodes, one after the other."""
    return "".join(texts_of(values))


@pure("join", 1, None)
def join(separator: Value, *values: Value) -> str:
    """All texts, of all nodes, with the separator between them."""
    return text_of(separator).join(texts_of(values))


@pure("contains", 2, 2)
def contains(text: Value, part: Value) -> bool:
    """Whether `part` is somewhere in `text`."""
    return text_of(part) in text_of(text)


@pure("starts-with", 2, 2)
def starts_with(text: Value, part: Value) -> bool:
    """Whether `text` begins with `part`."""
    return text_of(text).startswith(text_of(part))


@pure("ends-with", 2, 2)
def ends_with(text: Value, part: Value) -> bool:
    """Whether `text` ends with `part`."""
    return text_of(text).endswith(text_of(part))


@pure("substring-before", 2, 2)
def substring_before(text: Value, part: Value) -> str:
    """What comes before the first `part`, "" where it does not occur."""
    before, found, _ = text_of(text).partition(text_of(part)) if text_of(part) else ("", "", "")
    return before if found else ""


@pure("substring-after", 2, 2)
def substring_after(text: Value, part: Value) -> str:
    """What comes after the first `part`, "" where it does not occur."""
    return text_of(text).partition(text_of(part))[2] if text_of(part) else text_of(text)


@pure("substr", 2, 3)
def substr(text: Value, start: Value, end: Value | None = None) -> str:
    """From `start` (0 is the first character) up to but not with `end`; negative ones count from the end."""
    whole = text_of(text)
    first = _index(start, len(whole))
    last = len(whole) if end is None else _index(end, len(whole))
    return whole[first:last] if first < last else ""


def _index(value: Value, length: int) -> int:
    number = number_of(value)
    if math.isnan(number):
        return 0
    at = int(max(-length, min(length, number)))
    return at + length if at < 0 else at


@pure("substring", 2, 3)
def substring(text: Value, start: Value, length: Value | None = None) -> str:
    """XPath's own: `start` counts from 1, then a length."""
    whole, first = text_of(text), _rounded(start)
    end = first + _rounded(length) if length is not None else math.inf
    return "".join(sign for at, sign in enumerate(whole, 1) if first <= at < end)


def _rounded(value: Value) -> float:
    number = number_of(value)
    return math.floor(number + 0.5) if math.isfinite(number) else number


@with_context("string-length", 0, 1)
def string_length(context: Context, *values: Value) -> float:
    """How many characters."""
    return float(len(text_of(string(context, *values))))


@with_context("normalize-space", 0, 1)
def normalize_space(context: Context, *values: Value) -> str:
    """Without spaces at the ends, and one where there are several."""
    return " ".join(text_of(string(context, *values)).split())


@pure("translate", 3, 3)
def translate(text: Value, signs: Value, others: Value) -> str:
    """Each of `signs` replaced by its twin in `others`, or left out where there is none."""
    replacements = text_of(others)
    table: dict[int, str | None] = {}
    for at, sign in enumerate(text_of(signs)):
        table.setdefault(ord(sign), replacements[at] if at < len(replacements) else None)
    return text_of(text).translate(table)


@pure("regex", 2, 2)
def regex(text: Value, pattern: Value) -> bool:
    """Whether the pattern fits the whole text (as in JavaRosa; an empty pattern in an empty text fits)."""
    compiled = _pattern(text_of(pattern))
    return compiled is not None and compiled.fullmatch(text_of(text)) is not None


@lru_cache(maxsize=512)
def _pattern(pattern: str) -> re.Pattern[str] | None:
    try:
        return re.compile(pattern)
    except re.error:
        return None


@pure("selected", 2, 2)
def selected(value: Value, choice: Value) -> bool:
    """Whether `choice` is among the space-separated choices in `value`."""
    return text_of(choice).strip() in text_of(value).split()


@pure("is-selected", 2, 2)
def is_selected(value: Value, choice: Value) -> bool:
    """An older name of selected()."""
    return text_of(choice).strip() in text_of(value).split()


@pure("selected-at", 2, 2)
def selected_at(value: Value, index: Value) -> str:
    """The choice at `index` (0 is the first), "" beyond the last."""
    chosen, at = text_of(value).split(), number_of(index)
    return chosen[int(at)] if 0 <= at < len(chosen) else ""


@pure("count-selected", 1, 1)
def count_selected(value: Value) -> float:
    """How many choices are selected."""
    return float(len(text_of(value).split()))


@pure("boolean-from-string", 1, 1)
def boolean_from_string(value: Value) -> bool:
    """True for the texts "true" and "1"."""
    return text_of(value) in {"true", "1"}


@pure("boolean", 1, 1)
def boolean(value: Value) -> bool:
    """XPath's boolean()."""
    return boolean_of(value)


@pure("not", 1, 1)
def not_(value: Value) -> bool:
    """The opposite."""
    return not boolean_of(value)


@pure("true", 0, 0)
def true() -> bool:
    """True."""
    return True


@pure("false", 0, 0)
def false() -> bool:
    """False."""
    return False


@pure("digest", 2, 3)
def digest(text: Value, algorithm: Value, encoding: Value = "base64") -> str:
    """The hash of a text: MD5, SHA-1, SHA-256, SHA-384 or SHA-512, in base64 or hex; "" for others."""
    name = text_of(algorithm).lower().replace("-", "")
    if name not in {"md5", "sha1", "sha256", "sha384", "sha512"}:
        return ""
    hashed = hashlib.new(name, text_of(text).encode(), usedforsecurity=False)
    return hashed.hexdigest() if text_of(encoding) == "hex" else base64.b64encode(hashed.digest()).decode()


@pure("base64-decode", 1, 1)
def base64_decode(text: Value) -> str:
    """The text behind a base64 text, "" where it is none."""
    try:
        return base64.b64decode(text_of(text), validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""
