"""Commands for whoever looks after the City's records."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.errors import RefusedError
from fieldapp.records import NUMBER
from fieldapp.texts import tr

if TYPE_CHECKING:
    from sync.gateway.service import GatewayService

Common = Callable[[ArgumentParser], None]  # adds where the records are


def add_trust(acts: _SubParsersAction[ArgumentParser], common: Common) -> None:
    """Add the commands to the parser of `gateway`."""
    alarms = acts.add_parser("alarms", help=tr("what does not fit in the journals of laptops; 1 when there is any"))
    common(alarms)
    alarms.add_argument("--all", action="store_true", help=tr("also what is settled by now"))
    alarms.set_defaults(run=_alarms)
    audit = acts.add_parser("audit", help=tr("what laptops told: which sensitive answers were shown, what left them"))
    common(audit)
    audit.add_argument("--kind", default="", help=tr("revealed, purged, published or handed_off (else all)"))
    audit.add_argument("--person", default="", metavar="ID", help=tr("of this person only"))
    audit.add_argument("--record", default="", metavar="ID", help=tr("of this record only"))
    audit.set_defaults(run=_audit)
    _add_revoke(acts, common)
    _add_delegate(acts, common)
    verify = acts.add_parser(
        "verify", help=tr("check that the City's records and their history are as they were written")
    )
    common(verify)
    verify.set_defaults(run=_verify)
    proof = acts.add_parser("proof", help=tr("write a record's history with the proof that it is the City's"))
    common(proof)
    proof.add_argument("record", help=tr("the record's id or number"))
    proof.add_argument("--out", type=Path, required=True, metavar="FILE", help=tr("where the proof goes"))
    proof.set_defaults(run=_proof)
    check = acts.add_parser("check-proof", help=tr("check such a file; it takes no gateway"))
    check.add_argument("file", type=Path, help=tr("the file"))
    check.add_argument("--head", default="", metavar="HASH", help=tr("the hash that “verify” printed, from the City"))
    check.set_defaults(run=_check_proof)


def _add_revoke(acts: _SubParsersAction[ArgumentParser], common: Common) -> None:
    revoke = acts.add_parser("revoke", help=tr("keep out a laptop, which erases its store, or a person; or list them"))
    common(revoke)
    revoke.add_argument("--device", default="", metavar="NAME", help=tr("the laptop, by the name on its receipts"))
    revoke.add_argument(
        "--person", default="", metavar="ID", help=tr("the person (with --device: on that laptop only)")
    )
    revoke.add_argument("--take-work", action="store_true", help=tr("let it send what is unsent first"))
    revoke.add_argument("--erase", action="store_true", help=tr("with --person alone: erase that person's stores too"))
    revoke.add_argument("--lift", action="store_true", help=tr("let them in again"))
    revoke.set_defaults(run=_revoke)


def _add_delegate(acts: _SubParsersAction[ArgumentParser], common: Common) -> None:
    delegate = acts.add_parser("delegate", help=tr("let somebody review for a person who is away; or list who does"))
    common(delegate)
    delegate.add_argument("--from", dest="giver", default="", metavar="ID", help=tr("the supervisor who is away"))
    delegate.add_argument("--to", dest="taker", default="", metavar="ID", help=tr("who stands in"))
    delegate.add_argument(
        "--begins", type=date.fromisoformat, metavar="YYYY-MM-DD", help=tr("the first day (or today)")
    )
    delegate.add_argument("--until", type=date.fromisoformat, metavar="YYYY-MM-DD", help=tr("the last day"))
    delegate.add_argument("--ward", action="append", metavar="NN", help=tr("a ward, two digits (else all of theirs)"))
    delegate.add_argument("--withdraw", default="", metavar="ID", help=tr("end a delegation that the list names"))
    delegate.set_defaults(run=_delegate)


def opened(options: Namespace) -> GatewayService:
    """The gateway whose records the options name."""
    from sync.gateway.workers import Place

    return Place(options.data, tuple(options.services or ()), options.database).opened()


def _alarms(options: Namespace) -> int:
    from sync.alarms import words
    from sync.gateway import alarms

    service = opened(options)
    try:
        found = alarms.all_of_them(service.database, service.now())
    finally:
        service.close()
    waiting = [one for one in found if not one.settled_at]
    for one in found if options.all else waiting:
        settled = tr("settled {at}", at=one.settled_at) if one.settled_at else tr("open")
        print("  ".join((one.at, one.device, one.person, words(one), one.op, settled)))
    if not waiting:
        print(tr("No alarm is open: the journals of all laptops have arrived as they were written."))
    return 1 if waiting else 0


def _delegate(options: Namespace) -> int:
    service = opened(options)
    try:
        if options.withdraw:
            if not service.delegations.withdraw(options.withdraw, service.now()):
                raise RefusedError(tr("No such delegation stands."))
        elif options.giver and options.taker and options.until:
            _give(service, options)
        elif options.giver or options.taker or options.until:
            raise RefusedError(tr("A delegation takes --from, --to and --until."))
        else:
            _list_delegations(service)
    finally:
        service.close()
    return 0


def _give(service: GatewayService, options: Namespace) -> None:
    from sync.gateway.delegations import lent_only, span

    now = service.now()
    first, last = span(options.begins or options.until, options.until)
    named = options.giver, options.taker, frozenset(options.ward or ["*"])
    print(service.delegations.give(*named, first if options.begins else now, last, now))
    people = service.people
    if told := lent_only(people.get(options.taker), people.get(options.giver).name):
        print(told, file=sys.stderr)


def _list_delegations(service: GatewayService) -> None:
    for one in service.delegations.all_of_them():
        ended = tr("withdrawn {at}", at=one.withdrawn_at) if one.withdrawn_at else ""
        wards = ",".join(sorted(one.wards))
        print(
            "  ".join(part for part in (one.id, one.giver, "→", one.taker, wards, one.begins, one.ends, ended) if part)
        )


def _audit(options: Namespace) -> int:
    from sync.gateway import events

    service = opened(options)
    try:
        record = _record_id(service, options.record) if options.record else ""
        for id_, *row in events.listed_ones(service.database, options.kind, options.person, record):
            print("  ".join(part for part in (*row, id_) if part))
    finally:
        service.close()
    return 0


def _revoke(options: Namespace) -> int:
    service = opened(options)
    try:
        if not (options.device or options.person):
            _list_revoked(service)
        elif options.lift:
            if not service.revocations.lift(options.device, options.person, service.now()):
                raise RefusedError(tr("They are not kept out."))
        else:
            erase = bool(options.device) or options.erase
            _warn_of_strangers(service, options.device, options.person)
            named = options.device, options.person, service.now()
            service.revocations.revoke(*named, erase=erase, take_work=options.take_work)
            said = (
                tr("The store is erased at the next contact.") if erase else tr("They are kept out; nothing is erased.")
            )
            print("  ".join((options.device or "*", options.person or "*", said)))
    finally:
        service.close()
    return 0


def _warn_of_strangers(service: GatewayService, device: str, person: str) -> None:
    """A laptop or person that the City never heard of is kept out all the same; but more likely the name is wrong, and
    the one that was meant goes on."""
    from sync.gateway.fleet import devices

    known = devices(service.database)
    if device and device not in known:
        names = ", ".join(known) or tr("no laptop yet")
        told = tr("No laptop “{device}” was ever here: look at the name. Those that were:", device=device)
        print(told, names, file=sys.stderr)
    if person and person not in service.people.names():
        print(tr("Nobody “{person}” is known here: look at the user id.", person=person), file=sys.stderr)


def _list_revoked(service: GatewayService) -> None:
    if not service.revocations.all_of_them():
        print(tr("Nobody is kept out."))
    for device, person, erase, take_work, at, lifted, obeyed in service.revocations.all_of_them():
        parts = [at, device or "*", person or "*"]
        parts += [tr("erases") if erase else tr("keeps out"), tr("takes work first") if take_work else ""]
        parts += [tr("obeyed {at}", at=obeyed) if obeyed else "", tr("lifted {at}", at=lifted) if lifted else ""]
        print("  ".join(part for part in parts if part))


def _verify(options: Namespace) -> int:
    from sync.gateway.verify import verify

    service = opened(options)
    try:
        found = verify(service.database)
    finally:
        service.close()
    words = {"blocks": found.blocks, "ops": found.ops, "records": found.records}
    print(tr("{blocks} blocks with {ops} changes, {records} records checked.", **words))
    if found.fault:
        print(found.fault)
        return 1
    print(tr("All is as it was written. The newest block: {head}", head=found.head))
    return 0


def _proof(options: Namespace) -> int:
    from fieldapp.store.durable import write_durably
    from sync.gateway.proofs import check_proof, proof_file

    service = opened(options)
    try:
        data = proof_file(service.database, _record_id(service, options.record))
    finally:
        service.close()
    proven = check_proof(data)
    write_durably(options.out, data)
    print(tr("{n} changes, proven up to the block {head}", n=proven.ops, head=proven.head))
    return 0


def _check_proof(options: Namespace) -> int:
    from sync.gateway.proofs import check_proof, read

    proven = check_proof(read(options.file), options.head)
    words = {"n": proven.ops, "record": proven.record, "head": proven.head}
    print(tr("The proof holds: {n} changes of {record}, up to the block {head}", **words))
    return 0


def _record_id(service: GatewayService, named: str) -> str:
    """The id of a record that is named by its id or its number."""
    for id_, fields in service.database.read(
        "SELECT id, fields FROM record WHERE id = ? OR fields LIKE ?", (named, f'%"{named}"%')
    ):
        if named in {id_, json.loads(fields).get(NUMBER)}:
            return str(id_)
    raise RefusedError(tr("The City has no record “{record}”.", record=named))
