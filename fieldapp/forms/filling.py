"""Steps from a file, taken one by one in a session; used by `form fill` and by tests of forms."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from fieldapp.clock import Clock
from fieldapp.errors import FormError, Place
from fieldapp.forms.load import load_form
from fieldapp.forms.naming import meant
from fieldapp.forms.session.nodes import Node
from fieldapp.forms.session.session import FormSession
from fieldapp.texts import LANGUAGES, tr

_VERBS = ("set", "add", "remove", "language", "lang", "dump")
Step = Mapping[str, Any]


def read_steps(path: Path) -> list[Step]:
    """The steps in a JSON file: a list, or an object with `steps`. FormError when it is something else."""
    place = Place(file=path.name)
    try:
        content = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise FormError(tr("this file cannot be read: {why}", why=error.strerror or ""), place) from error
    except (ValueError, RecursionError) as error:
        raise FormError(tr("this is no JSON: {why}", why=str(error)), place) from error
    steps = content.get("steps") if isinstance(content, dict) else content
    if not isinstance(steps, list) or not all(isinstance(step, dict) for step in steps):
        raise FormError(tr("the steps must be a list of objects: set, add or remove"), place)
    return steps


def fill(
    form: Path,
    steps: Sequence[Step],
    *,
    blocks: Path | None = None,
    language: str = "en",
    clock: Clock | None = None,
    media: Sequence[Path] = (),
) -> dict[str, Any]:
    """The state of a new record after `steps`. `errors` names each refused step by its number, from 1; `dumps` holds
    the states that steps of `{"dump": true}` asked for."""
    for folder in media:
        if not folder.is_dir():
            raise FormError(tr("there is no such folder"), Place(file=str(folder)))
    session = FormSession(load_form(form, blocks=blocks, media=media), language=language, clock=clock)
    errors, dumps = [], []
    for number, step in enumerate(steps, 1):
        if step.get("dump"):
            dumps.append({"step": number, "nodes": state(session)})
            continue
        try:
            take(session, step)
        except FormError as error:
            errors.append({"step": number, "message": str(error)})
    about: dict[str, Any] = {"ok": not errors, "nodes": state(session), "errors": errors, "instance": session.to_xml()}
    return about | ({"dumps": dumps} if dumps else {})


def take(session: FormSession, step: Step) -> None:
    """Take one step: `{"set": ref, "value": text}`, `{"add": repeat}`, `{"remove": instance}`,
    `{"remove": repeat, "index": n}` (from 0) or `{"language": name}`. FormError, and nothing changed, when refused."""
    verbs = [verb for verb in _VERBS if verb in step]
    if len(verbs) != 1 or not isinstance(step[verbs[0]], str):
        raise FormError(tr("a step is one of set, add, remove and language, with the place as its text"))
    target = step[verbs[0]]
    if verbs[0] == "set":
        if "value" not in step:
            raise FormError(tr("this step says no value; null clears an answer"), Place(field=target))
        session.set(meant(session, target), _text(step["value"]))
    elif verbs[0] == "add":
        session.add(meant(session, target))
    elif verbs[0] == "remove":
        session.remove(_instance(session, meant(session, target), step.get("index")))
    else:
        _speak(session, target)


def _speak(session: FormSession, language: str) -> None:
    translations = session.definition.translations
    if not translations.knows(language) and language not in LANGUAGES:
        known = ", ".join(dict.fromkeys((*translations.languages, *LANGUAGES)))
        raise FormError(tr("there is no language “{name}” here; there are {known}", name=language, known=known))
    session.language = language


def _instance(session: FormSession, target: str, index: object) -> str:
    """The instance that a step means: named itself, or by its repeat and a number from 0 (the first without one)."""
    node = session.node(target)
    if node.kind != "repeat":
        return target
    number = 0 if index is None else index
    if not isinstance(number, int) or not 0 <= number < len(node.children):
        raise FormError(tr("there is no such question in this form"), Place(field=f"{target}[{number}]"))
    return node.children[number].ref


def state(session: FormSession) -> list[dict[str, Any]]:
    """Every node but repeats: its place, answer and standing."""
    return [_state(node) for node in session.nodes() if node.kind != "repeat"]


def _text(value: object) -> str:
    """A step's value: text, or a JSON number or truth as XForms write it; null clears the answer."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return " ".join(_text(item) for item in value)
    return str(value)


def _state(node: Node) -> dict[str, Any]:
    return {
        "ref": node.ref,
        "value": node.value,
        "relevant": node.relevant,
        "required": node.required,
        "readonly": node.readonly,
        "valid": node.valid,
        "message": node.message,
    }
