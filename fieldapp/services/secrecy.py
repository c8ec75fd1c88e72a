"""Which answers are shown only when somebody asks, which is noted: those of class P3 (sensitive) and P4 (health)."""

from __future__ import annotations

import re
from contextlib import suppress

from fieldapp.errors import FieldAppError
from fieldapp.services.service import Service

SECRET = frozenset({"P3", "P4"})
KEY = re.compile(r"\[[^\]]*\]")


def is_secret(service: Service, path: str) -> bool:
    """Whether the answer at `path` is: the service says so, or its question's class, or that of the nearest group."""
    bare = KEY.sub("", path)
    return bare in service.privacy.sensitive or _class_of(service, bare) in SECRET


def _class_of(service: Service, path: str) -> str:
    with suppress(FieldAppError):  # a form that cannot be read says nothing; what the service says stands
        questions = service.form().questions
        parts = path.split("/")
        for end in range(len(parts), 0, -1):
            question = questions.get("/".join(parts[:end]))
            if question is not None and (said := question.extra.get("privacy", "")):
                return said
    return ""
