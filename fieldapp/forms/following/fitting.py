"""Whether an answer that was given to one question can be the answer of another, or of the same one corrected."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fieldapp.forms.definition.model import FILES, FormDefinition, Question
from fieldapp.forms.session.types import AnswerError, normalise
from fieldapp.texts import tr

_FILE_VALUE = re.compile(r"[0-9a-f]{64}(\.[a-z0-9]{1,8})?")
_TABLE = re.compile(r"instance\(\s*['\"]([^'\"]+)['\"]\s*\)((?:/[\w.:-]+)+)")


@dataclass(frozen=True)
class Fit:
    """What of an answer fits ("" for nothing), and why not all of it ("" where all does)."""

    value: str
    why: str = ""


def fit(value: str, before: Question | None, now: Question, form: FormDefinition) -> Fit:
    """How `value`, given to the question `before` (None where that is not known), fits `now`, a question of `form`."""
    if reason := _foreign(value, before, now):
        return Fit("", reason)
    try:
        written = normalise(now, value)
    except AnswerError as fault:
        return Fit("", str(fault))
    same_kind = before is not None and before.kind == now.kind
    return _offered(value if same_kind else written, now, form)


def _foreign(value: str, before: Question | None, now: Question) -> str:
    """What no change of type may turn into an answer: files, and confirmations that nobody gave."""
    is_file = bool(_FILE_VALUE.fullmatch(value))
    if now.kind in FILES or is_file:
        known = before.kind if before is not None else now.kind
        if not is_file or now.kind not in {known, "file"} or now.kind not in FILES:
            return tr("A file stands where another answer is wanted, or the other way round.")
    if now.kind == "acknowledge" and before is not None and before.kind != now.kind:
        return tr("This must be confirmed by a person.")
    return ""


def _offered(value: str, now: Question, form: FormDefinition) -> Fit:
    """Of several choices those stay that are still offered; of one, or of an order, all or nothing."""
    tokens = now.chosen(value) if now.choices is not None else []
    gone = [token for token in tokens if not _offers(token, now, form)]
    if not gone:
        return Fit(value)
    left = " ".join(token for token in tokens if token not in gone) if now.kind == "multiple" else ""
    return Fit(left, tr("“{answer}” is not among the choices.", answer=gone[0]))


def _offers(token: str, question: Question, form: FormDefinition) -> bool:
    """Whether the list has this choice, whatever a filter says now. What only the host knows is taken to have it."""
    choices = question.choices
    if choices is None or (choices.items and token in {name for name, _ in choices.items}):
        return True
    if not choices.nodeset:
        return not choices.items
    match = _TABLE.match(_without_filters(choices.nodeset))
    table = form.tables.get(match[1]) if match else None
    if match is None or table is None or table.root is None:
        return True
    steps = tuple(step.rpartition(":")[2] for step in match[2].strip("/").split("/"))
    return bool(table.root.matching(steps, choices.value, token))


def _without_filters(nodeset: str) -> str:
    """The path alone: `instance('a')/root/item[b = 'c]']` → `instance('a')/root/item`."""
    kept, depth, quote = [], 0, ""
    for char in nodeset:
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        elif char in "[]":
            depth += 1 if char == "[" else -1
            continue
        if not depth:
            kept.append(char)
    return "".join(kept)
