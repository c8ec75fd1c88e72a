"""Reports of the gateway: `gateway numbers`, what became of each official number; `gateway tills`, what was taken."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from fieldapp.money.cash import dollars
from fieldapp.texts import language, tr
from sync.gateway.opening import records_of

if TYPE_CHECKING:
    from fieldapp.money.standing import Overpaid
    from fieldapp.stock.moves import Holding
    from sync.gateway.gaps import Gap, Report
    from sync.gateway.tills import TillAccount


def add_numbers(acts: _SubParsersAction[ArgumentParser], add_common: Callable[[ArgumentParser], None]) -> None:
    """Add the command to the gateway's."""
    parser = acts.add_parser("numbers", help=tr("what became of every official number that was handed out"))
    add_common(parser)
    parser.add_argument("--series", default="", metavar="S", help=tr("one series, as in order/2026 (default: all)"))
    parser.add_argument("--gaps", action="store_true", help=tr("list each number that stands on no record"))
    parser.add_argument("--retire", default="", metavar="DEVICE", help=tr("count the numbers of a device as lost"))
    parser.add_argument("--reason", default="", help=tr("why it does not come back"))
    parser.set_defaults(run=_run)


def add_tills(acts: _SubParsersAction[ArgumentParser], add_common: Callable[[ArgumentParser], None]) -> None:
    """Add the command that adds up the tills."""
    parser = acts.add_parser("tills", help=tr("what each till took, by the City's records, and what does not fit"))
    add_common(parser)
    parser.add_argument("--day", default="", metavar="DAY", help=tr("those opened on a day, as in 2026-11-23"))
    parser.add_argument("--json", action="store_true", help=tr("as JSON"))
    parser.set_defaults(run=_run_tills)


def _run_tills(options: Namespace) -> int:
    """0 where everything fits, 1 where something does not, or where somebody paid too much."""
    from fieldapp.clock import SystemClock, today
    from fieldapp.services import Catalogue
    from sync.gateway.overpaid import overpaid_data, paid_too_much
    from sync.gateway.tills import accounts

    with records_of(options) as database, database.snapshot() as reader:
        found = accounts(reader, options.day)
        too_much = paid_too_much(reader, Catalogue.load(options.services or ()), today(SystemClock()))
    if options.json:
        data = {"tills": [one.data() for one in found], "overpaid": [overpaid_data(one) for one in too_much]}
        print(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        _show_tills(found)
        _show_overpaid(too_much)
    return 1 if too_much or any(one.faults for one in found) else 0


def _show_overpaid(found: Sequence[Overpaid]) -> None:
    for one in found:
        print(f"  ! {one.reference}: {one.said}.")
        if first := one.back():
            words = {"number": first[0].name, "amount": dollars(first[1])}
            print("    " + tr("Pay back {amount} of {number}: who did not take it, at an open till.", **words))


def _show_tills(found: Sequence[TillAccount]) -> None:
    for one in found:
        words = {"name": one.till.name, "clerk": one.till.clerk, "device": one.till.device, "state": one.till.state}
        sums = {"n": one.sums.receipts, "total": dollars(one.sums.total), "over": dollars(one.over_short)}
        print(
            tr("{name} ({clerk}, {device}, {state}): {n} receipts, {total}, over or short {over}", **words, **sums),
            *([one.reason] if one.reason else []),
        )
        for fault in one.faults:
            print(f"  ! {fault}")
    if not found:
        print(tr("The City has no till yet."))


def add_stock(acts: _SubParsersAction[ArgumentParser], add_common: Callable[[ArgumentParser], None]) -> None:
    """Add the command that tells the stock of every office."""
    parser = acts.add_parser("stock", help=tr("what each office should have of what is counted, and what is missing"))
    add_common(parser)
    parser.add_argument("--office", default="", metavar="O", help=tr("one office, as in city_hall (default: all)"))
    parser.add_argument("--json", action="store_true", help=tr("as JSON"))
    parser.set_defaults(run=_run_stock)


def _run_stock(options: Namespace) -> int:
    """0 where every number is accounted for and the last counts agreed, 1 where not."""
    from sync.gateway.stock import stock_data, stocks

    with records_of(options) as database, database.snapshot() as reader:
        found = [one for one in stocks(reader) if options.office in {"", one.office}]
    if options.json:
        print(json.dumps({"stock": [stock_data(one) for one in found]}, ensure_ascii=False, indent=1))
    else:
        _show_stock(found)
    return 1 if any(one.faults or one.difference for one in found) else 0


def _show_stock(found: Sequence[Holding]) -> None:
    from fieldapp.stock.items import stock_item

    for one in found:
        item = stock_item(one.item)
        name = item.title.text(language()) if item else one.item
        counted = one.counted_at[:10] or tr("never")
        print(tr("{office}: {item}: {n} left, counted {day}", office=one.office, item=name, n=one.left, day=counted))
        if one.difference:
            print("  ! " + tr("the count differed by {n}: {reason}", n=f"{one.difference:+d}", reason=one.reason))
        for fault in one.faults:
            print(f"  ! {fault}")
    if not found:
        print(tr("The City has no stock yet."))


def _run(options: Namespace) -> int:
    from fieldapp.clock import SystemClock, stamp
    from sync.gateway.gaps import reports, retire

    with records_of(options) as database:
        if options.retire:
            with database.write() as tx:
                n = retire(tx, options.retire, options.reason, stamp(SystemClock().now()))
            print(tr("Blocks of {device} that count as lost now: {n}", device=options.retire, n=n))
        with database.snapshot() as reader:
            found = reports(reader, options.series)
    for report in found:
        _show(report, gaps=options.gaps)
    if not found:
        print(tr("No official number was handed out yet."))
    return 0


def _show(report: Report, *, gaps: bool) -> None:
    words = _words()
    told = ", ".join(f"{words[fate]} {n}" for fate, n in report.fates.items() if n)
    print(tr("{series}: {n} handed out: {told}", series=report.series, n=report.handed_out, told=told))
    for gap in report.gaps if gaps else ():
        print("  " + _line(gap, words))


def _line(gap: Gap, words: dict[str, str]) -> str:
    span = f"{gap.first}" if gap.first == gap.last else f"{gap.first}-{gap.last}"
    return "  ".join(part for part in (span, words[gap.fate], gap.holder, gap.reason) if part)


def _words() -> dict[str, str]:
    return {
        "used": tr("used"),
        "void": tr("voided"),
        "spoilt": tr("spoilt"),
        "back": tr("given back unused"),
        "in hand": tr("in hand"),
        "awaited": tr("taken, not with the City yet"),
        "lost": tr("lost"),
        "skipped": tr("left out after a restore"),
    }
