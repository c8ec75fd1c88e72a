"""What there is to say about one question: its help, why it is asked, what is checked, who sees it, and the service."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fieldapp.forms import FormSession, Node
from fieldapp.forms.definition.model import Question
from fieldapp.services import Service
from fieldapp.texts import language, plural, tr
from ui.forms.marking import plain

NAMED = re.compile(r"/[\w.-]+(?:/[\w.-]+)+")  # a path in a rule, as /data/place/ward
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
TABLE = re.compile(r"[,;]?\s*(?:from )?resources/[\w./-]+\.csv")
WORDING = ("wording", "action", "source")  # columns of a list that say what the by-law says, and where that stands


def about(form: FormSession, service: Service, node: Node) -> str:
    """The whole help for one question, as Markdown, in the language of the moment."""
    blocks = [
        plain(form.hint(node)),
        plain(form.guidance(node)),
        *_law(form, node),
        _headed(tr("Why it is asked"), _why(form, node)),
        _headed(tr("What is checked"), _checked(form, node)),
        _headed(tr("Who sees the answer"), _seen(service, node)),
        _headed(tr("The service"), _service(service)),
    ]
    return "\n\n".join(block for block in blocks if block)


def _headed(title: str, lines: Iterator[str]) -> str:
    said = [line for line in lines if line]
    return f"#### {title}\n\n" + "\n\n".join(said) if said else ""


def _law(form: FormSession, node: Node) -> Iterator[str]:
    """The wording of what was chosen, where its list has that, and where it was read."""
    chosen = node.question.chosen(node.value)
    for choice in form.choices(node) if chosen else ():
        if choice.name in chosen:
            told = {name: _column(choice.extra, name) for name in WORDING}
            yield (
                "\n\n".join([f"> {told['wording']}", told["action"], told["source"]]).strip("> \n")
                if any(told.values())
                else ""
            )


def _column(extra: object, name: str) -> str:
    """A column in the language of the moment, where it has one of its own."""
    columns = dict(extra) if isinstance(extra, dict) else {}
    return str(columns.get(f"{name}_{language()}") or columns.get(name) or "")


def _why(form: FormSession, node: Node) -> Iterator[str]:
    """The answers because of which it is asked; else that everybody is asked."""
    read = dict.fromkeys(path for one in _upward(node.question) for path in _paths(one.bind.relevant))
    reasons = [reason for path in read if (reason := _answer(form, path))]
    if reasons:
        yield tr("Because of these answers:")
        yield "\n".join(f"- {reason}" for reason in reasons)
    else:
        yield tr("Everybody is asked this.")


def _upward(question: Question) -> Iterator[Question]:
    """It, and the groups that it lies in."""
    one: Question | None = question
    while one is not None:
        yield one
        one = one.parent


def _paths(rule: str) -> list[str]:
    """The questions that a rule reads, as paths without their root."""
    return [path.split("/", 2)[2] for path in NAMED.findall(QUOTED.sub("", rule))]


def _answer(form: FormSession, path: str) -> str:
    """A question with its answer, as people read them; "" for what is not shown to anybody."""
    found = next((one for one in form.nodes() if one.question.path == path), None)
    if found is None or not (asked := plain(form.label(found))):
        return ""
    return f"{asked.rstrip(':')}: {_spoken(form, found) or tr('no answer yet')}"


def _spoken(form: FormSession, node: Node) -> str:
    chosen = node.question.chosen(node.value)
    if node.question.kind not in {"select", "multiple", "rank"}:
        return node.value
    labels = {choice.name: choice.label for choice in form.choices(node) if choice.name in chosen}
    return ", ".join(plain(labels.get(name, name)) for name in chosen)


def _checked(form: FormSession, node: Node) -> Iterator[str]:
    """In plain words what the form's rules say of the answer."""
    bind = node.question.bind
    said = form.definition.text
    yield tr("An answer is needed.") if node.required else tr("It may stay empty.")
    if bind.required_message is not None:
        yield plain(said(bind.required_message, form.language))
    if bind.constraint_message is not None:
        yield plain(said(bind.constraint_message, form.language))
    elif bind.constraint:
        yield tr("The answer must fit the others; where it does not, that is said below it.")
    if bind.calculate:
        yield tr("It is worked out from other answers.")
    rules = (bind.required_message, bind.constraint_message)
    if (message := form.message(node)) and message not in {said(one, form.language) for one in rules if one}:
        yield tr("Now: {message}", message=plain(message))


def _seen(service: Service, node: Node) -> Iterator[str]:
    """Where the answer goes."""
    path = node.question.path
    if path in service.privacy.sensitive:
        yield tr("It is sensitive: shown only on request, which the City notes, and never found by a search.")
    elif path in service.open_data:
        yield tr("It is published as open data, without who it is about.")
    else:
        yield tr("Staff who work on this record. It is not published.")


def _service(service: Service) -> Iterator[str]:
    spoken = language()
    yield f"{service.title.text(spoken)}. {service.summary.text(spoken)}."
    for clock in service.clocks:
        yield f"- {clock.title.text(spoken)}{_days(clock.days, business=clock.business)} ({_source(clock.source)})"


def _source(text: str) -> str:
    """Where a clock's days come from, without the name of a file: nobody who works here has it."""
    return TABLE.sub(tr(", the City's table"), text)


def _days(days: int, *, business: bool) -> str:
    if not days:
        return ""
    return ": " + (
        plural(days, "{n} business day", "{n} business days") if business else plural(days, "{n} day", "{n} days")
    )
