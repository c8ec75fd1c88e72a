"""Answers in words for a decision: each label says which line of a checklist, which deficiency it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fieldapp.forms import Node
from ui.forms.shape import CONTAINERS, FAILS, SILENT, is_check
from ui.forms.words import FILES, plain
from ui.records.answers import Reader

NO_ANSWER = SILENT | CONTAINERS | {"note"}


@dataclass(frozen=True)
class Given:
    """One answer as a person gave it. `file` is a file's value, "" for any other answer."""

    path: str
    label: str
    text: str
    failed: bool
    file: str


class Wording(Reader):
    """A record's reader that knows what a repeat's instance is about."""

    def given(self) -> list[Given]:
        """All answers that count, in the order of the form, without what the form computes by itself."""
        if self._form is None:
            return [Given(path, path, value, False, "") for path, value in sorted(self._record.answers.items())]
        return [self._given(node) for node in self._answered(self._form.root)]

    def about(self, path: str) -> str:
        """The question's label, and before it what its instance is about: "Joist hangers · Correct by"."""
        node = self._nodes.get(path)
        own = plain(self.label(path))
        row = _instance_of(node) if node is not None else None
        heading = self._heading(row) if row is not None else ""
        return f"{heading} · {own}" if heading and heading != own else own

    def asks(self, path: str) -> bool:
        """Whether a person answers at `path`; what the form computes, and repeat instances, they do not."""
        node = self._nodes.get(path)
        return node is None or node.kind not in NO_ANSWER

    def failed(self, path: str, value: str) -> bool:
        """Whether `value` at `path` says that something failed."""
        node = self._nodes.get(path)
        return value in FAILS and node is not None and node.kind == "select"

    def is_file(self, path: str) -> bool:
        """Whether the answer at `path` is a photo or another file."""
        node = self._nodes.get(path)
        return node is not None and node.kind in FILES

    def _answered(self, node: Node) -> Iterator[Node]:
        if not node.relevant:
            return
        if node.kind not in NO_ANSWER and node.value:
            yield node
        for child in node.children:
            yield from self._answered(child)

    def _given(self, node: Node) -> Given:
        return Given(
            path=node.path,
            label=self.about(node.path),
            text=self.value(node.path, node.value),
            failed=self.failed(node.path, node.value),
            file=node.value if node.kind in FILES else "",
        )

    def _heading(self, row: Node) -> str:
        """What an instance is about: a checklist's line, or the first answer in it."""
        first = next((child for child in row.children if child.kind not in NO_ANSWER), None)
        if first is None or self._form is None:
            return ""
        if is_check(self._form, first):
            return plain(self._form.label(first))
        return self.value(first.path, first.value) if first.value and first.kind not in FILES else ""


def _instance_of(node: Node) -> Node | None:
    above = node.parent
    while above is not None and above.kind != "instance":
        above = above.parent
    return above
