"""Answers from a form that came back go through the same checks as typed ones. What does not fit is set aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fieldapp.documents.blank.paper import LINE, LINES, LIST, ORDER, SEVERAL, TICK, Entry, Paper
from fieldapp.errors import FormError
from fieldapp.forms import FormSession, Node
from fieldapp.money.cards import holds_card
from fieldapp.texts import tr

_MOST_CHOICES = 5_000  # that are looked through for a label


@dataclass(frozen=True)
class Aside:
    """What somebody wrote that is no answer as it stands: `label` and `path` of the question, where there is one."""

    label: str
    path: str
    value: str
    why: str


@dataclass(frozen=True)
class Taken:
    """What a filled form gives: `answers` by path, with the rows they stand in, and what was set aside. With a `card`
    somebody wrote a payment card's number: neither it nor the paper may be kept."""

    answers: Mapping[str, str]
    aside: tuple[Aside, ...] = ()
    card: bool = False


def taken(session: FormSession, paper: Paper, values: Mapping[str, str]) -> Taken:
    """Put `values` (by field) into `session`, a new record's, as the entries of `paper` say."""
    taker = _Taker(session, _rows(paper, values))
    known: set[str] = set()
    for entry in paper.entries:
        known.update(entry.fields)
        taker.take(entry, {name: values[name] for name in entry.fields if values.get(name)})
    for name in sorted(values.keys() - known):
        taker.set_aside(name, name.replace("#", "-"), values[name], tr("The form has no such question."))
    answers = session.answers()
    paths = taker.answered
    kept = {path: value for path, value in answers.items() if path in paths or _holds(path, paths)}
    return Taken(kept, tuple(taker.aside), taker.card)


def _holds(path: str, answered: set[str]) -> bool:
    """Whether it is a row that something was answered in."""
    return path.endswith("]") and any(one.startswith(f"{path}/") for one in answered)


def _rows(paper: Paper, values: Mapping[str, str]) -> dict[tuple[str, tuple[int, ...]], int]:
    """For each row that somebody wrote in, by the repeat's whole way and the row's number, which instance it becomes:
    rows that were left blank make none."""
    used: dict[tuple[str, tuple[int, ...]], set[int]] = {}
    for entry in paper.entries:
        if any(values.get(name) for name in entry.fields):
            for depth, number in enumerate(entry.rows):
                used.setdefault((entry.repeats[depth], entry.rows[:depth]), set()).add(number)
    return {
        (repeat, (*above, number)): place
        for (repeat, above), numbers in used.items()
        for place, number in enumerate(sorted(numbers), 1)
    }


@dataclass
class _Taker:
    """Takes one entry after the other, in the order of the paper: what is offered may depend on what came before."""

    session: FormSession
    places: Mapping[tuple[str, tuple[int, ...]], int]
    answered: set[str] = field(default_factory=set)
    aside: list[Aside] = field(default_factory=list)
    card: bool = False

    def take(self, entry: Entry, values: Mapping[str, str]) -> None:
        """Answer the entry's question; nothing where nothing stands in its fields."""
        if not values:
            return
        shown = _shown(entry, values)
        if any(holds_card(value) for value in values.values()) and entry.kind in {LINE, LINES}:
            self.card = True
        try:
            node = self._node(entry)
        except FormError as error:
            self.set_aside(entry.label, entry.path, shown, str(error.args[0]))
            return
        try:
            self.session.set(node.ref, self._answer(node, entry, values))
        except FormError as error:
            self.set_aside(entry.label, node.path, shown, str(error.args[0]))
            return
        if node.holds_card or (node.question.guarded and not node.constraint_met):
            self.card = self.card or node.holds_card
            self.aside.append(Aside(entry.label, "", "", self.session.message(node)))
        else:
            self.answered.add(node.path)

    def set_aside(self, label: str, path: str, value: str, why: str) -> None:
        """Keep it beside the answers; never a payment card's number."""
        card = holds_card(value)
        self.card = self.card or card
        self.aside.append(Aside(label, "" if card else path, "" if card else value, why))

    def _node(self, entry: Entry) -> Node:
        """The entry's node; the rows around it are made. FormError where the form makes fewer of them by itself."""
        ref = f"/{self.session.definition.root_name}"
        left = entry.path
        for depth, repeat in enumerate(entry.repeats):
            wanted = self.places[repeat, entry.rows[: depth + 1]]
            ref = f"{ref}/{_after(repeat, entry.repeats[depth - 1] if depth else '')}"
            while len(self.session.node(ref).children) < wanted:
                self.session.add(ref)
            ref = f"{ref}[{wanted}]"
            left = _after(entry.path, repeat)
        return self.session.node(f"{ref}/{left}")

    def _answer(self, node: Node, entry: Entry, values: Mapping[str, str]) -> str:
        """The answer in the form's own spelling, as far as the paper knows it."""
        if entry.kind == TICK:
            return "OK"
        if entry.kind == SEVERAL:
            return " ".join(one.name for one in entry.options if entry.of_option(one) in values)
        if entry.kind == ORDER:
            ranked = [(values.get(entry.of_option(one), ""), one.name) for one in entry.options]
            return " ".join(name for _, name in sorted(ranked, key=lambda pair: _number(pair[0])))
        value = values[entry.field]
        if entry.kind == LIST or entry.options:
            return next((one.name for one in entry.options if value in {one.name, one.label}), value)
        return self._meant(node, value) if node.question.choices is not None else value

    def _meant(self, node: Node, value: str) -> str:
        """The choice that was written out in words, where the list is too long for the paper."""
        choices = self.session.choices(node)[:_MOST_CHOICES]
        folded = value.casefold()
        return next((one.name for one in choices if folded in {one.name.casefold(), one.label.casefold()}), value)


def _shown(entry: Entry, values: Mapping[str, str]) -> str:
    """What stands in the fields, in words."""
    if entry.kind in {SEVERAL, ORDER}:
        named = [(one, values.get(entry.of_option(one), "")) for one in entry.options]
        ticked = [one.label if entry.kind == SEVERAL else f"{mark} {one.label}" for one, mark in named if mark]
        return ", ".join(ticked)
    return "; ".join(values.values())


def _after(path: str, above: str) -> str:
    return path[len(above) + 1 :] if above else path


def _number(text: str) -> float:
    return float(text) if text.strip().isdecimal() else float("inf")
