"""The forms of the shipped services: whole in both languages, short, without doubles; filled to completion."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from fieldapp.forms import FormDefinition, Node, Question
from fieldapp.forms.definition.itext import Label
from fieldapp.forms.lint.check import check_form
from fieldapp.services import Catalogue, Service
from tests.support.filling import ANSWERS, fill, messages, open_service

CATALOGUE = Catalogue.load()
SERVICES = pytest.mark.parametrize("service", CATALOGUE.all(), ids=lambda service: service.id)
LONGEST_LABEL = 75
LONGEST_TITLE = 24
# What a law or a council asks for by itself: a plain case takes so many answers there.
LONGER: dict[str, int] = {
    "enrichment-fund": 24,  # a budget in and out
    "marriage-licence": 36,  # the provincial form, for each of the two
    "film-permit": 22,  # by-law 09-179: schedule, insurance and letter
}


def shown(form: FormDefinition) -> Iterator[Question]:
    return (question for question in form.questions.values() if question.label is not None)


def said(form: FormDefinition, label: Label | None, language: str) -> str:
    """The text in `language` itself: nothing where only the other language has it."""
    if label is None:
        return ""
    phrase = form.translations.texts[form.translations.chosen(language)].get(label.itext)
    return "" if phrase is None or phrase.plain == "-" else phrase.plain


@SERVICES
def test_everything_that_people_read_is_there_in_both_languages(service: Service) -> None:
    form = service.form()
    assert form.languages == ("English (en)", "Français (fr)")
    for question in form.questions.values():
        texts = (question.label, question.hint, question.bind.constraint_message, question.bind.required_message)
        for label in filter(None, texts):
            assert said(form, label, "en"), question.path
            assert said(form, label, "fr"), question.path


@SERVICES
def test_french_is_not_english_again(service: Service) -> None:
    form = service.form()
    texts = [(said(form, question.label, "en"), said(form, question.label, "fr")) for question in shown(form)]
    same = {english for english, french in texts if english == french and english != "…"}
    assert same <= {"Photo", "Photos", "Signature", "Signatures", "Discipline", "Note", "Minutes", "Position"}


@SERVICES
def test_choices_are_there_in_both_languages(service: Service) -> None:
    english, french = (open_service(service, language=language) for language in ("en", "fr"))
    for node in english.nodes():
        if node.question.choices is None:
            continue
        names = [choice.name for choice in english.choices(node)]
        assert len(names) == len(set(names)), node.path
        assert all(choice.label for choice in english.choices(node)), node.path
        assert all(choice.label for choice in french.choices(french.node(node.path))), node.path


@SERVICES
def test_labels_are_short(service: Service) -> None:
    form = service.form()
    for question in shown(form):
        if question.kind == "note":
            continue
        section = question.kind == "group" and question.parent is form.root
        for language in ("en", "fr"):
            text = said(form, question.label, language)
            assert len(text) <= (LONGEST_TITLE if section else LONGEST_LABEL), f"{question.path}: {text}"


@SERVICES
def test_a_message_says_what_is_wrong_wherever_an_answer_may_be_wrong(service: Service) -> None:
    for question in service.form().questions.values():
        if question.bind.constraint:
            assert question.bind.constraint_message is not None, question.path


@SERVICES
def test_no_name_is_there_twice(service: Service) -> None:
    names = Counter(question.name for question in service.form().questions.values())
    assert [name for name, times in names.items() if times > 1] == []
    assert all(re.fullmatch(r"[a-zA-Z][a-zA-Z0-9_]{0,29}", name) for name in names if not name.startswith("@"))


@SERVICES
def test_a_section_begins_with_at_most_twelve_questions(service: Service) -> None:
    for section in open_service(service).root.children:
        questions = list(unfolded(section))
        assert len(questions) <= 12, (section.path, [node.path for node in questions])


def unfolded(node: Node) -> Iterator[Node]:
    """The questions that show at first: relevant, in no folded group, calculated ones apart."""
    if not node.relevant or "more" in node.question.appearance:
        return
    if node.question.kind not in {"group", "repeat", "calculate", "note"}:
        yield node
    for child in node.children:
        yield from unfolded(child)


@pytest.mark.parametrize("language", ["en", "fr"])
@SERVICES
def test_a_script_fills_it_to_completion(service: Service, language: str) -> None:
    session = fill(open_service(service, language=language), ANSWERS[service.id])
    assert messages(session) == {}


@SERVICES
def test_a_clerk_types_little(service: Service) -> None:
    """With its defaults, a plain case takes at most 18 answers; more only where the paper of others asks for more."""
    assert len(ANSWERS[service.id]) <= LONGER.get(service.id, 18)


@SERVICES
def test_what_is_still_needed_is_said_in_words(service: Service) -> None:
    for language in ("en", "fr"):
        session = open_service(service, language=language)
        assert messages(session)
        assert all(message.endswith((".", "?")) for message in messages(session).values())


@SERVICES
def test_a_kept_form_opens_as_it_was(service: Service) -> None:
    session = fill(open_service(service), ANSWERS[service.id])
    again = open_service(service, session.answers())
    assert again.answers() == session.answers()
    assert messages(again) == {}


@SERVICES
def test_the_check_of_forms_finds_nothing(service: Service) -> None:
    assert check_form(service.files.form, service.files.blocks) == []
