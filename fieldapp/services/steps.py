"""Reading the workflow of a service: states and transitions, with every name checked against the others."""

from __future__ import annotations

from collections.abc import Iterable

from fieldapp.access import ROLES
from fieldapp.services.entries import Entries
from fieldapp.services.service import EDITABLE_KINDS, KINDS, State, Transition


def read_states(entries: Entries) -> tuple[State, ...]:
    """The states, the first of which is a new record's. Ids are unique, kinds known, and the first is editable."""
    states: list[State] = []
    for item in entries.tables("states"):
        state = State(item.text("id"), item.bilingual("title"), one_of(item, "kind", KINDS))
        if state.id in {other.id for other in states}:
            raise item.fail("id", f"“{state.id}” is there twice")
        states.append(state)
        item.finish()
    if not states:
        raise entries.fail("states", "is missing: a service needs at least one state")
    if states[0].kind not in EDITABLE_KINDS:
        raise entries.fail("states[1].kind", "the first state is a new record's: it must be draft or open")
    return tuple(states)


def read_transitions(entries: Entries, states: tuple[State, ...]) -> tuple[Transition, ...]:
    """The steps between `states`. Unknown states and roles, and states that no step reaches, are refused."""
    known = [state.id for state in states]
    steps: list[Transition] = []
    for item in entries.tables("transitions"):
        step = _transition(item, known)
        if step.id in {other.id for other in steps}:
            raise item.fail("id", f"“{step.id}” is there twice")
        steps.append(step)
    for position, state in enumerate(known, start=1):
        if state not in reachable(known[0], steps):
            raise entries.fail(f"states[{position}].id", f"no step leads to “{state}”")
    return tuple(steps)


def reachable(first: str, steps: Iterable[Transition]) -> frozenset[str]:
    """The states that steps lead to from `first`, itself among them."""
    found = [first]
    for state in found:  # grows while it is walked
        found += [step.to for step in steps if state in step.from_ and step.to not in found]
    return frozenset(found)


def read_roles(entries: Entries, key: str) -> frozenset[str]:
    """A list of roles: each known, at least one."""
    names = entries.texts(key)
    unknown = [name for name in names if name not in ROLES]
    if unknown or not names:
        raise entries.fail(key, f"unknown role {', '.join(unknown) or '(none)'}; known are: {', '.join(sorted(ROLES))}")
    return frozenset(names)


def one_of(entries: Entries, key: str, allowed: tuple[str, ...]) -> str:
    """A text out of `allowed`."""
    value = entries.text(key)
    if value not in allowed:
        raise entries.fail(key, f"“{value}” is none of {', '.join(allowed)}")
    return value


def _transition(item: Entries, known: list[str]) -> Transition:
    step = Transition(
        id=item.text("id"),
        title=item.bilingual("title"),
        from_=frozenset(item.texts("from")),
        to=item.text("to"),
        roles=read_roles(item, "roles"),
        needs_reason=item.flag("needs_reason"),
        needs_complete_form=item.flag("needs_complete_form"),
        not_author=item.flag("not_author"),
        author_only=item.flag("author_only"),
    )
    item.finish()
    for key, states in (("from", sorted(step.from_)), ("to", [step.to])):
        for state in states:
            if state not in known:
                raise item.fail(key, f"unknown state “{state}”; known are: {', '.join(known)}")
    if not step.from_:
        raise item.fail("from", "must name at least one state")
    if step.not_author and step.author_only:
        raise item.fail("author_only", "contradicts not_author: nobody could take this step")
    return step
