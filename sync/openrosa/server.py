"""An OpenRosa server as one person sees it: which forms it offers, what belongs to them, and where records go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from fieldapp.errors import GatewayError, ProtocolError
from fieldapp.texts import tr
from sync.adapters.http import Answer
from sync.openrosa.download import fetch
from sync.openrosa.line import Line
from sync.openrosa.messages import FormEntry, MediaFile, read_forms, read_manifest
from sync.openrosa.multipart import Multipart

ROOM = "X-OpenRosa-Accept-Content-Length"
USUAL_ROOM = 10_000_000  # bytes that a server takes at once when it does not say; the standard's example
MOST_OF_A_LIST = 8 << 20
MOST_LISTS = 20  # a list and its groups


@dataclass(frozen=True)
class Intake:
    """Where submissions are handed in, and how many bytes of one it takes at once."""

    url: str
    room: int


class OpenRosaServer:
    """One server, through one line. Every method raises the SyncError that says what to do next."""

    def __init__(self, line: Line, device: str = "") -> None:
        """`device` goes with each request, as ODK's clients do; a server may choose forms by it."""
        self._line = line
        self._device = f"?deviceID={quote(device, safe='')}" if device else ""

    def forms(self) -> list[FormEntry]:
        """All forms that this person may fill, those in groups among them; each once."""
        found: dict[tuple[str, str], FormEntry] = {}
        lists = [f"{self._line.address}/formList{self._device}"]
        for url in lists:  # grows while it is walked: groups may have groups
            forms, groups = read_forms(self._line.get(url, most=MOST_OF_A_LIST))
            found |= {(form.id, form.version): form for form in forms}
            lists += [group for group in groups if group not in lists]
            if len(lists) > MOST_LISTS:
                raise ProtocolError(tr("This server's list of forms has no end."))
        return list(found.values())

    def form(self, form_id: str) -> FormEntry:
        """The form with this id. GatewayError when the server does not offer it to this person."""
        for entry in self.forms():
            if entry.id == form_id:
                return entry
        raise GatewayError(tr("The server does not offer the form “{form}”.", form=form_id), 404)

    def files(self, entry: FormEntry) -> list[MediaFile]:
        """What belongs to a form."""
        if not entry.manifest:
            return []
        return read_manifest(self._line.get(entry.manifest, most=MOST_OF_A_LIST))

    def download(self, url: str, path: Path, md5: str) -> None:
        """Bring a file to `path`, whole and checked, going on where a cut line left it."""
        fetch(self._line, url, path, md5)

    def greet(self) -> Intake:
        """Whether the server takes submissions of this person, where, and how large."""
        url, answer = self._line.head(f"{self._line.address}/submission{self._device}")
        room = answer.headers.get(ROOM, "")
        return Intake(url, int(room) if room.isdecimal() and int(room) else USUAL_ROOM)

    def submit(self, intake: Intake, body: Multipart) -> Answer:
        """Hand in one body; the answer, to be judged by the caller."""
        return self._line.post(intake.url, body)

    def close(self) -> None:
        """Drop the connections."""
        self._line.close()
