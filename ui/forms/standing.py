"""Standing: how a form stands: each section's progress, all problems, and the lines of what is to fix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fieldapp.forms import FormSession, Problem
from fieldapp.texts import tr
from ui.forms.marking import plain
from ui.forms.paging import Section
from ui.forms.progress import Progress, progress
from ui.forms.sheet import Sheet
from ui.forms.to_fix import Fault, faults_of


class Standing:
    """Counted anew after answers; what a supervisor gave back counts until the answer changes."""

    def __init__(self, sheet: Sheet, sections: Sequence[Section]) -> None:
        self._sheet, self._sections = sheet, sections
        self._returned: dict[str, str] = {}  # path -> the answer that was given back
        self.problems: list[Problem] = []
        self.states: dict[str, Progress] = {}

    def count(self) -> None:
        """Look at every question."""
        self.problems = [] if self._sheet.read_only else self._sheet.entry.problems()
        self.states = progress(self._sheet.session, self._sections, self.problems)

    def shown(self) -> list[str]:
        """The ids of the sections that are relevant now."""
        return [section.id for section in self._sections if self.states.get(section.id, Progress()).relevant]

    def give_back(self, path: str, reason: str) -> None:
        """A supervisor marked the answer at `path`."""
        node = self._sheet.entry.node(path)
        self._sheet.reasons[path] = reason
        self._returned[path] = node.value if node else ""

    def faults(self, titles: Mapping[str, str]) -> list[Fault]:
        """What is to fix: first what was given back, then section by section."""
        return [*self._given_back(), *faults_of(self.states, titles, self._name_of)]

    def _given_back(self) -> list[Fault]:
        nodes = [(self._sheet.entry.node(path), value) for path, value in self._returned.items()]
        same = [node.path for node, value in nodes if node is not None and node.value == value]
        reasons = self._sheet.reasons
        return [Fault(1, tr("Returned: {reason}", reason=reasons[path]), path, "warn") for path in same]

    def _name_of(self, problem: Problem) -> str:
        return plain(self._sheet.session.label(problem.node)) or problem.node.question.name


def next_problem(session: FormSession, problems: Sequence[Problem], here: str, by: int) -> str:
    """The path of the next (or previous) problem, seen from the question at `here`; round at the end."""
    order = {node.path: number for number, node in enumerate(session.nodes())}
    place = order.get(here, -1)
    places = [(order.get(problem.node.path, 0), problem.node.path) for problem in problems]
    ahead = [path for other, path in places if (other > place if by > 0 else other < place)]
    if by > 0:
        return ahead[0] if ahead else places[0][1]
    return ahead[-1] if ahead else places[-1][1]
