"""A form that a resident filled on paper or in a PDF reader becomes a draft, with the file as it came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldapp.actions.desk import Desk
from fieldapp.actions.fill import attach
from fieldapp.actions.follow import UNKNOWN
from fieldapp.actions.forms import session_over
from fieldapp.actions.start import start
from fieldapp.errors import InputError, Place
from fieldapp.records import PAPERS, Record
from fieldapp.services import Service
from fieldapp.services.versions import NAME, is_newer
from fieldapp.texts import tr

if TYPE_CHECKING:
    from fieldapp.documents.filled import Aside, Filled, Taken

CAME = f"{PAPERS}filled"  # the filled form as it came


@dataclass(frozen=True)
class TakenForm:
    """A draft from a filled form: how many answers it has, and what somebody must look at. Without the file (`kept` is
    false) where a payment card's number stands in it."""

    record: Record
    answers: int
    aside: tuple[Aside, ...]
    kept: bool


def take_form(desk: Desk, data: bytes, *, name: str = "", parent: str = "") -> TakenForm:
    """A draft with the answers of the filled form in `data`, durable at once. What does not fit is carried beside it.
    `parent` is the record that it belongs to, where its service asks for one.

    InputError, with the reason, for a file that is no filled form of ours; AccessError where this person may not start
    such a record. Then nothing is kept."""
    from fieldapp.documents.filled import read_filled

    filled = read_filled(data, name)
    service = _service(desk, filled, name)
    if service.parent and not parent:
        title = service.title.text(filled.mark.language)
        message = tr("“{title}” belongs to another record: open that one first, then take the form in", title=title)
        raise InputError(message, Place(file=name))
    found = _read(desk, service, filled)
    if not found.answers and not found.aside:
        raise InputError(tr("this form is blank: nothing is filled in"), Place(file=name))
    prefill = dict(_followed(service, filled, found))
    if not found.card:
        # The file first: an answer never names one that is not there.
        paper = attach(desk, data, mime="application/pdf", name=name)
        prefill[f"{CAME}/{paper.sha256[:12]}"] = f"{paper.sha256}.pdf"
    record = start(desk, service.id, prefill=prefill, parent=parent, lang=filled.mark.language)
    answers = sum(not path.endswith("]") for path in found.answers)
    return TakenForm(record, answers, found.aside, not found.card)


def _service(desk: Desk, filled: Filled, name: str) -> Service:
    """The form's service; InputError where it, or a form so new, is not on this laptop."""
    mark = filled.mark
    if mark.service not in desk.catalogue:
        message = tr("this FieldApp does not know the service “{service}” of this form", service=mark.service)
        raise InputError(message, Place(file=name))
    service = desk.catalogue.get(mark.service)
    if is_newer(mark.version, service.form_version) and not service.has_form(mark.version):
        raise InputError(tr("this form is newer than those on this laptop: sync first"), Place(file=name))
    return service


def _version(service: Service, filled: Filled) -> str:
    """The form's own version, today's where this laptop never had it."""
    return filled.mark.version if service.has_form(filled.mark.version) else service.form_version


def _read(desk: Desk, service: Service, filled: Filled) -> Taken:
    from fieldapp.documents.blank import paper_of
    from fieldapp.documents.filled import taken

    version = _version(service, filled)
    language = filled.mark.language
    session = session_over(desk, Record("", service.id, version), version, {})
    return taken(session, paper_of(service, language, version=version), filled.values)


def _followed(service: Service, filled: Filled, found: Taken) -> dict[str, str]:
    """The answers in today's form, and beside them what has no place."""
    from fieldapp.forms.following import carried_path, follow

    version = _version(service, filled)
    named = version if NAME.fullmatch(version) else UNKNOWN
    aside = {carried_path(named, one.path): one.value for one in found.aside if one.path and one.value}
    answers = dict(found.answers)
    if version != service.form_version:
        answers = dict(follow(service.form(version), service.form(), answers, version=named).fields)
    return {**answers, **aside}
