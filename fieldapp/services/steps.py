"""Reading the workflow of a service: states and transitions, with every name checked against the others."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from fieldapp.access import ROLES
from fieldapp.services.declared import EDITABLE_KINDS, KINDS, State, Transition
from fieldapp.services.entries import Entries
from fieldapp.texts import tr


def read_states(entries: Entries) -> tuple[State, ...]:
    """The states, the first of which is a new record's. Ids are unique, kinds known, and the first is editable."""
    states: list[State] = []
    for item in entries.tables("states"):
        state = State(item.text("id"), item.bilingual("title"), one_of(item, "kind", KINDS))
        if state.id in {other.id for other in states}:
            item.wrong("id", tr("“{name}” is there twice", name=state.id))
        states.append(state)
        item.finish()
    if not states:
        entries.wrong("states", tr("is missing: a service needs at least one state"))
    elif states[0].kind not in EDITABLE_KINDS:
        entries.wrong("states[1].kind", tr("the first state is a new record’s: it must be draft or open"))
    return tuple(states)


def read_transitions(entries: Entries, states: tuple[State, ...]) -> tuple[Transition, ...]:
    """The steps between `states`. Unknown states and roles, and states that no step reaches, are refused."""
    known = [state.id for state in states]
    steps: list[Transition] = []
    for item in entries.tables("transitions"):
        step = _transition(item, known)
        if step.id in {other.id for other in steps}:
            item.wrong("id", tr("“{name}” is there twice", name=step.id))
        steps.append(step)
    if all(known):
        _check_ways(entries, states, steps)
    return tuple(steps)


def _check_ways(entries: Entries, states: tuple[State, ...], steps: list[Transition]) -> None:
    """Every state is reached, and every one that is not done is left again."""
    found = reachable(states[0].id, steps) if states else frozenset()
    for position, state in enumerate(states, start=1):
        if state.id not in found:
            entries.wrong(f"states[{position}].id", tr("no step leads to “{state}”", state=state.id))
        if state.kind != "done" and not any(state.id in step.from_ for step in steps):
            entries.wrong(f"states[{position}].id", tr("no step leads away from “{state}”", state=state.id))


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
        wrong, known = ", ".join(unknown), ", ".join(sorted(ROLES))
        entries.wrong(key, tr("unknown role “{role}”; known are: {known}", role=wrong, known=known))
    return frozenset(names)


def one_of(entries: Entries, key: str, allowed: tuple[str, ...]) -> str:
    """A text out of `allowed`."""
    value = entries.text(key)
    if value not in allowed:
        entries.wrong(key, tr("“{value}” is none of {allowed}", value=value, allowed=", ".join(allowed)))
        return allowed[0]
    return value


def read_when(item: Entries) -> tuple[str, frozenset[str], bool]:
    """The question whose answer decides, and which of its values do; `is_not` turns it round. Nothing: ("", …)."""
    if not item.has("when"):
        return "", frozenset(), False
    when = item.table("when")
    negated = when.has("is_not")
    found = when.text("question"), frozenset(when.texts("is_not" if negated else "is")), negated
    when.finish()
    return found


def _proposed(item: Entries) -> tuple[str, frozenset[str]]:
    if not item.has("proposed"):
        return "", frozenset()
    proposed = item.table("proposed")
    found = proposed.text("question"), frozenset(proposed.texts("is"))
    proposed.finish()
    return found


def _transition(item: Entries, known: list[str]) -> Transition:
    question, values, negated = read_when(item)
    step = Transition(
        id=item.text("id"),
        title=item.bilingual("title"),
        from_=frozenset(_known(item, "from", name, known) for name in item.texts("from")),
        to=_known(item, "to", item.text("to"), known),
        roles=read_roles(item, "roles"),
        needs_reason=item.flag("needs_reason"),
        needs_complete_form=item.flag("needs_complete_form"),
        not_author=item.flag("not_author"),
        author_only=item.flag("author_only"),
        question=question,
        values=values,
        negated=negated,
        second_person=item.flag("second_person"),
        sets=frozenset(item.texts("sets", ())),
        gives=item.flag("gives"),
        proposed=_proposed(item),
    )
    item.finish()
    if not step.from_:
        item.wrong("from", tr("must name at least one state"))
    if (step.not_author or step.second_person) and step.author_only:
        item.wrong("author_only", tr("contradicts not_author: nobody could take this step"))
    return step


def _known(item: Entries, key: str, state: str, known: list[str]) -> str:
    """`state`; the one that was meant, as far as one can guess, where faults are noted: else every state that this
    step leads to would be told as one that no step reaches."""
    if state in known:
        return state
    item.wrong(key, tr("unknown state “{state}”; known are: {known}", state=state, known=", ".join(known)))
    return next(iter(get_close_matches(state, known, 1)), state)
