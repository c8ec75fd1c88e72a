"""The file: what it shows to a thief, a wrong key or an older FieldApp; damage, crashes and a full disk."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from sqlite_utils import Database

from fieldapp.errors import DamagedStoreError, LockedStoreError, NewerStoreError, StoreError
from fieldapp.store import database as files
from fieldapp.store import migrations
from fieldapp.store.sqlcipher import connect
from tests.support.store import KEY, make_change, make_store

RESIDENT = "Wren Quillfeather"


def test_no_file_of_the_store_holds_readable_text(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    change = make_change(edits={"contact/name": RESIDENT})
    store.commit(change, seal=True)
    store.blobs.put(RESIDENT.encode() * 100, "text/plain", name=f"{RESIDENT}.txt")
    store.search("wren")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.name for path in files} >= {"store.db", "store.db-wal"}
    for path in files:
        content = path.read_bytes()
        for word in (b"Quillfeather", b"quillfeather", b"contact", b"CREATE TABLE", b"SQLite format"):
            assert word not in content, path.name
        assert "Quillfeather" not in path.name
        assert change.record not in path.name
    store.close()


def test_a_wrong_key_cannot_unlock_and_touches_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    make_store(tmp_path).close()
    before = _contents(tmp_path)
    with pytest.raises(LockedStoreError, match="cannot unlock"):
        make_store(tmp_path, key=bytes(32))
    assert _contents(tmp_path) == before
    assert capfd.readouterr().err == ""
    make_store(tmp_path).close()


def test_a_wrong_key_after_a_crash_touches_nothing_either(tmp_path: Path) -> None:
    change = make_change()
    store = make_store(tmp_path)
    store.commit(change, seal=True)
    for name in ("store.db", "store.db-wal"):
        (tmp_path / "copy").mkdir(exist_ok=True)
        (tmp_path / "copy" / name).write_bytes((tmp_path / name).read_bytes())
    store.close()
    with pytest.raises(LockedStoreError):
        make_store(tmp_path / "copy", key=bytes(32))
    again = make_store(tmp_path / "copy")
    assert again.record(change.record)
    again.close()


def test_a_newer_file_is_refused_and_untouched(tmp_path: Path) -> None:
    make_store(tmp_path).close()
    writer = connect(tmp_path / "store.db", KEY)
    writer.execute(f"PRAGMA user_version = {migrations.LATEST + 1}")
    writer.close()
    before = _contents(tmp_path)
    with pytest.raises(NewerStoreError):
        make_store(tmp_path)
    assert _contents(tmp_path) == before


def test_damage_found_after_a_crash_moves_the_file_aside_whole(tmp_path: Path) -> None:
    damaged = _crashed_and_damaged(tmp_path)
    with pytest.raises(DamagedStoreError, match="damaged-") as caught:
        make_store(tmp_path)
    [aside] = tmp_path.glob("damaged-*")
    assert str(aside) in str(caught.value)
    assert (aside / "store.db").read_bytes() == damaged
    make_store(tmp_path).close()
    assert (aside / "store.db").exists()


def test_damage_met_while_running_is_found_at_the_next_opening(tmp_path: Path) -> None:
    _damage(tmp_path)
    store = make_store(tmp_path)
    with pytest.raises(DamagedStoreError):
        store.check()
    store.close()
    with pytest.raises(DamagedStoreError, match="moved aside"):
        make_store(tmp_path)


def test_a_clean_end_leaves_no_log(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    store.commit(make_change(), seal=True)
    assert (tmp_path / "store.db-wal").exists()
    store.close()
    store.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["blobs", "store.db", "store.lock", "store.made"]


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.record("r1")
    with pytest.raises(StoreError, match="closed"):
        store.commit(make_change(), seal=False)


def test_an_existing_file_is_copied_before_it_is_migrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change = make_change()
    store = make_store(tmp_path)
    store.commit(change, seal=True)
    store.close()

    before = migrations.LATEST

    def m0099_next_year(db: Database) -> None:
        db.execute("CREATE TABLE of_next_year (x)")

    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, m0099_next_year))
    monkeypatch.setattr(migrations, "LATEST", before + 1)
    store = make_store(tmp_path)
    assert store.record(change.record)
    store.close()
    [backup] = (tmp_path / "backups").iterdir()
    old = connect(backup, KEY)
    assert old.execute("PRAGMA user_version").fetchone() == (before,)
    assert old.execute("SELECT count(*) FROM journal").fetchone() == (1,)
    old.close()


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_store(tmp_path).close()

    before = migrations.LATEST

    def m0099_broken(db: Database) -> None:
        db.execute("CREATE TABLE half (x)")
        raise ValueError("broken")

    with monkeypatch.context() as patch:
        patch.setattr(migrations, "STEPS", (*migrations.STEPS, m0099_broken))
        patch.setattr(migrations, "LATEST", before + 1)
        with pytest.raises(ValueError, match="broken"):
            make_store(tmp_path)
    database = files.Database.open(tmp_path, KEY)
    assert database.read("SELECT count(*) FROM sqlite_master WHERE name = 'half'") == [(0,)]
    assert database.read("PRAGMA user_version") == [(migrations.LATEST,)]
    database.close()


def test_durability_settings_hold(tmp_path: Path) -> None:
    database = files.Database.open(tmp_path, KEY)
    with database.write() as tx:
        found = {name: tx.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")}
    assert found == {"journal_mode": "wal", "synchronous": 2}
    with pytest.raises(Exception, match="readonly"):
        database.read("DELETE FROM record")
    database.close()


def test_readers_in_other_threads_never_wait_for_a_write(tmp_path: Path) -> None:
    database = files.Database.open(tmp_path, KEY)
    seen: list[object] = []
    with database.write() as tx:
        tx.execute("INSERT INTO setting VALUES ('a', '1')")
        reader = threading.Thread(target=lambda: seen.extend(database.read("SELECT * FROM setting")))
        reader.start()
        reader.join(2)
        assert not reader.is_alive()
    assert seen == []
    assert database.read("SELECT * FROM setting") == [("a", "1")]
    database.close()


def test_sqlite_utils_is_only_imported_for_schema_work(tmp_path: Path) -> None:
    make_store(tmp_path).close()
    code = (
        "import sys; from pathlib import Path; from tests.support.store import make_store, make_change\n"
        f"store = make_store(Path({str(tmp_path)!r})); store.commit(make_change(), seal=True); store.close()\n"
        "print('sqlite_utils' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from fieldapp.errors import DiskError
from tests.support.store import make_change, make_store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = make_store(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, resource.RLIM_INFINITY))
try:
    while True:
        change = make_change(edits={"note": "x" * 3000})
        store.commit(change, seal=True)
        print(change.id, flush=True)
except DiskError as fault:
    print("DiskError", fault, file=sys.stderr)
assert store.record(change.record) is None
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
store.commit(change, seal=True)
print(change.id, flush=True)
store.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits the size of files as POSIX does")
def test_a_transaction_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    with suppress(ZeroDivisionError), store._database.write() as tx:
        tx.execute("INSERT INTO setting VALUES ('half', 'done')")
        raise ZeroDivisionError
    assert store.setting("half") == ""
    store.close()


def test_a_full_disk_fails_that_save_only(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FULL_DISK, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ})
    assert done.returncode == 0, done.stderr
    assert "the disk is full or cannot be written" in done.stderr
    saved = done.stdout.split()
    store = make_store(tmp_path)
    assert len(saved) > 20
    assert {change.id for change in store.exchange.pending("m.tremblay", 10**6, 10**9)} == set(saved)
    assert store.check() == []
    store.close()


def _contents(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.db")}


def _damage(folder: Path) -> bytes:
    """A store of some size with a bit flipped in each page of its second half."""
    store = make_store(folder)
    for _ in range(200):
        store.commit(make_change(edits={"note": "n" * 2000}), seal=True)
    store.close()
    content = bytearray((folder / "store.db").read_bytes())
    for place in range(len(content) // 8192 * 4096 + 100, len(content), 4096):
        content[place] ^= 1
    (folder / "store.db").write_bytes(content)
    return bytes(content)


def _crashed_and_damaged(folder: Path) -> bytes:
    content = _damage(folder)
    (folder / "store.db-wal").write_bytes(b"")
    return content


@pytest.mark.parametrize("loss", ["emptied", "gone"])
def test_a_store_that_lost_its_content_is_not_taken_for_a_new_one(tmp_path: Path, loss: str) -> None:
    make_store(tmp_path).close()
    (tmp_path / "store.db").write_bytes(b"") if loss == "emptied" else (tmp_path / "store.db").unlink()
    with pytest.raises(DamagedStoreError, match="damaged-"):
        make_store(tmp_path)
    make_store(tmp_path).close()
