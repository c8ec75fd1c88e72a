"""The versions of a clash in words: labels and values as the record's own form shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from fieldapp.actions import Clash, Version, open_form
from fieldapp.clock import today
from fieldapp.errors import FieldAppError
from fieldapp.forms import FormSession, Node
from fieldapp.records import ASSIGNEE, Record, edited
from fieldapp.texts import tr
from ui.days import moment
from ui.forms.shape import SILENT, kind_of
from ui.forms.words import FILES, shown
from ui.review.wording import Wording
from ui.session import Session

NOTHING = "–"
LONG = 60  # letters from which a text counts as one that both people may have had more to say in


class Versions:
    """Reads the three versions of one record: what it was, mine, and the City's."""

    def __init__(self, session: Session, record: Record, found: Sequence[Clash]) -> None:
        self._session = session
        self._reader = Wording(session, record)
        self._forms = {
            "base": self._form(record, {one.path: one.base for one in found}),
            "mine": self._form(record, {one.path: one.mine.value for one in found}),
            "theirs": self._form(record, {one.path: one.theirs.value for one in found}),
        }

    def asked(self, clash: Clash) -> bool:
        """Whether a person answers it: what the form calculates follows from what is chosen."""
        _, node = self._node("mine", clash.path)
        return node is None or kind_of(node) not in SILENT

    def label(self, clash: Clash) -> str:
        """The question, and what its line or deficiency is about."""
        return self._reader.about(clash.path)

    def words(self, side: str, path: str, value: str) -> str:
        """A value of the `side` (base, mine, theirs) as a person reads it."""
        if not value:
            return NOTHING
        if path == ASSIGNEE:
            return self._session.name_of(value)
        form, node = self._node(side, path)
        if form is None or node is None:
            return self._reader.value(path, value)
        if kind_of(node) in FILES:
            return tr("File {name}", name=value[:8])
        return shown(form, node)

    def who(self, version: Version) -> str:
        """Whose version it is and from when; what is not known here is left out."""
        name = self._session.name_of(version.by) if version.by else ""
        when = moment(version.at, today(self._session.clock))
        return " · ".join(part for part in (name, when) if part)

    def may_keep_both(self, clash: Clash) -> bool:
        """Whether the answer is a note or a long text, where two people's words can stand one after the other."""
        _, node = self._node("mine", clash.path)
        if node is None or kind_of(node) != "text" or not (clash.mine.value and clash.theirs.value):
            return False
        question = node.question
        many_lines = "multiline" in question.appearance or bool(question.extra.get("rows"))
        return many_lines or max(len(clash.mine.value), len(clash.theirs.value)) > LONG

    def _form(self, record: Record, values: Mapping[str, str]) -> tuple[FormSession, dict[str, Node]] | None:
        with suppress(FieldAppError):
            fields = edited(record.fields, values)
            form = open_form(self._session.desk, replace(record, fields=fields), lang=self._session.language)
            return form, {node.path: node for node in form.nodes()}
        return None

    def _node(self, side: str, path: str) -> tuple[FormSession | None, Node | None]:
        found = self._forms[side]
        return (found[0], found[1].get(path)) if found else (None, None)
