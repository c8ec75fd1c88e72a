"""Why an answer may not stand, must be given, or is not asked: the rule, in words, with this record's values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fieldapp.clock import moment_of
from fieldapp.forms import FormDefinition, FormSession, Node
from fieldapp.forms.definition.model import Question
from fieldapp.forms.xpath.context import scope_of
from fieldapp.forms.xpath.lexer import XPathError
from fieldapp.forms.xpath.parser import parse
from fieldapp.forms.xpath.references import references
from fieldapp.rules.words import Wording

KINDS = ("relevant", "required", "constraint")
ALWAYS = frozenset({"", "true()", "true", "1"})


@dataclass(frozen=True)
class Reading:
    """One question that a rule reads, with its answer in words, "" for a blank."""

    path: str
    label: str
    value: str


@dataclass(frozen=True)
class Why:
    """One rule at one question of one record. `kind` is relevant, required or constraint; `met` says whether all is
    well by it; `source` is the expression as its author wrote it, `words` the same for people, "" where it always
    holds, and `plain` whether they are plain to everybody; `message` is what the form says now, `asks` what it would
    say against another answer."""

    path: str
    label: str
    kind: str
    met: bool
    source: str
    words: str
    message: str
    readings: tuple[Reading, ...]
    question: str = ""  # the question's own path in the form, without the keys of instances
    plain: bool = True
    asks: str = ""


def troubles(session: FormSession) -> list[Why]:
    """The rules by which answers are in trouble, in the form's order; of lists and types there is no rule to show."""
    return [
        _why(session, one.node, one.kind, met=False)
        for one in session.problems()
        if one.kind in {"required", "constraint"}
    ]


def reasons_of(session: FormSession, path: str) -> list[Why]:
    """All rules that decide about the question at `path`: those that hide it, with those of the groups around it, the
    one by which it must be answered, and the one by which its answer stands."""
    node = session.node(path)
    found = [
        _why(session, one, "relevant", met=one.own_relevant) for one in _upwards(node) if one.question.bind.relevant
    ]
    if node.question.bind.required.strip() not in {"", "false()"}:
        found.append(_why(session, node, "required", met=bool(node.value) or not node.required))
    if node.question.bind.constraint:
        found.append(_why(session, node, "constraint", met=not node.value or node.constraint_met))
    return found


def in_words(form: FormDefinition, path: str, source: str, language: str, *, coded: bool = True) -> str:
    """A rule of the question at `path` in words, without any record. Without `coded`: "" where they are not plain."""
    translation = form.translations.chosen(language)

    def label(asked: str) -> str:
        return form.text(form.questions[asked].label, translation) if asked in form.questions else ""

    def choice(asked: str, name: str) -> str:
        listed = form.questions[asked].choices if asked in form.questions else None
        found = next((said for one, said in listed.items if one == name), None) if listed else None
        return form.text(found, translation)

    wording = Wording(scope_of(form, path), label, choice)
    said = wording.of(source)
    return said if coded or wording.plain else ""


def _upwards(node: Node) -> Iterator[Node]:
    above: Node | None = node
    while above is not None:
        yield above
        above = above.parent


def _why(session: FormSession, node: Node, kind: str, *, met: bool) -> Why:
    source = str(getattr(node.question.bind, kind))
    wording = Wording(scope_of(session.definition, node.question.path), _Labels(session).label, _Labels(session).choice)
    words = "" if source.strip() in ALWAYS else wording.of(source)
    return Why(
        path=node.path,
        label=session.label(node) or node.question.name,
        kind=kind,
        met=met,
        source=source,
        words=words,
        message="" if met else session.message(node),
        readings=tuple(_readings(session, node, source)),
        question=node.question.path,
        plain=wording.plain,
        asks=_asks(session, node) if kind == "constraint" else "",
    )


def _asks(session: FormSession, node: Node) -> str:
    """What the form says against an answer that may not stand: the rule in its author's own words."""
    form = session.definition
    return form.text(node.question.bind.constraint_message, form.translations.chosen(session.language))


def _readings(session: FormSession, node: Node, source: str) -> Iterator[Reading]:
    try:
        read = references(parse(source), scope_of(session.definition, node.question.path))
    except XPathError:
        return
    paths = dict.fromkeys(one.path for one in read)
    for one in session.nodes():
        if one.question.path in paths and not one.is_group and _beside(one, node):
            yield Reading(one.path, session.label(one) or one.question.name, value_words(session, one))


def _beside(one: Node, node: Node) -> bool:
    """Whether `one` is this instance's, where both are in instances of the same repeat."""
    mine, theirs = _instance(node), _instance(one)
    shared = mine is not None and theirs is not None and mine.question is theirs.question
    return not shared or mine is theirs


def _instance(node: Node) -> Node | None:
    return next((one for one in _upwards(node) if one.kind == "instance"), None)


def value_words(session: FormSession, node: Node) -> str:
    """An answer as a person reads it: choices by their labels."""
    if node.question.kind == "dateTime" and node.value:
        return _moment_words(node.value)
    if node.question.choices is None or not node.value:
        return node.value
    names = {one.name: one.label for one in session.choices(node)}
    return ", ".join(names.get(one, one) for one in node.question.chosen(node.value))


def _moment_words(text: str) -> str:
    """A moment on the City's clock; what is none, as it stands: that it is none is what the rule says."""
    try:
        return f"{moment_of(text):%Y-%m-%d %H:%M}"
    except ValueError:
        return text


class _Labels:
    """What questions and choices are called in this record; "" for what is only calculated."""

    def __init__(self, session: FormSession) -> None:
        self._session = session

    def label(self, path: str) -> str:
        """A question's label."""
        question = self._question(path)
        node = self._node(path)
        if question is None:
            return ""
        return self._session.label(node) if node is not None else ""

    def choice(self, path: str, name: str) -> str:
        """An answer in words."""
        node = self._node(path)
        if node is None or node.question.choices is None:
            return ""
        return next((one.label for one in self._session.choices(node) if one.name == name), "")

    def _question(self, path: str) -> Question | None:
        return self._session.definition.questions.get(path)

    def _node(self, path: str) -> Node | None:
        return next((one for one in self._session.nodes() if one.question.path == path), None)
