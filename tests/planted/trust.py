"""Sabotages of what proves itself: journals, the history, orders, standing in, the log, what leaves."""

from __future__ import annotations

from tests.planted.sabotages import Sabotage

GATEWAY = "tests/sync/gateway"
DELEGATION = f"{GATEWAY}/test_delegation.py"
BELIEVING = (
    "except InvalidSignature:\n"
    "        order = decoded(Order, said.text.encode())\n"
    "    except (ValueError, ProtocolError):"
)
TRUST = (
    Sabotage(
        "a Change that was altered on its laptop raises no alarm",
        "sync/gateway/chains.py",
        "if chain.head and said.before != chain.digest:",
        "if chain.head and said.before == 'never':",
        f"{GATEWAY}/test_chains.py::test_an_op_that_was_altered_on_the_laptop_is_taken_and_raises_an_alarm[near]",
    ),
    Sabotage(
        "a restored store goes on in its old chain",
        "fieldapp/store/chain.py",
        'tx.execute("UPDATE chain SET name = lower(hex(randomblob(8)))")',
        'tx.execute("UPDATE chain SET name = name")',
        f"{GATEWAY}/test_chains.py::test_i20_a_restored_store_begins_another_chain_and_raises_no_alarm",
    ),
    Sabotage(
        "the history's blocks do not hang together",
        "sync/gateway/chronicle.py",
        "sealed = block_hash(before[0] if before else START, n, at, root)",
        "sealed = block_hash(START, n, at, root)",
        f"{GATEWAY}/test_history_chain.py::test_a_history_that_nobody_touched_holds[near]",
    ),
    Sabotage(
        "a laptop obeys an order that is for another one",
        "sync/revoking.py",
        "return order if (order.device, order.person) == (store.device, person.id) else None",
        "return order",
        f"{GATEWAY}/test_revoked.py::test_a_lying_server_erases_nothing",
    ),
    Sabotage(
        "a laptop obeys whoever signs",
        "sync/revoking.py",
        "except (InvalidSignature, ValueError, ProtocolError):",
        BELIEVING,
        f"{GATEWAY}/test_revoked.py::test_a_lying_server_erases_nothing",
    ),
    Sabotage(
        "any absence gives the role",
        "sync/gateway/judge.py",
        "absences = tuple(one for one in case.person.stands_in if one.giver == giver)",
        "absences = case.person.stands_in",
        f"{DELEGATION}::test_what_does_not_hold_at_the_moment_of_judging_is_refused",
    ),
    Sabotage(
        "what is shown is not noted",
        "fieldapp/actions/reveal.py",
        'desk.store.log.add(REVEALED, desk.person.id, record_id, {"path": path, "number": record.reference})',
        "REVEALED.strip()",
        f"{GATEWAY}/test_audit.py::test_a_reveal_is_noted_offline_and_reaches_the_city_once[near]",
    ),
    Sabotage(
        "what leaves the laptop takes its fingerprint along",
        "fieldapp/store/retention.py",
        "fields = '{{}}' WHERE n = ?",
        "fields = '{{}}', fp = NULL WHERE n = ?",
        "tests/sync/test_retention.py::test_i09_a_closed_record_leaves_with_its_photo_and_both_sides_still_agree",
    ),
)
