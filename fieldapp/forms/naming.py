"""Questions as people name them in steps: by their place, or by a name alone where only one question has it."""

from __future__ import annotations

from fieldapp.errors import FormError
from fieldapp.forms.lint.spelling import Speller
from fieldapp.forms.session.session import FormSession
from fieldapp.texts import tr


def meant(session: FormSession, target: str) -> str:
    """The place that a step means. FormError, with a guess, when there is no such question."""
    try:
        session.node(target)
    except FormError as error:
        same = _of_name(session, target) if "/" not in target else []
        if len(same) == 1 and same[0] not in session.definition.repeated:
            return _ref(session, same[0])
        guess = same[0] if same else _like(session, target)
        if not guess:
            raise
        suggestion = tr("Did you mean {name}?", name=_ref(session, guess))
        raise FormError(f"{error.args[0]}. {suggestion}", error.place) from error
    return target


def _of_name(session: FormSession, name: str) -> list[str]:
    return [path for path in session.definition.questions if path.rpartition("/")[2] == name]


def _like(session: FormSession, target: str) -> str:
    """The question whose name is most like the last of a place that leads nowhere."""
    name = target.rpartition("/")[2].partition("[")[0]
    paths = {path.rpartition("/")[2]: path for path in session.definition.questions}
    return paths.get(name) or paths.get(Speller().nearest(name, paths), "")


def _ref(session: FormSession, path: str) -> str:
    return f"/{session.definition.root_name}/{path}"
