"""Several processes on one PostgreSQL: whatever comes at once, each op counts once and no edit is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Any, TypeVar

import psycopg
import pytest

from fieldapp.errors import NewerStoreError, StoreError
from fieldapp.records import ASSIGNEE, NUMBER, TITLE, Change, Person
from fieldapp.services import Catalogue
from sync.gateway import GatewayService
from sync.gateway.batch import Batch
from sync.gateway.ledger import Received
from sync.gateway.postgres import PostgresDatabase
from sync.wire import OpResult, PullRequest, PushRequest
from tests.support.gateway import CHIEF, CLERK, SECOND_CHIEF, make_service
from tests.support.store import make_change

MANY = 4
PEOPLE = (CLERK, CHIEF, SECOND_CHIEF)
Answer = TypeVar("Answer")
pytestmark = pytest.mark.xdist_group("postgres")


@pytest.fixture
def gateways(tmp_path: Path, address: str, catalogue: Catalogue) -> Iterator[list[GatewayService]]:
    """What several processes have: the same database and folder, nothing else in common."""
    opened = [make_service(tmp_path / "gateway", catalogue, database=PostgresDatabase(address)) for _ in range(MANY)]
    yield opened
    for one in opened:
        one.close()


def at_once(acts: Sequence[Callable[[], Answer]]) -> list[Answer]:
    """Do all at the same moment; what each gave."""
    barrier = Barrier(len(acts))

    def act(one: Callable[[], Answer]) -> Answer:
        barrier.wait(30)
        return one()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(act, acts))


def push(gateway: GatewayService, person: Person, *changes: Change) -> tuple[OpResult, ...]:
    """Send Changes as `person`."""
    return gateway.as_(person).push(PushRequest("LT01", tuple(one.payload() for one in changes))).results


def by(person: Person) -> dict[str, Any]:
    """Who does it."""
    return {"actor": person.id, "principal": person.id}


def new_of(person: Person, record: str, number: int = 0, *, assignee: Person | None = None) -> Change:
    """A new record of this person's."""
    edits = {TITLE: f"Couch {number} of {person.id}", "@ward": f"{number % 3:02d}", ASSIGNEE: (assignee or person).id}
    return make_change(record, edits=edits, creates=True, **by(person))


def count(gateway: GatewayService, table: str) -> int:
    """How many rows."""
    return int(gateway.database.read(f"SELECT count(*) FROM {table}")[0][0])


def test_the_same_message_at_once_takes_effect_once_and_all_get_the_same_answer(gateways: list[GatewayService]) -> None:
    changes = [new_of(CLERK, f"r{n}", n) for n in range(50)]
    answers = at_once([partial(push, one, CLERK, *changes) for one in gateways])
    assert answers == [answers[0]] * MANY
    assert {one.status for one in answers[0]} == {"applied"}
    assert count(gateways[0], "op") == count(gateways[0], "record") == 50


def test_the_same_new_id_from_several_people_at_once_is_one_record(gateways: list[GatewayService]) -> None:
    acts = [partial(push, one, who, new_of(who, "r1")) for one, who in zip(gateways, PEOPLE, strict=False)]
    said = [results[0] for results in at_once(acts)]
    assert sorted(one.status for one in said) == ["applied", "rejected", "rejected"]
    rows = [row for page in gateways[0].as_(CHIEF).pull(PullRequest({})).pages for row in page.rows]
    winner = PEOPLE[[one.status for one in said].index("applied")]
    assert [row.fields[TITLE] for row in rows] == [f"Couch 0 of {winner.id}"]


def test_edits_of_one_record_by_two_people_at_once_all_survive(gateways: list[GatewayService]) -> None:
    push(gateways[0], CHIEF, new_of(CHIEF, "r1", assignee=CLERK))

    def edit(gateway: GatewayService, person: Person) -> set[str]:
        edits = [make_change("r1", {f"items/{person.id}{n}": "x"}, base_rev=1, **by(person)) for n in range(20)]
        return {push(gateway, person, one)[0].status for one in edits}

    said = at_once([partial(edit, gateways[0], CLERK), partial(edit, gateways[1], CHIEF)])
    assert said[0] | said[1] <= {"applied", "merged"}
    row = gateways[2].as_(CHIEF).pull(PullRequest({})).pages[0].rows[0]
    assert row.rev == 41
    assert len([path for path in row.fields if path.startswith("items/")]) == 40


def test_numbers_that_are_asked_for_at_once_have_no_gap_and_no_double(gateways: list[GatewayService]) -> None:
    def make(gateway: GatewayService, person: Person) -> list[str | None]:
        return [push(gateway, person, new_of(person, f"{person.id}{n}", n))[0].edits[NUMBER] for n in range(15)]

    made = at_once([partial(make, one, who) for one, who in zip(gateways, PEOPLE, strict=False)])
    told = sorted(int((number or "").rpartition("-")[2]) for numbers in made for number in numbers)
    assert told == list(range(told[0], told[0] + 45))


def test_a_rolled_back_push_leaves_nothing(gateways: list[GatewayService]) -> None:
    one = gateways[0]

    def break_off() -> None:
        with one.database.write() as tx:
            Batch(tx, one.catalogue, one.forms, CLERK, one.now()).take([Received.of(new_of(CLERK, "r1").payload())])
            raise InterruptedError

    with pytest.raises(InterruptedError):
        break_off()
    assert (count(one, "op"), count(one, "member"), one.summary()) == (0, 0, {})


def test_text_that_postgresql_cannot_hold_stops_only_its_op(gateways: list[GatewayService]) -> None:
    nul = make_change("r\0", {TITLE: "a\0b"}, creates=True, **by(CLERK))
    fine = make_change("r2", {TITLE: r"a\u0000b"}, creates=True, **by(CLERK))
    assert [one.status for one in push(gateways[0], CLERK, nul, fine)] == ["rejected", "applied"]


def test_a_new_epoch_is_known_to_all_at_once(gateways: list[GatewayService]) -> None:
    gateways[0].database.new_epoch()
    assert len({one.database.epoch for one in gateways}) == 1


def test_everything_is_there_after_a_restart(gateways: list[GatewayService], address: str) -> None:
    push(gateways[0], CLERK, new_of(CLERK, "r1"))
    again = PostgresDatabase(address)
    assert again.epoch == gateways[0].database.epoch
    assert again.read("SELECT id FROM record") == [("r1",)]
    again.close()


def test_processes_that_start_at_once_make_one_set_of_tables(address: str) -> None:
    opened = at_once([partial(PostgresDatabase, address) for _ in range(MANY)])
    assert len({one.epoch for one in opened}) == 1
    for one in opened:
        one.close()


def test_a_newer_database_is_left_alone(address: str) -> None:
    PostgresDatabase(address).close()
    with psycopg.connect(address) as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE name = 'version'")
    with pytest.raises(NewerStoreError):
        PostgresDatabase(address)


def test_a_database_that_does_not_answer_is_said_to_be_so() -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        PostgresDatabase("postgresql://nobody@127.0.0.1:9/none")
