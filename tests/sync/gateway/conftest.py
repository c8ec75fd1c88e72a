"""A city whose form gets corrected; a server that speaks S3."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.gateway.s3 import Bucket
from tests.support.dogs import DogCity
from tests.support.s3 import ADDRESS, KEYS, S3Server, s3_server

IMPATIENT = (2.0, 0.5)


@pytest.fixture
def dogs(tmp_path: Path) -> Iterator[DogCity]:
    """Its gateway and laptops begin with version 1 of the form."""
    city = DogCity(tmp_path)
    yield city
    city.close()


@pytest.fixture(scope="session")
def s3_for_all() -> Iterator[tuple[S3Server, Bucket]]:
    """One server and one client of it, with the keys where boto3 looks for them."""
    with pytest.MonkeyPatch.context() as environment:
        for name, value in KEYS.items():
            environment.setenv(name, value)
        with s3_server() as server:
            yield server, Bucket(ADDRESS, server.url, patience=IMPATIENT)


@pytest.fixture
def s3(s3_for_all: tuple[S3Server, Bucket]) -> S3Server:
    """The server with an empty bucket."""
    server, _ = s3_for_all
    server.begin_anew()
    return server


@pytest.fixture
def bucket(s3_for_all: tuple[S3Server, Bucket], s3: S3Server) -> Bucket:
    """The bucket, as a gateway reaches it."""
    _, found = s3_for_all
    return found
