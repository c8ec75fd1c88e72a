"""Whether a question takes an answer, and in which spelling."""

from __future__ import annotations

from collections.abc import Sequence

from fieldapp.errors import FormError, Place
from fieldapp.forms.session.nodes import Node, Options
from fieldapp.forms.session.types import AnswerError, normalise
from fieldapp.texts import tr

_SILENT = frozenset({"note", "attribute"})


def check_answerable(node: Node) -> None:
    """FormError when the question takes no answer at all."""
    place = Place(field=node.ref)
    if node.is_group:
        raise FormError(tr("this is a group: only the questions in it take answers"), place)
    if node.question.bind.calculate:
        raise FormError(tr("this value is calculated by the form"), place)
    if node.readonly or node.question.kind in _SILENT:
        raise FormError(tr("this is read-only"), place)


def accepted(node: Node, value: str, options: Options) -> str:
    """The spelling in which the question keeps `value`. FormError when it cannot hold it, or does not offer it."""
    place = Place(field=node.ref)
    try:
        text = normalise(node.question, value, node.engine.env.zone)
    except AnswerError as fault:
        raise FormError(str(fault), place) from None
    if node.question.choices is None or not text:
        return text
    strange = strange_choice(node.question.chosen(text), options)
    if strange:
        raise FormError(tr("“{answer}” is not among the choices.", answer=strange), place)
    if node.question.kind == "rank" and len(text.split()) != len(options.names):
        raise FormError(tr("All choices must be put in order."), place)
    return text


def strange_choice(chosen: Sequence[str], options: Options) -> str:
    """The first choice of an answer that is not offered, "" when all are."""
    return next((token for token in chosen if token not in options.names), "")
