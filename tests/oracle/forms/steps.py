"""A hand that answers what is there to be answered, chosen by numbers, and notes the steps for the other engines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fieldapp.errors import FormError
from fieldapp.forms import FormSession, Node
from fieldapp.forms.filling import take

VALUES = {
    "text": ("a", "abc", "b-c", "12", "zz top", "a b"),
    "integer": ("0", "1", "2", "3", "5", "-4", "42"),
    "decimal": ("0", "1.5", "7.25", "-0.5", "10", "100"),
    "time": ("10:30:00.000-05:00", "23:59:00.000-05:00"),
    "dateTime": ("2024-02-28T10:30:00.000-05:00", "2026-11-24T00:00:00.000-05:00"),
    "geopoint": ("43.25 -79.87 0 0", "-12.5 130.25 3.5 10"),
    "barcode": ("0123456789", "A-1"),
    "acknowledge": ("OK",),
    "range": ("0", "2", "10"),
    "date": ("2024-02-28", "2024-03-01", "2026-11-24", "1999-12-31"),
}


class Hand:
    """Turns moves into steps that our session takes; `steps` holds them in the form that all engines read."""

    def __init__(self, session: FormSession) -> None:
        self.session = session
        self.steps: list[dict[str, Any]] = []

    def move(self, verb: str, place: int, what: int) -> bool:
        """Do what a move says; False where there is nothing to do it to."""
        step = self._step(verb, place, what)
        if step is None:
            return False
        try:
            take(self.session, step)
        except FormError:
            return False
        self.steps.append(step)
        return True

    def _step(self, verb: str, place: int, what: int) -> dict[str, Any] | None:
        if verb == "lang":
            languages = self.session.definition.languages
            return {"lang": languages[what % len(languages)]} if languages else None
        nodes = list(self._repeats() if verb in {"add", "remove"} else self._open())
        if not nodes:
            return None
        node = nodes[place % len(nodes)]
        if verb == "add":
            return {"add": node.ref}
        if verb == "remove":
            return {"remove": node.ref, "index": what % len(node.children)} if node.children else None
        return {"set": node.ref, "value": "" if verb == "clear" else self._value(node, what)}

    def _open(self) -> Iterator[Node]:
        for node in self.session.nodes():
            question = node.question
            asked = question.kind not in {"group", "repeat", "note", "calculate", "attribute"}
            if asked and node.relevant and not node.readonly and not question.bind.calculate:
                yield node

    def _repeats(self) -> Iterator[Node]:
        for node in self.session.nodes():
            around = node.parent is None or node.parent.relevant
            if node.kind == "repeat" and node.relevant and around and not node.readonly and not node.question.count:
                yield node

    def _value(self, node: Node, what: int) -> str:
        if node.question.choices is None:
            values = VALUES[node.question.kind]
            return values[what % len(values)]
        names = [choice.name for choice in self.session.choices(node)]
        if not names:
            return ""
        if node.question.kind == "rank":
            return " ".join(names[what % len(names) :] + names[: what % len(names)])
        if node.question.multiple:
            return " ".join(name for bit, name in enumerate(names) if what >> bit & 1)
        return names[what % len(names)]
