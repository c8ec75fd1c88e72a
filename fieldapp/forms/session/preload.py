"""jr:preload: what the form takes from device and person when a record begins, and where its end is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fieldapp.forms.definition.model import FormDefinition
from fieldapp.forms.session.environment import World
from fieldapp.forms.session.nodes import Node

_END = "end"


def preload(top: Node, world: World) -> None:
    """Fill the blank preloads at and below `top`."""
    for inner in top.walk():
        for node in (inner, *inner.attributes):
            bind = node.question.bind
            if bind.preload and not node.value:
                node.value = _value(bind.preload, bind.preload_params, world)


def _value(kind: str, parameter: str, world: World) -> str:
    """The value of a preload; "" for one that nobody here knows (the loader names it)."""
    make = _MAKERS.get(kind)
    return make(parameter, world) if make is not None else ""


def _timestamp(parameter: str, world: World) -> str:
    return "" if parameter == _END else world.now().isoformat(timespec="milliseconds")


def _property(parameter: str, world: World) -> str:
    return world.property(parameter)


_MAKERS: dict[str, Callable[[str, World], str]] = {
    "uid": lambda _parameter, world: f"uuid:{world.unique()}",
    "timestamp": _timestamp,
    "date": lambda _parameter, world: world.now().date().isoformat(),
    "property": _property,
    "context": _property,
    "patient": _property,
}


def end_paths(definition: FormDefinition) -> Sequence[str]:
    """The places for the time at which the record was finished; there are none in repeats."""
    binds = ((question.path, question.bind) for question in definition.questions.values())
    found = [path for path, bind in binds if bind.preload == "timestamp" and bind.preload_params == _END]
    return [path for path in found if path not in definition.repeated]
