"""What a server offers, beside what our services say of it: found out before the first request is refused there."""

from __future__ import annotations

from collections.abc import Iterator

from fieldapp.errors import RefusedError
from fieldapp.services import Catalogue, Service
from fieldapp.services.forwarding import Forward
from fieldapp.texts import tr
from sync.adapters.georeport import Item, text
from sync.adapters.open311 import Open311Client
from sync.gateway.outside.servers import listed_servers
from sync.gateway.transactions import CityDatabase


def offers(database: CityDatabase, name: str) -> list[str]:
    """A line for each of its services. SyncError where it does not answer."""
    client = _client(database, name)
    try:
        return [f"{text(one.get('service_code'))}  {text(one.get('service_name'))}" for one in client.services()]
    finally:
        client.close()


def lacks(database: CityDatabase, catalogue: Catalogue, name: str) -> Iterator[str]:
    """What is wrong with the services that name it, as far as it says."""
    client = _client(database, name)
    try:
        codes = {text(one.get("service_code")) for one in client.services()}
        for service in catalogue:
            rule = service.forward
            if rule is None or rule.server != name:
                continue
            if rule.code not in codes:
                yield tr("{service}: the server has no service {code}", service=service.id, code=rule.code)
            else:
                yield from _attributes(service, rule, client.attributes(rule.code))
    finally:
        client.close()


def _attributes(service: Service, rule: Forward, asked: list[Item]) -> Iterator[str]:
    known = {text(one.get("code")): one for one in asked}
    told = rule.attributes.keys() | ({rule.marker} if rule.marker else set())
    for code in sorted(rule.attributes.keys() - known.keys()):
        yield tr("{service}: the server does not ask for {code}", service=service.id, code=code)
    for code, one in known.items():
        if text(one.get("required")).casefold() == "true" and code not in told:
            yield tr("{service}: the server requires {code}", service=service.id, code=code)


def _client(database: CityDatabase, name: str) -> Open311Client:
    for server in listed_servers(database):
        if server.name == name:
            return Open311Client(server.endpoint)
    raise RefusedError(tr("The gateway knows no server “{name}”.", name=name))
