"""A request as the server is to have it: GeoReport's parts out of the answers that the service names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time

from fieldapp.clock import CITY_ZONE
from fieldapp.outside import LONGEST
from fieldapp.services import Service
from fieldapp.services.forwarding import Forward
from sync.adapters.open311 import w3c

Parts = list[tuple[str, str]]
DEVICE = "fieldapp"
PLAIN = ("first_name", "last_name", "email", "phone", "media_url")
DATES = frozenset({"date", "dateTime"})


def parts_of(service: Service, rule: Forward, ref: str, answers: Mapping[str, str]) -> Parts:
    """All parts but the key. `ref` is the City's number: who answers by hand sees whose request it is."""
    told = {part: answers.get(path, "") for part, path in rule.paths.items()}
    parts = [("service_code", rule.code), ("device_id", DEVICE)]
    parts += [("description", _described(told.get("description") or service.title.en, ref))]
    parts += [("address_string", told["address"])] if told.get("address") else []
    parts += _placed(told.get("location", ""))
    parts += [(part, told[part]) for part in PLAIN if told.get(part)]
    parts += [(f"attribute[{rule.marker}]", ref)] if rule.marker else []
    return [*parts, *_attributes(service, rule, answers)]


def has_place(parts: Parts) -> bool:
    """Whether it says where: a server takes no request without a place."""
    return bool({"address_string", "lat"} & {name for name, _ in parts})


def mark(ref: str) -> str:
    """How our number stands in a description, and is found again."""
    return f"[{ref}]"


def _described(text: str, ref: str) -> str:
    """The description with our number at its end, within what a server takes."""
    end = f"\n\n{mark(ref)}"
    return text[: LONGEST - len(end)].rstrip() + end


def _placed(point: str) -> Parts:
    """Latitude and longitude with six decimals: finer than any GPS, and no exponent."""
    try:
        lat, lon = (float(number) for number in point.split()[:2])
    except ValueError:  # none, or no two numbers
        return []
    return [("lat", f"{lat:.6f}"), ("long", f"{lon:.6f}")]


def _attributes(service: Service, rule: Forward, answers: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    questions = service.form().questions
    for code, path in rule.attributes.items():
        value, question, theirs = answers.get(path, ""), questions[path], rule.values.get(code, {})
        if not value:
            continue
        if question.multiple:
            yield from ((f"attribute[{code}][]", theirs.get(one, one)) for one in question.chosen(value))
        else:
            yield f"attribute[{code}]", theirs.get(value, _moment(value) if question.kind in DATES else value)


def _moment(value: str) -> str:
    """A day or a moment as GeoReport has it: with its offset, which it requires."""
    try:
        if len(value) == 10:
            return w3c(datetime.combine(date.fromisoformat(value), time(), CITY_ZONE))
        found = datetime.fromisoformat(value)
        return w3c(found if found.tzinfo else found.replace(tzinfo=CITY_ZONE))
    except (ValueError, OverflowError):
        return value
