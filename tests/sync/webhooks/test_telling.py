"""What a receiver at a real port is told of steps of records, judged by the library of Standard Webhooks."""

from __future__ import annotations

from threading import Event
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from fieldapp.clock import FixedClock
from fieldapp.records import ADDRESS, NUMBER, STATE, TITLE
from sync.gateway.webhooks import hooks
from sync.gateway.webhooks.delivering import Delivering, Delivery
from sync.gateway.webhooks.hooks import Hook
from tests.support.gateway import CHIEF, CLERK, DRAFT, SUBMITTED, City
from tests.support.receiver import Receiver
from tests.sync.webhooks.conftest import hook_at, only


def verified(hook: Hook, receiver: Receiver) -> list[dict[str, Any]]:
    return [Webhook(hook.secret).verify(body, headers) for headers, body in receiver.told]


def states(receiver: Receiver, hook: Hook) -> list[str]:
    return [f"{one['data']['service']} {one['data']['state']}" for one in verified(hook, receiver)]


def test_each_step_is_told_and_signed(either: City, receiver: Receiver, clock: FixedClock) -> None:
    hook = hook_at(either, receiver)
    clerk, chief = either.laptop(CLERK), either.laptop(CHIEF)
    record = clerk.new({ADDRESS: "71 SECRET ST"}, submit=True)
    either.sync()
    approval = chief.step(record, "approve", "approved")
    either.sync()
    assert Delivery(either.service.database, clock).round() == 2
    first, second = verified(hook, receiver)
    number = clerk.answer(record, NUMBER)
    assert second["data"] == {
        "record": record,
        "number": number,
        "service": "bulk-pickup",
        "before": "submitted",
        "state": "approved",
        "kind": "done",
        "rev": 2,
        "made": approval.at,
    }
    assert (number != "", first["data"]["number"], first["data"]["before"]) == (True, number, "")
    assert (second["type"], second["timestamp"]) == ("fieldapp.record.step", either.service.now())
    assert [headers["webhook-id"] for headers, _ in receiver.told] == [first["id"], second["id"]]


def test_it_is_a_cloud_event_too(near: City, receiver: Receiver, clock: FixedClock) -> None:
    hook = hook_at(near, receiver)
    clerk = near.laptop(CLERK)
    record = clerk.new(submit=True)
    near.sync()
    Delivery(near.service.database, clock).round()
    (told,) = verified(hook, receiver)
    assert set(told) == {"type", "timestamp", "data", "specversion", "id", "source", "subject", "time"}
    assert (told["specversion"], told["source"]) == ("1.0", "/services/bulk-pickup")
    assert (told["subject"], told["time"]) == (clerk.answer(record, NUMBER), told["timestamp"])


def test_nobody_and_no_answer_is_in_it(near: City, receiver: Receiver, clock: FixedClock) -> None:
    hook_at(near, receiver)
    near.laptop(CLERK).new({ADDRESS: "71 SECRET ST", TITLE: "SECRET", "contact/name": "SECRET"}, submit=True)
    near.sync()
    Delivery(near.service.database, clock).round()
    ((_, body),) = receiver.told
    assert b"SECRET" not in body
    assert CLERK.id.encode() not in body


def test_another_secret_does_not_verify(near: City, receiver: Receiver, clock: FixedClock) -> None:
    old, new = hook_at(near, receiver), hook_at(near, receiver)
    near.laptop(CLERK).new(submit=True)
    near.sync()
    Delivery(near.service.database, clock).round()
    assert (old.id, len(verified(new, receiver))) == (new.id, 1)
    with pytest.raises(WebhookVerificationError):
        verified(old, receiver)


