"""Commands of the sync layer."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace, _SubParsersAction
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.places.feeds import FEEDS
from fieldapp.texts import plural, tr
from sync.arcgis.cli import add_arcgis
from sync.gateway.accounts.cli import add_account
from sync.gateway.bookings.cli import add_feeds, add_slots
from sync.gateway.cli import add_numbers, add_stock, add_tills
from sync.gateway.history.cli import add_published
from sync.gateway.layers.cli import add_layers
from sync.gateway.operating.cli import add_operating
from sync.gateway.operating.settings import Settled
from sync.gateway.outside.cli import add_outside
from sync.gateway.publishing.cli import add_export
from sync.gateway.trust.cli import add_trust
from sync.gateway.updates.cli import add_updates
from sync.gateway.webhooks.cli import add_webhooks
from sync.handover.cli import add_handover
from sync.openrosa.cli import add_openrosa

if TYPE_CHECKING:
    from sync.gateway.open311.city import Open311City
    from sync.gateway.tokens import Trust
    from sync.gateway.workers import Place
    from sync.wire import WayIn


def add_commands(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add this layer's commands to the program's parser."""
    parser = commands.add_parser("gateway", help=tr("run the City's records gateway"))
    acts: _SubParsersAction[ArgumentParser] = parser.add_subparsers(
        title="commands", metavar="COMMAND", required=True, parser_class=Settled
    )
    _add_serve(acts)
    _add_take(acts)
    _add_tidy(acts)
    add_numbers(acts, _add_common)
    add_tills(acts, _add_common)
    add_stock(acts, _add_common)
    add_operating(acts, _add_common)
    add_updates(acts)
    add_trust(acts, _add_common)
    add_published(acts, _add_common)
    for add in (add_account, add_slots, add_feeds, add_webhooks, add_layers, add_outside):
        add(acts, _add_common, lambda options: _place(options).opened())
    _add_forget_keys(acts)
    add_openrosa(commands)
    add_arcgis(commands)
    add_handover(commands)
    add_export(commands, _add_common)


def _add_serve(acts: _SubParsersAction[ArgumentParser]) -> None:
    parser = acts.add_parser("serve", help=tr("answer laptops until Ctrl+C"))
    _add_common(parser)
    parser.add_argument("--port", type=int, default=0, metavar="N", help=tr("the port (default: any free one)"))
    parser.add_argument("--host", default="127.0.0.1", help=tr("the address to answer at (default: this machine only)"))
    _add_trust(parser)
    layers = tr("a file of layers (layers.db): laptops are told which ones the City has")
    parser.add_argument("--layers", type=Path, metavar="FILE", help=layers)
    _add_front(parser)
    versions = tr("a folder of signed versions of FieldApp that laptops take (gateway updates)")
    parser.add_argument("--updates", type=Path, metavar="DIR", help=versions)
    fresh = tr("the key “daily”, with which the list of versions is kept fresh")
    parser.add_argument("--updates-key", type=Path, metavar="FILE", help=fresh)
    world = tr("answer Open311 (GeoReport v2) below /open311/v2/ as this jurisdiction, as in hamilton.ca")
    parser.add_argument("--open311", default="", metavar="NAME", help=world)
    parser.add_argument("--open311-contact", default="", metavar="TEXT", help=tr("whom its users ask for an api_key"))
    geocoder = tr("the City's geocoder (ArcGIS, …/GeocodeServer), which laptops may ask where an address is")
    parser.add_argument("--geocoder", default="", metavar="URL", help=geocoder)
    parser.add_argument("--city", default="", metavar="NAME", help=tr("what the City is called, as laptops show it"))
    live = tr("a live feed of buses (trip_updates, alerts), in place of those in FieldApp's own table; again for more")
    parser.add_argument("--live", action="append", default=[], type=_feed, metavar="FEED=URL", help=live)
    quiet = tr("log what went wrong, not every request (lines of JSON on the error stream)")
    parser.add_argument("--quiet", action="store_true", help=quiet)
    workers = tr("so many processes answer (default: 1; more need --database)")
    parser.add_argument("--workers", type=int, default=1, metavar="N", help=workers)
    watch = tr("a port of its own for /live, /ready and /metrics (Prometheus); 0 for any free one (default: none)")
    parser.add_argument("--watch-port", type=int, metavar="N", help=watch)
    watchers = tr("the address of that port (default: this machine only)")
    parser.add_argument("--watch-host", default="127.0.0.1", metavar="ADDRESS", help=watchers)
    parser.epilog = tr("Every option may be in the environment: FIELDAPP_GATEWAY_PORT is --port.")
    if isinstance(parser, Settled):
        parser.strict = True
    parser.set_defaults(run=_serve)


