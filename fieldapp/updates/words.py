"""The update in words: what starts, what waits, what was left and why."""

from __future__ import annotations

from fieldapp.texts import tr
from fieldapp.updates.state import BY_HAND, CUT, FAILED, STORE, State


def told(state: State, own: str) -> list[str]:
    """A line each; `own` is the version of the program that asks."""
    lines = [tr("FieldApp {version} runs here.", version=state.runs or own)]
    if state.waiting:
        lines.append(waiting(state.waiting))
    if state.returned:
        lines.append(returned(state))
    return lines


def waiting(version: str) -> str:
    """That a version is ready."""
    return tr("FieldApp {version} is ready: it takes effect at the next start.", version=version)


def returned(state: State) -> str:
    """Which version was left, and why."""
    why = {
        FAILED: tr("it did not start"),
        CUT: tr("it was cut off several times before it was ready"),
        STORE: tr("it could not open the work on this laptop"),
        BY_HAND: tr("somebody chose to"),
    }
    words = {"version": state.returned, "why": why.get(state.why, state.why)}
    said = tr("FieldApp {version} was left for the version before: {why}. All work is kept.", **words)
    return f"{said} ({state.said.splitlines()[-1]})" if state.said else said
