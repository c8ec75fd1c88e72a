"""What a standing writes into its record: itself, the answer in words, the visit's plan, and the state it leads to."""

from __future__ import annotations

from fieldapp.bookings import Standing
from fieldapp.bookings.speaking import slot_words
from fieldapp.bookings.standing import CANCELLED, CONFIRMED
from fieldapp.clock import stamp
from fieldapp.records import ASSIGNEE, BOOKING, LANG, PLANNED, STATE, Fields
from fieldapp.services import Service
from fieldapp.services.booking import BookingRule


def edits_of(
    service: Service, rule: BookingRule, standing: Standing | None, fields: Fields, *, anew: bool
) -> dict[str, str | None]:
    """The City's edits to a record with `fields`. Not `anew`: only that nobody else wrote its answer."""
    if standing is None:
        return {}
    said = slot_words(standing.slot, fields.get(LANG, "en")) if standing.holds and standing.slot else None
    wrong = bool(rule.answer) and (fields.get(rule.answer) or None) != said
    answer: dict[str, str | None] = {rule.answer: said} if wrong else {}
    if not anew:
        return answer
    return {
        **answer,
        BOOKING + rule.id: standing.text(),
        **_plan(rule, standing),
        **_state(service, rule, standing, fields),
    }


def _plan(rule: BookingRule, standing: Standing) -> dict[str, str | None]:
    """Whose visit it is now, and when."""
    if not rule.plans or standing.slot is None:
        return {}
    if standing.status == CANCELLED:
        return {PLANNED: None}
    if standing.status != CONFIRMED:
        return {}
    person: dict[str, str | None] = {ASSIGNEE: standing.slot.person} if standing.slot.person else {}
    return {PLANNED: stamp(standing.slot.begins), **person}


def _state(service: Service, rule: BookingRule, standing: Standing, fields: Fields) -> dict[str, str | None]:
    to = rule.states.get(standing.status)
    from_ = {step.to for step in service.transitions if step.id in rule.steps} | set(rule.states.values())
    return {STATE: to} if to and fields.get(STATE) in from_ and fields.get(STATE) != to else {}
