"""How a form is laid out: what is asked and what is not, what makes lines or tables, how wide. No widgets here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fieldapp.forms import Choice, FormSession, Node, Question

SILENT = frozenset({"calculate", "hidden", "attribute"})
CONTAINERS = frozenset({"group", "repeat", "instance"})
NOT_ANSWERED = SILENT | CONTAINERS | {"note"}
SHORT = frozenset({"integer", "decimal", "date", "time", "barcode", "range"})
TABLED = frozenset({"text", "select", "acknowledge", "integer", "decimal", "date", "time"})
LONG_INSTANCE = 8  # questions; so many are seen at a glance
MOST_COLUMNS = 6  # of a table
COLUMNS = 12
LAYOUTS = {"full": 12, "half": 6, "third": 4, "quarter": 3}  # the column `body::layout`
FAILS = frozenset({"fail", "failed", "no_go"})
CHECK_KEYS = {"pass": "P", "fail": "F", "not_seen": "N", "na": "A"}


def kind_of(node: Node) -> str:
    """A node's kind as the form has it: its question's, or `instance` for one of a repeat's."""
    return "instance" if node.kind == "instance" else node.question.kind


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


def begun_by(node: Node) -> Node | None:
    """The instance of a repeat whose first question this is, where a person may add more of them; else None."""
    instance = node.parent
    repeat = instance.parent if instance is not None and instance.kind == "instance" else None
    if instance is None or repeat is None or repeat.question.count or repeat.readonly:
        return None
    asked = [child for child in instance.children if kind_of(child) not in SILENT]
    return instance if asked and asked[0] is node else None


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


def is_matrix(group: Node) -> bool:
    """Whether a group is a table of choices (XLSForm's table-list): only questions without labels of their own."""
    if kind_of(group) != "group":
        return False
    asked = [child for child in group.children if kind_of(child) not in SILENT | {"note"}]
    selects = all(kind_of(child) in {"select", "multiple"} for child in asked)
    rows = [child for child in asked if "list-nolabel" in child.question.appearance]
    heads = [child for child in asked if "label" in child.question.appearance]
    return bool(rows) and selects and len(rows) + len(heads) == len(asked)


def matrix_rows(group: Node) -> list[Node]:
    """The questions of a table of choices; what only repeats the choices' words is its head."""
    return [child for child in group.children if "list-nolabel" in child.question.appearance]


def heading_of(group: Node) -> Node:
    """The node whose label names a group: of a table of choices a note in it, where XLSForm's converter put it."""
    notes = [child for child in group.children if kind_of(child) == "note"]
    moved = group.question.label is None and is_matrix(group) and notes
    return notes[0] if moved else group


def is_table(repeat: Node) -> bool:
    """Whether a repeat's instances stand as rows of a table: it says so, and each has a few short questions."""
    asked = [child for child in repeat.question.children if child.kind not in SILENT]
    simple = all(child.kind in TABLED and "multiline" not in child.appearance for child in asked)
    return "table" in repeat.question.appearance and simple and 0 < len(asked) <= MOST_COLUMNS


def is_paged(repeat: Node) -> bool:
    """Whether a repeat shows one instance at a time: it says so, or each is a long page of its own."""
    look = repeat.question.appearance
    asked = [found for found in repeat.question.walk() if found.kind not in NOT_ANSWERED]
    return "page" in look or ("field-list" in look and len(asked) > LONG_INSTANCE)


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
