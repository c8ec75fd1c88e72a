"""Ready to leave? Facts of this laptop before it goes where there is no network: each with what to do about it.

Nothing is promised that was not looked at; what nothing tells is said to be not known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from fieldapp.access import INSPECTOR
from fieldapp.actions import Desk, in_hand
from fieldapp.actions.desk import FILE_VALUE
from fieldapp.clock import moment_of, today
from fieldapp.machine import Battery
from fieldapp.records import PARENT, PLANNED, Record
from fieldapp.services import Catalogue
from fieldapp.store import ChainReport, Query
from fieldapp.store.snapshots import listed
from fieldapp.texts import language, plural, tr
from sync.layers import to_come
from sync.standing import Standing
from sync.status import SyncState, SyncStatus

OK, WARN, BAD, UNKNOWN = "ok", "warn", "bad", "plain"
SYNC, TODAY, TROUBLE, LAYERS, COPIES, SIGN_IN = "sync", "today", "trouble", "layers", "copies", "sign_in"
STALE = timedelta(hours=4)  # since the last complete sync
APART = 120.0  # seconds between the two clocks that nobody notices on a paper
TIGHT, SCARCE = 2 << 30, 300 << 20  # bytes of disk
CHARGE = 60  # percent with which a morning begins well
SOON = 5  # days of sign-in that are left
GIGA = 1 << 30
MOST = 2000  # open visits that are looked through


@dataclass(frozen=True)
class Check:
    """One line: how it stands, what it is about, what was found, and what helps: `action` is "" where nothing here
    does."""

    kind: str
    what: str
    found: str
    todo: str = ""
    action: str = ""


@dataclass(frozen=True)
class Facts:
    """What the checks look at besides the store: the line to the City and the machine; None is not known."""

    status: SyncStatus | None
    battery: Battery | None
    free: int | None
    chain: ChainReport | None  # None: it is still being checked
    sign_in: Standing | None = None  # None: a token that does not end


def checks(desk: Desk, facts: Facts) -> list[Check]:
    """All lines, in the order in which a person thinks of them."""
    return [*_records(desk, facts), *_papers(desk), *_line(desk, facts), *_machine(facts), *_safe(desk, facts)]


def worst(found: list[Check]) -> str:
    """How it stands in all: bad before warn before ok. What is not known stops nobody."""
    kinds = {one.kind for one in found}
    return next((kind for kind in (BAD, WARN) if kind in kinds), OK)


def _records(desk: Desk, facts: Facts) -> Iterator[Check]:
    yield _fresh(desk, facts.status)
    counts = desk.store.counts()
    if counts.attention:
        told = plural(counts.attention, "{n} record", "{n} records")
        yield Check(BAD, tr("Needs you"), told, tr("Look at what the City refused while you can still ask."), TROUBLE)
    if counts.waiting:
        told = plural(counts.waiting, "{n} change waits", "{n} changes wait")
        yield Check(
            WARN, tr("Your work with the City"), told, tr("It is safe here; with a network it is sent first."), SYNC
        )
    else:
        yield Check(OK, tr("Your work with the City"), tr("all of it"))
    yield from _files(desk)
    if INSPECTOR in desk.person.roles:
        yield from _visits(desk)


def _files(desk: Desk) -> Iterator[Check]:
    files, what = desk.store.blobs.copies.counts(), tr("Photos with the City")
    if files.damaged:
        told = tr("{n} damaged here", n=files.damaged)
        yield Check(BAD, what, told, tr("Attach them again while you still have them."), SYNC)
    if files.waiting:
        told = plural(files.waiting, "{n} waits", "{n} wait")
        yield Check(WARN, what, told, tr("Stay in the network a little longer."), SYNC)


def _fresh(desk: Desk, status: SyncStatus | None) -> Check:
    what = tr("In step with the City")
    when = status.last_ok if status else ""
    if not when:
        return Check(BAD, what, tr("never yet"), tr("Sync once before you go."), SYNC)
    old = desk.clock.now() - moment_of(when)
    equal = status is None or status.proof is None or status.proof.equal
    found = tr("compared at {time}", time=f"{moment_of(when):%Y-%m-%d %H:%M}")
    if old > STALE or not equal:
        return Check(WARN, what, found, tr("Sync once more: others may have changed something."), SYNC)
    return Check(OK, what, found)


def _visits(desk: Desk) -> Iterator[Check]:
    """Today's visits: that they are here, in forms that are here, with their photos."""
    visits = todays(desk, today(desk.clock))
    yield Check(
        OK, tr("Today's visits"), plural(len(visits), "{n} is here", "{n} are here"), "", TODAY if visits else ""
    )
    if formless := sum(_formless(desk, one) for one in visits):
        told = plural(formless, "{n} visit lacks its form", "{n} visits lack their form")
        yield Check(BAD, tr("Forms of today's visits"), told, tr("They come with the next sync."), SYNC)
    if alone := sum(_stands_alone(desk, one) for one in visits):
        told = plural(alone, "{n} visit lacks its permit or file", "{n} visits lack their permit or file")
        yield Check(WARN, tr("What today's visits belong to"), told, tr("It comes with the next sync."), SYNC)
    if lacking := sum(_lacks(desk, one) for one in visits):
        told = plural(lacking, "{n} photo is not here", "{n} photos are not here")
        yield Check(WARN, tr("Photos of today's visits"), told, tr("Open them once while there is a network."), TODAY)


