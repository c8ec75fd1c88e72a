"""A record's answers in words, for a paper: what counts, what is not too sensitive, in the form's order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from fieldapp import phones
from fieldapp.bookings.speaking import slot_words
from fieldapp.bookings.standing import standing_of
from fieldapp.clock import CITY_ZONE, moment_of
from fieldapp.documents.blank.wording import plain
from fieldapp.documents.issued.sheet import Part, Picture
from fieldapp.forms import FormSession, Node
from fieldapp.forms.definition.model import FILES
from fieldapp.records import BOOKING, STATE, Fields
from fieldapp.services import Service
from fieldapp.services.derived import PLACE

_SILENT = frozenset({"note", "attribute", "calculate"})


@dataclass(frozen=True)
class Answers:
    """Reads one record's form, in the language in which it was opened."""

    service: Service
    form: FormSession
    kept: Fields | None = None  # the record's own: a default that nobody kept is no answer; None takes them too
    named: frozenset[str] = frozenset()  # the paths that a paper names: what it names is not too sensitive for it
    withheld: Callable[[Node], bool] = lambda _node: False  # what is kept back beside that

    def parts(self, paths: Sequence[str]) -> tuple[Part, ...]:
        """The answers at and below `paths` (all, without any), a group or row under its own heading."""
        roots = self.at(paths) if paths else self.form.root.children
        found = [part for node in roots for part in self._part(node, 1, "")]
        return tuple(_in_steps(_joined(part for part in found if part.rows or part.words)))

    def at(self, paths: Sequence[str]) -> list[Node]:
        """The nodes at these paths of questions; of a question in a repeat all of its rows'."""
        wanted = set(paths)
        order = {path: n for n, path in enumerate(paths)}
        nodes = [node for node in self.form.nodes() if node.question.path in wanted and node.kind != "instance"]
        return sorted(nodes, key=lambda node: order[node.question.path])

    def words(self, paths: Sequence[str]) -> list[str]:
        """The answers at and below `paths`, a line each, also the sensitive ones: who names them wants them. Paths with
        spaces between stand on one line: a name."""
        lines: list[str] = []
        for path in paths:
            parts = [self._lines(one) for one in path.split()]
            lines += [" ".join(line for part in parts for line in part)] if len(parts) > 1 else parts[0]
        return [line for line in lines if line]

    def _lines(self, path: str) -> list[str]:
        lines: list[str] = []
        for node in self.at([path]):
            rows = node.children if node.kind == "repeat" else [node]
            lines += [", ".join(self.value(one) for one in _below(row) if self._given(one)) for row in rows]
        return lines

    def fill(self, text: str) -> str:
        """A text with its `{path}` places filled; "" where one of them has no answer: the paragraph is left out."""
        values = {path: self._first(path) for path in PLACE.findall(text)}
        if not all(values.values()):
            return ""
        return PLACE.sub(lambda found: values[found[1]], text)

    def pictures(self, paths: Sequence[str]) -> tuple[Picture, ...]:
        """The pictures at these paths, with what they show."""
        found = []
        for node in self.form.nodes():
            sha256, _, suffix = node.value.partition(".")
            wanted = node.question.path in paths and node.relevant
            if wanted and len(sha256) == 64 and suffix in {"jpg", "jpeg", "png", "webp"}:
                found.append(Picture(sha256, self._caption(node)))
        return tuple(found)

    def value(self, node: Node) -> str:
        """One answer as a person reads it."""
        if node.question.choices is not None:
            names = {choice.name: choice.label for choice in self.form.choices(node)}
            return ", ".join(plain(names.get(one, one)) for one in node.question.chosen(node.value))
        if phones.asks_for_one(node.question.name):
            return phones.shown(node.value)
        if node.question.kind == "acknowledge":
            return "✓" if node.value else ""
        if node.question.kind == "time":
            return node.value[:5]
        return _moment(node.value) if node.question.kind in {"date", "dateTime"} else node.value

    def _own(self, path: str) -> str:
        """What the record says of itself; of a booking the time and place that are theirs."""
        kept = self.kept or {}
        if path == STATE:
            here = (one for one in self.service.states if one.id == kept.get(path))
            return next((one.title.text(self.form.language) for one in here), "")
        if not path.startswith(BOOKING):
            return kept.get(path, "")
        standing = standing_of(kept, path.removeprefix(BOOKING))
        if standing is None or not standing.holds or standing.slot is None:
            return ""
        return slot_words(standing.slot, self.form.language)

    def _part(self, node: Node, level: int, above: str) -> Iterator[Part]:
        if not node.relevant:
            return
        if not node.is_group and node.kind != "instance":
            row = ((self._label(node), self.value(node)),) if self._shown(node) else ()
            yield Part(above or (self._title(node.parent) if node.parent else ""), row, level=level)
            return
        title = self._title(node) or above
        own = [child for child in node.children if not child.is_group and self._shown(child)]
        yield Part(title, tuple((self._label(child), self.value(child)) for child in own), level=min(level, 3))
        for child in node.children:
            if child.is_group or child.kind == "instance":
                yield from self._part(child, level + (node.kind != "repeat"), title)

    def _title(self, node: Node) -> str:
        if node.kind == "instance" and node.parent is not None:
            return f"{self._label(node.parent)} {node.parent.children.index(node) + 1}".strip()
        return self._label(node)

    def _label(self, node: Node) -> str:
        return plain(self.form.label(node))

    def _shown(self, node: Node) -> bool:
        """Whether an answer may stand on a paper unnamed: it is not too sensitive."""
        sensitive = node.question.path in self.service.privacy.sensitive - self.named
        return self._given(node) and not sensitive and not self.withheld(node)

    def _given(self, node: Node) -> bool:
        """Whether a person gave this answer, in words."""
        if self.kept is not None and not self.kept.get(node.path):
            return False
        asked = bool(node.relevant and node.value and node.question.kind not in _SILENT and self._label(node))
        return asked and not node.is_group and node.question.kind not in FILES

    def _caption(self, node: Node) -> str:
        """What a picture shows: the words beside it in its row, else its question."""
        row = node.parent
        inside = row is not None and row.kind == "instance"
        beside = [self.value(one) for one in row.children if self._shown(one)] if row is not None and inside else []
        return ", ".join(beside[:2]) or self._label(node)

    def _first(self, path: str) -> str:
        if path.startswith("@"):
            return self._own(path)
        nodes = [node for node in self.form.nodes() if node.question.path == path and node.value and node.relevant]
        return self.value(nodes[0]) if nodes else ""


def _below(node: Node) -> Iterator[Node]:
    """The node and all below it that is relevant."""
    if node.relevant:
        yield node
        for child in node.children:
            yield from _below(child)


def _joined(parts: Iterable[Part]) -> Iterator[Part]:
    """Answers that were named one by one, and stand under one heading, together."""
    for (title, level), some in groupby(parts, key=lambda part: (part.title, part.level)):
        yield Part(title, tuple(row for part in some for row in part.rows), level=level)


def _in_steps(parts: Iterable[Part]) -> Iterator[Part]:
    """The parts with headings that go down one level at a time, as readers aloud expect them."""
    level = 0
    for part in parts:
        if part.title:
            level = min(part.level, level + 1)
        yield replace(part, level=max(level, 1))


def _moment(value: str) -> str:
    """A day, or a moment on the City's clock."""
    try:
        if "T" not in value:
            return date.fromisoformat(value).isoformat()
        at: datetime = moment_of(value)
    except ValueError:
        return value
    return f"{at.astimezone(CITY_ZONE):%Y-%m-%d %H:%M}"
