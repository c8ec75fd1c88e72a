"""Files at S3, on a real server: what fails there is answered with "again later", and nothing is lost."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from fieldapp.errors import BusyError, RefusedError
from fieldapp.places import Report
from fieldapp.services import Catalogue
from sync.engine import Engine
from sync.gateway.blobs import Files
from sync.gateway.database import Database
from sync.gateway.layers.holding import CityLayers
from sync.gateway.s3 import Bucket, S3Files
from tests.support.gateway import CHIEF, CLERK, City, make_service, some_bytes
from tests.support.places import wards_file
from tests.support.s3 import ADDRESS, BUCKET, KEYS, S3Server
from ui.__main__ import main

DATA = some_bytes(50_000)
SHA = hashlib.sha256(DATA).hexdigest()
KEY = f"field/{SHA[:2]}/{SHA}"


@pytest.fixture
def files(tmp_path: Path, bucket: Bucket) -> S3Files:
    return S3Files(Files(tmp_path / "blobs", reserve=0), bucket)


@pytest.mark.parametrize("mood", ["fail", "hang"])
def test_i19_a_bucket_that_does_not_take_the_file_loses_nothing(
    files: S3Files, s3: S3Server, tmp_path: Path, mood: str
) -> None:
    s3.feels(PUT=mood)
    with pytest.raises(BusyError) as later:
        files.put(SHA, 0, len(DATA), DATA)
    assert later.value.retry_after > 0
    assert s3.keys() == []
    s3.feels()
    assert files.status(SHA).complete
    assert s3.keys() == [KEY]
    assert files.read(SHA, 0, 1 << 20) == DATA
    assert not (tmp_path / "blobs" / SHA[:2] / SHA).exists()


def test_a_bucket_that_does_not_answer_hides_no_file_for_ever(files: S3Files, s3: S3Server) -> None:
    files.put(SHA, 0, len(DATA), DATA)
    s3.feels(HEAD="fail", GET="fail")
    with pytest.raises(BusyError):
        files.read(SHA, 0)
    assert files.whole([SHA, "0" * 64]) == {SHA}  # what was published is remembered, of the other nothing is said
    s3.feels()
    assert files.read(SHA, 7, 5) == DATA[7:12]


def test_what_was_kept_in_the_folder_moves_to_the_bucket(files: S3Files, s3: S3Server, tmp_path: Path) -> None:
    before = Files(tmp_path / "blobs", reserve=0)
    before.put(SHA, 0, len(DATA), DATA)
    assert files.read(SHA, 0, 1 << 20) == DATA
    files.settle()
    assert s3.keys() == [KEY]
    assert before.wholes() == []
    assert files.read(SHA, 0, 1 << 20) == DATA


def test_what_an_end_left_at_both_places_is_cleared_away(files: S3Files, s3: S3Server, tmp_path: Path) -> None:
    before = Files(tmp_path / "blobs", reserve=0)
    before.put(SHA, 0, len(DATA), DATA)
    s3.client.put_object(Bucket=BUCKET, Key=KEY, Body=DATA)
    files.settle()
    assert before.wholes() == []
    assert sum(asked.startswith("PUT") for asked in s3.asked) == 1  # this test's own


def test_a_photo_goes_by_a_gateway_with_s3_to_who_reviews(files: S3Files, tmp_path: Path, s3: S3Server) -> None:
    service = make_service(tmp_path / "gateway", Catalogue.load(), files=files)
    city = City(tmp_path, service)
    clerk, chief = city.laptop(CLERK), city.laptop(CHIEF)
    photo = clerk.photo(DATA)
    record = clerk.new({"photos/one": f"{photo.sha256}.jpg"}, attachments=(photo,))
    s3.feels(HEAD="fail", PUT="fail")
    proof = clerk.sync()
    assert (proof.results["applied"], proof.files) == (1, 0)  # the work itself arrives
    s3.feels()
    assert "stay on the laptop" in proof.trouble
    assert proof.files_left == 1
    clerk.engine = Engine(clerk.store, clerk.api, CLERK, clerk.clock)  # in a minute, or after a new start
    city.sync()
    assert clerk.store.blobs.queue() == []
    assert chief.engine.fetch(photo.sha256, ".jpg")
    assert chief.store.blobs.read(photo.sha256) == DATA
    assert chief.store.record(record) is not None
    city.close()


@pytest.mark.parametrize(
    ("blobs", "words"),
    [("s3://no-such-bucket/x", "cannot be used"), ("https://example.org/b", "s3://bucket/prefix"), ("s3://", "s3://")],
)
def test_a_place_that_cannot_be_used_is_said_at_the_start(
    s3: S3Server, tmp_path: Path, capsys: pytest.CaptureFixture[str], blobs: str, words: str
) -> None:
    command = ["gateway", "serve", "--data", str(tmp_path), "--blobs", blobs, "--s3-endpoint", s3.url]
    assert main(command) == 1
    assert words in capsys.readouterr().err


def test_without_credentials_it_is_said_what_to_set(s3: S3Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in KEYS:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nonexistent")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent")
    with pytest.raises(RefusedError, match="AWS_ACCESS_KEY_ID"):
        Bucket(ADDRESS, s3.url).check()


def test_a_layer_is_published_once_the_bucket_takes_its_file(files: S3Files, s3: S3Server, tmp_path: Path) -> None:
    layers = CityLayers(Database(tmp_path / "gateway"), files, tmp_path, lambda: "2026-11-23T14:00:00.000Z")
    file = wards_file(tmp_path)
    s3.feels(PUT="fail")
    with pytest.raises(BusyError):
        layers.publish("wards", file, Report("wards", ""))
    assert layers.current() == []
    s3.feels()
    layers.publish("wards", file, Report("wards", ""))
    told = layers.current()[0]
    assert layers.read(told.sha256, 0, told.size) == file.read_bytes()
    layers.database.close()


@pytest.mark.parametrize("address", ["s3://[", "s3://", "bucket", "https://bucket"])
def test_what_is_no_place_at_s3_is_refused(address: str) -> None:
    with pytest.raises(RefusedError, match="no place at S3"):
        Bucket(address)
