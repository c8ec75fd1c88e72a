"""Handing in one parcel: body after body, and what the server's answer means for the Change behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from email.utils import parsedate_to_datetime

from fieldapp.clock import stamp
from fieldapp.errors import OfflineError, StoreError
from fieldapp.records import INSTANCE, RECEIVED, SERVER, Edits
from fieldapp.store import Settled, Store
from fieldapp.texts import tr
from sync.adapters.http import Answer
from sync.openrosa.line import refusal, speaks, words_of
from sync.openrosa.multipart import Multipart, Part
from sync.openrosa.parcel import INCOMPLETE, Parcel, bodies, file_parts
from sync.openrosa.server import Intake, OpenRosaServer
from sync.wire import APPLIED, PARKED, REJECTED, RETRY

TAKEN = frozenset({201, 202})  # the only statuses that mean it is kept there; a proxy's page says 200
NOT_NOW = frozenset({429, 502, 503, 504})  # of the server, or of what stands before it, not of this parcel
TOO_LARGE, CONFLICT = 413, 409
KIND = "openrosa"


class HandingIn:
    """Hands in parcels at one server. What fails alone stays alone: only the line, or the sign-in, stops the rest."""

    def __init__(self, store: Store, server: OpenRosaServer, form_id: str) -> None:
        self._store = store
        self._server = server
        self._form = form_id
        self.files = 0  # that the server took

    def hand_in(self, parcel: Parcel, intake: Intake, rev: int, now: str, *, alone: bool) -> Settled:
        """The server's judgement, for the store. `rev` is what the record has when it is taken.

        `alone`: nothing but this parcel was ever sent under its id."""
        again = parcel.tried and alone
        try:
            files = file_parts(self._store, parcel)
            parcel = replace(parcel, tried=True).keep(self._store)
            answer = self._send(parcel, files, intake)
        except StoreError as fault:
            return Settled(parcel.change, PARKED, 0, "file", str(fault))
        except OfflineError as fault:
            self._server.greet()  # raises when it is the line that is cut: then this parcel is not the cause
            return Settled(parcel.change, RETRY, 0, "fault", str(fault))
        if answer.status in TAKEN or (answer.status == CONFLICT and again and self._is_there(parcel)):
            at = _moment(answer) or now
            return Settled(parcel.change, APPLIED, rev, "", words_of(answer), taken(parcel, at), at)
        return self._refused(parcel, answer)

    def _send(self, parcel: Parcel, files: Sequence[Part], intake: Intake) -> Answer:
        """All bodies, up to the first that is not taken. What was taken with one is not sent again."""
        groups = bodies(parcel, files, intake.room)
        while True:
            group = groups.pop(0)
            parts = [parcel.form, *group, *([INCOMPLETE] if groups else [])]
            answer = self._server.submit(intake, Multipart(parts))
            if answer.status == TOO_LARGE and len(group) > 1:  # it has less room than it said
                middle = len(group) // 2
                groups[:0] = [group[:middle], group[middle:]]
                continue
            if answer.status not in TAKEN or not self._genuine(answer):
                return answer
            parcel = self._note(parcel, group, more=bool(groups))
            if not groups:
                return answer

    def _note(self, parcel: Parcel, group: Sequence[Part], *, more: bool) -> Parcel:
        self.files += len(group)
        parcel = parcel.having_sent(group)
        return parcel.keep(self._store) if more and group else parcel

    def _genuine(self, answer: Answer) -> bool:
        """Whether the server itself says that it took it. Anybody else's word is no reason to stop sending."""
        if not speaks(answer):
            raise refusal(answer)
        return True

    def _is_there(self, parcel: Parcel) -> bool:
        """Whether a conflict after a lost answer is with this very submission.

        A server that takes nothing for a form answers alike, but does not offer the form; and a correction may clash
        with somebody else's."""
        return not parcel.deprecated and any(entry.id == self._form for entry in self._server.forms())

    def _refused(self, parcel: Parcel, answer: Answer) -> Settled:
        """Refused for good, laid aside, or to be tried again; raises what concerns more than this parcel."""
        status = answer.status
        words = words_of(answer) or tr("The server answered with error {status}.", status=status)
        if status == TOO_LARGE:
            return Settled(parcel.change, PARKED, 0, "fault", words)
        if status in NOT_NOW:
            raise refusal(answer)
        if status in {401, 403}:
            self._server.forms()  # raises when it is the sign-in that is refused, and not only this submission
            return Settled(parcel.change, REJECTED, 0, f"http{status}", words)
        if status >= 500:
            return Settled(parcel.change, RETRY, 0, "fault", words)
        if not speaks(answer):
            raise refusal(answer)
        return Settled(parcel.change, REJECTED, 0, f"http{status}", words)


def taken(parcel: Parcel, at: str) -> Edits:
    """What the record has once the server took it."""
    first = {} if parcel.deprecated else {RECEIVED: at}
    return {SERVER: KIND, INSTANCE: parcel.instance, **first}


def _moment(answer: Answer) -> str:
    """The server's own time of its answer, a stamp; "" where it does not say."""
    try:
        return stamp(parsedate_to_datetime(answer.headers.get("Date", "")))
    except ValueError:
        return ""
