"""Answers in words for a decision: each label says which line of a checklist, which deficiency it belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from fieldapp.forms import Node
from ui.forms.marking import plain
from ui.forms.shape import CONTAINERS, FAILS, SILENT, is_check, kind_of
from ui.forms.words import FILES
from ui.records.answers import Reader
from ui.records.hidden import HIDDEN

NO_ANSWER = SILENT | CONTAINERS | {"note", "attribute"}


@dataclass(frozen=True)
class Given:
    """One answer as a person gave it. `file` is a file's value, "" for any other answer."""

    path: str
    label: str
    text: str
    failed: bool
    file: str


class Wording(Reader):
    """A record's reader that knows what a repeat's instance is about. `shown`: hidden answers that were asked for."""

    shown: Collection[str] = ()

    def given(self, *, blank: bool = False) -> list[Given]:
        """All answers that count, in the order of the form, without what the form computes by itself; with `blank` also
        the questions that nobody answered."""
        if self._form is None:
            plainly = sorted(self._record.answers.items())
            return [Given(path, path, self.guarded(path, value), False, "") for path, value in plainly]
        found = [self._given(node) for node in self._answered(self._form.root, blank)]
        labels = Counter(one.label for one in found)
        return [self._apart(one) if labels[one.label] > 1 else one for one in found]

    def questions(self) -> list[Given]:
        """What a person is asked, answered or not: an answer that is missing is a reason to return a record."""
        return self.given(blank=True)

    def guarded(self, path: str, words: str) -> str:
        """An answer's words, or dots for one that is shown only when somebody asks."""
        return HIDDEN if self.hides(path) and path not in self.shown else words

    def about(self, path: str) -> str:
        """The question's label, and before it what its instance is about: "Joist hangers · Correct by"."""
        node = self._nodes.get(path)
        own = plain(self.label(path))
        row = _instance_of(node) if node is not None else None
        heading = self._heading(row) if row is not None else ""
        return f"{heading} · {own}" if heading and heading != own else own

    def subject(self, path: str) -> str:
        """What the answer's instance is about, for a photo's caption; the question's label outside of repeats."""
        node = self._nodes.get(path)
        row = _instance_of(node) if node is not None else None
        return (self._heading(row) if row is not None else "") or plain(self.label(path))

    def failed(self, path: str, value: str) -> bool:
        """Whether `value` at `path` says that something failed."""
        node = self._nodes.get(path)
        return value in FAILS and node is not None and kind_of(node) == "select"

    def is_file(self, path: str) -> bool:
        """Whether the answer at `path` is a photo or another file."""
        node = self._nodes.get(path)
        return node is not None and kind_of(node) in FILES

    def _answered(self, node: Node, blank: bool) -> Iterator[Node]:
        if not node.relevant:
            return
        if self._asked(node) and (blank or self._record.get(node.path)):
            yield node
        for child in node.children:
            yield from self._answered(child, blank)

    def _given(self, node: Node) -> Given:
        value = self._record.get(node.path)
        return Given(
            path=node.path,
            label=self.about(node.path),
            text=self.guarded(node.path, self.value(node.path, value)) if value else "",
            failed=self.failed(node.path, value),
            file=value if kind_of(node) in FILES else "",
        )

    def _apart(self, one: Given) -> Given:
        """With its section before the label: two sections ask the same, as of either spouse."""
        top = self._nodes.get(one.path.partition("/")[0])
        title = plain(self.label(top.path)) if top is not None else ""
        return replace(one, label=f"{title} · {one.label}") if title else one

    def _asked(self, node: Node) -> bool:
        """Whether a person answers it: what the form only calculates with has no label."""
        return kind_of(node) not in NO_ANSWER and self._form is not None and bool(self._form.label(node))

    def _heading(self, row: Node) -> str:
        """What an instance is about: a checklist's line, or the first answer in it."""
        asked = [child for child in row.children if self._asked(child) and kind_of(child) not in FILES]
        if not asked or self._form is None:
            return ""
        if is_check(self._form, asked[0]):
            return plain(self._form.label(asked[0]))
        return self.value(asked[0].path, asked[0].value) if asked[0].value else ""


def _instance_of(node: Node) -> Node | None:
    above = node.parent
    while above is not None and kind_of(above) != "instance":
        above = above.parent
    return above
