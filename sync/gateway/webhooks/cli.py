"""The command `gateway webhook`: which addresses are told of steps of records, and how they fare."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from fieldapp.texts import plural, tr
from sync.gateway.opening import records_of

if TYPE_CHECKING:
    from sync.gateway.service import GatewayService
    from sync.gateway.webhooks.hooks import Hook

Common = Callable[[ArgumentParser], None]  # adds where the records are
Opened = Callable[[Namespace], "GatewayService"]


def add_webhooks(acts: _SubParsersAction[ArgumentParser], common: Common, opened: Opened) -> None:
    """Add the commands to the gateway's."""
    parser = acts.add_parser("webhook", help=tr("addresses of other programs that are told of each step of records"))
    kinds = parser.add_subparsers(title=tr("commands"), metavar="COMMAND", required=True)
    give = kinds.add_parser("add", help=tr("tell an address, and print the secret that it verifies with, once"))
    give.add_argument("url", metavar="URL", help=tr("the address, as in https://host.example/path"))
    chosen = tr("a service to tell of; may be given several times (default: all but those of health)")
    give.add_argument("--service", action="append", default=[], metavar="ID", help=chosen)
    private = tr("the address may lie in a network that is not public, also without TLS")
    give.add_argument("--allow-private", action="store_true", help=private)
    show = kinds.add_parser("list", help=tr("the addresses and how they fare; 1 when one is disabled"))
    end = kinds.add_parser("remove", help=tr("tell an address nothing any more"))
    end.add_argument("which", metavar="ID", help=tr("its id or the address itself"))
    for made, run in ((give, _add), (show, _list), (end, _remove)):
        common(made)
        made.set_defaults(run=run, opened=opened)


def _add(options: Namespace) -> int:
    from fieldapp.errors import RefusedError
    from sync.gateway.webhooks.hooks import add

    service = options.opened(options)
    try:
        for name in options.service:
            if name not in service.catalogue:
                raise RefusedError(tr("The City does not offer the service “{name}”.", name=name))
        hook = add(service.database, options.url, options.service, private=options.allow_private, now=service.now())
    finally:
        service.close()
    print(hook.id)
    print(hook.secret)
    return 0


def _list(options: Namespace) -> int:
    """1 where an address is disabled: a watchdog may ask."""
    from sync.gateway.webhooks.hooks import listed

    with records_of(options) as database:
        hooks = listed(database)
    for hook in hooks:
        print(f"{hook.id}  {hook.url}")
        for line in _lines(hook):
            print(f"  {line}")
    if not hooks:
        print(tr("No address is told anything."))
    return 1 if any(hook.disabled_at for hook in hooks) else 0


def _lines(hook: Hook) -> Iterator[str]:
    yield hook.services or tr("all services but those of health")
    if hook.disabled_at:
        words = {"at": hook.disabled_at, "since": hook.failing_since, "why": _why(hook.why)}
        yield tr("DISABLED at {at}, failing since {since}: {why}", **words)
        yield tr("New steps are not kept for it. Once it works, add it again: it gets a new secret, and what waits.")
    elif hook.failures:
        words = {"since": hook.failing_since, "why": _why(hook.why), "next": hook.next_at}
        yield tr("failing since {since}: {why}; next try at {next}", **words)
    if hook.told_at:
        yield tr("last told at {at}", at=hook.told_at)
    if hook.waiting:
        yield plural(hook.waiting, "{n} step waits to be told", "{n} steps wait to be told")
    if hook.lost:
        yield plural(hook.lost, "{n} step was given up after five days", "{n} steps were given up after five days")


def _why(code: str) -> str:
    from sync.gateway.webhooks import posting

    words = {
        posting.UNKNOWN: tr("its name is not known"),
        posting.PRIVATE: tr("it is in a network that is not public"),
        posting.CLOSED: tr("it cannot be reached"),
        posting.LATE: tr("no answer in time"),
        posting.UNTRUSTED: tr("its certificate is not trusted"),
        posting.GARBLED: tr("what it answers is not HTTP"),
    }
    return words.get(code) or tr("it answered with status {code}", code=code)


def _remove(options: Namespace) -> int:
    from sync.gateway.webhooks.hooks import remove

    with records_of(options) as database:
        url = remove(database, options.which)
    print(tr("{url} is told nothing any more.", url=url))
    return 0