def test_only_steps_are_told(near: City, receiver: Receiver, clock: FixedClock) -> None:
    hook = hook_at(near, receiver)
    clerk, chief = near.laptop(CLERK), near.laptop(CHIEF)
    clerk.new()  # a draft
    record = clerk.new(submit=True)
    near.sync()
    clerk.edit(record, {TITLE: "Two couches"})
    near.sync()
    clerk.step(record, "approve", "approved")  # not a clerk's to take
    near.sync()
    chief.step(record, "approve", "approved")
    near.sync()
    Delivery(near.service.database, clock).round()
    assert states(receiver, hook) == ["bulk-pickup submitted", "bulk-pickup approved"]


def test_health_is_told_only_to_whom_it_was_chosen_for(near: City, receiver: Receiver, clock: FixedClock) -> None:
    hook = hook_at(near, receiver)
    clerk = near.laptop(CLERK)

    def some() -> list[str]:
        for service, state in (("road-defect", SUBMITTED), ("vaccine", "requested"), ("bulk-pickup", SUBMITTED)):
            clerk.new({STATE: state}, submit=True, service=service)
        near.sync()
        receiver.told.clear()
        Delivery(near.service.database, clock).round()
        return states(receiver, hook)

    assert some() == ["road-defect submitted", "bulk-pickup submitted"]
    hook = hook_at(near, receiver, "vaccine")
    assert some() == ["vaccine requested"]


def test_what_was_taken_is_never_told_again(either: City, receiver: Receiver, clock: FixedClock) -> None:
    hook_at(either, receiver)
    either.laptop(CLERK).new(submit=True)
    either.sync()
    told = [Delivery(either.service.database, clock).round()]
    clock.forward(days=9)
    told += [Delivery(either.service.database, clock).round()]
    assert (told, len(receiver.told), either.count("webhook_due")) == ([1, 0], 1, 0)
    assert only(either).told_at


def test_a_draft_that_is_handed_in_is_told(near: City, receiver: Receiver, clock: FixedClock) -> None:
    hook = hook_at(near, receiver)
    clerk = near.laptop(CLERK)
    record = clerk.new()
    near.sync()
    clerk.step(record, "submit", SUBMITTED)
    near.sync()
    Delivery(near.service.database, clock).round()
    (told,) = verified(hook, receiver)
    assert (told["data"]["before"], told["data"]["state"]) == (DRAFT, SUBMITTED)
    assert clerk.answer(record, STATE) == SUBMITTED


def test_a_thread_tells_what_comes(near: City, receiver: Receiver, clock: FixedClock) -> None:
    hook_at(near, receiver)
    with Delivering(Delivery(near.service.database, clock), pause=0.01):
        near.laptop(CLERK).new(submit=True)
        near.sync()
        receiver.wait_for(1)


def test_a_removed_one_is_told_nothing(near: City, receiver: Receiver, clock: FixedClock) -> None:
    hook = hook_at(near, receiver)
    near.laptop(CLERK).new(submit=True)
    near.sync()
    assert hooks.remove(near.service.database, hook.id) == receiver.url
    near.laptop(CLERK).new(submit=True)
    near.sync()
    assert (Delivery(near.service.database, clock).round(), near.count("webhook_due")) == (0, 0)


def test_the_process_that_supervises_tells_from_a_database_of_its_own(near: City, receiver: Receiver) -> None:
    hook_at(near, receiver)
    near.laptop(CLERK).new(submit=True)
    near.sync()
    with Delivering.at(near.folder / "gateway", ""):
        receiver.wait_for(1)
    assert near.count("webhook_due") == 0


def test_a_bug_does_not_end_the_telling(caplog: pytest.LogCaptureFixture) -> None:
    again = Event()

    class Faulty:
        """Fails in its first round."""

        rounds = 0

        def round(self) -> int:
            self.rounds += 1
            if self.rounds == 1:
                raise ZeroDivisionError("bug")
            again.set()
            return 0

        def end(self) -> None:
            """There is nothing."""

    with Delivering(Faulty(), pause=0.001):
        assert again.wait(10)
    assert "ZeroDivisionError" in caplog.text
