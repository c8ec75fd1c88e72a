"""What the palette offers, the likeliest first: what was found on the laptop, and all that a person can do or read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from fieldapp import phones
from fieldapp.finding import Index, Told
from fieldapp.services.finding import told
from fieldapp.services.referrals import referrals
from fieldapp.texts import tr
from ui import days
from ui.search import lines
from ui.search.find import Find
from ui.search.looking import Hits
from ui.session import Navigate, Session

HELP = 4  # articles that are offered
READ = 0.8  # what reading about it is worth, beside doing it
ELSEWHERE = 2  # referrals that are offered
FIRST = 3  # acts that are offered before anything else
Group = tuple[str, list[Find]]


def offered(session: Session, navigate: Navigate, hits: Hits, actions: Sequence[Find]) -> list[Find]:
    """What to show for `hits`, in groups, the likeliest group first. `actions` are what can be done besides."""
    actions, here = [one for one in actions if not one.here], [one for one in actions if one.here]
    found = _offered(session, navigate, hits, actions)
    return _shown([(tr("On this page"), _of_page(navigate, hits.typed, actions, here)), *found])


def _of_page(navigate: Navigate, typed: str, actions: Sequence[Find], here: Sequence[Find]) -> list[Find]:
    """The buttons that are called so, but for what is done from everywhere under the same name."""
    everywhere = {one.row.title for one in (*actions, *lines.of_pages(navigate))}
    return [one for one in here if typed and one.titled(typed) and one.row.title not in everywhere]


def _offered(session: Session, navigate: Navigate, hits: Hits, actions: Sequence[Find]) -> list[Group]:
    records = [lines.of_record(session, navigate, row) for row in hits.records]
    if not hits.typed:
        return _at_hand(navigate, records, actions)
    scores = _scores(session, navigate, hits.typed, actions)
    doable, far = _doable(navigate, hits.typed, actions, scores)
    services = [lines.of_service(navigate, one) for one in dict.fromkeys(hits.services)]
    said, told_of = _articles(hits.typed, actions, scores)
    acts: Group = (tr("What you can do"), doable[:FIRST])
    elsewhere = [lines.of_referral(session, one) for mark, one in referrals().items() if mark in scores]
    elsewhere.sort(key=lambda one: -scores[one.row.id])
    likely: list[Group] = [
        acts,
        (tr("Services to start"), services),
        (tr("Done elsewhere"), elsewhere[:ELSEWHERE]),
        (tr("Help"), said[:HELP]),
    ]
    likely.sort(key=lambda group: -max((scores.get(one.row.id, 0.0) for one in group[1]), default=0.0))
    here = (_of_records(session, hits), records)
    found: list[Group] = [
        (tr("People"), [lines.of_person(navigate, one) for one in hits.people]),
        (tr("Addresses"), [lines.of_address(navigate, one.label, one.ward) for one in hits.addresses]),
    ]
    rest: list[Group] = [
        (tr("More that you can do"), doable[FIRST:]),
        (tr("More help") if said else tr("Help"), told_of[:HELP]),
        (tr("Settings"), far),
    ]
    if any(phones.within(hits.typed, one.phone) for one in hits.people):
        return [found[0], here, *found[1:], *likely, *rest]
    if _is_number(hits.typed):
        return [here, *found, *likely, *rest]
    if _names_a_record(hits.typed, records, services):
        return [acts, here, *(one for one in likely if one is not acts), *found, *rest]
    return [*likely, here, *found, *rest]


def _at_hand(navigate: Navigate, records: list[Find], actions: Sequence[Find]) -> list[Group]:
    """Before anything is typed: the acts of this person's role, their records, the pages and what everybody can do, and
    last the settings."""
    doable = [one for one in actions if not one.reads and not one.explains]
    own, others = [one for one in doable if one.own], [one for one in doable if not one.own]
    return [
        (tr("What you can do"), own),
        (tr("Yours, newest first"), records),
        (tr("More that you can do") if own else tr("What you can do"), [*lines.of_pages(navigate), *others]),
        (tr("Settings"), [one for one in actions if one.explains]),
    ]


def _scores(session: Session, navigate: Navigate, typed: str, actions: Sequence[Find]) -> dict[str, float]:
    """What answers, by the id of its line: acts, services and articles weighed by the same words."""
    reads = {one.row.id for one in actions if one.reads}
    found = index_of(session, navigate, actions).find(typed)
    return {one.id: one.score * (READ if one.id in reads else 1) for one in found}


def index_of(session: Session, navigate: Navigate, actions: Sequence[Find]) -> Index:
    """All that a person here can do, start or read, by its words. Made once, in any thread, and kept."""
    startable = (one for one in session.catalogue.startable(session.person) if one.stands_alone)
    services = (replace(told(one), id=f"start:{one.id}") for one in startable)
    elsewhere = (one.told for one in referrals().values())
    everywhere = (one for one in actions if not one.here)  # a page's buttons come and go: they are found by their names
    return _index((*(one.told for one in (*lines.of_pages(navigate), *everywhere)), *services, *elsewhere))


@lru_cache(maxsize=4)  # of each person and language that work here
def _index(known: tuple[Told, ...]) -> Index:
    return Index(known)


def _doable(
    navigate: Navigate, typed: str, actions: Sequence[Find], scores: dict[str, float]
) -> tuple[list[Find], list[Find]]:
    """The acts that answer, the likeliest first; and the settings that only explain what was typed."""
    every = [*lines.of_pages(navigate), *(one for one in actions if not one.reads)]
    met = sorted((one for one in every if one.row.id in scores), key=lambda one: -scores[one.row.id])
    met = met or [one for one in every if one.titled(typed)]  # of one or two letters
    far = [one for one in met if one.explains and not one.titled(typed)]
    return [one for one in met if one not in far], far


def _articles(typed: str, actions: Sequence[Find], scores: dict[str, float]) -> tuple[list[Find], list[Find]]:
    """The articles that people ask for by these words, and those whose text has them all."""
    articles = [one for one in actions if one.reads]
    said = sorted((one for one in articles if one.row.id in scores), key=lambda one: -scores[one.row.id])
    return said, [one for one in articles if one not in said and one.answers(typed)]


def _is_number(typed: str) -> bool:
    """Whether it looks like a record's or receipt's number, or an address: then what is on the laptop comes first."""
    return any(sign.isdigit() for sign in typed)


def _names_a_record(typed: str, records: list[Find], services: list[Find]) -> bool:
    """Whether all that was typed stands on the line of a record, and on no service's: "burn permit lopez" is one that
    there is, and begins no other."""
    return any(one.answers(typed) for one in records) and not any(one.titled(typed) for one in services)


def _of_records(session: Session, hits: Hits) -> str:
    if hits.day is None:
        return tr("Records")
    return tr("Due on {day}", day=days.short(hits.day, session.clock.now().date()))


def _shown(groups: Iterable[Group]) -> list[Find]:
    """All of them in a row; the first of each group has its caption."""
    return [
        replace(one, row=replace(one.row, caption="" if n else caption))
        for caption, finds in groups
        for n, one in enumerate(finds)
    ]
