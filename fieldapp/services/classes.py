"""Which class each path has when two people change it: from the form, and from `[merge]` in service.toml."""

from __future__ import annotations

import re

from fieldapp.errors import InputError
from fieldapp.merging import Kind, KindOf
from fieldapp.services.service import Service

KEY = re.compile(r"\[[^\]]*\]")  # of a line of a repeat


def kinds_of(service: Service, version: str) -> KindOf:
    """The class of each path in that version of the form; in today's, where this machine does not have that one.

    A path that the form does not have is plain, and so is everything where the form cannot be read."""

    def kind_of(path: str) -> Kind:
        bare = KEY.sub("", path)
        if bare in service.merging.decision:
            return Kind.DECISION
        return Kind.APPEND if bare in service.merging.append else _of_form(service, version, bare)

    return kind_of


def _of_form(service: Service, version: str, path: str) -> Kind:
    try:
        form = service.form(version if service.has_form(version) else "")
    except InputError:
        return Kind.PLAIN
    question = form.questions.get(path)
    if question is None:
        return Kind.PLAIN
    if question.bind.calculate:
        return Kind.FIGURE
    return Kind.SET if question.kind == "multiple" else Kind.PLAIN
