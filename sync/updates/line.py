"""Asking for the files of updates: they are signed, so nobody need be signed in, and any server may hand them out."""

from __future__ import annotations

from collections.abc import Iterator

import requests
from tuf.api.exceptions import DownloadHTTPError
from tuf.ngclient import FetcherInterface

from fieldapp.errors import BusyError, OfflineError, UpdateError
from fieldapp.texts import tr
from sync.adapters.http import TIMEOUT, protected, retry_after, translated, whole_body
from sync.updates.release import FILES, MOUNT

LONGEST_LIST = 4 << 20  # bytes


class Line(FetcherInterface):
    """One session to the gateway's updates. Not for several threads at once."""

    def __init__(self, url: str) -> None:
        """`url` is the gateway's. RefusedError where others could alter what comes."""
        self.base = f"{protected(url).rstrip('/')}/{MOUNT}"
        self._session = requests.Session()

    def piece(self, name: str, offset: int, size: int) -> bytes:
        """So many bytes of a file, from a place on. UpdateError where it is not handed out, or the SyncError
        of a line that broke."""
        span = {"Range": f"bytes={offset}-{offset + size - 1}", "Accept-Encoding": "identity"}
        status, body = self._asked(f"{self.base}/{FILES}/{name}", span, size)
        if status != 206:
            raise UpdateError(tr("The City does not hand out this update any more, or not in pieces."))
        return body

    def _fetch(self, url: str) -> Iterator[bytes]:
        """A list, whole: what TUF asks for."""
        status, body = self._asked(url, {}, LONGEST_LIST)
        if status != 200:
            raise DownloadHTTPError(f"{status}", status)
        yield body

    def _asked(self, url: str, headers: dict[str, str], most: int) -> tuple[int, bytes]:
        with (
            translated(),
            self._session.get(url, headers=headers, timeout=TIMEOUT, stream=True, allow_redirects=False) as answer,
        ):
            if answer.status_code in {502, 504}:
                raise OfflineError(tr("The City does not answer."))
            if answer.status_code in {429, 503}:
                raise BusyError(tr("The City is busy and asks to wait."), retry_after(answer.headers))
            return answer.status_code, whole_body(answer, most) if answer.status_code in {200, 206} else b""
