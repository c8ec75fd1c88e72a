"""kill -9 of the gateway at a random byte of a file (I19): what was answered is there, at most a piece is sent again,
no file is ever under a name that is not its hash, and the laptop keeps its copy until all is confirmed."""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import pytest

from fieldapp.errors import OfflineError
from fieldapp.services import Catalogue
from fieldapp.store import Store
from sync.adapters.gateway import GatewayClient
from sync.engine import Engine
from sync.gateway.blobs import Files
from sync.gateway.filestore import FileStore
from sync.gateway.s3 import Bucket, S3Files
from sync.wire import BlobStatus
from tests.support.file_gateway import STEPS
from tests.support.gateway import CLERK, Laptop, make_service, some_bytes
from tests.support.s3 import S3Server
from tests.support.store import KEY

FILES, SIZE = 3, (2 << 20) + 321
NEVER = 1 << 40
pytestmark = pytest.mark.kill


class Client(GatewayClient):
    """Counts the bytes of files that it sends, and those of pieces that were not answered."""

    def __init__(self, url: str, token: str, counts: SimpleNamespace) -> None:
        super().__init__(url, token)
        self._counts = counts

    def put_blob(self, sha256: str, offset: int, size: int, data: bytes) -> BlobStatus:
        """Send a piece."""
        self._counts.sent += len(data)
        try:
            return super().put_blob(sha256, offset, size, data)
        except OfflineError:
            self._counts.unanswered += len(data)
            raise


@dataclass
class Scene:
    """A laptop with photos to send, and where the gateway that takes them lies."""

    folder: Path
    store: Store
    s3: str = ""
    port: str = "0"
    counts: SimpleNamespace = field(default_factory=lambda: SimpleNamespace(sent=0, unanswered=0))

    @contextmanager
    def gateway(self, byte: int, step: str) -> Iterator[Engine]:
        """A gateway that ends at that byte and step, and an engine to it."""
        command = [sys.executable, "-m", "tests.support.file_gateway", str(self.folder / "gateway")]
        arguments = [self.port, str(byte), step, self.s3]
        with subprocess.Popen([*command, *arguments], stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            self.port, token = child.stdout.readline().split()
            client = Client(f"http://127.0.0.1:{self.port}", token, self.counts)
            try:
                yield Engine(self.store, client, CLERK, self.store.snapshots._clock)
            finally:
                client.close()
                child.kill()


@pytest.mark.parametrize("place", ["folder", pytest.param("s3", marks=pytest.mark.soak)])
def test_i19_kill_of_the_gateway_at_a_random_byte(
    tmp_path: Path, catalogue: Catalogue, request: pytest.FixtureRequest, place: str
) -> None:
    kill_often(tmp_path, catalogue, request, place, seed=1, times=3)


@pytest.mark.soak
@pytest.mark.parametrize("place", ["folder", "s3"])
@pytest.mark.parametrize("seed", range(2, 12))
def test_i19_nor_in_two_hundred_kills(
    tmp_path: Path, catalogue: Catalogue, request: pytest.FixtureRequest, place: str, seed: int
) -> None:
    kill_often(tmp_path, catalogue, request, place, seed, times=10)


def kill_often(
    tmp_path: Path, catalogue: Catalogue, request: pytest.FixtureRequest, place: str, seed: int, times: int
) -> None:
    """So many ends in the middle; then one whole cycle, and the judgement."""
    chance = random.Random(seed)
    s3: S3Server | None = request.getfixturevalue("s3") if place == "s3" else None
    service = make_service(tmp_path / "gateway", catalogue)
    device = Store.open(tmp_path / "laptop", KEY, clock=service.clock, device="LT00", guide=catalogue)
    laptop = Laptop(CLERK, device, service.as_(CLERK), "LT00")
    photos = [some_bytes(SIZE, seed * 1000 + number) for number in range(FILES)]
    kept = [laptop.photo(data) for data in photos]
    edits = {f"photos/p{number}": f"{one.sha256}.jpg" for number, one in enumerate(kept)}
    laptop.new(edits, attachments=tuple(kept))
    service.close()
    scene = Scene(tmp_path, device, s3.url if s3 else "")
    steps = STEPS if s3 else STEPS[:3]
    for _ in range(times):
        left = FILES * SIZE - scene.counts.sent + scene.counts.unanswered
        with scene.gateway(chance.randrange(max(1, left)), chance.choice(steps)) as engine:
            try:
                engine.cycle()
            except OfflineError:
                assert all(device.blobs.has(one.sha256) for one in kept)
        assert_under_their_hash(tmp_path / "gateway" / "blobs")
    with scene.gateway(NEVER, "") as engine:
        proof = engine.cycle()
    assert proof.files_left == 0
    assert device.blobs.queue() == []
    assert scene.counts.sent <= FILES * SIZE + scene.counts.unanswered
    assert_arrived(tmp_path, s3, request, [one.sha256 for one in kept], photos)
    device.close()


def assert_under_their_hash(folder: Path) -> None:
    """Whatever lies under a whole file's name is that file."""
    for path in folder.glob("??/*"):
        if len(path.name) == 64:
            assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name


def assert_arrived(
    tmp_path: Path, s3: S3Server | None, request: pytest.FixtureRequest, names: list[str], photos: list[bytes]
) -> None:
    """The City has every photo whole; with S3, at S3 alone."""
    staging = Files(tmp_path / "gateway" / "blobs")
    files: FileStore = staging
    if s3:
        bucket: Bucket = request.getfixturevalue("bucket")
        files = S3Files(staging, bucket)
        files.settle()
        assert staging.wholes() == []
    assert files.whole(names) == set(names)
    assert [files.read(name, 0, SIZE) for name in names] == photos
