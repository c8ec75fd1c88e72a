"""Why a record waits where it does: in words, by its clock and its risks."""

from __future__ import annotations

from dataclasses import replace

from fieldapp.actions import decide, start, take
from fieldapp.records import Record
from fieldapp.store import Disputes
from sync import alarms
from sync.wire import GAP, Alarm
from tests.support import workplaces
from tests.support.workplaces import City, fill
from tests.ui.sync_centre.test_decision import dispute
from ui.review.queue import Waiting, alarmed, explained, pressing, queue, row


def inspected(town: City, count: int) -> list[Record]:
    visits = workplaces.visits(town, count)
    for visit in visits:
        workplaces.inspect(town, visit)
    town.sync()
    return visits


def seen(town: City) -> list[Waiting]:
    look = pressing(town.supervisor)
    look.alarmed = alarmed(town.supervisor)
    return queue(town.supervisor, look)


def words(one: Waiting) -> list[str]:
    return [said for said, _kind in one.why]


def test_what_is_late_says_so_as_on_every_other_page(town: City) -> None:
    inspected(town, 1)
    town.clock.forward(days=4)  # Friday
    late = seen(town)[0]
    town.clock.forward(days=3)  # over a weekend
    assert words(late)[0] == "4 days late"
    assert words(seen(town)[0])[0] == "7 days late"


def test_the_first_of_a_person_says_so_until_one_was_closed(town: City) -> None:
    first, _second = inspected(town, 2)
    assert all("First by M. Tremblay" in words(one) for one in seen(town))
    decide(town.supervisor.desk, first.id, "approve")
    assert not any("First by M. Tremblay" in words(one) for one in seen(town))


def test_a_line_names_its_author_once(town: City) -> None:
    inspected(town, 1)
    line = row(town.supervisor, seen(town)[0])
    assert line.spoken().count("M. Tremblay") == 1


def test_an_alarm_of_the_citys_puts_a_persons_work_in_front(town: City) -> None:
    workplaces.permits(town, 1)
    inspected(town, 1)
    alarm = Alarm(GAP, "m.tremblay", "TOUGH-07", 3, "", "2026-11-22T14:00:00.000Z")
    alarms.keep(town.supervisor.store, (alarm,))
    assert words(seen(town)[0])[0] == "Journal of M. Tremblay in doubt"


def test_what_two_people_wrote_says_who_chose(town: City) -> None:
    (visit,) = inspected(town, 1)
    settled = replace(dispute(settled_by="r.kaur"), record=visit.id)
    town.supervisor.store.exchange.keep_disputes(Disputes("x", (settled,)))
    assert "Versions merged by R. Kaur" in words(seen(town)[0])


def test_health_is_told_as_sensitive(town: City) -> None:
    desk = town.clerk.desk
    private = next(one for one in desk.catalogue if one.id == "accessible-transit")
    assert private.privacy.class_ == "P4"
    look = pressing(town.clerk)
    assert "sensitive" in [one.code for one in look.reasons(start(desk, private.id))]


def test_each_reason_says_why_it_counts_and_who_says_so(town: City) -> None:
    inspected(town, 1)
    said = explained(seen(town)[0].reasons[0])
    assert "(in force since 1 Jan 2026; our own rule, to be confirmed)" in said


def test_who_recorded_it_reads_who_could_approve(town: City) -> None:
    from fieldapp.actions.choosing import choices

    desk = town.supervisor.desk
    own = start(desk, "bulk-pickup")
    fill(desk, own, workplaces.pickup_answers(town))
    take(desk, own.id, "submit")
    assert "Somebody else whose role is " in choices(desk, desk.record(own.id)).refusal
