"""Issuing a paper about a record: what may be issued now, how it looks, and filing the very bytes with the record."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import replace

from fieldapp.access import require_role
from fieldapp.actions.desk import Desk, check_reach
from fieldapp.actions.forms import open_form
from fieldapp.actions.tills import payments_in
from fieldapp.clock import moment_of, stamp
from fieldapp.counter.visit import Item, seen_in, visit_of
from fieldapp.documents.issued.about import About
from fieldapp.documents.issued.answers import Answers
from fieldapp.documents.issued.composing import MISSING, MONEY, TILL, VISIT, sheet_of, standard
from fieldapp.documents.issued.sheet import Sheet
from fieldapp.errors import RefusedError, StoreError
from fieldapp.money.cash import dollars
from fieldapp.records import AUTHOR, ISSUED, LANG, PAPERS, PROVISIONAL, Attachment, Record
from fieldapp.services import Service
from fieldapp.services.declared import PaperRule
from fieldapp.texts import language, tr


def papers(desk: Desk, record: Record) -> list[PaperRule]:
    """The papers that may be issued about `record` as it stands."""
    service = desk.service_of(record)
    return [rule for rule in (*standard(service), *service.papers) if _ready(rule, service, record)]


def filed(record: Record) -> list[tuple[str, str]]:
    """The papers that are filed with `record`: the kind's id and the file's SHA-256, in the order of their paths."""
    found = [(path.removeprefix(PAPERS), value) for path, value in record.fields.items() if path.startswith(PAPERS)]
    return sorted((name.partition("/")[0], value.partition(".")[0]) for name, value in found)


def paper_bytes(desk: Desk, record: Record, paper: str, *, lang: str = "") -> bytes:
    """The paper as it would be issued now, as PDF: the same record gives the same bytes. RefusedError where it may not
    be issued as the record stands."""
    from fieldapp.documents.issued.setting import issued_paper

    rule = next((one for one in papers(desk, record) if one.id == paper), None)
    if rule is None:
        raise RefusedError(tr("This paper cannot be issued as the record stands."))
    return issued_paper(_sheet(desk, record, rule, lang or record.get(LANG) or language()), desk.store.blobs.read)


def issue(desk: Desk, record_id: str, paper: str, *, lang: str = "") -> Attachment:
    """Issue a paper and file its bytes with the record, durably; the gateway gets them under their hash. What was
    issued before, byte for byte, is not filed twice. AccessError for somebody who takes no part in the service."""
    record = desk.record(record_id)
    check_reach(desk, record)
    service = desk.service_of(record)
    require_role(desk.person, parts_in(service), tr("issue a paper"))
    data = paper_bytes(desk, record, paper, lang=lang)
    sha256 = hashlib.sha256(data).hexdigest()
    path = f"{PAPERS}{paper}/{sha256[:12]}"
    known = desk.store.blobs.attachment(sha256)
    if record.get(path) and known is not None:
        return known
    name = f"{paper}-{record.reference}.pdf"
    kept = desk.store.blobs.put(data, mime="application/pdf", name=name)
    desk.commit(record, {path: f"{sha256}.pdf"}, seal=True)
    return kept


def parts_in(service: Service) -> frozenset[str]:
    """The roles that take any part in a service: they may issue its papers."""
    return service.start_roles.union(*(step.roles for step in service.transitions))


def _ready(rule: PaperRule, service: Service, record: Record) -> bool:
    if rule.number and record.get(ISSUED + rule.number) in {"", PROVISIONAL}:
        return False
    if rule.states:
        return record.state in rule.states
    return bool(rule.number) or rule.kind == MISSING or record.state != service.first_state


def _shown(desk: Desk, item: Item, case: Record) -> tuple[str, ...]:
    """The documents that were shown for a case of a visit: checked off, or said so in its form."""
    return (*item.papers, *seen_in(desk.service_of(case).documents, case))


def _sheet(desk: Desk, record: Record, rule: PaperRule, lang: str) -> Sheet:
    about = _about(desk, record, rule, lang)
    if rule.kind == VISIT:
        cases = ((one, desk.store.record(one.record)) for one in visit_of(record).items)
        about = replace(
            about,
            cases=tuple(
                replace(_about(desk, case, rule, lang), shown=_shown(desk, one, case))
                for one, case in cases
                if case is not None and case.service in desk.catalogue
            ),
        )
    return sheet_of(rule, about)


def _about(desk: Desk, record: Record, rule: PaperRule, lang: str) -> About:
    service = desk.service_of(record)
    form = open_form(desk, record, lang=lang)
    at, person = _taken(desk, record)
    if rule.kind in MONEY:  # whoever voids a receipt, or accepts a till, took no money
        person = _names(desk).get(record.get(AUTHOR), record.get(AUTHOR))
    return About(
        service,
        record,
        Answers(service, form, record.fields, frozenset(rule.show)),
        lang,
        moment_of(at).date().isoformat(),
        person,
        _owed(desk, record),
        at,
        tuple(payments_in(desk, record.id)) if rule.kind == TILL else (),
    )


def _taken(desk: Desk, record: Record) -> tuple[str, str]:
    """The moment whose day stands on the paper, a stamp, and whose work it is about: of the record's last step, else of
    its start. Papers that were issued since change neither."""
    changes = [entry.change for entry in desk.store.history(record.id)]
    steps = [change for change in changes if change.transition] or [change for change in changes if change.creates]
    if not steps:
        return stamp(desk.clock.now()), ""
    last = steps[-1]
    return last.at, _names(desk).get(last.actor, "")


def _names(desk: Desk) -> dict[str, str]:
    return {**desk.store.people.names(), desk.person.id: desk.person.name}


def _owed(desk: Desk, record: Record) -> str:
    from fieldapp.actions.owing import balance

    with suppress(StoreError, RefusedError):
        left = balance(desk, record)
        return dollars(left) if left > 0 else ""
    return ""
