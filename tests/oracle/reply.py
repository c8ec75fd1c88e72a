"""What an engine says of a form and of steps taken in it, in one shape for all engines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

DEFAULT = "JavaRosa"  # decides where our rules say nothing
ASPECTS = ("value", "relevant", "required", "readonly", "valid", "label")
Step = Mapping[str, Any]
State = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Reply:
    """`states`: after loading, then after each step; {ref: {value, relevant, required, readonly, valid, label}}."""

    ok: bool
    states: Sequence[State] = ()
    errors: Sequence[Mapping[str, Any]] = ()
    error: str = ""
    xml: str = ""
    load_ms: float = 0.0
    step_ms: Sequence[float] = field(default=())

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Reply:
        """The reply in a driver's line of JSON."""
        return cls(
            answer["ok"],
            answer.get("states", ()),
            answer.get("errors", ()),
            answer.get("error", ""),
            answer.get("xml", ""),
            answer.get("loadMs", 0.0),
            answer.get("stepMs", ()),
        )


@dataclass(frozen=True)
class Difference:
    """One aspect of one node after one step (0: after loading) on which engines differ; None: it has no such node."""

    step: int
    ref: str
    aspect: str
    ours: object
    theirs: Mapping[str, object]


def differences(ours: Reply, theirs: Mapping[str, Reply]) -> Iterator[Difference]:
    """Where ours says something else than at least one of the others. Values that are the same number are the same."""
    for step, state in enumerate(ours.states):
        others = {name: reply.states[step] for name, reply in theirs.items()}
        refs = dict.fromkeys([*state, *(ref for other in others.values() for ref in other)])
        for ref in refs:
            yield from _of_node(step, ref, state, others)


def _of_node(step: int, ref: str, state: State, others: Mapping[str, State]) -> Iterator[Difference]:
    if ref not in state or any(ref not in other for other in others.values()):
        known = {name: ref in other for name, other in others.items()}
        yield Difference(step, ref, "exists", ref in state, known)
        return
    judge = [other[ref] for name, other in others.items() if name == DEFAULT] or [
        other[ref] for other in others.values()
    ]
    shown = any(seen["relevant"] for seen in (state[ref], *judge))
    for aspect in ASPECTS:
        if ref.endswith("/instanceID") and aspect == "value":
            continue  # each makes its own
        if aspect not in state[ref] or (aspect != "relevant" and not shown):
            continue  # what nobody shows is each engine's own affair
        mine = state[ref][aspect]
        said = {name: other[ref][aspect] for name, other in others.items() if aspect in other[ref]}
        if any(not same(mine, value) for value in said.values()):
            yield Difference(step, ref, aspect, mine, said)


def same(one: object, other: object) -> bool:
    """Whether two values say the same: word by word, where numbers may be written in several ways."""
    if one == other:
        return True
    if not (isinstance(one, str) and isinstance(other, str)):
        return False
    words, others = _words(one), _words(other)
    return len(words) == len(others) and all(map(_same_word, words, others))


def _words(text: str) -> list[str]:
    return text.replace(";", " ; ").split()


def _same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    try:
        return abs(float(one) - float(other)) <= 1e-9 * max(1.0, abs(float(one)))
    except ValueError:
        return False
