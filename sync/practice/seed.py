"""What the practice city finds in the morning: permits of last week, and today's visits under them.

Everything comes in as it does in life: a clerk records, a supervisor decides and plans, each from an own store, and
the gateway judges. Nothing is written past the verbs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from fieldapp.actions import Desk, answer, open_form, plan, start, take
from fieldapp.clock import CITY_ZONE, stamp, today
from fieldapp.records import Record
from fieldapp.services.clocks import city_calendar
from sync.practice import answers
from sync.practice.answers import Answers, Finding, Site
from sync.practice.people import TREMBLAY, Resident

STAGES = ("N03", "N01", "N05", "N13", "N02", "N06")
NOTICES = (2, 3, 2, 1, 1, 0)  # business days ago; the City must come within two, so one of them is late
HOURS = ((9, 0), (10, 15), (11, 30), (13, 30), (14, 45), (15, 30))
WORKS = (
    "Two-storey addition at the rear, new kitchen",
    "Second storey over the garage",
    "Secondary dwelling unit in the basement, separate entrance",
    "Sunroom and covered porch",
    "Addition with a bedroom and a bathroom",
    "Detached garden suite, one bedroom",
)


@dataclass(frozen=True)
class Case:
    """A permit to be: where, for whom, what."""

    site: Site
    resident: Resident
    work: str


def cases(sites: list[Site], people: list[Resident]) -> list[Case]:
    """One case a site."""
    return [Case(site, people[n % len(people)], WORKS[n % len(WORKS)]) for n, site in enumerate(sites)]


def record_permit(clerk: Desk, case: Case) -> Record:
    """A clerk takes in a permit application and submits it."""
    permit = start(clerk, "building-permit", lang="en")
    filled = write(clerk, permit, answers.permit(case.site, case.resident, case.work, "48", "185000"))
    return take(clerk, filled.id, "submit")


def write(desk: Desk, record: Record, given: Answers) -> Record:
    """Answer a record's form without a screen and keep it."""
    session = open_form(desk, record)
    root = f"/{session.definition.root_name}"
    for question, value in given:
        session.set(f"{root}/{question}", value)
    edits, _ = session.edits(record.fields)
    return answer(desk, record.id, edits)


def plan_before(supervisor: Desk, permit: Record) -> Record:
    """The footings visit of last week under this permit."""
    moment = stamp(supervisor.clock.now() - timedelta(days=6))
    known = {"visit/insp_type": "N01", "visit/notice_at": stamp(supervisor.clock.now() - timedelta(days=8))}
    current = supervisor.record(permit.id)
    return plan(supervisor, "building-inspection", parent=current.id, to=TREMBLAY.id, planned=moment, prefill=known)


def inspect_before(inspector: Desk, visit: Record) -> Record:
    """Last week's visit: two items failed, and today's visit finds them open."""
    fix_by = (today(inspector.clock) + timedelta(days=1)).isoformat()
    findings = [
        Finding(2, "Soft soil at the north-east corner, to be dug out", fix_by),
        Finding(4, "Forms not braced on the street side", fix_by),
    ]
    arrived, left = stamp(inspector.clock.now() - timedelta(minutes=40)), stamp(inspector.clock.now())
    given = [("visit/arrived_at", arrived), *answers.inspection(5, findings, [], left_at=left)]
    return take(inspector, write(inspector, visit, given).id, "submit")


def wait_for_review(
    clerk: Desk, supervisor: Desk, inspector: Desk, permits: list[Record], sync: Callable[[], None]
) -> None:
    """What waits for the supervisor: two visits of yesterday, one of them failed, and a complaint to be triaged."""
    begun, told = (stamp(supervisor.clock.now() - timedelta(days=days)) for days in (1, 2))
    known = {"visit/insp_type": "N03", "visit/notice_at": told}
    made = [
        plan(supervisor, "building-inspection", parent=one.id, to=inspector.person.id, planned=begun, prefill=known)
        for one in permits
    ]
    sync()
    fix_by = (today(inspector.clock) + timedelta(days=5)).isoformat()
    failed = [Finding(4, "Two trusses cut for a duct beside the stair", fix_by)]
    for visit, findings in zip(made, (failed, []), strict=False):
        given = [("visit/arrived_at", begun), *answers.inspection(7, findings, [], left_at=begun)]
        take(inspector, write(inspector, inspector.record(visit.id), given).id, "submit")
    site = permits[-1].get("place/address")
    complaint = write(clerk, start(clerk, "bylaw-complaint", lang="en"), answers.complaint(site))
    take(clerk, complaint.id, "submit")
    sync()


def plan_visits(supervisor: Desk, permits: list[Record]) -> list[Record]:
    """Today's visits of the practice inspector, one a permit."""
    day = today(supervisor.clock)
    planned: list[Record] = []
    for permit, stage, (hour, minute) in zip(permits, STAGES, HOURS, strict=False):
        moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=CITY_ZONE)
        notice = stamp(_noticed(supervisor, NOTICES[len(planned) % len(NOTICES)]))
        known = {"visit/insp_type": stage, "visit/notice_at": notice}
        visit = plan(
            supervisor, "building-inspection", parent=permit.id, to=TREMBLAY.id, planned=stamp(moment), prefill=known
        )
        planned.append(visit)
    return planned


def issue(supervisor: Desk, permits: list[Record]) -> None:
    """The supervisor approves and issues the permits."""
    for permit in permits:
        for step in ("approve", "issue"):
            take(supervisor, permit.id, step)


def _noticed(desk: Desk, business_days: int) -> datetime:
    """A moment so many business days ago."""
    moment = desk.clock.now()
    for _ in range(business_days):
        moment -= timedelta(days=1)
        while not city_calendar().is_business_day(moment.date()):
            moment -= timedelta(days=1)
    return moment
