"""Reading a service folder. Whatever is wrong is refused with its file and key, before anybody can start a record.

The keys of service.toml are explained in resources/services/README.md; the shipped services are the examples.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from fieldapp.access import OFFICE
from fieldapp.errors import Place, ServiceError
from fieldapp.services import parts
from fieldapp.services.booking import read_bookings
from fieldapp.services.declared import Files, Target
from fieldapp.services.effects import read_effects
from fieldapp.services.entries import Entries
from fieldapp.services.forwarding import read_forward
from fieldapp.services.official import read_numbers
from fieldapp.services.open311 import read_open311
from fieldapp.services.papers import read_papers
from fieldapp.services.publishing import read_publications
from fieldapp.services.sequel import read_sequels
from fieldapp.services.service import Service
from fieldapp.services.steps import one_of, read_roles, read_states, read_transitions
from fieldapp.services.stocked import read_stock
from fieldapp.services.topics import read_topic
from fieldapp.services.versions import NAME, Versions
from fieldapp.texts import tr

IDENTIFIER = re.compile(r"[a-z][a-z0-9-]{1,40}")
APIS = ("gateway",)
FORM_NAMES = ("form.md", "form.xlsx", "form.xml")


def load_service(
    folder: Path,
    *,
    blocks: Path | None = None,
    cache: Path | None = None,
    versions: Versions | None = None,
    faults: list[ServiceError] | None = None,
    kept_version: str = "",
) -> Service:
    """The service in `folder`. `blocks` holds the shared question blocks, `cache` the converted forms, `versions` the
    forms as they were.

    Raises ServiceError with file and key for anything that is wrong in service.toml or missing in the folder.
    The form is read later, by `Service.form()`. With a list of `faults` all that is wrong in service.toml is noted
    there instead, and the service is made of the rest: to be looked at, not to be used. With a `kept_version` the
    folder is that of a package, and is named by it.
    """
    entries = Entries.of_file(folder / "service.toml", faults)
    service = _read(entries, Files(folder, _form(folder), blocks, cache), versions)
    entries.finish()
    _check_names(service, entries, folder=service.id if kept_version else folder.name)
    return replace(service, kept_version=kept_version) if kept_version else service


def _read(entries: Entries, files: Files, versions: Versions | None) -> Service:
    states = read_states(entries)
    transitions = read_transitions(entries, states)
    open_data = entries.texts("open_data", ())
    target = parts.read_target(entries, transitions)
    start_roles = read_roles(entries, "start_roles")
    privacy = parts.read_privacy(entries)
    numbers = () if target else read_numbers(entries, transitions)
    bookings = () if target else read_bookings(entries, states, transitions, start_roles)
    return Service(
        id=entries.text("id"),
        code=entries.text("code"),
        version=entries.text("version"),
        title=entries.bilingual("title"),
        summary=entries.bilingual("summary"),
        keywords=parts.read_keywords(entries),
        icon=entries.text("icon"),
        api=_api(entries, target),
        start_roles=start_roles,
        states=states,
        transitions=transitions,
        series=parts.read_series(entries),
        clocks=parts.read_clocks(entries),
        privacy=privacy,
        documents=parts.read_documents(entries),
        open_data=open_data,
        topic=read_topic(entries),
        open311=read_open311(entries, transitions),
        publications=read_publications(entries, open_data, [state.id for state in states]),
        derivation=parts.read_derivation(entries),
        files=files,
        parent_rule=parts.read_parent(entries),
        carry=parts.read_carry(entries),
        start_answers=entries.pairs("start_answers"),
        versions=versions,
        target=target,
        forward=read_forward(entries, states, transitions, privacy),
        office=_office(entries),
        numbers=numbers,
        papers=read_papers(entries, states, numbers, [one.id for one in bookings]),
        stock=read_stock(entries, transitions),
        merging=parts.read_merging(entries),
        bookings=bookings,
        after=read_sequels(entries),
        effects=read_effects(entries, transitions, parent=entries.has("parent")),
        internal=entries.flag("internal"),
    )


def _office(entries: Entries) -> str:
    office = entries.text("office", "")
    if office and not OFFICE.fullmatch(office):
        entries.wrong("office", tr("“{name}” must be lower-case letters, digits and hyphens", name=office))
    return office


def _api(entries: Entries, target: Target | None) -> str:
    """What takes the records: the City's gateway, or the kind of the target, which need not be said twice."""
    if target is None:
        return one_of(entries, "api", APIS)
    if entries.text("api", target.kind) != target.kind:
        entries.wrong("api", tr("contradicts target.kind, “{kind}”", kind=target.kind))
    return target.kind


def _form(folder: Path) -> Path:
    found = [folder / name for name in FORM_NAMES if (folder / name).is_file()]
    if len(found) != 1:
        names = ", ".join(FORM_NAMES)
        more = tr("more than one form: leave one of {names} there", names=names)
        raise ServiceError(more if found else tr("no form: put one of {names} there", names=names), Place(str(folder)))
    return found[0]


def _check_names(service: Service, entries: Entries, *, folder: str) -> None:
    """What concerns more than one key."""
    name = service.id
    if not IDENTIFIER.fullmatch(name):
        entries.wrong("id", tr("“{name}” must be lower-case letters, digits and hyphens", name=name))
    if not NAME.fullmatch(service.version):
        wrong = tr("“{version}” must be letters, digits, dots and hyphens", version=service.version)
        entries.wrong("version", wrong)
    if name != folder:
        entries.wrong("id", tr("“{name}” must be the name of its folder, “{folder}”", name=name, folder=folder))
    for path in service.open_data:
        if path in service.privacy.sensitive:
            entries.wrong("open_data", tr("“{path}” is sensitive: it may never be published", path=path))
    for state in service.privacy.handed_off - service.done:
        entries.wrong("privacy.handed_off", tr("“{state}” is no state that ends a record", state=state))
    if service.carry:
        for state in service.carry.states - {state.id for state in service.states}:
            entries.wrong("carry.states", tr("unknown state “{state}”", state=state))
