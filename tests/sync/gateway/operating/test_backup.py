"""A backup of a City at work, and a City that is made of one: laptops heal what it lacks."""

from __future__ import annotations

import errno
import json
import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from fieldapp.clock import FixedClock
from fieldapp.errors import RefusedError, StoreError
from fieldapp.services import Catalogue
from fieldapp.store.claim import Claim
from sync.gateway.blobs import Files
from sync.gateway.operating import backup
from sync.gateway.operating.backup import LOCK, back_up
from sync.gateway.operating.manifest import Manifest, blob_path
from sync.gateway.operating.restore import check_backup, restore
from sync.gateway.postgres import PostgresDatabase
from sync.gateway.server import GatewayServer
from tests.support import postgres
from tests.support.gateway import CHIEF, CLERK, City, Laptop, make_service, some_bytes
from ui.__main__ import main

NOW = FixedClock().now()


def with_photo(laptop: Laptop, seed: int) -> tuple[str, str]:
    """A record with a photo; its id and the photo's hash."""
    photo = laptop.photo(some_bytes(5000, seed))
    return laptop.new({"photos/one": f"{photo.sha256}.jpg"}, attachments=(photo,)), photo.sha256


def served_from(city: City, folder: Path, database: PostgresDatabase | None = None) -> None:
    """The gateway anew over `folder`, at another port; laptops are told its address."""
    assert city.server
    city.server.stop()
    city.service.close()
    city.service = make_service(folder, city.service.catalogue, database=database)
    city.server = GatewayServer(city.service)
    city.server.start()
    for laptop in city.laptops:
        laptop.api = city.api(laptop.person)
        laptop.engine = type(laptop.engine)(laptop.store, laptop.api, laptop.person, laptop.clock)


