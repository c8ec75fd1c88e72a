"""A draft follows its form: each answer is kept, moved, asked for again, or carried along without a place.

The rules are few, so that an author can foresee them (see `places.py` for where an answer goes):

* an answer that fits where it stood, or where the question stands now, is taken over;
* one that does not fit (another type, a choice that is gone) is asked for again, and is carried along to be read;
* one whose question is gone, or is calculated now, is carried along;
* what the form wrote by itself (calculations, preloads, notes) is no answer: it is written anew, or not at all.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from fieldapp.forms.definition.model import FormDefinition, Question
from fieldapp.forms.following.carried import carried_path
from fieldapp.forms.following.fitting import Fit, fit
from fieldapp.forms.following.places import Places, unkeyed
from fieldapp.records import Edits, Fields

_OWN_KINDS = frozenset({"note", "attribute"})


@dataclass(frozen=True)
class Moved:
    """An answer that stands elsewhere now."""

    path: str
    to: str


@dataclass(frozen=True)
class Again:
    """An answer that does not fit any more: `question` (a path in the form as it is now) must be answered again."""

    path: str
    question: str
    value: str
    why: str


@dataclass(frozen=True)
class Homeless:
    """An answer whose question is gone."""

    path: str
    value: str


@dataclass(frozen=True)
class Followed:
    """A record's fields under the form as it is now, and what became of each answer. Nothing is missing:
    what is neither kept nor moved stands among `fields` too, as a carried answer."""

    fields: Fields
    kept: tuple[str, ...] = ()
    moved: tuple[Moved, ...] = ()
    again: tuple[Again, ...] = ()
    homeless: tuple[Homeless, ...] = ()

    def edits(self, before: Fields) -> Edits:
        """What makes `fields` of the fields `before`."""
        changed: dict[str, str | None] = {
            path: value for path, value in self.fields.items() if before.get(path) != value
        }
        return changed | dict.fromkeys(path for path in before if path not in self.fields)

    def without(self, lost: Collection[str], version: str) -> Followed:
        """The same, where a form that was opened over `fields` let go of the answers at the paths `lost`
        (a counted repeat became shorter): they are carried along too."""
        gone = tuple(Homeless(path, self.fields[path]) for path in self.fields if path in set(lost))
        left = {path: value for path, value in self.fields.items() if path not in set(lost)}
        carried = {carried_path(version, one.path): one.value for one in gone}
        return replace(self, fields=left | carried, homeless=self.homeless + gone)


def follow(old: FormDefinition | None, new: FormDefinition, fields: Fields, *, version: str) -> Followed:
    """`fields`, answered in the form `old`, as answers of the form `new`. `version` names `old` in what is carried.

    Where `old` is not known any more, the answers' own paths say which questions it had.
    """
    questions: Mapping[str, Question] = old.questions if old is not None else {}
    paths = questions.keys() or {unkeyed(path) for path in fields if not path.startswith("@")}
    taker = _Taker(questions, Places(paths, new), new, version)
    for path, value in fields.items():
        taker.take(path, value)
    return Followed(taker.fields, tuple(taker.kept), tuple(taker.moved), tuple(taker.again), tuple(taker.homeless))


@dataclass
class _Taker:
    """Takes one answer after the other."""

    questions: Mapping[str, Question]  # of the older form; empty where it is not known
    places: Places
    form: FormDefinition
    version: str
    fields: dict[str, str] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    again: list[Again] = field(default_factory=list)
    homeless: list[Homeless] = field(default_factory=list)

    def take(self, path: str, value: str) -> None:
        """Put one field where it belongs now."""
        if path.startswith("@"):
            self.fields[path] = value
        elif path.endswith("]"):
            self._take_instance(path, value)
        else:
            self._take_answer(path, value)

    def _take_instance(self, path: str, number: str) -> None:
        """An instance of a repeat is no answer: where the repeat is gone, its answers tell of it."""
        target, where = self.places.of(unkeyed(path)), self.places.keyed(path)
        if where and target is not None and target.kind == "repeat":
            self.fields[where] = number

    def _take_answer(self, path: str, value: str) -> None:
        before = self.questions.get(unkeyed(path))
        target, where = self.places.of(unkeyed(path)), self.places.keyed(path)
        known = before or target  # an unknown form's question is taken for what it is now
        own = known is not None and _own(known)
        if target is None or not self._takes(target, where, own=own):
            if not own:
                self._set_aside(path, value)
                self.homeless.append(Homeless(path, value))
        elif own and _own(target):
            self._put(path, where, value)
        else:
            self._put_fitting(path, where, value, fit(value, before, target, self.form), own=own)

    def _takes(self, target: Question, where: str, *, own: bool) -> bool:
        """Whether an answer (`own`: something that the form wrote) can stand at `where` at all."""
        if not where or where in self.fields or target.is_group:
            return False
        return own or not (_own(target) or self._counted_anew(target))

    def _counted_anew(self, target: Question) -> bool:
        """Whether the question lies in a repeat that the form counts by itself now, and did not before: it makes
        instances of its own, and lets go of those that a person added."""
        around: Question | None = target
        while around is not None:
            before = self.questions.get(around.path)
            if around.count and not (before is not None and before.count):
                return True
            around = around.parent
        return False

    def _put(self, path: str, where: str, value: str) -> None:
        self.fields[where] = value
        if where == path:
            self.kept.append(path)
        else:
            self.moved.append(Moved(path, where))

    def _put_fitting(self, path: str, where: str, value: str, found: Fit, *, own: bool) -> None:
        if not found.why:
            self._put(path, where, found.value)
        elif not own:
            self._set_aside(path, value)
            self.again.append(Again(path, where, value, found.why))
            if found.value:
                self.fields[where] = found.value

    def _set_aside(self, path: str, value: str) -> None:
        self.fields[carried_path(self.version, path)] = value


def _own(question: Question) -> bool:
    """Whether the form itself writes the value: then it is no answer of a person's."""
    bind = question.bind
    written = bool(bind.calculate or bind.preload) or question.kind in _OWN_KINDS
    return written or question.path.startswith("meta/")