def _add_front(parser: ArgumentParser) -> None:
    certificate = tr("answer over TLS with this certificate, PEM (without it: a proxy in front must do that)")
    parser.add_argument("--certificate", type=Path, metavar="FILE", help=certificate)
    parser.add_argument("--key", type=Path, metavar="FILE", help=tr("the certificate's key, PEM"))
    proxy = tr("the address of the proxy in front, which says who is calling (default: this machine)")
    parser.add_argument("--proxy", default="127.0.0.1", metavar="ADDRESS", help=proxy)


def _add_trust(parser: ArgumentParser) -> None:
    parser.add_argument("--issuer", metavar="URL", help=tr("the City's identity provider, whose tokens are believed"))
    parser.add_argument("--audience", metavar="A", help=tr("what its tokens call this gateway (aud)"))
    parser.add_argument("--person-claim", default="sub", metavar="C", help=tr("the claim that is the user id"))
    parser.add_argument("--roles-claim", default="roles", metavar="C", help=tr("the claim that has the roles"))
    wards = tr("the claim that has the wards (without it: everybody works in all wards)")
    parser.add_argument("--wards-claim", default="", metavar="C", help=wards)
    known = tr("as what laptops are known at the provider: they are told it at their first run")
    parser.add_argument("--client-id", default="", metavar="ID", help=known)
    scope = tr("what laptops ask for at the provider")
    parser.add_argument("--scope", default="openid profile offline_access", metavar="S", help=scope)
    parser.add_argument("--resource", default="", metavar="URI", help=tr("this gateway's name there, if it wants one"))
    parser.add_argument("--offices-claim", default="", metavar="C", help=tr("the claim that has the offices"))


def _add_take(acts: _SubParsersAction[ArgumentParser]) -> None:
    parser = acts.add_parser("take", help=tr("take in a hand-over file that somebody brought"))
    _add_common(parser)
    parser.add_argument("file", type=Path, help=tr("the hand-over file"))
    parser.set_defaults(run=_take)


def _add_tidy(acts: _SubParsersAction[ArgumentParser]) -> None:
    parser = acts.add_parser("tidy", help=tr("forget what left a laptop's reach more than 180 days ago"))
    _add_common(parser)
    purge = tr("also purge the history of changes that are older, in days (180 at least)")
    parser.add_argument("--purge-history", type=int, metavar="DAYS", help=purge)
    parser.set_defaults(run=_tidy)


def _add_forget_keys(acts: _SubParsersAction[ArgumentParser]) -> None:
    help_ = tr("forget the City's parts of a person's laptop keys: a forgotten PIN cannot be replaced then")
    parser = acts.add_parser("forget-keys", help=help_)
    _add_common(parser)
    parser.add_argument("person", help=tr("whose"))
    parser.set_defaults(run=_forget_keys)


def _add_common(parser: ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help=tr("where the City's records lie"))
    database = tr("the records on PostgreSQL, as in postgresql://user@host/name (default: a file in DIR)")
    parser.add_argument("--database", default="", metavar="URL", help=database)
    blobs = tr("the files at S3, as in s3://bucket/prefix (default: a folder in DIR)")
    parser.add_argument("--blobs", default="", metavar="URL", help=blobs)
    endpoint = tr("the address of a server that speaks S3 (default: Amazon's)")
    parser.add_argument("--s3-endpoint", default="", metavar="URL", help=endpoint)
    folders = tr("a folder of services; may be given several times (default: the shipped ones)")
    parser.add_argument("--services", type=Path, action="append", metavar="DIR", help=folders)


