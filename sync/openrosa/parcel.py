"""A submission, packed: its XML, word for word as it is sent, and its files. Kept in the store until it is answered.

It is packed once, from the record as it stood with its Change, and kept before it is first sent. What is sent again
after a lost answer is therefore the same to the last byte, whatever became of form, tables or program in between: a
server takes it for the same submission, and never for another one under the same id.
"""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace

from fieldapp.errors import StoreError
from fieldapp.store import Store
from fieldapp.store.rebase import FILE_VALUE
from fieldapp.texts import tr
from sync.openrosa.multipart import Part, size_of

KEPT = "openrosa.parcel."  # settings: one a Change
INCOMPLETE = Part.of("*isIncomplete*", b"yes")  # what ODK's own client says in all but the last of several bodies


@dataclass(frozen=True)
class Parcel:
    """One submission. `content` is a digest of the answers; `tried`: it was under way, and not answered for good;
    `sent` names the files that the server has already taken with it."""

    change: str
    content: str
    instance: str
    deprecated: str
    xml: str
    files: tuple[str, ...]
    tried: bool = False
    sent: tuple[str, ...] = ()

    def keep(self, store: Store) -> Parcel:
        """Write it down, durably."""
        store.keep_setting(KEPT + self.change, json.dumps(asdict(self), ensure_ascii=False))
        return self

    def having_sent(self, parts: Iterable[Part]) -> Parcel:
        """After a body was taken."""
        return replace(self, sent=(*self.sent, *(part.filename for part in parts)))

    @property
    def form(self) -> Part:
        """The part that goes with every body."""
        return Part.of("xml_submission_file", self.xml.encode(), "text/xml", "submission.xml")


def kept(store: Store, change: str) -> Parcel | None:
    """What was packed for this Change before."""
    text = store.setting(KEPT + change)
    if not text:
        return None
    said = json.loads(text)
    return Parcel(**{**said, "files": tuple(said["files"]), "sent": tuple(said["sent"])})


def drop(store: Store, change: str) -> None:
    """It was answered for good."""
    store.keep_setting(KEPT + change, "")


def file_parts(store: Store, parcel: Parcel) -> list[Part]:
    """The files that the server does not have yet. StoreError when one is not on this laptop."""
    return [_file_part(store, value) for value in parcel.files if value not in parcel.sent]


def bodies(parcel: Parcel, files: Sequence[Part], room: int) -> list[list[Part]]:
    """The files, divided so that each goes into one body of at most `room` bytes together with the form.

    A file that is too large alone gets a body of its own: the server may still take it. At least one body comes, for
    the form itself."""
    groups: list[list[Part]] = [[]]
    for file in files:
        group = groups[-1]
        if group and size_of([parcel.form, INCOMPLETE, *group, file]) > room:
            groups.append([file])
        else:
            group.append(file)
    return groups


def _file_part(store: Store, value: str) -> Part:
    match = FILE_VALUE.fullmatch(value)
    known = store.blobs.attachment(match[1]) if match else None
    if known is None:
        raise StoreError(tr("A file of this record is not on this laptop: it cannot be handed in."))
    mime = known.mime or mimetypes.guess_type(value)[0] or "application/octet-stream"
    return Part(value, known.size, lambda: store.blobs.chunks(known.sha256), mime, value)
