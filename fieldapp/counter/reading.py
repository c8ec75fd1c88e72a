"""What is read back to a resident, in their language: no note of the staff's, and nothing that is sensitive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fieldapp.counter.agreement import Agreement
from fieldapp.documents.blank.wording import plain
from fieldapp.documents.issued.answers import Answers
from fieldapp.documents.issued.sheet import Part, Rows
from fieldapp.forms import FormSession, Node
from fieldapp.records import Record
from fieldapp.services import Service
from fieldapp.services.secrecy import is_secret

NOTICE, GIVEN = "notice_text", "notice_given"  # the questions of block b4_notice
CONSENT = re.compile(r"consent_(email|survey)")
STAFF = "staff"  # the appearance of what only staff answer


@dataclass(frozen=True)
class Consent:
    """A question that only the resident can answer: the path, the words, (value, words) of each choice, the answer."""

    path: str
    title: str
    choices: tuple[tuple[str, str], ...]
    value: str


@dataclass(frozen=True)
class CaseRead:
    """One service as it is read back. `withheld` counts answers that are not shown; `given` is the path of the answer
    that says that the notice was given, "" where the form has none, or staff cannot change it now."""

    record: str
    title: str
    reference: str
    parts: tuple[Part, ...]
    withheld: int = 0
    fee: Rows = ()
    due: str = ""
    bring: tuple[str, ...] = ()
    notice: str = ""
    given: str = ""
    consents: tuple[Consent, ...] = ()
    said: tuple[tuple[str, str, str], ...] = ()  # record, path and value of each answer that is shown


@dataclass(frozen=True)
class ReadBack:
    """All that a resident is shown of a record, or of each service of a visit. `due` is what all of it costs still, ""
    for nothing; `words` is what they agree to, and `agreed` the last time they did, while nothing was changed since."""

    record: str
    language: str
    cases: tuple[CaseRead, ...]
    due: str
    words: str
    digest: str
    agreed: Agreement | None = None


class Aloud:
    """Reads one record's form to the resident whose it is."""

    def __init__(self, service: Service, form: FormSession, record: Record) -> None:
        self._service, self._form, self._record = service, form, record
        self._answers = Answers(service, form, record.fields, withheld=self._kept_back)
        self._given = [node for node in form.nodes() if self._answered(node)]

    def parts(self) -> tuple[Part, ...]:
        """Questions and answers under the form's own headings."""
        return self._answers.parts(())

    def said(self) -> Iterator[tuple[str, str, str]]:
        """Record, path and value of each answer that is shown."""
        for node in self._given:
            if not self._kept_back(node):
                yield self._record.id, node.path, node.value

    def withheld(self) -> int:
        """How many answers of the resident's are not shown, for they are sensitive."""
        return sum(self._secret(node) and not _of_staff(node) for node in self._given)

    def notice(self) -> str:
        """Why the City collects it, as the form says; "" where it says nothing."""
        found = (node for node in self._form.nodes() if node.question.name == NOTICE and node.relevant)
        return next((plain(self._form.label(node)) for node in found), "")

    def given(self) -> str:
        """The path of the answer that says that the notice was given, "" for none."""
        found = (node.path for node in self._form.nodes() if node.question.name == GIVEN and node.relevant)
        return next(found, "")

    def consents(self) -> Iterator[Consent]:
        """What the resident decides alone."""
        for node in self._form.nodes():
            if node.relevant and CONSENT.fullmatch(node.question.name):
                choices = tuple((one.name, plain(one.label)) for one in self._form.choices(node))
                yield Consent(node.path, plain(self._form.label(node)), choices, node.value)

    def _answered(self, node: Node) -> bool:
        kept = bool(node.relevant and node.value and self._record.get(node.path))
        return kept and not node.is_group and node.kind != "instance" and node.question.kind != "calculate"

    def _secret(self, node: Node) -> bool:
        return is_secret(self._service, node.question.path)

    def _kept_back(self, node: Node) -> bool:
        """Staff's own, or sensitive, or shown in a place of its own."""
        apart = node.question.name == GIVEN or CONSENT.fullmatch(node.question.name) is not None
        return apart or _of_staff(node) or self._secret(node)


def _of_staff(node: Node) -> bool:
    above: Node | None = node
    while above is not None:
        if STAFF in above.question.appearance:
            return True
        above = above.parent
    return False
