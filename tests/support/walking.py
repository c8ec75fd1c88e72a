"""Walks through a service's workflow: for each step the ways to it, who may take it, and who may not.

What may be done is read here from service.toml by itself, not asked from the code that judges."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fieldapp.forms.definition.closed import list_of
from fieldapp.records import ASSIGNEE, AUTHOR, STATE, SUBMITTED_BY, Fields, Person
from fieldapp.services import Service, Transition


@dataclass(frozen=True)
class Way:
    """Steps from a new record on, whose answers fit all of them at once."""

    steps: tuple[Transition, ...]

    def wishes(self, service: Service, position: int) -> dict[str, frozenset[str]]:
        """What the answers must be for the steps from `position` on, as long as answers cannot be changed again; None
        of the values that they must only not be is told where no other is known."""
        found: dict[str, frozenset[str]] = {}
        for number, step in enumerate(self.steps[position:], position):
            if number > position and service.state(self.steps[number - 1].to).editable:
                break
            if step.question:
                known = _values(service, step) - (step.values if step.negated else frozenset())
                wanted = known if step.negated else step.values
                found[step.question] = found.get(step.question, wanted) & wanted
        return found


def _values(service: Service, step: Transition) -> frozenset[str]:
    """What the question of a step may be: its choices, and what any step asks it to be; blank too."""
    question = service.form().questions[step.question]
    items = question.choices.nodeset if question.choices else ""
    named = frozenset().union(*(one.values for one in service.transitions if one.question == step.question))
    return frozenset(_names(service, items)) | named | {"", "no"}


def _names(service: Service, nodeset: str) -> list[str]:
    table = service.form().tables.get(list_of(nodeset)) if nodeset else None
    rows = [item for root in table.root.named("root") for item in root.named("item")] if table and table.root else []
    return [row.cell("name") for row in rows]


def ways(service: Service) -> list[Way]:
    """Ways that between them take every step from every state that it may be taken from; none begins another.

    AssertionError where a step can never be taken."""
    wanted = [(state, step) for step in service.transitions for state in sorted(step.from_)]
    found = [_way_to(service, state, step) for state, step in wanted]
    begun = {way.steps[:length] for way in found for length in range(1, len(way.steps))}
    return list(dict.fromkeys(way for way in found if way.steps not in begun))


def _way_to(service: Service, state: str, step: Transition) -> Way:
    """The shortest way that ends in `step` from `state`."""
    waiting: deque[tuple[str, tuple[Transition, ...]]] = deque([(service.first_state, ())])
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        here, taken = waiting.popleft()
        if here == state and _consistent(service, (*taken, step)):
            return Way((*taken, step))
        for one in service.transitions:
            key = one.to, frozenset(str(other) for other in (*taken, one) if other.question)
            if here in one.from_ and key not in seen and _consistent(service, (*taken, one)):
                seen.add(key)
                waiting.append((one.to, (*taken, one)))
    raise AssertionError(f"no way leads to {step.id} from {state}")


def _consistent(service: Service, steps: Sequence[Transition]) -> bool:
    """Whether answers can fit these steps: the same ones from one state in which they can be changed to the next."""
    begins = [number for number in range(1, len(steps)) if service.state(steps[number - 1].to).editable]
    return all(_fitting(steps[first:last]) for first, last in zip([0, *begins], [*begins, len(steps)], strict=True))


def _fitting(steps: Sequence[Transition]) -> bool:
    for question in {step.question for step in steps if step.question}:
        own = [step for step in steps if step.question == question]
        wanted = [step.values for step in own if not step.negated]
        refused = frozenset().union(*(step.values for step in own if step.negated))
        if wanted and not frozenset.intersection(*wanted) - refused:
            return False
    return True


def allowed(step: Transition, fields: Fields, person: Person) -> bool:
    """Whether the person may take the step of a record with these fields."""
    began, has = fields.get(AUTHOR, ""), fields.get(ASSIGNEE, "")
    author = fields.get(SUBMITTED_BY) or has or began
    fits = fields[STATE] in step.from_ and step.fits(fields) and bool(person.roles & step.roles)
    others = not (step.not_author and person.id == author)
    others = others and not (step.second_person and person.id in {began, has, fields.get(SUBMITTED_BY)})
    return fits and others and (not step.author_only or person.id in {author, has})


def terminal(service: Service) -> Iterator[str]:
    """The states that end a matter."""
    yield from (state.id for state in service.states if state.kind == "done")
