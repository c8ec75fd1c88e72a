"""Where the questions of an older form are found in the form as it is now.

First what the author says in the column `was` (a former name, or a former path; several with spaces between), then the
same path, then the same name in the group that its group became, then the same name anywhere, where there is only one.
An answer in a repeat moves within that repeat only: one instance's answers never end up in another thing's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from functools import cache

from fieldapp.forms.definition.model import FormDefinition, Question

_KEY = re.compile(r"\[([^\]]*)\]")


def unkeyed(path: str) -> str:
    """`items[k3f9a]/item_type` → `items/item_type`."""
    return _KEY.sub("", path) if "[" in path else path


class Places:
    """The way from each path of an older form (`old`: its paths) into the form `new`."""

    def __init__(self, old: Collection[str], new: FormDefinition) -> None:
        self._old = frozenset(old)
        self._new = new
        self._fresh = [question for path, question in new.questions.items() if path not in self._old]
        self._of = cache(self._find)
        self._named = cache(self._alike)

    def of(self, path: str) -> Question | None:
        """The question that the one at `path` (without keys) of the older form is now; None where there is none."""
        return self._of(path)

    def keyed(self, path: str) -> str:
        """Where the answer at `path` (with its keys) belongs now, "" for nowhere."""
        target = self.of(unkeyed(path))
        if target is None:
            return ""
        keys = _KEY.findall(path)
        around = [question for question in _above(target) if question.kind == "repeat"]
        if len(around) != len(keys) or any(
            self.of(old) is not now for old, now in zip(_repeats(path), around, strict=True)
        ):
            return ""
        return _with_keys(target, iter(keys))

    def _find(self, path: str) -> Question | None:
        renamed = self._renamed(path)
        if renamed is not None:
            return renamed
        same = self._new.questions.get(path)
        if same is not None:
            return same
        return self._beside(path) or self._named(path.rpartition("/")[2])

    def _renamed(self, path: str) -> Question | None:
        """The new question that names `path`, or its name, as what it was: the one in the same group before others."""
        group, _, name = path.rpartition("/")
        found = [question for question in self._fresh if {path, name} & set(_was(question))]
        exact = [question for question in found if path in _was(question) or _group(question) == group]
        alone = found if sum(old.rpartition("/")[2] == name for old in self._old) == 1 else []
        return next(iter(exact or alone), None)

    def _beside(self, path: str) -> Question | None:
        """The question of the same name in what its group became."""
        group, _, name = path.rpartition("/")
        now = self.of(group) if group else None
        found = self._new.questions.get(f"{now.path}/{name}") if now is not None else None
        return found if found is not None and found.path not in self._old else None

    def _alike(self, name: str) -> Question | None:
        """The only new question of this name, where also only one of the older form's lost its place."""
        found = [question for question in self._fresh if question.name == name and not _was(question)]
        lost = Counter(old.rpartition("/")[2] for old in self._old if old not in self._new.questions)
        return found[0] if len(found) == 1 and lost[name] == 1 else None


def _was(question: Question) -> list[str]:
    return question.extra.get("was", "").split()


def _group(question: Question) -> str:
    return question.path.rpartition("/")[0]


def _above(question: Question) -> list[Question]:
    """The way from the outermost question to this one, itself included, without the root."""
    way: list[Question] = []
    at: Question | None = question
    while at is not None and at.path:
        way.insert(0, at)
        at = at.parent
    return way


def _repeats(path: str) -> Iterator[str]:
    """The repeats around a keyed path, without keys: `a[k]/b[m]/c` → `a`, `a/b`."""
    for match in _KEY.finditer(path):
        yield unkeyed(path[: match.start()])


def _with_keys(target: Question, keys: Iterator[str]) -> str:
    steps = [f"{step.name}[{next(keys)}]" if step.kind == "repeat" else step.name for step in _above(target)]
    return "/".join(steps)
