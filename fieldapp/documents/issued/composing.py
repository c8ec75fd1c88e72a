"""What stands on each kind of paper: from a record, its answers and the rule in service.toml to a sheet."""

from __future__ import annotations

from fieldapp.documents.blank.wording import plain
from fieldapp.documents.issued.about import About
from fieldapp.documents.issued.sheet import Part, Picture, Rows, Sheet
from fieldapp.documents.issued.visiting import visit_sheet
from fieldapp.money.dayend import day_end
from fieldapp.money.papers import receipt_paper
from fieldapp.records import ADDRESS, ALIAS, DUE, ISSUED, NUMBER, PROVISIONAL, REASON, Record
from fieldapp.services import Service, Text
from fieldapp.services.declared import PaperRule
from fieldapp.services.derived import running_clock
from fieldapp.texts import speaking, tr

ACKNOWLEDGEMENT, MISSING, RECEIPT, TILL, VISIT = "acknowledgement", "missing", "receipt", "till", "visit"
MONEY = frozenset({RECEIPT, TILL})  # worded by the till; they name who took the money
_SIGNED = frozenset({"order", "notice"})


def standard(service: Service) -> tuple[PaperRule, ...]:
    """The papers that every service has for residents; those of staff's own have none of them."""
    if service.internal or "counter" not in service.start_roles:
        return ()
    return (
        PaperRule(ACKNOWLEDGEMENT, Text("Acknowledgement", "Accusé de réception"), ACKNOWLEDGEMENT),
        PaperRule(MISSING, Text("What we still need from you", "Ce qu'il nous faut encore de vous"), MISSING),
    )


def sheet_of(rule: PaperRule, about: About) -> Sheet:
    """The sheet of a paper. Everything on it comes from the record: no clock, no counter."""
    with speaking(about.language):
        if rule.kind == MISSING:
            return _missing(rule, about)
        if rule.kind in MONEY:
            return _money(rule, about)
        if rule.kind == VISIT:
            return visit_sheet(rule, about)
        return Sheet(
            language=about.language,
            kind=rule.kind,
            title=rule.title.text(about.language),
            number=_number(rule, about),
            facts=_facts(rule, about),
            to=tuple(about.answers.words(rule.to)),
            lead=_lead(rule, about),
            parts=about.answers.parts(rule.show),
            pictures=about.answers.pictures(rule.photos),
            signature=_signature(rule, about),
            signs=bool(rule.signature) or rule.kind in _SIGNED,
            closing=_paragraphs(rule, about) if rule.kind != ACKNOWLEDGEMENT else (),
        )


def _number(rule: PaperRule, about: About) -> tuple[str, str]:
    """The number that is quoted: the official one of this paper, else the record's reference."""
    official = about.service.official(rule.number) if rule.number else None
    if official is not None:
        number = about.record.get(ISSUED + official.id)
        final = "" if number == PROVISIONAL else number
        return official.title.text(about.language), final or tr("provisional, the final number follows from the City")
    return tr("Reference"), about.record.reference


def _facts(rule: PaperRule, about: About) -> Rows:
    record = about.record
    others = [one for one in about.service.numbers if one.id != rule.number]
    facts = {
        tr("Date"): about.day,
        tr("Service"): about.service.title.text(about.language),
        tr("Offline reference"): record.get(ALIAS) if record.get(NUMBER) else "",
        tr("The City's number"): record.get(NUMBER),
        **{one.title.text(about.language): _final(record, one.id) for one in others},
        tr("Address"): record.get(ADDRESS),
        tr("For the City"): about.person,
    }
    return tuple((name, value) for name, value in facts.items() if value)


def _final(record: Record, number: str) -> str:
    """An official number that the record bears, "" while it has none, or none that stays."""
    borne = record.get(ISSUED + number)
    return "" if borne == PROVISIONAL else borne


def _lead(rule: PaperRule, about: About) -> tuple[str, ...]:
    if rule.kind != ACKNOWLEDGEMENT:
        return ()
    record, service = about.record, about.service
    lead = [tr("We have recorded your request. Keep this reference: it stays valid for ever.")]
    if service.state(record.state).kind == "review":
        lead.append(tr("This is a request. It is not decided or confirmed until the City tells you."))
    clock = running_clock(service, record.fields)
    if record.get(DUE) and clock is not None:
        lead.append(f"{clock.title.text(about.language)}{_colon(about)}{record.get(DUE)}")
    bring = ", ".join(one.title.text(about.language) for one in service.documents if one.required)
    if bring:
        lead.append(tr("Please bring, unless you have done so: {documents}", documents=bring))
    if about.owed:
        lead.append(tr("Still to be paid: {amount}", amount=about.owed))
    return (*lead, *_paragraphs(rule, about))


def _colon(about: About) -> str:
    return "\u00a0: " if about.language == "fr" else ": "


def _paragraphs(rule: PaperRule, about: About) -> tuple[str, ...]:
    """The rule's own texts; one that speaks of what is not answered is left out."""
    filled = (about.answers.fill(text.text(about.language)) for text in rule.text)
    return tuple(one for one in filled if one)


def _signature(rule: PaperRule, about: About) -> Picture | None:
    for node in about.answers.at([rule.signature] if rule.signature else []):
        sha256 = node.value.partition(".")[0]
        if node.relevant and len(sha256) == 64:
            return Picture(sha256, tr("Signature"))
    return None


def _missing(rule: PaperRule, about: About) -> Sheet:
    """“What we still need from you”: why it came back, answers, papers, money."""
    form, service = about.answers.form, about.service
    asked = [f"{plain(form.label(one.node))} – {one.message}" for one in form.problems() if form.label(one.node)]
    bring = [one.title.text(about.language) for one in service.documents if one.required]
    also = [one.title.text(about.language) for one in service.documents if not one.required]
    parts = (
        Part(tr("Answers that are missing or must be corrected"), words=tuple(asked)),
        Part(tr("Papers, unless you have handed them in"), words=tuple(bring)),
        Part(tr("Papers, only if they apply to you"), words=tuple(also)),
        Part(tr("To be paid"), words=(about.owed,) if about.owed else ()),
    )
    present = tuple(part for part in parts if part.words)
    nothing = () if present else (tr("Nothing is missing, as far as we know today."),)
    reason = about.record.get(REASON)
    return Sheet(
        language=about.language,
        kind=MISSING,
        title=rule.title.text(about.language),
        number=(tr("Reference"), about.record.reference),
        facts=_facts(rule, about),
        lead=(*((reason,) if reason else ()), *nothing),
        parts=present,
        closing=(tr("Quote the reference when you bring or send something."), *_paragraphs(rule, about)),
    )


def _money(rule: PaperRule, about: About) -> Sheet:
    """The receipt of a payment, or the report of a till that was closed, as the till words them."""
    if rule.kind == TILL:
        paper, name = day_end(about.record, about.payments, about.person), tr("Till")
    else:
        paper, name = receipt_paper(about.record, about.person, about.at), tr("Receipt number")
    return Sheet(
        language=about.language,
        kind=rule.kind,
        title=paper.title,
        number=(name, paper.number),
        lead=paper.about,
        parts=tuple(Part(title, rows) for title, rows in paper.parts if rows),
        closing=paper.notes,
        signs=rule.kind == TILL,
    )
