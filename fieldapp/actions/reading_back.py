"""Reading back to a resident what was recorded for them; that they agreed is kept in the journal, with the words."""

from __future__ import annotations

from collections.abc import Iterator

from fieldapp.access import require_role
from fieldapp.actions.desk import Desk, check_reach
from fieldapp.actions.forms import may_edit, open_form
from fieldapp.actions.issuing import parts_in
from fieldapp.actions.owing import balance, owed
from fieldapp.clock import new_id, stamp
from fieldapp.counter import visit as visits
from fieldapp.counter.agreement import Agreement, agreements, digest_of
from fieldapp.counter.reading import Aloud, CaseRead, ReadBack
from fieldapp.counter.visit import seen_in, visit_of
from fieldapp.documents.city import city
from fieldapp.documents.issued.sheet import Rows
from fieldapp.errors import RefusedError
from fieldapp.money.cash import ZERO, dollars
from fieldapp.records import AGREED, LANG, Record
from fieldapp.texts import language, speaking, tr


def read_back(desk: Desk, record_id: str, *, lang: str = "") -> ReadBack:
    """What the resident is shown of a record, or of a visit with all its services, in `lang` (else the record's).

    RefusedError where the record is not on this laptop; ServiceError or FormError where its form cannot be used."""
    record = desk.record(record_id)
    with speaking(lang or record.get(LANG) or language()):
        cases = tuple(_case(desk, case, shown) for case, shown in _cases(desk, record))
        due = sum((max(balance(desk, desk.record(one.record)), ZERO) for one in cases), ZERO)
        digest = digest_of(line for one in cases for line in one.said)
        last = next((one for one in reversed(agreements(record.fields)) if one.digest == digest), None)
        return ReadBack(
            record=record_id,
            language=language(),
            cases=cases,
            due=dollars(due) if due > 0 else "",
            words="\n\n".join([*dict.fromkeys(filter(None, (one.notice for one in cases))), _agreement()]),
            digest=digest,
            agreed=last,
        )


def agree(desk: Desk, shown: ReadBack, by: str) -> Record:
    """Keep that the resident agreed to what was `shown`, durably. `by` whose hand: agreement.RESIDENT or CLERK.

    RefusedError where an answer was changed since it was shown: it is read back anew first, and nothing is kept.
    AccessError for somebody who takes no part in the service."""
    record = desk.record(shown.record)
    check_reach(desk, record)
    require_role(desk.person, parts_in(desk.service_of(record)), tr("keep what a resident agreed to"))
    if read_back(desk, shown.record, lang=shown.language).digest != shown.digest:
        raise RefusedError(tr("An answer was changed since it was read back. Read it back once more, then agree."))
    made = Agreement(stamp(desk.clock.now()), by, shown.language, shown.words, shown.digest)
    path = AGREED + new_id().replace("-", "")[-16:]
    return desk.commit(record, {path: made.written()}, seal=not may_edit(desk, record))


def _agreement() -> str:
    return city().agreement.text(language())


def _cases(desk: Desk, record: Record) -> Iterator[tuple[Record, tuple[str, ...]]]:
    """The records that are read back, each with the papers (by id) that were shown already."""
    if record.service != visits.SERVICE:
        yield record, ()
        return
    for item in visit_of(record).items:
        case = desk.store.record(item.record)
        if case is not None and case.service in desk.catalogue:
            yield case, item.papers


def _case(desk: Desk, record: Record, papers: tuple[str, ...]) -> CaseRead:
    service = desk.service_of(record)
    aloud = Aloud(service, open_form(desk, record, lang=language()), record)
    left, editable = balance(desk, record), may_edit(desk, record)
    there = {*papers, *seen_in(service.documents, record)}
    bring = (one for one in service.documents if one.id not in there)
    return CaseRead(
        record=record.id,
        title=service.title.text(language()),
        reference=record.reference,
        parts=aloud.parts(),
        withheld=aloud.withheld(),
        fee=_fee(desk, record),
        due=dollars(left) if left > 0 else "",
        bring=tuple(one.title.text(language()) for one in bring if one.required),
        notice=aloud.notice(),
        given=aloud.given() if editable else "",
        consents=tuple(aloud.consents()) if editable else (),
        said=tuple(aloud.said()),
    )


def _fee(desk: Desk, record: Record) -> Rows:
    """Each fee and its amount, with its tax."""
    return tuple((line.title, dollars(line.total)) for line in owed(desk, record).lines if line.total > 0)
