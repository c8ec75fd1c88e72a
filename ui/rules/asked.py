"""What is to be tried: a rule of one question, a fee, or the draft of a whole service; beside it, how it is now."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from fieldapp.clock import today
from fieldapp.errors import FieldAppError, RefusedError
from fieldapp.forms import FormDefinition
from fieldapp.rules.answers import unknown_answers
from fieldapp.rules.changed import RuleChange
from fieldapp.rules.trying import Side
from fieldapp.rules.why import in_words
from fieldapp.services import Service
from fieldapp.services.loader import load_service
from fieldapp.texts import language, tr
from ui import days
from ui.choosing import folder_of
from ui.forms.marking import plain
from ui.rules.questions import told_apart
from ui.session import Session
from ui.widgets import Button, FieldBox, Option, Segmented, label
from ui.widgets.column import column
from ui.widgets.labels import names

RULE, FEE, DRAFT = "rule", "fee", "draft"
MANY = 12  # choices that are named


class Asked(QWidget):
    """The fields. `then` is what they make of the service as it is."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._draft: Path | None = None
        self.service, self.question, self.fee = QComboBox(), QComboBox(), QComboBox()
        self.kind = Segmented(
            [Option("constraint", tr("May stand")), Option("required", tr("Needed")), Option("relevant", tr("Asked"))],
            name=tr("Which of its rules"),
            clearable=False,
        )
        self.what = Segmented(
            [Option(RULE, tr("A rule")), Option(FEE, tr("A fee")), Option(DRAFT, tr("A whole draft"))],
            name=tr("What would be different"),
            clearable=False,
        )
        self.source, self.amount = QLineEdit(), QLineEdit()
        self.source.setPlaceholderText("${result} = 'failed'")
        self.insert = QComboBox()
        self.answers = label("", "small", wrap=True)
        self.now, self.fee_now = label("", "small", wrap=True), label("", "small", wrap=True)
        self.folder = Button(tr("Choose the folder of the draft…"), icon="folder-open")
        self.draft_now = label("", "small", wrap=True)
        self._lay_out()
        self._connect()
        self._fill()

    @property
    def chosen(self) -> Service | None:
        """The service whose records are tried; None where this person has none."""
        name = str(self.service.currentData() or "")
        return self._session.catalogue.get(name) if name else None

    def choose(self, service: str, question: str = "", kind: str = "") -> None:
        """Begin with this question's rule."""
        self.service.setCurrentIndex(max(0, self.service.findData(service)))
        self.question.setCurrentIndex(max(0, self.question.findData(question)))
        self.kind.choose(kind or "constraint")
        self._show_rule()

    def then(self, now: Side) -> Side:
        """The service as it would be. FormError, ServiceError or RefusedError, in words, where that cannot be."""
        asked = self.what.value()
        if asked == FEE:
            return now.with_fee(str(self.fee.currentData() or ""), amount(self.amount.text()))
        if asked == DRAFT:
            return Side.of(self._drafted(now))
        change = RuleChange(str(self.question.currentData() or ""), self.kind.value(), self.source.text())
        side = now.with_rule(change)
        _refuse_slips(side.form, change)
        return side

    def _drafted(self, now: Side) -> Service:
        if self._draft is None:
            raise RefusedError(tr("Choose the folder of the draft first."))
        files = now.service.files
        return load_service(self._draft, blocks=files.blocks, cache=files.cache)

    def _lay_out(self) -> None:
        below = QVBoxLayout(self)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(8)
        below.addWidget(FieldBox(tr("Service"), self.service))
        below.addWidget(self.what)
        self._panes = QStackedWidget()
        rule = (
            FieldBox(tr("Question"), self.question),
            self.kind,
            self.now,
            FieldBox(tr("The rule as it would be"), self.source, hint=tr("A dot is this answer; with: and, or, not()")),
            FieldBox(tr("Put another answer in"), self.insert),
            self.answers,
        )
        fee = (FieldBox(tr("Fee"), self.fee), self.fee_now, FieldBox(tr("Its amount would be"), self.amount))
        for widgets in (rule, fee, (self.folder, self.draft_now)):
            self._panes.addWidget(column(*widgets, apart=8))
        below.addWidget(self._panes)
        below.addStretch(1)
        boxes = (
            (self.service, tr("Service")),
            (self.question, tr("Question")),
            (self.insert, tr("Put another answer in")),
            (self.fee, tr("Fee")),
        )
        for box, said in boxes:
            names(box, said, self)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def _connect(self) -> None:
        self.service.currentIndexChanged.connect(lambda _index: self._show_service())
        self.question.currentIndexChanged.connect(lambda _index: self._show_rule())
        self.fee.currentIndexChanged.connect(lambda _index: self._show_fee())
        self.kind.chosen.connect(lambda _kind: self._show_rule())
        self.what.chosen.connect(lambda what: self._panes.setCurrentIndex((RULE, FEE, DRAFT).index(what)))
        self.folder.clicked.connect(self._choose_folder)
        self.insert.activated.connect(lambda _index: self._put_in())

    def _fill(self) -> None:
        self.what.choose(RULE)
        self.kind.choose("constraint")
        offered = [one for one in self._session.catalogue if not one.internal]
        for one in sorted(offered, key=lambda one: one.title.text(language())):
            self.service.addItem(one.title.text(language()), one.id)

    def _show_service(self) -> None:
        service = self.chosen
        if service is None:
            return
        form = service.form()
        translation = form.translations.chosen(language())
        self.question.clear()
        self.insert.clear()
        self.insert.addItem(tr("Choose its question…"), "")
        self.answers.setText("")
        for path, said in told_apart(form, translation):
            self.question.addItem(said, path)
            self.insert.addItem(said, path)
        self.fee.clear()
        day = today(self._session.clock)
        for fee in service.fees.fees:
            if fee.valid_from <= day <= fee.valid_to:
                self.fee.addItem(f"{fee.title.text(language())} ({fee.code})", fee.code)

    def _show_rule(self) -> None:
        service, path = self.chosen, str(self.question.currentData() or "")
        if service is None or not path:
            return
        bind = service.form().questions[path].bind
        source = {"required": bind.required, "relevant": bind.relevant}.get(self.kind.value(), bind.constraint)
        version = tr("version {version} of the form", version=service.form_version)
        said = in_words(service.form(), path, source, language()) if source else tr("no rule")
        self.now.setText(tr("Now: {rule} ({version})", rule=said, version=version))
        self.source.setText(source)
        self.source.setCursorPosition(0)  # one reads from its beginning

    def _put_in(self) -> None:
        """Write the answer's name into the rule, and say what it may be."""
        service, path = self.chosen, str(self.insert.currentData() or "")
        if service is None or not path:
            return
        form = service.form()
        one = form.questions[path]
        self.source.insert("${" + one.name + "}")
        translation = form.translations.chosen(language())
        known = one.choices.items if one.choices else ()
        each = [f"'{name}' ({plain(form.text(words, translation))})" for name, words in known]
        said = tr("It may be {answers}.", answers=", ".join(each[:MANY])) if each else ""
        self.answers.setText(said)
        self.insert.setCurrentIndex(0)
        self.source.setFocus()

    def _show_fee(self) -> None:
        service, code = self.chosen, str(self.fee.currentData() or "")
        fee = service.fees.on(code, today(self._session.clock)) if service else None
        if fee is not None:
            source = fee.source if fee.verified else tr("{source}, to be confirmed", source=fee.source)
            since = tr("in force since {day}", day=days.spoken(fee.valid_from, "d MMM yyyy"))
            self.fee_now.setText(tr("Now: {rule} ({version})", rule=f"{fee.amount}", version=f"{since}; {source}"))
            self.amount.setText(f"{fee.amount}")

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("The folder of the draft"), str(folder_of(self._session)))
        if chosen:
            self.take_folder(Path(chosen))

    def take_folder(self, folder: Path) -> None:
        """Try the service that lies there."""
        self._draft = folder
        try:
            found = load_service(folder)
            self.draft_now.setText(f"{found.title.text(language())} · {found.version}")
        except FieldAppError as error:
            self._draft = None
            self.draft_now.setText(str(error))


def amount(text: str) -> Decimal:
    """Dollars as people type them: 30, $1,300.50, 1 300,50."""
    typed = re.sub(r"[\s$]", "", text)
    typed = re.sub(r",(?=\d\d?$)", ".", typed).replace(",", "")
    try:
        read = Decimal(typed)
    except InvalidOperation:
        read = Decimal(-1)
    if not read.is_finite() or read < 0:
        raise RefusedError(tr("“{text}” is no amount; write it as 30.00", text=text))
    return read


def _refuse_slips(form: FormDefinition, change: RuleChange) -> None:
    """An answer that no choice is called would let every record pass: that is a slip, and no finding."""
    rule = str(getattr(form.questions[change.path].bind, change.kind))
    for slip in unknown_answers(form, change.path, rule) if rule.strip() else ():
        label = plain(form.text(form.questions[slip.path].label, form.translations.chosen(language())))
        known = ", ".join(f"'{one}'" for one in slip.known[:MANY])
        raise RefusedError(
            tr("“{label}” is never '{value}'. It may be {answers}.", label=label, value=slip.value, answers=known)
        )