def todays(desk: Desk, day: date) -> list[Record]:
    """What is planned for this person today and not done yet."""
    query = Query(assignee=desk.person.id, state_kinds=("open", "returned"), sort="planned", descending=False)
    return [one for one in desk.store.find(query, MOST) if _day(one.get(PLANNED)) == day]


def _day(planned: str) -> date | None:
    return moment_of(planned).date() if "T" in planned else None


def _formless(desk: Desk, record: Record) -> bool:
    """Whether it was made with a form that is not on this laptop."""
    return record.service in desk.catalogue and not desk.service_of(record).has_form(record.form_version)


def _stands_alone(desk: Desk, record: Record) -> bool:
    """Whether it belongs to a record that is not on this laptop: then its history and earlier orders are not either."""
    above = record.get(PARENT)
    return bool(above) and desk.store.record(above) is None


def _lacks(desk: Desk, record: Record) -> int:
    """How many of its files are not on this laptop."""
    named = (FILE_VALUE.fullmatch(value) for value in record.answers.values())
    return sum(match is not None and not desk.store.blobs.has(match[1]) for match in named)


def _papers(desk: Desk) -> Iterator[Check]:
    yield Check(OK, tr("Forms and fees"), plural(len(desk.catalogue.all()), "{n} service", "{n} services"))
    yield _layers(desk)
    yield from _numbers(desk)


def number_names(catalogue: Catalogue, ids: Collection[str]) -> dict[str, str]:
    """What these official numbers are called. Where several are called the same, their services tell them apart."""
    known = {one.id: (one.title, service.title) for service in catalogue for one in service.numbers if one.id in ids}
    titles = {id_: (title.text(language()), service.text(language())) for id_, (title, service) in known.items()}
    often = Counter(title for title, _ in titles.values())
    names = {id_: title if often[title] == 1 else f"{title} · {service}" for id_, (title, service) in titles.items()}
    return {id_: names.get(id_, id_) for id_ in ids}


def _numbers(desk: Desk) -> Iterator[Check]:
    """The official numbers in reserve."""
    found = in_hand(desk)
    names = number_names(desk.catalogue, [one.id for one, _ in found])
    for one, left in found:
        name = names[one.id]
        told = plural(left, "{n} in reserve", "{n} in reserve")
        if left >= one.low:
            yield Check(OK, name, told)
        else:
            todo = tr("Sync: more are reserved by itself. Without any, numbers are provisional.")
            yield Check(WARN, name, told, todo, SYNC)


