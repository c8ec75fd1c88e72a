"""`[[papers]]` of service.toml: which papers the City issues about a service's records, and what stands on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fieldapp.records import ADDRESS, BOOKING, DUE, NUMBER, REASON, STATE
from fieldapp.services.declared import OfficialNumber, PaperRule, State
from fieldapp.services.derived import PLACE
from fieldapp.services.entries import Entries
from fieldapp.services.steps import one_of
from fieldapp.services.texts import Text
from fieldapp.texts import tr

# What a text may say beside answers: the record's state, the reason of its last step, its day, place and number.
OWN = frozenset({STATE, REASON, DUE, ADDRESS, NUMBER})
KINDS = ("receipt", "acknowledgement", "missing", "notice", "order", "report", "card", "till", "visit")


def read_papers(
    entries: Entries, states: Iterable[State], numbers: Iterable[OfficialNumber], bookings: Iterable[str] = ()
) -> tuple[PaperRule, ...]:
    """The papers of this service beside those that every service has."""
    known = {state.id for state in states}
    official = {one.id for one in numbers}
    own = OWN.union(BOOKING + one for one in bookings)
    found: list[PaperRule] = []
    for item in entries.tables("papers"):
        rule = _rule(item)
        if rule.id in {other.id for other in found} or not rule.id.isidentifier():
            item.wrong("id", tr("“{name}” is there twice", name=rule.id))
        for state in sorted(rule.states - known):
            item.wrong("states", tr("unknown state “{state}”", state=state))
        if rule.number and rule.number not in official:
            item.wrong("number", tr("the service has no official number “{name}”", name=rule.number))
        for path in sorted({path for path in _spoken(rule) if path[:1] == "@"} - own):
            item.wrong("text", tr("“{path}” is nothing that a record says of itself", path=path))
        found.append(rule)
    return tuple(found)


def _rule(item: Entries) -> PaperRule:
    rule = PaperRule(
        id=item.text("id"),
        title=item.bilingual("title"),
        kind=one_of(item, "kind", KINDS),
        states=frozenset(item.texts("states", ())),
        number=item.text("number", ""),
        to=item.texts("to", ()),
        show=item.texts("show", ()),
        text=tuple(_texts(item)),
        signature=item.text("signature", ""),
        photos=item.texts("photos", ()),
    )
    item.finish()
    return rule


def _texts(item: Entries) -> Iterator[Text]:
    if not item.has("text"):
        return
    table = item.table("text")
    english, french = table.texts("en"), table.texts("fr")
    table.finish()
    if len(english) != len(french):
        table.wrong("fr", tr("must have as many parts in French as in English"))
    yield from (Text(en, fr) for en, fr in zip(english, french, strict=False))


def named(rule: PaperRule) -> Iterator[str]:
    """Every question that a paper speaks of."""
    yield from (path for line in rule.to for path in line.split())
    yield from (*rule.show, *rule.photos)
    if rule.signature:
        yield rule.signature
    yield from (path for path in _spoken(rule) if path[:1] != "@")


def _spoken(rule: PaperRule) -> Iterator[str]:
    for text in rule.text:
        yield from (path for spoken in (text.en, text.fr) for path in PLACE.findall(spoken))
