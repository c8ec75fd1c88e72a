"""Sabotages of official numbers: each would let one stand on two papers, or vanish."""

from __future__ import annotations

from tests.planted.sabotages import Sabotage

NUMBERS = "tests/sync/numbers"
OFFICIAL = (
    Sabotage(
        "a number is taken and stays free",
        "fieldapp/store/numbers.py",
        'tx.execute("UPDATE number_block SET next = next + 1 WHERE id = ?", (block.id,))',
        'tx.execute("UPDATE number_block SET next = next WHERE id = ?", (block.id,))',
        f"{NUMBERS}/test_blocks.py -k two_devices_never_have_the_same_number",
    ),
    Sabotage(
        "a lost answer brings a second block",
        "sync/numbers.py",
        "return not asked and not no",
        "return not no",
        f"{NUMBERS}/test_blocks.py -k i03_a_lost_answer",
    ),
    Sabotage(
        "the City does not look whether a number was used",
        "sync/gateway/issuing.py",
        "if taken or (known and known != (USED, change.record)):",
        "if taken and known:",
        f"{NUMBERS}/test_refusals.py -k a_number_stands_on_one_record_only",
    ),
    Sabotage(
        "a store that went back trusts its old blocks",
        "fieldapp/store/restore.py",
        "if not (found and found[0].numbers):",
        "if not found:",
        f"{NUMBERS}/test_restore.py -k where_nothing_could_be_rescued",
    ),
    Sabotage(
        "what the newer file took is taken again",
        "fieldapp/store/numbers.py",
        "next = max(next, excluded.next)",
        "next = min(next, excluded.next)",
        f"{NUMBERS}/test_restore.py -k a_store_that_went_back_never_uses_a_number_again",
        also=(
            (
                'tx.execute("UPDATE number_block SET next = ? WHERE id = ?", (at + 1, block.id))',
                'tx.execute("UPDATE number_block SET next = ? WHERE id = ?", (block.next, block.id))',
            ),
        ),
    ),
    Sabotage(
        "a City that went back hands the same numbers out again",
        "sync/gateway/transactions.py",
        "SET v = v + 1000 WHERE",
        "SET v = v WHERE",
        f"{NUMBERS}/test_restore.py -k a_city_that_went_back",
    ),
)
