"""Questions and expressions as their author wrote them: `/data/place/unit` was `${unit}`."""

from __future__ import annotations

import re

from fieldapp.forms.definition.model import FormDefinition
from fieldapp.forms.xpath.tree import Binary, Expression

_LONG = 60  # characters of an expression that a message quotes


class Said:
    """Turns paths back into references, in forms that an author wrote with them."""

    def __init__(self, definition: FormDefinition) -> None:
        self._definition = definition
        self._path = re.compile(rf"/{re.escape(definition.root_name)}/[\w.\-/]+")

    def question(self, path: str) -> str:
        """The reference to a question."""
        return f"${{{path.rpartition('/')[2]}}}"

    def text(self, message: str) -> str:
        """A message with references in place of paths."""
        return self._path.sub(self._reference, message)

    def expression(self, expression: Expression) -> str:
        """An expression, shortened where it is long."""
        text = str(expression)
        if isinstance(expression, Binary):
            text = text[1:-1]  # the brackets that the tree writes around every operator
        text = self._path.sub(self._reference, text)
        return text if len(text) <= _LONG else text[: _LONG - 1] + "…"

    def _reference(self, match: re.Match[str]) -> str:
        path = match[0].split("/", 2)[2]
        return self.question(path) if path in self._definition.questions else match[0]
