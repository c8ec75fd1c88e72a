"""Our engine in the shape of the others' replies."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from fieldapp.errors import FormError
from fieldapp.forms import FormSession, load_form
from fieldapp.forms.filling import take
from tests.oracle.reply import Reply, State, Step


def run(form: Path, steps: Sequence[Step] = ()) -> Reply:
    """Load a form and take steps, as `Engine.run` does."""
    began = perf_counter()
    try:
        session = FormSession(load_form(form))
    except FormError as error:
        return Reply(ok=False, error=str(error))
    load_ms = 1000 * (perf_counter() - began)
    states, errors, times = [state(session)], [], []
    for number, step in enumerate(steps, 1):
        began = perf_counter()
        try:
            take(session, step)
        except FormError as error:
            errors.append({"step": number, "message": str(error)})
        times.append(1000 * (perf_counter() - began))
        states.append(state(session))
    return Reply(True, states, errors, "", session.to_xml(), load_ms, times)


def state(session: FormSession) -> State:
    """Every node but repeats and attributes, by its reference."""
    found: dict[str, dict[str, Any]] = {}
    for node in session.nodes():
        if node.kind == "repeat":
            continue
        seen: dict[str, Any] = {"relevant": node.relevant, "required": node.required, "readonly": node.readonly}
        if not node.is_group:
            seen |= {"value": node.value, "valid": node.valid}
            if node.question.label is not None:
                seen["label"] = session.label(node)
        found[node.ref] = seen
    return found
