"""How a form is laid out: its sections, what is asked and what is not, how wide a question is. No widgets here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fieldapp.forms import Choice, FormSession, Node, Question

SILENT = frozenset({"calculate", "hidden", "attribute"})
CONTAINERS = frozenset({"group", "repeat", "instance"})
NOT_ANSWERED = SILENT | CONTAINERS | {"note"}
SHORT = frozenset({"integer", "decimal", "date", "time", "barcode", "range"})
COLUMNS = 12
LAYOUTS = {"full": 12, "half": 6, "third": 4, "quarter": 3}  # the column `body::layout`
FAILS = frozenset({"fail", "failed", "no_go"})
CHECK_KEYS = {"pass": "P", "fail": "F", "not_seen": "N", "na": "A"}


def kind_of(node: Node) -> str:
    """A node's kind as the form has it: its question's, or `instance` for one of a repeat's."""
    return "instance" if node.kind == "instance" else node.question.kind


@dataclass(frozen=True)
class Section:
    """One stop in the outline: a top-level group or repeat, or a run of loose questions (`title` is then "")."""

    id: str
    title: str  # the path of the node whose label names it
    paths: tuple[str, ...]


def sections(session: FormSession) -> list[Section]:
    """The sections in order, also those that are not relevant now; such without anything to see are left out."""
    found: list[Section] = []
    loose: list[str] = []
    for node in session.root.children:
        if not visible(node.question):
            continue
        if kind_of(node) in CONTAINERS:
            found += _run(loose)
            loose = []
            found.append(Section(node.path, node.path, (node.path,)))
        else:
            loose.append(node.path)
    return found + _run(loose)


def _run(loose: Sequence[str]) -> list[Section]:
    return [Section(f"*{loose[0]}", "", tuple(loose))] if loose else []


def visible(question: Question) -> bool:
    """Whether a question could ever be on the screen: a group with only calculations cannot."""
    if question.kind == "repeat":
        return True
    if question.kind == "group":
        return any(visible(child) for child in question.children)
    return question.kind not in SILENT


def questions(node: Node) -> Iterator[Node]:
    """Every question at and below a node that is relevant now and that a person answers."""
    if not node.relevant:
        return
    if kind_of(node) in CONTAINERS:
        for child in node.children:
            yield from questions(child)
    elif kind_of(node) not in NOT_ANSWERED and not node.readonly:
        yield node


def is_check(session: FormSession, node: Node) -> bool:
    """Whether a question is one line of a checklist: Pass, Fail and perhaps more."""
    if kind_of(node) != "select":
        return False
    names = session.options(node).names
    return "pass" in names and bool(names & FAILS)


def is_checklist(session: FormSession, instance: Node) -> bool:
    """Whether a repeat's instances are lines of a checklist: it says so, or each begins with Pass or Fail."""
    asked = [child for child in instance.children if kind_of(child) not in SILENT]
    if not asked or kind_of(asked[0]) != "select":
        return False
    return "checklist" in instance.question.appearance or is_check(session, asked[0])


def letters(choices: Sequence[Choice]) -> dict[str, str]:
    """A letter for each choice: fixed ones for a checklist's results, else the first letter that is still free."""
    found = {choice.name: CHECK_KEYS[choice.name] for choice in choices if choice.name in CHECK_KEYS}
    for choice in choices:
        free = (letter.upper() for letter in choice.label if letter.isalpha() and letter.upper() not in found.values())
        found.setdefault(choice.name, next(free, ""))
    return found


def span(node: Node, together: int = 0) -> int:
    """How many of the 12 columns a question takes; `together` = how many are asked side by side in a short repeat."""
    wide = LAYOUTS.get(next(iter(node.question.extra.get("layout", "").split()), ""), 0)
    if wide:
        return wide
    for wide in range(1, 5):
        if f"w{wide}" in node.question.appearance:
            return max(4, 3 * wide)
    if together:
        return COLUMNS // together
    if kind_of(node) == "range":
        return 6 if node.question.appearance & {"picker", "rating"} else COLUMNS
    return 6 if kind_of(node) in SHORT else COLUMNS


def unit_of(question: Question) -> str:
    """What a number counts ("m²"): the column `body::unit`, "" for none."""
    return question.extra.get("unit", "").strip()
