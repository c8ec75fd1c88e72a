"""Entry: one form being filled. Every answer goes through it: into the session, then durably to disk, then "saved".

The disk is the writer's (`Host.writer`): nobody who types waits for it. One save is under way at a time; what is
answered meanwhile goes with the next one, so that a slow disk makes fewer saves and not a queue of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from fieldapp.errors import FormError, RefusedError, StoreError
from fieldapp.forms import FormSession, Node, Problem
from fieldapp.records import Edits, Fields, edited
from ui.forms.host import Host


class Entry(QObject):
    """Puts answers and keeps them. What could not be saved stays on the screen and goes with the next try."""

    touched = Signal(object)  # frozenset[str]: paths whose widgets have to be looked at again
    saved = Signal(object)  # datetime of the durable commit
    failed = Signal(str)  # why the last save did not happen

    def __init__(self, session: FormSession, host: Host, kept: Fields) -> None:
        super().__init__()
        self.session, self.host = session, host
        self._kept = dict(kept)
        self._saving = False
        self.coming = 0  # files that are on their way into the form, one after the other
        self._begun = False  # whether somebody entered something: a form that is only looked into writes nothing
        self._refused: dict[str, str] = {}  # path -> why what was typed cannot be an answer

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

    def fill(self, path: str, value: str) -> None:
        """Fill in an answer that nobody gave; it is kept with the first one that somebody gives."""
        self.touched.emit(self.session.set(path, value))

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

    def attach(self, path: str, make: Callable[[], bytes], mime: str, name: str) -> None:
        """Keep a file durably, then answer with it. `make` gives its bytes, in the writer's thread.

        `failed` is told when the disk does not take it.
        """
        self.host.writer.write(lambda: self.host.attach(make(), mime, name), partial(self._attached, path))

    def save(self) -> None:
        """Have what is not on disk yet committed; durable when `saved` is told."""
        self._begun = True
        if self._saving:
            return
        edits, was = self.session.edits(self._kept)
        if edits:
            self._saving = True
            self.host.writer.write(partial(self.host.save, edits, was), partial(self._settle, edits))

    def begin(self) -> None:
        """What the form filled in by itself counts from now on, also where nobody entered anything."""
        self._begun = True

    def flush(self) -> None:
        """Save and wait until it is durable, or failed: before the form is left or handed in."""
        self.host.writer.written()  # a file that is being kept becomes an answer, which is saved with the others
        before = self.coming + 1
        while 0 < self.coming < before:  # each reads the next one when it is here
            before = self.coming
            self.host.writer.written()
        if self._begun:
            self.save()
        while self._saving:
            self.host.writer.written()

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

    def undo(self) -> frozenset[str]:
        """Take back the last answer with all that followed from it: the changed paths."""
        return self._stepped(self.session.undo)

    def redo(self) -> frozenset[str]:
        """Bring again what was taken back last: the changed paths."""
        return self._stepped(self.session.redo)

    def _stepped(self, step: Callable[[], frozenset[str]]) -> frozenset[str]:
        before = {node.path for node in self.session.nodes()}
        changed = step()
        after = {node.path for node in self.session.nodes()}
        self._refused = {path: why for path, why in self._refused.items() if path in after - changed}
        self.touched.emit(changed if before == after else changed | before | after)
        self.save()
        return changed

    def _settle(self, edits: Edits, outcome: datetime | BaseException) -> None:
        self._saving = False
        if isinstance(outcome, StoreError | RefusedError):
            self.failed.emit(str(outcome))
            return
        if isinstance(outcome, BaseException):
            raise outcome
        self._kept = edited(self._kept, edits)
        self.saved.emit(outcome)
        self.save()

    def _attached(self, path: str, outcome: str | BaseException) -> None:
        if isinstance(outcome, StoreError):
            self.failed.emit(str(outcome))
        elif isinstance(outcome, BaseException):
            raise outcome
        elif self.node(path) is not None:  # else its instance was taken away meanwhile
            self.put(path, outcome)

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
