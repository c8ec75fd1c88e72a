"""The City's files in a bucket that speaks S3, through boto3 (`fieldapp[s3]`, requirements-s3.lock).

Pieces gather in the gateway's own folder, as without S3 and under the same promises: a bucket takes no pieces so small
and has no end to append at. When a file is whole there and hashes to its name, it is published: one request that a
bucket takes whole or not at all, signed over that same SHA-256. Only then is it called complete and leaves the folder.
An end in between leaves it in the folder, whole, and whoever asks next publishes it; so does the gateway's next start.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError, PartialCredentialsError

from fieldapp.errors import BusyError, RefusedError
from fieldapp.texts import tr
from sync.gateway.blobs import Files
from sync.gateway.filestore import checked, nobody, not_now
from sync.wire import CHUNK, BlobStatus

log = logging.getLogger(__name__)
SCHEME = "s3"
PATIENCE, TRIES = (3.0, 10.0), 2  # so that an answer comes before the laptop stops waiting (30 s)
AT_ONCE = 8  # questions to the bucket for one push
ASKED = 64  # files that one push asks the bucket about; of more, the laptop asks itself
KNOWN = 200_000  # names of published files that are remembered
ABSENT = frozenset({"404", "NoSuchKey", "NotFound"})
BEYOND = frozenset({"416", "InvalidRange"})


class Bucket:
    """A bucket, and the beginning that all its keys of ours have."""

    def __init__(self, address: str, endpoint: str = "", *, patience: tuple[float, float] = PATIENCE) -> None:
        """`address` as in s3://bucket/prefix; `endpoint` for a server other than Amazon's. Credentials, region and
        certificates come from where boto3 looks for them: environment, files, the machine's role. `patience`: seconds
        to connect, and between two pieces of an answer.

        RefusedError for what is no such address."""
        self.name, path = _place(address)
        self._prefix = f"{path.strip('/')}/".lstrip("/")
        settings = Config(
            connect_timeout=patience[0],
            read_timeout=patience[1],
            retries={"total_max_attempts": TRIES, "mode": "standard"},
            max_pool_connections=4 * AT_ONCE,
            request_checksum_calculation="when_required",  # many servers do not know the newer checksums
            response_checksum_validation="when_required",
            s3={"addressing_style": "path" if endpoint else "auto", "payload_signing_enabled": True},
        )
        self._client: Any = boto3.session.Session().client("s3", endpoint_url=endpoint or None, config=settings)

    def check(self) -> None:
        """RefusedError, with what to do, when the bucket cannot be used."""
        try:
            self._client.list_objects_v2(Bucket=self.name, Prefix=self._prefix, MaxKeys=1)
        except (NoCredentialsError, PartialCredentialsError) as fault:
            raise RefusedError(tr("No credentials for S3 were found: set AWS_ACCESS_KEY_ID, or a profile.")) from fault
        except (BotoCoreError, ClientError) as fault:
            raise RefusedError(tr("The bucket {name} cannot be used: {why}", name=self.name, why=fault)) from fault

    def size(self, sha256: str) -> int | None:
        """How long the file is in the bucket; None where it is not."""
        found = _ask(lambda: self._client.head_object(Bucket=self.name, Key=self._key(sha256)), ABSENT)
        return None if found is None else int(found["ContentLength"])

    def get(self, sha256: str, start: int, most: int) -> bytes | None:
        """A range of the file; b"" behind its end, None where it is not in the bucket."""
        wanted = f"bytes={start}-{start + most - 1}"
        try:
            found = _ask(lambda: self._client.get_object(Bucket=self.name, Key=self._key(sha256), Range=wanted), ABSENT)
            return None if found is None else _body(found)
        except _BeyondError:
            return b""

    def put(self, sha256: str, path: Path) -> None:
        """Publish a file. Its body is signed with its own SHA-256: what arrives otherwise is refused there."""
        with path.open("rb") as body:
            _ask(lambda: self._client.put_object(Bucket=self.name, Key=self._key(sha256), Body=body))

    def drop(self, sha256: str) -> None:
        """Delete the file; S3 does not mind where there is none. A bucket with versions forgets by its own rules."""
        _ask(lambda: self._client.delete_object(Bucket=self.name, Key=self._key(sha256)))

    def _key(self, sha256: str) -> str:
        return f"{self._prefix}{checked(sha256)[:2]}/{sha256}"


class S3Files:
    """The City's files at S3; beginnings, and what is not published yet, in a folder that all workers share."""

    def __init__(self, staging: Files, bucket: Bucket) -> None:
        """Nothing is asked yet: `bucket.check()` does that."""
        self._staging = staging
        self._bucket = bucket
        self._known: set[str] = set()
        self._settling = threading.Lock()

    def status(self, sha256: str) -> BlobStatus:
        """How much is here. What waits whole in the folder is published first."""
        size = self._bucket.size(sha256)
        if size is not None:
            self._remember(sha256)
            return BlobStatus(sha256, size, complete=True)
        staged = self._staging.status(sha256)
        return self._published(staged) if staged.complete else staged

    def put(self, sha256: str, offset: int, size: int, data: bytes) -> BlobStatus:
        """As the interface says; the bucket is asked where nothing of the file is in the folder."""
        if offset == 0 and (there := self.status(sha256)).complete:
            return there
        staged = self._staging.put(sha256, offset, size, data)
        if staged.complete:
            return self._published(staged)
        return staged if staged.offset else self.status(sha256)  # maybe another worker has just published it

    def read(self, sha256: str, offset: int, most: int = CHUNK) -> bytes:
        """A range, from the bucket, else from the folder."""
        found = self._bucket.get(sha256, offset, most)
        return self._staging.read(sha256, offset, most) if found is None else found

    def whole(self, named: Iterable[str]) -> set[str]:
        """Those that are known to be in the bucket. While it does not answer, fewer are known."""
        asked = set(named)
        unknown = sorted(asked - self._known)[:ASKED]
        if unknown:
            with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="s3") as pool:
                for sha256, there in zip(unknown, pool.map(self._is_there, unknown), strict=True):
                    if there:
                        self._remember(sha256)
        return asked & self._known

    def drop(self, sha256: str, named: Callable[[], bool] = nobody) -> None:
        """Delete it, in the bucket and what waits in the folder. Other processes may believe until their end that it
        is there. A bucket puts nothing aside: a record that names the file just after it was asked is not seen."""
        if named():
            return
        self._staging.drop(sha256, named)
        self._bucket.drop(sha256)
        self._known.discard(sha256)

    def settle(self) -> None:
        """Publish what waits whole in the folder: after an end in the middle, and after a move from a folder to S3."""
        self._staging.settle()
        with self._settling:
            for sha256 in self._staging.wholes():
                try:
                    self.status(sha256)
                    self._drop_published(sha256)
                except BusyError:
                    log.warning("the bucket does not answer: %s stays in the folder", sha256)
                    return

    def _published(self, staged: BlobStatus) -> BlobStatus:
        with self._staging.alone(staged.sha256):
            path = self._staging.path(staged.sha256)
            if path.exists():  # else another worker has just done it
                self._bucket.put(staged.sha256, path)
                path.unlink()
        self._remember(staged.sha256)
        return staged

    def _drop_published(self, sha256: str) -> None:
        """What lies at both places, after an end between publishing and clearing away."""
        with self._staging.alone(sha256):
            path = self._staging.path(sha256)
            if path.exists() and self._bucket.size(sha256) == path.stat().st_size:
                path.unlink()

    def _is_there(self, sha256: str) -> bool:
        try:
            return self._bucket.size(sha256) is not None
        except BusyError:
            return False

    def _remember(self, sha256: str) -> None:
        if len(self._known) >= KNOWN:
            self._known.clear()
        self._known.add(sha256)


