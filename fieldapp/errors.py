"""The errors of FieldApp, one tree. Every message is for a person: what happened, what is safe, what to do next.

FieldAppError
├── InputError            a file, form, answer or message is wrong; `place` says where (file, sheet, row, field)
│   ├── FormError         an XLSForm, XForm or expression that cannot be used
│   ├── ServiceError      a service folder that cannot be used
│   └── LayerError        a reference file (wards, parcels, GTFS...) that cannot be read
├── RefusedError          the rules do not allow this action; nothing was changed
│   ├── AccessError       this person's role does not allow it
│   └── UpdateError       an update of the program that is not taken; the one that runs stays as it is
├── StoppedError          a person stopped long work; nothing of it stays
├── StoreError            the encrypted store on this machine
│   ├── LockedStoreError  cannot unlock: wrong or missing key; the file is untouched
│   │   └── TooSoonError  after wrong guesses: wait (`seconds`); the guess was not judged
│   ├── NewerStoreError   written by a newer FieldApp; the file is untouched
│   ├── DamagedStoreError the file fails its integrity check; moved aside, never deleted
│   └── DiskError         disk full or unwritable; the last save did not happen, all earlier ones are safe
└── SyncError             talking to the City; nothing on this machine is lost
    ├── OfflineError      no answer: no network, time-out, connection cut; try again later
    ├── BusyError         the City asks to wait (`retry_after` seconds)
    ├── RevokedError      the City withdrew this laptop or person: nothing is sent or received any more
    │   └── ErasedError   … and proved it, and its order was to erase the store: the key is gone
    ├── SignInError       sign-in expired or revoked: sending waits, saving goes on
    ├── UpgradeError      the City no longer accepts this version of the messages
    ├── EpochError        the City was restored from a backup: rebuild, then send again what it lost
    ├── GatewayError      the City's gateway failed on this one request (`status`); a smaller one may pass
    └── ProtocolError     an answer that is no answer of a gateway (captive portal, proxy page, bug)
"""

from __future__ import annotations

from dataclasses import dataclass

from fieldapp.texts import tr


class FieldAppError(Exception):
    """The root: every error that FieldApp raises on purpose."""


@dataclass(frozen=True)
class Place:
    """Where in an input a fault is. `row` and `column` count from 1, as a spreadsheet shows them."""

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    field: str = ""

    def __str__(self) -> str:
        parts = [
            self.file,
            self.sheet and tr("sheet {name}", name=self.sheet),
            self.row and tr("row {n}", n=self.row),
            self.column and tr("column {name}", name=self.column),
            self.field and tr("field {name}", name=self.field),
        ]
        return ", ".join(str(part) for part in parts if part)


class InputError(FieldAppError):
    """An input that is refused, with its place."""

    def __init__(self, message: str, place: Place | None = None) -> None:
        super().__init__(message)
        self.place = place or Place()

    def __str__(self) -> str:
        where = str(self.place)
        return f"{where}: {self.args[0]}" if where else str(self.args[0])


class FormError(InputError):
    """A form or an expression that cannot be used."""


class ServiceError(InputError):
    """A service folder that cannot be used."""


class LayerError(InputError):
    """A reference file that cannot be read; the layer loaded before stays as it was."""


class RefusedError(FieldAppError):
    """The rules do not allow this action; nothing was changed."""


class AccessError(RefusedError):
    """This person's role does not allow this action; nothing was changed."""


class UpdateError(RefusedError):
    """An update of the program is not taken; the version that runs, and everything saved, stay as they are."""


class StoppedError(FieldAppError):
    """A person stopped long work; nothing of it stays."""


class StoreError(FieldAppError):
    """The encrypted store on this machine."""


class LockedStoreError(StoreError):
    """The store cannot be unlocked with this key; the file is untouched."""


class TooSoonError(LockedStoreError):
    """After wrong guesses at a PIN or passphrase one waits `seconds`; this guess was not judged."""

    def __init__(self, message: str, seconds: float) -> None:
        super().__init__(message)
        self.seconds = seconds


class NewerStoreError(StoreError):
    """The store was written by a newer FieldApp; the file is untouched."""


class DamagedStoreError(StoreError):
    """The store fails its integrity check; the file was moved aside, never deleted."""


class DiskError(StoreError):
    """The disk is full or cannot be written; the last save did not happen, all earlier ones are safe."""


class SyncError(FieldAppError):
    """Talking to the City failed; nothing on this machine is lost."""


class OfflineError(SyncError):
    """No answer from the City: no network, time-out or a cut connection."""


class BusyError(SyncError):
    """The City asks to wait `retry_after` seconds."""

    def __init__(self, message: str, retry_after: float) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class SignInError(SyncError):
    """Sign-in expired or revoked: sending waits, reading and saving go on."""


class RevokedError(SyncError):
    """The City withdrew this laptop or this person. `order` is what it says and signs, None where nothing is."""

    def __init__(self, message: str, order: object = None) -> None:
        super().__init__(message)
        self.order = order


class ErasedError(RevokedError):
    """The City proved its order to erase the store, and its key is destroyed."""


class UpgradeError(SyncError):
    """The City no longer accepts this version of the messages."""


class EpochError(SyncError):
    """The City was restored from a backup: rebuild from it, then send again what it lost."""


class GatewayError(SyncError):
    """The City's gateway answered, but could not take this request; `status` is its HTTP status."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class ProtocolError(SyncError):
    """An answer that is no gateway's: a captive portal, a proxy's page, or a fault."""