def _layers(desk: Desk) -> Check:
    """The reference layers that are here, and whether others are to come."""
    what, here = tr("Maps and addresses"), desk.layers.describe()
    if coming := len(to_come(desk.store, desk.layers)):
        found = plural(coming, "{n} layer is to come", "{n} layers are to come")
        return Check(WARN, what, found, tr("Sync: they come behind your records."), SYNC)
    if not here:
        return Check(WARN, what, tr("none"), tr("Import the City's open data once."), LAYERS)
    oldest = min(layer.as_of for layer in here)
    told = plural(len(here), "{n} layer, as of {day}", "{n} layers, the oldest as of {day}", day=oldest)
    return Check(OK, what, told)


def _line(desk: Desk, facts: Facts) -> Iterator[Check]:
    yield _signed_in(desk, facts)
    what, proof = tr("Clock"), facts.status.proof if facts.status else None
    apart = proof.clock_ahead if proof else None
    if apart is None:
        yield Check(UNKNOWN, what, tr("not known"), tr("It is compared with the City's at each sync."), SYNC)
    elif abs(apart) <= APART:
        yield Check(OK, what, tr("as the City's"))
    else:
        minutes = round(abs(apart) / 60)
        ahead = plural(minutes, "{n} minute ahead of the City's", "{n} minutes ahead of the City's")
        behind = plural(minutes, "{n} minute behind the City's", "{n} minutes behind the City's")
        yield Check(WARN, what, ahead if apart > 0 else behind, tr("Set this computer's clock: papers bear its time."))


def _signed_in(desk: Desk, facts: Facts) -> Check:
    what = tr("Sign-in")
    needed = facts.status is not None and facts.status.state is SyncState.NEEDS_LOGIN
    if needed or (facts.sign_in is not None and not facts.sign_in.signed_in):
        return Check(BAD, what, tr("it has ended"), tr("Sign in again to send; saving goes on without."), SIGN_IN)
    if facts.sign_in is None:
        return Check(OK, what, tr("does not end"))
    days = facts.sign_in.days_left(desk.clock)
    if days is None:
        return Check(
            UNKNOWN, what, tr("good; its end is not known"), tr("When it ends, sending waits and saving goes on.")
        )
    told = plural(days, "{n} day left", "{n} days left")
    return (
        Check(OK, what, told) if days >= SOON else Check(WARN, what, told, tr("Sign in anew before you go."), SIGN_IN)
    )


def _machine(facts: Facts) -> Iterator[Check]:
    what = tr("Disk")
    if facts.free is None:
        yield Check(UNKNOWN, what, tr("not known"))
    else:
        told = tr("{n} GB free", n=_decimal(facts.free / GIGA))
        kind = OK if facts.free >= TIGHT else WARN if facts.free >= SCARCE else BAD
        yield Check(kind, what, told, "" if kind == OK else tr("Free some space: photos need it."))
    yield _charged(facts.battery)


def _decimal(number: float) -> str:
    text = f"{number:.1f}"
    return text.replace(".", ",") if language() == "fr" else text


def _charged(battery: Battery | None) -> Check:
    what = tr("Battery")
    if battery is None:
        return Check(UNKNOWN, what, tr("not known"))
    told = tr("{n} %, charging", n=battery.percent) if battery.plugged else tr("{n} %", n=battery.percent)
    low = battery.percent < CHARGE
    return Check(WARN if low else OK, what, told, tr("Charge it, or take the cable with you.") if low else "")


def _safe(desk: Desk, facts: Facts) -> Iterator[Check]:
    what = tr("Journal of changes")
    if facts.chain is None:
        yield Check(UNKNOWN, what, tr("being checked"))
    elif facts.chain.whole:
        yield Check(OK, what, plural(facts.chain.links, "{n} link holds", "{n} links hold"))
    else:
        yield Check(BAD, what, facts.chain.fault, tr("Go back to a copy: what is newer is rescued into it."), COPIES)
    copies, day = listed(desk.store.folder), today(desk.clock).isoformat()
    if copies and copies[0].day == day:
        yield Check(OK, tr("Copy of the store"), tr("made today"), "", COPIES)
    else:
        told = copies[0].day if copies else tr("none yet")
        yield Check(WARN, tr("Copy of the store"), told, tr("It is made by itself after the day's first sync."), COPIES)
