"""The audit of a day: what every screen called saved is looked for at the City, and nothing may stand there twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from fieldapp.records import ALIAS, NUMBER
from sync.gateway import audit
from sync.gateway.service import GatewayService
from ui.day.link import Laptop, Saved
from ui.day.report import Report, Side


def compare(report: Report, service: GatewayService, laptops: Sequence[Laptop]) -> None:
    """Fill the report in: four sides, lost and doubled, photos, chains."""
    standing = {laptop.machine.person: laptop.do("standing") for laptop in laptops}
    report.stores = [Side("gateway", *audit.totals(service))]
    for person, said in standing.items():
        report.stores.append(Side(f"laptop of {person}", said["records"], said["checksum"]))
        report.chains[person] = said["chain"]
        unsettled = [what for what in ("waiting", "attention", "unsent_files") if said[what]]
        report.faults += [f"{person}: {said[what]} {what}" for what in unsettled]
        report.faults += [f"{person}: journal {said['chain']}"] * (said["chain"] != "whole")
    records = audit.records(service)
    report.saves = sum(laptop.saves for laptop in laptops)
    report.changes = audit.applied(service)
    report.lost += lost(newest(laptops), {record.id: dict(record.fields) for record in records})
    report.doubled = doubled([record.get(ALIAS) for record in records]) + doubled([one.get(NUMBER) for one in records])
    broken = [sha for sha in audit.files(service) if not audit.is_whole(service, sha)]
    report.photos = len(audit.files(service)) - len(broken)
    report.faults += [f"file {sha} is not whole" for sha in broken]
    report.states = dict(Counter(f"{record.service} {record.state}" for record in records))


def newest(laptops: Sequence[Laptop]) -> Saved:
    """What was called saved last, of each record, by whichever laptop."""
    ledger: dict[str, tuple[float, dict[str, str]]] = {}
    for laptop in laptops:
        for record, (moment, fields) in laptop.ledger.items():
            if record not in ledger or ledger[record][0] < moment:
                ledger[record] = (moment, fields)
    return {record: fields for record, (_, fields) in ledger.items()}


def lost(saved: Saved, city: Saved) -> int:
    """How many answers that a screen called saved are not at the City."""
    answers = [(record, path) for record, fields in saved.items() for path in fields if not path.startswith("@")]
    return sum(city.get(record, {}).get(path) != saved[record][path] for record, path in answers)


def doubled(references: Sequence[str]) -> int:
    """How many references stand more than once."""
    return len(references) - len(set(references))