def test_a_place_that_is_full_is_named_and_left_as_it_was(
    near: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_photo(near.laptop(CLERK), 1)
    near.sync()
    back_up(tmp_path / "gateway", tmp_path / "backup", NOW)
    before = sorted(tmp_path.glob("backup/**/*"))
    with_photo(near.laptops[0], 2)
    near.sync()

    def full(_folder: Path, _pour: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(backup, "place_durably", full)
    with pytest.raises(StoreError, match=r"too little room in .*backup: .* MB are free. The City is untouched"):
        back_up(tmp_path / "gateway", tmp_path / "backup", NOW + timedelta(days=1))
    assert [one for one in sorted(tmp_path.glob("backup/**/*")) if one.is_file()] == [
        one for one in before if one.is_file()
    ]
    assert check_backup(tmp_path / "backup").records


def test_a_city_made_of_a_backup_is_healed_by_its_laptops(far: City, tmp_path: Path) -> None:
    clerk, chief = far.laptop(CLERK), far.laptop(CHIEF)
    kept, photo = with_photo(clerk, 1)
    far.sync()
    epoch = far.service.database.epoch
    back_up(tmp_path / "gateway", tmp_path / "backup", NOW)
    lost, later = with_photo(clerk, 2)
    clerk.edit(kept, {"items/b": "after the backup"})
    far.sync()
    restore(tmp_path / "backup", tmp_path / "restored")
    served_from(far, tmp_path / "restored")
    assert far.service.database.epoch != epoch
    assert far.count("record") == 1
    far.sync()
    assert all(laptop.sync().equal for laptop in far.laptops)
    assert chief.record(lost) == clerk.record(lost)
    assert chief.answer(kept, "items/b") == "after the backup"
    assert far.service.files.whole([photo, later]) == {photo, later}


@pytest.mark.xdist_group("postgres")
def test_a_city_on_postgresql_goes_into_another_database(
    far: City, cluster: str, catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", postgres.tools(), prepend=os.pathsep)
    with postgres.schema(cluster) as first:
        served_from(far, tmp_path / "on", PostgresDatabase(first))
        clerk, chief = far.laptop(CLERK), far.laptop(CHIEF)
        kept, photo = with_photo(clerk, 1)
        far.sync()
        made = back_up(tmp_path / "on", tmp_path / "backup", NOW, database=first)
        clerk.edit(kept, {"items/b": "after the backup"})
        far.sync()
        epoch = far.service.database.epoch
        with pytest.raises(RefusedError, match="already"):
            restore(tmp_path / "backup", tmp_path / "restored", database=first)
        database = PostgresDatabase(first)
        with database.write() as tx:
            schema = tx.execute("SELECT current_schema()").fetchone()[0]
            tx.execute(f"DROP SCHEMA {schema} CASCADE")
            tx.execute(f"CREATE SCHEMA {schema}")
        database.close()
        restore(tmp_path / "backup", tmp_path / "restored", database=first)
        served_from(far, tmp_path / "restored", PostgresDatabase(first))
        assert made.manifest.epoch == epoch != far.service.database.epoch
        far.sync()
        assert all(laptop.sync().equal for laptop in far.laptops)
        assert chief.answer(kept, "items/b") == "after the backup"
        assert far.service.files.whole([photo]) == {photo}
        assert far.server
        far.server.stop()
        far.service.close()
        far.server, far.service = None, make_service(tmp_path / "end", catalogue)


def test_the_next_backup_copies_only_new_files_and_drops_what_the_city_dropped(near: City, tmp_path: Path) -> None:
    clerk = near.laptop(CLERK)
    photos = [with_photo(clerk, seed)[1] for seed in (1, 2)]
    near.sync()
    first = back_up(tmp_path / "gateway", tmp_path / "backup", NOW)
    near.service.files.drop(photos[0])
    photos.append(with_photo(clerk, 3)[1])
    near.sync()
    second = back_up(tmp_path / "gateway", tmp_path / "backup", NOW.replace(year=2027))
    assert (first.added, second.added) == (2, 1)
    assert second.manifest.blobs == sorted(photos[1:])
    assert not (tmp_path / "backup" / blob_path(photos[0])).exists()
    assert len(list((tmp_path / "backup").glob("records-*"))) == 1
    assert check_backup(tmp_path / "backup") == second.manifest


def test_a_backup_that_was_cut_off_leaves_the_one_before_whole(
    near: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_photo(near.laptop(CLERK), 1)
    near.sync()
    first = back_up(tmp_path / "gateway", tmp_path / "backup", NOW).manifest
    with monkeypatch.context() as cut:
        cut.setattr(Manifest, "write", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            back_up(tmp_path / "gateway", tmp_path / "backup", NOW.replace(year=2027))
    assert check_backup(tmp_path / "backup") == first


def test_a_file_that_the_disk_damaged_is_not_copied(near: City, tmp_path: Path) -> None:
    _, photo = with_photo(near.laptop(CLERK), 1)
    near.sync()
    Files(tmp_path / "gateway" / "blobs").path(photo).write_bytes(b"something else")
    with pytest.raises(StoreError, match="look at the disk"):
        back_up(tmp_path / "gateway", tmp_path / "backup", NOW)


@pytest.mark.parametrize("damage", ["records", "blob", "manifest"])
def test_a_damaged_backup_is_refused_and_nothing_is_written(near: City, tmp_path: Path, damage: str) -> None:
    _, photo = with_photo(near.laptop(CLERK), 1)
    near.sync()
    made = back_up(tmp_path / "gateway", tmp_path / "backup", NOW).manifest
    name = {"records": made.records, "blob": blob_path(photo), "manifest": "manifest.json"}[damage]
    path = tmp_path / "backup" / name
    path.write_bytes(path.read_bytes()[:-7])
    with pytest.raises(RefusedError):
        restore(tmp_path / "backup", tmp_path / "restored")
    assert not (tmp_path / "restored").exists()


def test_a_manifest_that_leads_out_of_its_folder_is_refused(near: City, tmp_path: Path) -> None:
    made = back_up(tmp_path / "gateway", tmp_path / "backup", NOW).manifest
    replace(made, hashes={**made.hashes, "../gateway/gateway.db": ""}).write(tmp_path / "backup")
    with pytest.raises(RefusedError, match="cannot be read"):
        check_backup(tmp_path / "backup")


def test_a_place_that_is_not_empty_is_left_as_it_is(near: City, tmp_path: Path) -> None:
    back_up(tmp_path / "gateway", tmp_path / "backup", NOW)
    before = (tmp_path / "gateway" / "gateway.db").read_bytes()
    with pytest.raises(RefusedError, match="not empty"):
        restore(tmp_path / "backup", tmp_path / "gateway")
    assert (tmp_path / "gateway" / "gateway.db").read_bytes() == before


def test_a_folder_of_something_else_is_no_place_for_a_backup(near: City, tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "gateway" / "inside"):
        with pytest.raises(RefusedError):
            back_up(tmp_path / "gateway", folder, NOW)


def test_two_backups_at_once_do_not_meet(near: City, tmp_path: Path) -> None:
    made = back_up(tmp_path / "gateway", tmp_path / "backup", NOW).manifest
    claim = Claim.on(tmp_path / "backup", LOCK)
    with pytest.raises(RefusedError, match="Another backup"):
        back_up(tmp_path / "gateway", tmp_path / "backup", NOW.replace(year=2027))
    claim.release()
    assert check_backup(tmp_path / "backup") == made


def test_the_commands(near: City, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    backup, restored = str(tmp_path / "backup"), str(tmp_path / "restored")
    assert main(["gateway", "backup", backup, "--data", str(tmp_path / "gateway")]) == 0
    assert main(["gateway", "check-backup", backup]) == 0
    assert main(["gateway", "restore", backup, "--data", restored]) == 0
    assert "compare and heal" in capsys.readouterr().out
    assert main(["gateway", "verify", "--data", restored]) == 0


def test_a_backup_that_fails_each_night_leaves_no_copy_each_night(near: City, tmp_path: Path) -> None:
    _, photo = with_photo(near.laptop(CLERK), 1)
    near.sync()
    path = Files(tmp_path / "gateway" / "blobs").path(photo)
    path.write_bytes(b"damaged")
    for night in range(2):
        with pytest.raises(StoreError, match="not as it came"):
            back_up(tmp_path / "gateway", tmp_path / "backup", NOW + timedelta(days=night))
    assert not [one.name for one in (tmp_path / "backup").iterdir() if one.name.startswith(("records-", "kept-"))]


def test_a_bucket_that_is_none_takes_no_file_out_of_the_backup(near: City, tmp_path: Path) -> None:
    with_photo(near.laptop(CLERK), 1)
    near.sync()
    back_up(tmp_path / "gateway", tmp_path / "backup", NOW)
    with pytest.raises(RefusedError, match="no place at S3"):
        back_up(tmp_path / "gateway", tmp_path / "backup", NOW + timedelta(days=1), blobs="s3://")
    assert len(check_backup(tmp_path / "backup").blobs) == 1


@pytest.mark.parametrize(
    "said",
    [
        {"hashes": None},
        {"hashes": {}},
        {"blobs": [5]},
        {"blobs": None},
        {"kept": "/etc"},
        {"kept": 5},
        {"records": "x"},
    ],
)
def test_a_manifest_that_says_something_else_is_refused(near: City, tmp_path: Path, said: dict[str, object]) -> None:
    near.laptop(CLERK).sync()
    back_up(tmp_path / "gateway", tmp_path / "backup", NOW)
    path = tmp_path / "backup" / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **said}), "utf-8")
    with pytest.raises(RefusedError, match="cannot be read"):
        restore(tmp_path / "backup", tmp_path / "restored")
