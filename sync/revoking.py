"""Obeying an order of the City that withdraws this laptop: only a proven one, and work goes to the City first."""

from __future__ import annotations

import logging
from collections.abc import Callable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from fieldapp.errors import ErasedError, ProtocolError, RevokedError, SyncError
from fieldapp.records import Person
from fieldapp.store import Store, erasing, keys
from fieldapp.texts import plural, tr
from sync.api import RemoteApi
from sync.wire import MAX_BYTES, Hello, Order, ReportRequest, SignedOrder, decoded

KEY = "city.key"  # setting: what the City's orders are checked with
log = logging.getLogger(__name__)
Send = Callable[[], object]  # sends all that may be sent, with its files


def remember_key(store: Store, hello: Hello) -> None:
    """Keep the City's key at the first greeting. Another one later is not believed: it could be anybody's."""
    known = store.setting(KEY)
    if hello.key and not known:
        store.keep_setting(KEY, hello.key)
    elif hello.key and hello.key != known:
        log.warning("the City's key for orders is not the one of the first greeting; the first one stands")


def proven(store: Store, person: Person, said: object) -> Order | None:
    """The order, when it is the City's, for this laptop and person; None for anything else."""
    key = store.setting(KEY)
    if not key or not isinstance(said, SignedOrder):
        return None
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(said.signature), said.text.encode())
        order = decoded(Order, said.text.encode())
    except (InvalidSignature, ValueError, ProtocolError):
        return None
    return order if (order.device, order.person) == (store.device, person.id) else None


def obey(store: Store, api: RemoteApi, person: Person, fault: RevokedError, send: Send) -> SyncError:
    """Do what the order says; the error to raise. Cut off at any moment, it is done again at the next contact, and once
    the key is gone, at the next start."""
    order = proven(store, person, fault.order)
    if order is None:
        log.warning("somebody says that this laptop is withdrawn, and does not prove it")
        return RevokedError(
            tr("Somebody says that this laptop is withdrawn, and does not prove to be the City. Nothing is lost.")
        )
    if not order.erase:
        return RevokedError(str(fault), fault.order)
    if order.take_work:
        store.close_drafts(person.id)
        send()
        if store.exchange.pending(person.id, 1, MAX_BYTES) or store.blobs.queue():
            return RevokedError(
                tr("The City has withdrawn this laptop. Your work is being handed over first."), fault.order
            )
    return _erase(store, api, order)


def _erase(store: Store, api: RemoteApi, order: Order) -> ErasedError:
    left = store.counts()
    unsent = left.waiting + left.drafts + left.attention
    try:
        api.report(ReportRequest(store.device, erasing=order.at))
    except SyncError as fault:  # the order stands without it
        log.warning("the City could not be told that the store is erased: %s", fault)
    erasing.begin(store.folder, erasing.Erasure(order.at, order.device, order.person, unsent), keys.system_vault())
    return ErasedError(words(unsent))


def words(unsent: int) -> str:
    """What a person reads when it is done."""
    gone = tr("The City has withdrawn this laptop: its store has been erased. Please hand it in.")
    if not unsent:
        return gone + " " + tr("All your work is with the City.")
    lost = plural(unsent, "{n} change was not with the City yet.", "{n} changes were not with the City yet.")
    return f"{gone} {lost}"
