"""What a form looks up in tables with `pulldata()`: the column is there, and so is every row that it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from fieldapp.clock import SystemClock
from fieldapp.forms.lint.expressions import Written, outputs_of, rules_of
from fieldapp.forms.lint.findings import Finding
from fieldapp.forms.xpath.context import scope_of
from fieldapp.forms.xpath.lexer import XPathError
from fieldapp.forms.xpath.parser import parse
from fieldapp.forms.xpath.tree import Call, Expression, Literal, walk
from fieldapp.services.checking.possible import Possible
from fieldapp.services.checking.problems import LOOKUP, problem
from fieldapp.services.checking.subject import Subject
from fieldapp.services.reference import FEES, ServiceReference, service_reference
from fieldapp.services.tables import Table
from fieldapp.texts import tr

FEE_COLUMNS = ("code", "en", "fr", "amount", "unit", "hst", "valid_from", "source")


class Lookups:
    """The look-ups of one form. ServiceError, from the first on, where a table cannot be read."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._possible = Possible(subject.form, self._reference.tables)

    def problems(self) -> Iterator[Finding]:
        """Columns and rows that no table has, each once for a question."""
        form = self._subject.form
        for written in (*rules_of(form), *outputs_of(form)):
            try:
                found = [part for part in walk(parse(written.source)) if isinstance(part, Call)]
            except XPathError:
                continue  # the form's linter tells it
            for call in found:
                if call.name == "pulldata" and len(call.arguments) == 4:
                    yield from self._of(call, written)

    def _of(self, call: Call, written: Written) -> Iterator[Finding]:
        name, column, by, key = call.arguments
        table, wanted, keys = _text(name), _text(column), _text(by)
        columns = self._columns(table)
        place = self._subject.places.rule(written.base, written.kind, written.line)
        for one in (wanted, keys):
            if columns and one and one not in columns and not (table == FEES and one == "code_on"):
                message = tr("the table “{table}” has no column “{column}”", table=table, column=one)
                yield problem(LOOKUP, place, message)
        known = self._keys(table, keys)
        texts = self._possible.texts(key, scope_of(self._subject.form, written.base)) if known else ()
        for text in sorted(texts):
            if text not in known:
                yield problem(LOOKUP, place, _missing(table, text))

    def _columns(self, table: str) -> tuple[str, ...]:
        found = self._reference.tables.get(table)
        return FEE_COLUMNS if table == FEES else found.columns if found else ()

    def _keys(self, table: str, column: str) -> frozenset[str]:
        """What can be found in a table's column; nothing for tables that are not known here."""
        if table == FEES:
            return frozenset(fee.code for fee in self._reference.fees.fees)
        found: Mapping[str, Table] = self._reference.tables
        return frozenset(row.get(column, "") for row in found[table].rows) if table in found else frozenset()

    @cached_property
    def _reference(self) -> ServiceReference:
        return service_reference(self._subject.service.files.folder, None, SystemClock())


def _text(part: Expression) -> str:
    return part.value if isinstance(part, Literal) and isinstance(part.value, str) else ""


def _missing(table: str, text: str) -> str:
    if table == FEES:
        return tr("there is no fee “{code}” in any table of fees", code=text)
    return tr("the table “{table}” has no row “{row}”", table=table, row=text)
