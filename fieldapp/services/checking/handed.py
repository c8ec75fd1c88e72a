"""What goes on to another city's server: each choice that is said there otherwise must be one of the form's."""

from __future__ import annotations

from collections.abc import Iterator

from fieldapp.forms.lint.findings import Finding
from fieldapp.forms.lint.sorts import Sorts
from fieldapp.services.checking.named import guess
from fieldapp.services.checking.problems import CHOICE, problem
from fieldapp.services.checking.subject import Subject, key
from fieldapp.texts import tr


def problems(subject: Subject) -> Iterator[Finding]:
    """Choices that the questions do not have. A question that is not there is told with the other paths."""
    rule = subject.service.forward
    if rule is None:
        return
    sorts = Sorts(subject.form)
    for code, values in rule.values.items():
        path = rule.attributes.get(code, "")
        words = sorts.of_question(path).words if path in subject.form.questions else None
        for choice in values:
            if words is not None and choice not in words:
                message = tr("“{path}” has no choice “{choice}”", path=path, choice=choice)
                yield problem(CHOICE, key(f"target.values.{code}.{choice}"), message, guess(choice, sorted(words)))
