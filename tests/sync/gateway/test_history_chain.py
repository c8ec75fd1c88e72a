"""The gateway's history proves itself: a row that is touched is named, a record's proof holds without a gateway."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.errors import InputError
from sync.gateway.proofs import check_proof, proof_file
from sync.gateway.tree import led_to, proof_of, root_of
from sync.gateway.verify import verify
from tests.support.gateway import APPROVED, CHIEF, CLERK, City
from ui.__main__ import main

SAME = "record, principal, status, rev, at, digest, result, payload"


def worked(city: City) -> str:
    """A day's work with a merge and a refusal in it; the record's id."""
    clerk, chief = city.laptop(CLERK), city.laptop(CHIEF)
    record = clerk.new({"items": "1"}, submit=True)
    clerk.new()
    city.sync()
    chief.edit(record, {"note": "not hers to change"})
    chief.sync()
    chief.store.resolve(record, mine=False)
    chief.step(record, "approve", APPROVED)
    city.sync()
    return record


def execute(city: City, sql: str, *values: Any) -> None:
    with city.service.database.write() as tx:
        tx.execute(sql, values)


def test_a_history_that_nobody_touched_holds(either: City) -> None:
    worked(either)
    found = verify(either.service.database)
    assert (found.fault, found.records, found.ops) == ("", 2, either.count("op"))
    assert found.blocks == either.count("block") > 1


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        ("UPDATE op SET payload = '{}' WHERE n = 2", "was altered: its content"),
        ("UPDATE op SET result = '{}' WHERE n = 2", "was altered: its answer"),
        ("DELETE FROM op WHERE n = 2", "is missing"),
        ("UPDATE block SET at = '2020' WHERE n = 1", "Block 1 of the history was altered"),
        ("DELETE FROM block WHERE n = 2", "Block 2 of the history is missing"),
        ("DELETE FROM block WHERE n = (SELECT max(n) FROM block)", "is missing"),
        ("UPDATE record SET fields = '{}'", "is not what its history says"),
        (
            f"INSERT INTO op (id, {SAME}) SELECT 'forged', {SAME} FROM op WHERE n = 1",
            "forged was put in",
        ),
    ],
)
def test_the_first_row_that_was_touched_is_named(either: City, sql: str, fault: str) -> None:
    worked(either)
    execute(either, sql)
    assert fault in verify(either.service.database).fault


def test_a_proof_holds_without_the_gateway(either: City) -> None:
    record = worked(either)
    head = verify(either.service.database).head
    proven = check_proof(proof_file(either.service.database, record), head)
    assert (proven.record, proven.ops, proven.head) == (record, 3, head)


def test_a_proof_holds_up_to_a_head_that_was_printed_before_later_work(near: City) -> None:
    record = worked(near)
    proof = proof_file(near.service.database, record)
    head = verify(near.service.database).head
    near.laptops[0].new()
    near.sync()
    assert check_proof(proof, head).head == head


@pytest.mark.parametrize("what", ["op", "result", "way", "head", "block", "nothing"])
def test_a_proof_that_was_touched_does_not_hold(near: City, what: str) -> None:
    said = json.loads(proof_file(near.service.database, worked(near)))
    if what == "op":
        said["ops"][0]["op"]["edits"]["items"] = "999"
    elif what == "result":
        said["ops"][0]["result"] = said["ops"][0]["result"].replace("applied", "merged")
    elif what == "way":
        said["ops"][0]["way"] = [["left", "00" * 32]]
    elif what == "head":
        said["head"] = "00" * 32
    elif what == "block":
        del said["blocks"][1]
    else:
        said = []
    with pytest.raises(InputError):
        check_proof(json.dumps(said).encode())


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=40), st.data())
def test_every_entry_leads_to_the_root_and_no_other_does(entries: list[bytes], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(entries) - 1))
    way = proof_of(entries, place)
    assert led_to(entries[place], way) == root_of(entries)
    assert led_to(entries[place] + b"!", way) != root_of(entries)


def test_the_commands_print_what_holds_and_what_does_not(
    near: City, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = worked(near)
    data, out = str(near.folder / "gateway"), tmp_path / "proof.json"
    number = near.laptops[0].record(record).reference
    assert main(["gateway", "verify", "--data", data]) == 0
    head = capsys.readouterr().out.strip().rpartition(" ")[2]
    assert main(["gateway", "proof", "--data", data, number, "--out", str(out)]) == 0
    assert main(["gateway", "check-proof", str(out), "--head", head]) == 0
    assert main(["gateway", "alarms", "--data", data]) == 0
    execute(near, "UPDATE op SET payload = '{}' WHERE n = 1")
    assert main(["gateway", "verify", "--data", data]) == 1


@pytest.mark.parametrize("data", [b"", b"null", b"[]", b"{}", b"[" * 100_000])
def test_what_is_no_proof_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(InputError, match="no proof"):
        check_proof(data)
