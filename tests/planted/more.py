"""More sabotages: of the line, the sign-in, files, merging, the disk, and what only several writers show."""

from __future__ import annotations

from tests.planted.sabotages import EXACTLY_ONCE, FILES, Sabotage

CUTS = "tests/system/test_power_cuts.py"
LAPTOP_CUT = f"{CUTS}::test_i01_i02_a_power_cut_takes_nothing_that_was_called_saved"
CITY_CUT = f"{CUTS}::test_i03_i19_a_power_cut_at_the_city_takes_back_no_answer"
RENEWAL, SIGNING_IN = "tests/sync/sign_in/test_renewal.py", "tests/sync/sign_in/test_signing_in.py"
MERGE, HTTP, TOKENS = "tests/sync/test_merge.py", "tests/sync/test_http.py", "tests/sync/gateway/test_tokens.py"
BEGINNING = "tests/sync/test_cursor.py::test_i06_a_laptop_that_begins_while_others_write_skips_nothing[shared]"
SAID = "return self._connection.execute(spoken(sql), tuple(values))"
ALONE = """if "'feed' RETURNING" in sql:
            with psycopg.connect(self._connection.info.dsn, autocommit=True) as alone:
                return alone.execute(spoken({sql}), tuple(values))
        return self._connection.execute(spoken(sql), tuple(values))"""  # on a line of its own: committed at once
CLOCK = 'sql.replace("v + ?", "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint + ?")'

MORE = (
    Sabotage(
        "the counter is taken before the commit",
        "sync/gateway/postgres.py",
        SAID,
        ALONE.format(sql="sql"),
        BEGINNING,
    ),
    Sabotage("a timestamp is the cursor", "sync/gateway/postgres.py", SAID, ALONE.format(sql=CLOCK), BEGINNING),
    Sabotage(
        "synchronous NORMAL, and the power goes",
        "fieldapp/store/sqlcipher.py",
        '"PRAGMA synchronous = FULL"',
        '"PRAGMA synchronous = NORMAL"',
        LAPTOP_CUT,
    ),
    Sabotage(
        "a photo is named before it is on the disk",
        "fieldapp/store/durable.py",
        "os.fsync(target.fileno())",
        "target.fileno()",
        LAPTOP_CUT,
    ),
    Sabotage(
        "a new store's folder may be gone after a power cut",
        "fieldapp/store/durable.py",
        "    folder.mkdir(mode, exist_ok=True)\n    sync_folder(folder.parent)",
        "    folder.mkdir(mode, exist_ok=True)",
        LAPTOP_CUT,
    ),
    Sabotage(
        "a piece is answered before it is on the disk",
        "sync/gateway/blobs.py",
        "os.fsync(file.fileno())",
        "file.fileno()",
        CITY_CUT,
    ),
    Sabotage(
        "an op that cannot be read fails its whole batch",
        "sync/gateway/batch.py",
        'return self._refused(received, Refusal("malformed", tr("This change cannot be read: {why}", why=fault)))',
        "raise",
        f"{EXACTLY_ONCE}::test_a_poisoned_op_does_not_stop_the_others",
    ),
    Sabotage(
        "an outage lays everything aside",
        "sync/pushing.py",
        "if len(sending.suspects) > 1 and not sending.answered:",
        "if not sending.suspects and not sending.answered and sending.results is None:",
        "tests/sync/test_poison.py::test_i13_two_bad_ops_are_told_from_a_bad_gateway_as_soon_as_another_passes",
    ),
    Sabotage(
        "the laptop's clock orders its journal",
        "fieldapp/store/journal.py",
        "json_each(:skip)) ORDER BY seq LIMIT :limit",
        "json_each(:skip)) ORDER BY json_extract(payload, '$.at'), seq LIMIT :limit",
        "tests/sync/test_simulation.py -k i15",
    ),
    Sabotage(
        "who agrees is in conflict",
        "fieldapp/merging.py",
        "if mine in {theirs, base}:",
        "if mine == base:",
        f"{MERGE}::test_i12_equal_edits_are_no_conflict",
    ),
    Sabotage(
        "an older answer overwrites the newer row",
        "fieldapp/store/rebase.py",
        "if result.rev <= city.rev and city.rev:",
        "if result.rev < 0 and city.rev:",
        "tests/store/test_rebase.py::test_an_old_answer_changes_nothing",
    ),
    Sabotage(
        "what is unsent goes with the row",
        "fieldapp/store/saves.py",
        "forget(tx, [n for n, place in left if place == Place.CITY])",
        "forget(tx, [n for n, _ in left])",
        "tests/store/test_pages.py",
    ),
    Sabotage(
        "any answer to the browser signs in",
        "sync/sign_in/loopback.py",
        'elif not secrets.compare_digest(said.get("state", "").encode(), state.encode()):',
        'elif not said.get("state"):',
        f"{SIGNING_IN}::test_a_wrong_state_is_refused",
    ),
    Sabotage(
        "a refresh token is used without a note of it",
        "sync/sign_in/source.py",
        "self._note(replace(self._tokens, in_use=stamp(self._clock.now())))",
        "self._tokens = replace(self._tokens, in_use=stamp(self._clock.now()))",
        f"{RENEWAL}::test_the_use_of_a_refresh_token_is_noted_before_it_happens",
    ),
    Sabotage(
        "each thread renews for itself",
        "sync/sign_in/source.py",
        "return self._renewed() if self._tokens.access == refused else self._tokens.access",
        "return self._renewed()",
        f"{RENEWAL}::test_four_threads_whose_token_was_refused_make_one_request",
    ),
    Sabotage(
        "a renewal for somebody else is used",
        "sync/sign_in/source.py",
        "if not same_subject(answer, registration.issuer, registration.client_id, before.subject):",
        "if not before.subject:",
        f"{RENEWAL}::test_a_renewal_for_somebody_else_is_not_used",
    ),
    Sabotage(
        "a token for another application opens the gateway",
        "sync/sign_in/signed.py",
        'aud={"essential": True, "value": audience},',
        'aud={"essential": bool(audience)},',
        f"{TOKENS}::test_a_token_opens_nothing",
    ),
    Sabotage(
        "work leaves under the sign-in of the moment",
        "sync/engine.py",
        "if hello.person.id != self.principal:",
        "if not hello.person.id:",
        "tests/sync/sign_in/test_sending.py::test_ops_of_somebody_else_are_never_sent_with_this_sign_in",
    ),
    Sabotage(
        "a captive portal's page is taken for the City",
        "sync/adapters/gateway.py",
        "if said.nonce != nonce:",
        "if said.nonce is None:",
        HTTP,
    ),
    Sabotage(
        "a file is called sent when it has begun",
        "sync/uploads.py",
        "            if status.complete:\n                self._store.exchange.blob_confirmed",
        "            if status.announced:\n                self._store.exchange.blob_confirmed",
        "tests/sync/test_bad_line.py -k i03_i09_everything_arrives_once_although",
    ),
    Sabotage(
        "a file that nobody named is taken",
        "sync/gateway/person.py",
        "if size not in sizes:",
        "if sizes and size not in sizes:",
        f"{FILES}::test_what_no_op_named_is_not_taken",
    ),
    Sabotage(
        "the screen waits for its disk",
        "ui/bridge.py",
        "        if self._closed:  # there is",
        "        if job:  # there is",
        "tests/ui/shell/test_watchdog.py",
    ),
)
