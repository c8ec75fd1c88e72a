"""Entry: one form being filled. Every answer goes through it: into the session, then durably to disk, then "saved"."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from PySide6.QtCore import QObject, QTimer, Signal

from fieldapp.errors import FormError, RefusedError, StoreError
from fieldapp.forms import FormSession, Node, Problem
from fieldapp.records import Fields, edited
from ui.forms.host import Host

RETRY = 5_000  # ms until a save that failed is tried again by itself


class Entry(QObject):
    """Puts answers and keeps them. What could not be saved stays on the screen and goes with the next try."""

    touched = Signal(object)  # frozenset[str]: paths whose widgets have to be looked at again
    saved = Signal(object)  # datetime of the durable commit
    failed = Signal(str)  # why the last save did not happen

    def __init__(self, session: FormSession, host: Host, kept: Fields) -> None:
        super().__init__()
        self.session, self.host = session, host
        self._kept = dict(kept)
        self._refused: dict[str, str] = {}  # path -> why what was typed cannot be an answer
        self._again = QTimer(self, singleShot=True, interval=RETRY)
        self._again.timeout.connect(self.save)

    def node(self, path: str) -> Node | None:
        """The node at a path, None when its instance is gone."""
        try:
            return self.session.node(path)
        except FormError:
            return None

    def put(self, path: str, value: str) -> None:
        """Take one answer. What is no answer of its kind is refused beside its question and changes nothing."""
        try:
            touched = self.session.set(path, value)
        except FormError as error:
            self.refuse(path, str(error.args[0]))
            return
        was_refused = self._refused.pop(path, "")
        self.touched.emit(touched | {path} if was_refused else touched)
        self.save()

    def refuse(self, path: str, why: str) -> None:
        """Note that what stands in a field is no answer: it counts as a problem until it is corrected."""
        if self._refused.get(path, "") != why:
            self._refused[path] = why
            self.touched.emit(frozenset({path}))

    def accept(self, path: str) -> None:
        """The field's text is in order again and is what the session holds."""
        if self._refused.pop(path, ""):
            self.touched.emit(frozenset({path}))

    def refused(self, path: str) -> str:
        """Why what was typed at `path` is no answer, "" when it is one."""
        return self._refused.get(path, "")

    def add(self, repeat: str) -> Node:
        """One more instance of a repeat."""
        made = self.session.add(repeat)
        self.touched.emit(self._all_of(self.session.node(repeat)))
        self.save()
        return made

    def remove(self, instance: str) -> dict[str, str]:
        """Take an instance away; returns its answers by relative path, for `restore`."""
        node = self.session.node(instance)
        prefix = f"{node.path}/"
        gone = {
            path.removeprefix(prefix): value
            for path, value in self.session.answers().items()
            if path.startswith(prefix)
        }
        parent = node.parent
        self.session.remove(instance)
        self._refused = {path: why for path, why in self._refused.items() if not path.startswith(prefix)}
        self.touched.emit(self._all_of(parent) if parent else frozenset())
        self.save()
        return gone

    def restore(self, repeat: str, answers: Mapping[str, str]) -> Node:
        """Undo `remove`: a new instance with the answers that can be given; calculated ones come by themselves."""
        made = self.session.add(repeat)
        inner: dict[str, str] = {}  # an inner repeat's instances get new keys: old path -> new path
        for path, value in answers.items():
            target = self._made_again(made.path, path, inner)
            if not path.endswith("]"):
                self._set_again(target, value)
        self.touched.emit(self._all_of(self.session.node(repeat)))
        self.save()
        return made

    def save(self) -> None:
        """Commit what is not on disk yet; durable when `saved` is told."""
        edits, was = self.session.edits(self._kept)
        if not edits:
            return
        try:
            moment = self.host.save(edits, was)
        except (StoreError, RefusedError) as error:
            self._again.start()
            self.failed.emit(str(error))
            return
        self._again.stop()
        self._kept = edited(self._kept, edits)
        self.saved.emit(moment)

    @property
    def unsaved(self) -> bool:
        """Whether some answer is on the screen only."""
        return bool(self.session.edits(self._kept)[0])

    def problems(self) -> list[Problem]:
        """What keeps the form from being sent, in the form's order."""
        found = {problem.node.path: problem for problem in self.session.problems()}
        for path, why in self._refused.items():
            node = self.node(path)
            if node is not None and node.relevant:
                found[path] = Problem(node, why, "type")
        if not self._refused:
            return list(found.values())
        order = {node.path: number for number, node in enumerate(self.session.nodes())}
        return sorted(found.values(), key=lambda problem: order.get(problem.node.path, 0))

    def _made_again(self, base: str, path: str, inner: dict[str, str]) -> str:
        old = new = base
        for part in path.split("/"):
            old, new = f"{old}/{part}", f"{new}/{part}"
            if part.endswith("]"):
                if old not in inner:
                    inner[old] = self.session.add(new.rpartition("[")[0]).path
                new = inner[old]
        return new

    def _set_again(self, path: str, value: str) -> None:
        with suppress(FormError):  # calculated and read-only ones: the form fills them
            self.session.set(path, value)

    def _all_of(self, node: Node) -> frozenset[str]:
        """Adding or removing can touch anything by count() and position(): everything is looked at once."""
        return frozenset(found.path for found in self.session.nodes()) | {node.path}
