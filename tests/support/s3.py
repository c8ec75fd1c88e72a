"""A server that speaks S3 (moto's) on a real port, with moods: it may fail, or not answer in time."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import boto3
import requests
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

KEYS = {"AWS_ACCESS_KEY_ID": "practice", "AWS_SECRET_ACCESS_KEY": "practice", "AWS_DEFAULT_REGION": "ca-central-1"}
BUCKET = "city-files"
ADDRESS = f"s3://{BUCKET}/field"
Start = Callable[[str, list[tuple[str, str]]], object]


class S3Server:
    """The server. `mood` picks requests by their method: "fail" answers 500, "hang" waits until the mood changes."""

    def __init__(self) -> None:
        self._app = DomainDispatcherApplication(create_backend_app)
        self._better = threading.Event()
        self.mood: dict[str, str] = {}
        self.asked: list[str] = []  # method and path of each request
        self._server = make_server("127.0.0.1", 0, self._answer, threaded=True)
        self._thread = threading.Thread(target=self._server.serve_forever, name="s3", daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self.client: Any = boto3.client("s3", endpoint_url=self.url)  # with the keys of the environment

    def begin_anew(self) -> None:
        """In good mood, with one empty bucket. What it holds, it holds for the whole process."""
        self.feels()
        requests.post(f"{self.url}/moto-api/reset", timeout=30)
        place = {"LocationConstraint": KEYS["AWS_DEFAULT_REGION"]}
        self.client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration=place)
        self.asked.clear()

    def keys(self) -> list[str]:
        """What the bucket holds."""
        return [item["Key"] for item in self.client.list_objects_v2(Bucket=BUCKET).get("Contents", [])]

    def feels(self, **mood: str) -> None:
        """From now on: PUT="fail", GET="hang"; nothing for well."""
        self.mood = mood
        self._better.set()
        self._better = threading.Event()

    def stop(self) -> None:
        """End."""
        self.feels()
        self._server.shutdown()
        self._thread.join(10)
        self._server.server_close()

    def _answer(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        self.asked.append(f"{method} {environ['PATH_INFO']}")
        mood, better = self.mood.get(method, ""), self._better
        if mood == "hang":
            better.wait(30)
        if mood:
            environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            start("500 Internal Server Error", [("Content-Length", "0")])
            return [b""]
        answered: Iterable[bytes] = self._app(environ, start)
        return answered


@contextmanager
def s3_server() -> Iterator[S3Server]:
    """One, for a while; `KEYS` must be in the environment."""
    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    server = S3Server()
    try:
        yield server
    finally:
        server.stop()