class _BeyondError(Exception):
    """A range behind the end."""


def _place(address: str) -> tuple[str, str]:
    """The bucket that an address names, and the path in it."""
    try:
        where = urlsplit(address)
    except ValueError:  # as s3://[
        where = urlsplit("")
    if where.scheme != SCHEME or not where.netloc:
        raise RefusedError(tr("{address} is no place at S3: write it as s3://bucket/prefix.", address=address))
    return where.netloc, where.path


@contextmanager
def _translated() -> Iterator[None]:
    """Inside, whatever S3 or the way to it fails with becomes an answer for the laptop; the log has the cause."""
    try:
        yield
    except ClientError as fault:
        if fault.response.get("Error", {}).get("Code") in BEYOND:
            raise _BeyondError from fault
        log.warning("S3 refused: %s", fault)
        raise not_now() from fault
    except (BotoCoreError, OSError) as fault:
        log.warning("S3 failed: %s", fault)
        raise not_now() from fault


def _ask(act: Callable[[], dict[str, Any]], absent: frozenset[str] = frozenset()) -> dict[str, Any] | None:
    """One request; None where the bucket says that there is no such thing."""
    with _translated():
        try:
            return act()
        except ClientError as fault:
            if fault.response.get("Error", {}).get("Code") in absent:
                return None
            raise


def _body(found: dict[str, Any]) -> bytes:
    with _translated():
        data: bytes = found["Body"].read()
        return data
