"""Sabotages of PINs, of the waiting after wrong ones, and of the way back in."""

from __future__ import annotations

from tests.planted.sabotages import Sabotage

PROTECT, GUESSES = "tests/store/test_protect.py", "tests/store/test_guesses.py"
UNLOCKING = (
    Sabotage(
        "a guess is judged before it is noted",
        "fieldapp/store/guesses.py",
        "            self._note(self._failed + 1)\n",
        "            self._failed += 1\n",
        f"{GUESSES}::test_a_program_killed_between_guess_and_note_has_used_the_guess",
    ),
    Sabotage(
        "who deletes the count guesses on",
        "fieldapp/store/guesses.py",
        "        return MANY\n",
        "        return 0\n",
        f"{GUESSES}::test_a_count_that_was_deleted_or_spoilt_waits_longest",
    ),
    Sabotage(
        "a PIN alone opens what lies on the disk",
        "fieldapp/store/wrap.py",
        'return hmac.digest(pepper, made, "sha256") if pepper else made',
        "return made",
        f"{PROTECT}::test_a_pin_is_worth_nothing_with_another_keyrings_part",
    ),
    Sabotage(
        "the keyring goes on giving the key under a PIN",
        "fieldapp/store/keys.py",
        "    if not said.keyring and vaults.got(vault, said.name):\n",
        "    if not said.name:\n",
        f"{PROTECT}::test_a_pin_opens_and_the_keyring_alone_does_not",
    ),
    Sabotage(
        "the City gives a part of a key to whoever asks",
        "sync/gateway/recovery.py",
        '"SELECT part FROM recovery WHERE person = ? AND name = ?", (person, name))',
        "\"SELECT part FROM recovery WHERE ? <> '' AND name = ?\", (person, name))",
        "tests/sync/gateway/test_key_parts.py::test_nobody_else_gets_it_whatever_their_role",
    ),
)