def _feed(text: str) -> tuple[str, str]:
    """A feed and its address, as one writes them."""
    feed, is_one, url = text.partition("=")
    if not is_one or feed not in FEEDS:
        raise ArgumentTypeError(tr("{text} names no feed: {feeds}", text=text, feeds=", ".join(FEEDS)))
    return feed, url


def _serve(options: Namespace) -> int:
    from sync.adapters.http import protected
    from sync.gateway.operating.serving import Serving
    from sync.gateway.server import Front
    from sync.gateway.workers import check_workers

    place = replace(_place(options, _trust(options)), quiet=options.quiet, open311=_open311(options))
    place = replace(place, city=options.city, way_in=_way_in(options))
    place = replace(place, geocoder=protected(options.geocoder) if options.geocoder else "")
    place = replace(place, live=tuple((feed, protected(url)) for feed, url in options.live))
    check_workers(place, options.workers)
    front = Front(options.certificate, options.key, options.proxy)
    front.check()
    place.check_files()
    place = replace(place, updates=options.updates)
    if place.updates is not None:
        from sync.gateway.updates.folder import require_begun

        require_begun(place.updates)
    if options.updates_key is not None:
        from sync.gateway.updates.keys import signer_of

        signer_of(options.updates_key)  # what is wrong is said now, not in the log of a night
    where = (options.host, options.port, options.workers, options.layers, options.watch_host, options.watch_port)
    Serving(place, front, *where, options.updates_key, _say).run()
    return 0


def _say(words: str) -> None:
    print(words, flush=True)


def _open311(options: Namespace) -> Open311City | None:
    from sync.gateway.open311.city import Open311City

    if not options.open311:
        return None
    from sync.gateway.layers.holding import FILE

    return Open311City(options.open311, options.open311_contact, options.layers or options.data / FILE)


def _take(options: Namespace) -> int:
    from sync.handover.cli import opened, report

    bundle = opened(options.file)
    service = _place(options).opened()
    try:
        service.keep_forms()
        person = service.people.get(bundle.manifest.person)
        return report(bundle, service.as_(person), options.data)
    finally:
        service.close()


def _tidy(options: Namespace) -> int:
    from sync.gateway.tidying import purge_ops

    service = _place(options).opened()
    try:
        print(plural(service.tidy(), "{n} row that left is forgotten.", "{n} rows that left are forgotten."))
        if options.purge_history is not None:
            purged = purge_ops(service.database, service.clock.now(), options.purge_history)
            print(plural(purged, "{n} change is purged from the history.", "{n} changes are purged from the history."))
    finally:
        service.close()
    return 0


def _forget_keys(options: Namespace) -> int:
    from fieldapp.access import check_user_id

    service = _place(options).opened()
    try:
        forgotten = service.recovery.forget(check_user_id(options.person))
        print(plural(forgotten, "The City forgot the part of {n} laptop.", "The City forgot the parts of {n} laptops."))
    finally:
        service.close()
    return 0


def _trust(options: Namespace) -> Trust | None:
    from fieldapp.errors import RefusedError
    from sync.gateway.tokens import Trust

    if not options.issuer:
        return None
    if not options.audience:
        raise RefusedError(tr("--issuer needs --audience: a token for another program must not open this one."))
    claims = {"person": options.person_claim, "roles": options.roles_claim, "wards": options.wards_claim}
    return Trust(options.issuer, options.audience, offices=options.offices_claim, **claims)


def _way_in(options: Namespace) -> WayIn | None:
    from fieldapp.errors import RefusedError
    from sync.wire import WayIn

    if not options.client_id:
        return None
    if not options.issuer:
        raise RefusedError(tr("--client-id needs --issuer: the provider at which laptops are known by it."))
    return WayIn(options.issuer, options.client_id, options.scope, options.resource)


def _place(options: Namespace, trust: Trust | None = None) -> Place:
    from sync.gateway.workers import Place

    services = tuple(options.services or ())
    return Place(options.data, services, options.database, trust, options.blobs, options.s3_endpoint)
