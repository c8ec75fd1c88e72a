"""Laptops and people whom the City no longer lets in, and the orders that laptops obey.

An order is signed with the gateway's own key (Ed25519, made at the first need and kept with the records) over the nonce
of the very request that it answers. A laptop knows the key from its first greeting, so no other server, and no answer
that was heard before, can make it erase anything.
"""

from __future__ import annotations

from collections.abc import Iterable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fieldapp.errors import RevokedError
from fieldapp.records import canonical
from fieldapp.texts import tr
from sync.gateway.transactions import CityDatabase, Transaction
from sync.wire import Order, SignedOrder

KEY = "signing.key"
STANDING = (
    "SELECT device, person, erase, take_work, at FROM revocation"
    " WHERE lifted_at = '' AND device IN ('', ?) AND person IN ('', ?)"
)


class Revocations:
    """Who is kept out. Looked at anew on each request."""

    def __init__(self, database: CityDatabase) -> None:
        self._database = database
        self._signer: Ed25519PrivateKey | None = None

    def revoke(self, device: str, person: str, now: str, *, erase: bool, take_work: bool) -> None:
        """From now on keep out this device, or this person, or this person on this device ("" for any)."""
        with self._database.write() as tx:
            keep_out(tx, device, person, now, erase=erase, take_work=take_work)

    def lift(self, device: str, person: str, now: str) -> bool:
        """Let them in again; whether they had been kept out."""
        with self._database.write() as tx:
            return let_in(tx, device, person, now)

    def obeyed(self, device: str, person: str, now: str) -> None:
        """A laptop told that it erases its store."""
        with self._database.write() as tx:
            tx.execute(
                "UPDATE revocation SET obeyed_at = ? WHERE lifted_at = '' AND erase = 1 AND obeyed_at = ''"
                " AND device IN ('', ?) AND person IN ('', ?)",
                (now, device, person),
            )

    def all_of_them(self) -> list[tuple[str, str, bool, bool, str, str, str]]:
        """Device, person, whether it erases, whether work is taken first, since when, lifted and obeyed when."""
        sql = "SELECT device, person, erase, take_work, at, lifted_at, obeyed_at FROM revocation ORDER BY at"
        return [(one[0], one[1], bool(one[2]), bool(one[3]), *one[4:]) for one in self._database.read(sql)]

    def admit(self, device: str, person: str, *, sending: bool = False, nonce: str = "") -> None:
        """RevokedError, with the signed order, for whom the City keeps out; work comes in where it is taken first."""
        found = self._database.read(STANDING, (device, person))
        if not found:
            return
        order = _of_all(found, device, person, nonce)
        if not (sending and order.take_work):
            raise RevokedError(_words(order), self._signed(order))

    def public_key(self) -> str:
        """What orders are checked with, in hex."""
        return self._key().public_key().public_bytes_raw().hex()

    def sign(self, text: str) -> str:
        """The City's signature over a text, in hex."""
        return self._key().sign(text.encode()).hex()

    def _signed(self, order: Order) -> SignedOrder:
        text = canonical(vars(order)).decode()
        return SignedOrder(text, self.sign(text))

    def _key(self) -> Ed25519PrivateKey:
        if self._signer is None:
            made = Ed25519PrivateKey.generate().private_bytes_raw().hex()
            if not self._database.read("SELECT 1 FROM meta WHERE name = ?", (KEY,)):
                with self._database.write() as tx:
                    tx.execute("INSERT INTO meta VALUES (?, ?) ON CONFLICT DO NOTHING", (KEY, made))
            [(kept,)] = self._database.read("SELECT value FROM meta WHERE name = ?", (KEY,))
            self._signer = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(kept))
        return self._signer


def keep_out(tx: Transaction, device: str, person: str, now: str, *, erase: bool, take_work: bool) -> None:
    """Write down that they are kept out from now on."""
    tx.execute(
        "INSERT INTO revocation VALUES (?, ?, ?, ?, ?, '', '') ON CONFLICT (device, person) DO UPDATE SET"
        " erase = excluded.erase, take_work = excluded.take_work, at = excluded.at, lifted_at = '', obeyed_at = ''",
        (device, person, int(erase), int(take_work), now),
    )


def let_in(tx: Transaction, device: str, person: str, now: str) -> bool:
    """Write down that they are let in again; whether they had been kept out."""
    sql = "UPDATE revocation SET lifted_at = ? WHERE device = ? AND person = ? AND lifted_at = '' RETURNING at"
    return tx.execute(sql, (now, device, person)).fetchone() is not None


def _of_all(found: Iterable[tuple[str, str, int, int, str]], device: str, person: str, nonce: str) -> Order:
    """One order for all that stand: the strictest, but work is taken first only where each that erases says so."""
    rows = list(found)
    erasing = [take_work for _, _, erase, take_work, _ in rows if erase]
    takes = all(erasing) if erasing else all(take_work for _, _, _, take_work, _ in rows)
    since = min(at for *_, at in rows)
    return Order(device, person, erase=bool(erasing), take_work=bool(takes), at=since, nonce=nonce)


def _words(order: Order) -> str:
    if order.erase:
        return tr("The City has withdrawn this laptop. What it holds is to be erased.")
    return tr("The City has withdrawn your access. Nothing on this laptop is lost; please call your supervisor.")
