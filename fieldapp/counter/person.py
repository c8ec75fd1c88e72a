"""Who somebody is, by the answers that they gave before: found among the records that this laptop holds."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace

from fieldapp import phones
from fieldapp.records import ADDRESS, ALIAS, NUMBER, Record
from fieldapp.services import Catalogue, Service
from fieldapp.store.rows import folded

# Of block b2_person: what stays the same from one form to the next. In which role, differs.
CARRIED = (
    "party_type",
    "first_name",
    "last_name",
    "org_name",
    "contact_pref",
    "phone",
    "email",
    "mail_same",
    "mail_addr",
)
SPOUSE = {"first/a_last_name": "last_name", "first/a_given_names": "first_name"}  # of block b2_spouse
MARK = "contact_pref"  # no other block has a question of this name
PHONE = 7  # digits that can only be a telephone number
NAME = re.compile(r"[^\W\d_][^\d@]*")
PART = re.compile(r"(?<![^\s'’-])[^\W\d_]")  # the first letter of each part of a name: o'neil-roy


@dataclass(frozen=True)
class Known:
    """A person as one or several records have them. `records` are their ids, the newest first; `alike` says that others
    have the same name or the same number: the clerk asks which of them it is."""

    name: str
    phone: str
    email: str
    address: str
    records: tuple[str, ...]
    alike: bool = False


def person_in(service: Service, record: Record) -> dict[str, str]:
    """The answers of a record that say who it is, by the names of the questions, without what is sensitive."""
    group, private = _group(service), service.privacy.sensitive
    paths = {name: f"{group}/{name}" for name in CARRIED if group and f"{group}/{name}" not in private}
    said = {name: record.get(path) for name, path in paths.items() if record.get(path)}
    return said if name_of(said) else {}


def carried_into(service: Service, said: Mapping[str, str]) -> dict[str, str]:
    """The answers with which a form of `service` begins for a person who `said` this."""
    group, questions = _group(service), service.form(service.form_version).questions
    if not group:
        return _as_spouse(questions, said)
    return {f"{group}/{name}": value for name, value in said.items() if f"{group}/{name}" in questions}


def _as_spouse(questions: Container[str], said: Mapping[str, str]) -> dict[str, str]:
    """Who comes to be married is the first of the two."""
    there = {path: said.get(name, "") for path, name in SPOUSE.items() if path in questions}
    return {path: value for path, value in there.items() if value}


def _group(service: Service) -> str:
    """The group that asks whom the form is about: the first with the questions of block b2_person. "" for none."""
    questions = service.form(service.form_version).questions
    groups = (path.rpartition("/")[0] for path in questions if path.rpartition("/")[2] == MARK)
    return next((one for one in groups if one and f"{one}/first_name" in questions), "")


def name_of(said: Mapping[str, str]) -> str:
    """The name of a person, or of an organization."""
    full = " ".join(filter(None, (said.get("first_name"), said.get("last_name"))))
    return full or said.get("org_name", "")


def guessed(typed: str) -> dict[str, str]:
    """What was typed of somebody whom no record knows, as the answers with which their form begins: a phone number, an
    e-mail address or a name; nothing of an address, which is asked as such."""
    plain = " ".join(typed.split())
    if len(phones.digits(plain)) >= PHONE and phones.SIGNS.fullmatch(plain):
        return {"phone": plain}
    if "@" in plain and " " not in plain:
        return {"email": plain}
    if not NAME.fullmatch(plain):
        return {}
    if plain.islower():  # typed in haste: it is a name, and stands on papers
        plain = PART.sub(lambda found: found[0].upper(), plain)
    first, _, last = plain.rpartition(" ")
    return {"first_name": first, "last_name": last} if first else {"last_name": last}


def people_in(catalogue: Catalogue, records: Iterable[Record], typed: str) -> list[Known]:
    """The people of these records (the newest first) whose name, number or address has every word that was typed, or
    one of whose records has that number."""
    met: dict[tuple[str, str], Known] = {}
    for record in records:
        said = person_in(catalogue.get(record.service), record) if record.service in catalogue else {}
        if said and (_answers(typed, said, record.get(ADDRESS)) or _has_number(typed, record)):
            _add(met, said, record)
    return _marked(list(met.values()))


def _has_number(typed: str, record: Record) -> bool:
    """Whether it is the number on the paper that somebody brings back."""
    return typed.strip().casefold() in {record.get(name).casefold() for name in (ALIAS, NUMBER)} - {""}


def _add(met: dict[tuple[str, str], Known], said: Mapping[str, str], record: Record) -> None:
    name, phone, email = name_of(said), said.get("phone", ""), said.get("email", "")
    key = folded(name), phones.digits(phone) or email.casefold() or record.get(ADDRESS)
    before = met.get(key)
    address = (before.address if before else "") or record.get(ADDRESS)
    met[key] = Known(name, phone, email, address, (*(before.records if before else ()), record.id))


def _marked(found: list[Known]) -> list[Known]:
    names = [folded(one.name) for one in found]
    numbers = [phones.digits(one.phone) for one in found]
    return [
        replace(one, alike=names.count(name) > 1 or (bool(number) and numbers.count(number) > 1))
        for one, name, number in zip(found, names, numbers, strict=True)
    ]


def _answers(typed: str, said: Mapping[str, str], address: str) -> bool:
    words = folded(" ".join((name_of(said), said.get("phone", ""), said.get("email", ""), address)))
    phone = said.get("phone", "")
    if phones.within(typed, phone):
        return True
    return all(part in words or phones.within(part, phone) for part in folded(typed).split())
