"""Privacy: personal questions have a class, are never open data, and are not asked without a notice of collection.

A service of class P2 or higher says by its own class what its answers are. In one that calls itself public (P0) or of
businesses (P1), a question that tells who somebody is must say for itself, or by its group, what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fieldapp.forms.definition.model import FILES, Question
from fieldapp.forms.lint.findings import Finding
from fieldapp.services.checking.problems import CLASS, NOTICE, PUBLISHED, problem
from fieldapp.services.checking.subject import Subject, key
from fieldapp.texts import tr

OPEN = frozenset({"P0", "P1"})  # classes whose answers are nobody's own
_WORDS = (
    "first_name|last_name|middle_name|given_names?|surname|full_name|maiden_name|birth|birthdate|birthday|dob|"
    "phone|mobile|email|e_mail|mail_addr|home_addr|health_card|driver_licen[cs]e|passport|signature"
)
_WHO = re.compile(rf"(^|_)({_WORDS})($|_)")
_GIVEN = frozenset({"text", "integer", "date", "dateTime", "barcode", "image", "file"})
_CONTACT = re.compile(r"\d{3}[-. ]\d{3}[-. ]\d{4}|\d{3}[-. ]\d{4}|@|\b311\b")


def problems(subject: Subject) -> Iterator[Finding]:
    """All that this room is about."""
    yield from _unclassed(subject)
    yield from _published(subject)
    yield from _notice(subject)


def tells_who(question: Question) -> bool:
    """Whether the question asks who somebody is, or how to reach them. A choice (“by e-mail?”) does not."""
    return question.kind in _GIVEN and (bool(_WHO.search(question.name)) or "signature" in question.appearance)


def _unclassed(subject: Subject) -> Iterator[Finding]:
    if subject.service.privacy.class_ not in OPEN:
        return
    for question in subject.asked():
        if tells_who(question) and not subject.class_of(question):
            message = tr(
                "this asks who somebody is, in a service of class {name}: say its own class in bind::privacy",
                name=subject.service.privacy.class_,
            )
            yield problem(CLASS, subject.at(question.path, "privacy"), message)


def _published(subject: Subject) -> Iterator[Finding]:
    for path in subject.service.open_data:
        question = subject.form.questions.get(path)
        if question is None or path in subject.service.privacy.sensitive:
            continue  # both are told already
        said = subject.class_of(question)
        personal = said not in {"", *OPEN} or (not said and tells_who(question)) or question.kind in FILES
        if personal:
            yield problem(PUBLISHED, key("open_data"), tr("“{path}” is personal: it may never be published", path=path))


def _notice(subject: Subject) -> Iterator[Finding]:
    """Whoever asks for what is personal says before why, by which law, and who answers questions."""
    grave = subject.service.privacy.class_ in {"P3", "P4"}
    if not grave and not any(map(tells_who, subject.asked())):
        return
    notes = [question for question in subject.form.questions.values() if question.name == "notice_text"]
    if not notes:
        message = tr("there is no notice of collection: a note “notice_text” before include | b4_notice")
        yield problem(NOTICE, subject.at("", "survey"), message)
    for note in notes:
        texts = [subject.form.text(note.label, language) for language in subject.form.languages or ("",)]
        if not all(map(_CONTACT.search, texts)):
            message = tr("the notice of collection must say whom to ask: a phone number or an e-mail address")
            yield problem(NOTICE, subject.at(note.path, "label"), message)
    if not any(question.name == "notice_given" for question in subject.form.questions.values()):
        message = tr("nobody confirms that the notice of collection was given: include | b4_notice")
        yield problem(NOTICE, subject.at("", "survey"), message)
