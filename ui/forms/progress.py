"""How far each section is: what is answered, what is missing, what is wrong. No widgets here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from fieldapp.forms import FormSession, Node, Problem
from ui.forms.paging import Section, holding
from ui.forms.shape import is_check, kind_of, questions


@dataclass
class Progress:
    """One section's state. `asked` counts what is needed or answered; `wrong` are answers that may not stay."""

    relevant: bool = False
    asked: int = 0
    answered: int = 0
    missing: list[Problem] = field(default_factory=list)
    wrong: list[Problem] = field(default_factory=list)
    unchecked: int = 0  # lines of a checklist without a result

    @property
    def done(self) -> bool:
        """Whether nothing is missing or wrong."""
        return not self.missing and not self.wrong and not self.unchecked


def progress(session: FormSession, sections: Sequence[Section], problems: Sequence[Problem]) -> dict[str, Progress]:
    """The state of every section, by its id."""
    states = {section.id: _counted(session, section) for section in sections}
    owners = {place: section for section in sections for place in section.paths}
    for problem in problems:
        owner = holding(owners, problem.node.path)
        if owner is not None:
            state = states[owner.id]
            (state.missing if problem.kind == "required" else state.wrong).append(problem)
    return states


def _counted(session: FormSession, section: Section) -> Progress:
    state = Progress()
    for path in section.paths:
        node = session.node(path)
        state.relevant = state.relevant or _shows(node)
        for question in questions(node):
            unchecked = not question.value and is_check(session, question)
            state.unchecked += unchecked
            state.answered += bool(question.value)
            state.asked += bool(question.value or question.required or unchecked)
    return state


def _shows(node: Node) -> bool:
    """Whether anything of it is on the screen: a repeat always is, for one can add to it."""
    if not node.relevant:
        return False
    if kind_of(node) in {"group", "instance"}:
        return any(_shows(child) for child in node.children)
    return kind_of(node) not in {"calculate", "hidden", "attribute"}
