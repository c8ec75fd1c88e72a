"""What is still as `fieldapp service new` wrote it, and says nothing: words that the author was to replace."""

from __future__ import annotations

from collections.abc import Iterator

import rtoml

from fieldapp.forms.lint.findings import Finding
from fieldapp.services.checking.problems import UNWRITTEN, problem
from fieldapp.services.checking.subject import Subject, key
from fieldapp.services.making import NOTICE_GAPS, UNTRANSLATED, template
from fieldapp.services.service import Service
from fieldapp.texts import tr


def problems(service: Service) -> Iterator[Finding]:
    """Words of the template in service.toml."""
    given = rtoml.loads((template() / "service.toml").read_text("utf-8"))
    for language in ("en", "fr"):
        if service.summary.text(language) == given["summary"][language]:
            yield _still(f"summary.{language}")
        if set(service.keywords.get(language, ())) & set(given["keywords"][language]):
            yield _still(f"keywords.{language}")
    for name, texts in (("title.fr", [service.title.fr]), ("derived.title.fr", service.derivation.title_fr)):
        if any(UNTRANSLATED in text for text in texts):
            yield problem(UNWRITTEN, key(name), tr("the French title is still to be written"))


def in_form(subject: Subject) -> Iterator[Finding]:
    """A notice of collection that does not name the law yet."""
    for question in subject.form.questions.values():
        texts = [subject.form.text(question.label, language) for language in subject.form.languages or ("",)]
        if any(gap in text for gap in NOTICE_GAPS for text in texts):
            message = tr("the notice of collection does not say yet by which law or by-law it is collected")
            yield problem(UNWRITTEN, subject.at(question.path, "label"), message)


def _still(name: str) -> Finding:
    return problem(UNWRITTEN, key(name), tr("these are still the words of the template: write your own"))
