"""One-line sabotages of what must never fail, and the tests that have to notice."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sabotage:
    """`was` stands exactly once in `file` and becomes `now`, and `also` the pairs of what would hide it there; then one
    of `tests` must fail. A test's name may be followed by `-k` and a word."""

    name: str
    file: str
    was: str
    now: str
    tests: str
    also: tuple[tuple[str, str], ...] = ()

    def spoilt(self, text: str) -> str:
        """The file's text with the bug in it."""
        for was, now in ((self.was, self.now), *self.also):
            assert text.count(was) == 1, f"{self.name}: {was!r} stands {text.count(was)} times in {self.file}"
            text = text.replace(was, now)
        return text


EXACTLY_ONCE, RULES, FILES = "tests/sync/test_exactly_once.py", "tests/sync/test_rules.py", "tests/sync/test_files.py"
QUEUE = "tests/sync/test_file_queue.py"
SABOTAGES = (
    Sabotage(
        "synchronous NORMAL",
        "fieldapp/store/sqlcipher.py",
        '"PRAGMA synchronous = FULL"',
        '"PRAGMA synchronous = NORMAL"',
        "tests/store/test_database.py::test_durability_settings_hold",
    ),
    Sabotage(
        "half a transaction stays",
        "fieldapp/store/sqlcipher.py",
        'connection.execute("ROLLBACK")',
        'connection.execute("COMMIT")',
        "tests/store/test_database.py::test_a_transaction_that_breaks_off_leaves_nothing",
    ),
    Sabotage(
        "the cursor runs ahead of its rows",
        "sync/pulling.py",
        "following = page.next if rows is pieces[-1] else rows[-1].seq",
        "following = page.next",
        f"{EXACTLY_ONCE}::test_i07_a_page_and_its_cursor_come_together_or_not_at_all",
    ),
    Sabotage(
        "a bucket is called whole before it is",
        "sync/pulling.py",
        "whole = page.next if rows is pieces[-1] else 0",
        "whole = page.next",
        f"{EXACTLY_ONCE}::test_i07_a_page_and_its_cursor_come_together_or_not_at_all",
    ),
    Sabotage(
        "the answer is not kept with the effect",
        "sync/gateway/batch.py",
        "ledger.keep(self._tx, [(one, change, told[id(result)]) for one, change, result in self._kept])",
        "ledger.keep(self._tx, [])",
        f"{EXACTLY_ONCE}::test_the_same_op_again_gets_the_same_answer",
    ),
    Sabotage(
        "two processes judge one record at once",
        "sync/gateway/transactions.py",
        'told.replace(LOCKED, "FOR UPDATE")',
        'told.replace(LOCKED, "")',
        "tests/sync/gateway/test_postgres.py::test_edits_of_one_record_by_two_people_at_once_all_survive",
    ),
    Sabotage(
        "another op under the same key is taken for the first",
        "sync/gateway/batch.py",
        "if digest == received.digest and received",
        "if digest and received",
        f"{EXACTLY_ONCE}::test_i05_another_op_under_the_same_id_is_refused",
    ),
    Sabotage(
        "one bad op fails its whole batch",
        "sync/gateway/batch.py",
        'log.exception("op %s could not be judged", change.id)',
        "raise",
        f"{EXACTLY_ONCE}::test_an_op_that_cannot_be_judged_is_asked_for_again_and_stops_no_other",
    ),
    Sabotage(
        "what comes behind a refused op is taken",
        "sync/gateway/batch.py",
        "if change.record in self._held:",
        "if change.record in ():",
        f"{EXACTLY_ONCE}::test_i14_what_comes_behind_a_refused_op_of_the_same_record_is_blocked",
    ),
    Sabotage(
        "anybody's op under anybody's sign-in",
        "sync/gateway/batch.py",
        "if {change.principal, change.actor} != {self._person.id}:",
        "if change.principal == self._person.id != change.actor:",
        f"{RULES}::test_an_op_of_another_person_is_refused_and_not_burnt",
    ),
    Sabotage(
        "a laptop sends what others did",
        "fieldapp/store/journal.py",
        "AND principal = :me AND NOT EXISTS",
        "AND principal <> '' AND NOT EXISTS",
        "tests/store/test_journal.py::test_nothing_leaves_under_another_sign_in",
    ),
    Sabotage(
        "the last one wins",
        "fieldapp/merging.py",
        "if theirs == base:",
        "if theirs == base or base != mine:",
        "tests/sync/test_merge.py::test_a_clash_keeps_both_with_their_authors",
    ),
    Sabotage(
        "a list is one value",
        "fieldapp/merging.py",
        "if kind is Kind.SET:",
        "if kind is None:",
        "tests/sync/test_classes.py::test_several_choices_are_merged_one_by_one",
    ),
    Sabotage(
        "a note loses a line",
        "fieldapp/merging.py",
        'return "\\n".join([theirs, *added])',
        "return theirs",
        "tests/test_merging.py::test_i11_notes_never_lose_a_line",
    ),
    Sabotage(
        "an author decides",
        "sync/gateway/decisions.py",
        "or person.id in parties:",
        "or not parties:",
        "tests/sync/test_decisions.py::test_a_supervisor_who_took_one_of_the_steps_cannot_decide",
    ),
    Sabotage(
        "another ward's record can be changed",
        "sync/gateway/judge.py",
        "if not reaches(case.person, case.current.fields, case.service.office):",
        "if not in_scope(case.person, next(iter(case.person.wards))):",
        f"{RULES}::test_another_wards_record_is_out_of_reach",
    ),
    Sabotage(
        "everybody's rows go to everybody",
        "sync/gateway/scope.py",
        'if "*" in _wards(person):',
        "if _wards(person):",
        "tests/sync/test_cycle.py::test_i16_an_inspector_gets_only_the_own_wards_rows",
    ),
    Sabotage(
        "an author approves the own record",
        "fieldapp/services/workflow.py",
        "if step.not_author and person.id in authors(record):",
        "if step.not_author and not person.id:",
        f"{RULES}::test_an_author_never_approves_the_own_record",
    ),
    Sabotage(
        "a file that is another gets the name",
        "sync/gateway/blobs.py",
        "if not honest:",
        "if not (honest or whole):",
        f"{FILES}::test_a_corrupt_file_is_refused_whole",
    ),
    Sabotage(
        "a copy leaves before its op is answered",
        "fieldapp/store/copies.py",
        "if over > 0 and sha256 not in needed:",
        "if over > 0:",
        f"{QUEUE}::test_i19_a_copy_leaves_only_when_the_city_has_it_and_the_op_is_answered",
    ),
    Sabotage(
        "a file is called complete before S3 has it",
        "sync/gateway/s3.py",
        "self._bucket.put(staged.sha256, path)",
        "path.exists()",
        "tests/sync/gateway/test_s3.py::test_i19_a_bucket_that_does_not_take_the_file_loses_nothing",
    ),
    Sabotage(
        "a save waits for the end of a long upload",
        "sync/files.py",
        "sent |= urgent()",
        "sent |= False",
        f"{QUEUE}::test_a_save_during_a_long_upload_goes_out_between_two_pieces",
    ),
    Sabotage(
        "a piece is written wherever it comes",
        "sync/gateway/blobs.py",
        "if status.complete or offset != status.offset or",
        "if status.complete or",
        f"{FILES}::test_an_answer_lost_in_mid_upload_costs_no_byte_twice",
    ),
    Sabotage(
        "a row that left stays",
        "fieldapp/store/arrivals.py",
        "return known is not None and self._leave(row, known)",
        "return False",
        "tests/store/test_pages.py::test_a_row_that_left_the_scope_goes",
    ),
    Sabotage(
        "a record that is given to another is not told to have left",
        "sync/gateway/moves.py",
        "if bucket not in names:",
        "if bucket in ():",
        "tests/sync/test_scope.py::test_i16_what_is_given_to_another_leaves",
    ),
    Sabotage(
        "a laptop below the floor is not told",
        "sync/gateway/feed.py",
        "if 0 < since < tally.floor and",
        "if 0 < since < 0 and",
        "tests/sync/test_floor.py::test_i17_a_laptop_that_was_away_past_the_floor_begins_anew_and_ends_equal",
    ),
    Sabotage(
        "own work carries a laptop over the floor",
        "sync/gateway/moves.py",
        "(SELECT floor FROM bucket WHERE name = ?)",
        "(SELECT 0 FROM bucket WHERE name = ?)",
        "tests/sync/test_floor.py::test_i17_own_work_does_not_carry_a_laptop_over_what_is_forgotten",
    ),
    Sabotage(
        "the feed's end is noted with the last row, not before the first",
        "sync/gateway/feed.py",
        "here = Start(start.as_of, rows",
        "here = start = Start(self._head, rows",
        "tests/sync/test_bootstrap.py::test_i6_what_changes_while_a_bucket_comes_is_not_missed",
    ),
    Sabotage(
        "a row that cannot be read is passed over",
        "fieldapp/store/arrivals.py",
        "            shelf.take(row)\n",
        "            pass\n",
        "tests/sync/test_newer.py::test_i21_rows_of_an_unknown_kind_and_bucket_are_kept_and_counted",
    ),
    Sabotage(
        "a purged op takes effect once more",
        "sync/gateway/ledger.py",
        'for table in ("op", "spent")',
        'for table in ("op", "op")',
        "tests/sync/test_floor.py::test_i3_a_purged_op_that_comes_again_takes_no_effect",
    ),
    Sabotage(
        "what differs is not built anew",
        "sync/pulling.py",
        "return [name for name, there in city.items() if here.get(name, (0, 0)) != there]",
        "return [name for name, there in city.items() if here.get(name, there) is None]",
        f"{EXACTLY_ONCE}::test_a_bucket_that_differs_is_built_anew",
    ),
    Sabotage(
        "a restored City is not healed",
        "sync/engine.py",
        "HEALING = timedelta(days=30)",
        "HEALING = timedelta(days=-1)",
        f"{EXACTLY_ONCE}::test_a_restored_city_gets_back_what_it_lost",
    ),
    Sabotage(
        "the chain does not hang together",
        "fieldapp/store/journal.py",
        "link = hashlib.sha256(before + digest).digest()",
        "link = hashlib.sha256(digest).digest()",
        "tests/store/test_journal.py::test_the_chain_shows_every_tampering",
    ),
)
