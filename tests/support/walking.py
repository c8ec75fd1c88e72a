"""Walks through a service's workflow: for each step the ways to it, who may take it, and who may not.

What may be done is read here from service.toml by itself, not asked from the code that judges."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fieldapp.records import STATE, Fields
from fieldapp.services import Service, Transition


@dataclass(frozen=True)
class Way:
    """Steps from a new record on, whose answers fit all of them at once."""

    steps: tuple[Transition, ...]

    @property
    def wishes(self) -> dict[str, str]:
        """Answers that its steps depend on, one value each; those that must only not be something are left open."""
        found: dict[str, set[str]] = {}
        for step in self.steps:
            if step.question and not step.negated:
                found.setdefault(step.question, set(step.values)).intersection_update(step.values)
        return {path: min(values) for path, values in found.items()}

    def fits(self, fields: Fields) -> bool:
        """Whether a record with these answers may go it."""
        return all(step.fits(fields) for step in self.steps)


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
        if here == state and _consistent((*taken, step)):
            return Way((*taken, step))
        for one in service.transitions:
            key = one.to, frozenset(str(other) for other in (*taken, one) if other.question)
            if here in one.from_ and key not in seen and _consistent((*taken, one)):
                seen.add(key)
                waiting.append((one.to, (*taken, one)))
    raise AssertionError(f"no way leads to {step.id} from {state}")


def _consistent(steps: Sequence[Transition]) -> bool:
    """Whether one set of answers can fit all these steps."""
    for question in {step.question for step in steps if step.question}:
        own = [step for step in steps if step.question == question]
        wanted = [step.values for step in own if not step.negated]
        refused = frozenset().union(*(step.values for step in own if step.negated))
        if wanted and not frozenset.intersection(*wanted) - refused:
            return False
    return True


def allowed(step: Transition, fields: Fields, roles: frozenset[str], *, author: bool, holds: bool) -> bool:
    """Whether somebody with `roles`, who is the record's author or `holds` it as author or assignee, may take it."""
    fits = fields[STATE] in step.from_ and step.fits(fields) and bool(roles & step.roles)
    return fits and not (author and step.not_author) and (holds or not step.author_only)


def terminal(service: Service) -> Iterator[str]:
    """The states that end a matter."""
    yield from (state.id for state in service.states if state.kind == "done")
