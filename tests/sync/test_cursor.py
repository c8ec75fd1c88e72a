"""No reader ever skips a row, whoever holds a transaction open meanwhile (I6), on SQLite and on PostgreSQL."""

from __future__ import annotations

import random
import time
from concurrent.futures import Future, ThreadPoolExecutor

from fieldapp.records import TITLE, Person
from sync.gateway import GatewayService
from sync.gateway.batch import Batch
from sync.gateway.ledger import Received
from sync.pulling import following
from sync.wire import KNOWS, PullRequest
from tests.support.gateway import CHIEF, City
from tests.support.store import make_change

WRITERS = 8
COMMITS = 25  # of each writer
ROWS = 25  # of each commit: 5,000 in all
BEGINNINGS = 80  # of laptops in the middle of it, at most
HELD = 0.010  # s at most, half of it after the numbers were taken


def write(gateway: GatewayService, seed: int) -> None:
    """One writer, who lingers in each transaction."""
    chance = random.Random(seed)
    person = Person(f"w{seed}", f"W{seed}", CHIEF.roles)
    for commit in range(COMMITS):
        ids = [f"{seed}-{commit}-{n}" for n in range(ROWS)]
        parts = {"actor": person.id, "principal": person.id}
        edits = {TITLE: "Couch", "@ward": f"{chance.randrange(4):02d}"}
        ops = [Received.of(make_change(id_, edits, creates=True, **parts).payload()) for id_ in ids]
        held = chance.random() * HELD
        with gateway.database.write(person.id) as tx:
            time.sleep(held / 2)
            Batch(tx, gateway.catalogue, gateway.forms, person, gateway.now()).take(ops)
            time.sleep(held / 2)


def follow(gateway: GatewayService, writers: list[Future[None]]) -> list[str]:
    """Pull all the time until the writers are done and nothing is left; the records that came, in their order."""
    cursors: dict[str, int] = {}
    came: list[str] = []
    while True:
        last = all(one.done() for one in writers)
        reply = gateway.as_(CHIEF).pull(PullRequest(cursors))
        cursors = {page.bucket: page.next for page in reply.pages}
        found = [row.id for page in reply.pages for row in page.rows]
        came += found
        if last and not found:
            return came


def test_i06_eight_writers_and_a_reader_that_skips_nothing(either: City) -> None:
    gateway = either.service
    with ThreadPoolExecutor(WRITERS) as pool:
        writers = [pool.submit(write, gateway, seed) for seed in range(WRITERS)]
        came = follow(gateway, writers)
        for one in writers:
            one.result()
    assert len(came) == len(set(came)) == WRITERS * COMMITS * ROWS
    assert sum(count for count, _ in gateway.summary().values()) == len(came)


def pulled(gateway: GatewayService, asked: PullRequest) -> tuple[set[str], PullRequest]:
    """Pull to the end; the records that came, and from where it goes on."""
    came: set[str] = set()
    while True:
        reply = gateway.as_(CHIEF).pull(asked)
        came |= {row.id for page in reply.pages for row in page.rows}
        asked = following(asked, reply)
        if not any(page.more for page in reply.pages):
            return came, asked


def test_i06_a_laptop_that_begins_while_others_write_skips_nothing(either: City) -> None:
    gateway = either.service
    begun: list[tuple[set[str], PullRequest]] = []
    with ThreadPoolExecutor(WRITERS) as pool:
        writers = [pool.submit(write, gateway, seed) for seed in range(WRITERS)]
        while len(begun) < BEGINNINGS and not all(one.done() for one in writers):
            begun.append(pulled(gateway, PullRequest({}, knows=KNOWS)))
        for one in writers:
            one.result()
    assert begun
    feed = gateway.database.read("SELECT bucket, record, seq FROM member")
    for came, asked in begun:  # what lies before a laptop's cursor will never come to it again
        behind = {record for bucket, record, seq in feed if seq <= asked.buckets.get(bucket, 0)}
        assert behind <= came
