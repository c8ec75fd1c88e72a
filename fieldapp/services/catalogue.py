"""The catalogue: all services of some folders. A service is added by adding its folder, in any of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from fieldapp.access import has_role
from fieldapp.errors import Place, ServiceError
from fieldapp.merging import KindOf, plain
from fieldapp.paths import Home, resources, shared_cache
from fieldapp.records import Person
from fieldapp.services.classes import kinds_of
from fieldapp.services.loader import load_service
from fieldapp.services.parts import ON_LAPTOP
from fieldapp.services.service import Service
from fieldapp.services.versions import Versions
from fieldapp.texts import tr

BLOCKS = "_blocks"


def shipped() -> Path:
    """The folder of the services that ship with FieldApp."""
    return resources() / "services"


class Catalogue:
    """The services by id, sorted by their code."""

    def __init__(self, services: Mapping[str, Service], versions: Versions | None = None) -> None:
        self.versions = versions
        self._services = _in_order(services)

    @classmethod
    def load(
        cls, folders: Iterable[Path] = (), cache: Path | None = None, versions: Versions | None = None
    ) -> Catalogue:
        """All services of `folders` (default: the shipped ones). `cache` is where converted forms are kept (default:
        where FIELDAPP_CACHE says), `versions` where each form stays as it was once it was used.

        Shared question blocks come from the `_blocks` of a service's own folder, else of the first folder that has
        one. Raises ServiceError, with its place, for a wrong service, for two of one id, for an unknown parent."""
        places, cache = list(folders) or [shipped()], cache or shared_cache()
        shared = next((place / BLOCKS for place in places if (place / BLOCKS).is_dir()), None)
        services: dict[str, Service] = {}
        for place in places:
            own = place / BLOCKS
            for folder in _service_folders(place):
                service = load_service(folder, blocks=own if own.is_dir() else shared, cache=cache, versions=versions)
                if service.id in services:
                    raise ServiceError(
                        tr("the service “{service}” is there twice", service=service.id), Place(str(service.files.toml))
                    )
                services[service.id] = service
        for service in services.values():
            _check_parent(service, services)
        _check_numbers(services.values())
        return cls(services, versions)

    @classmethod
    def of(cls, home: Home, *, gateway: bool = True) -> Catalogue:
        """The services that ship with FieldApp, those of the city's own folder `services`, if there is one, and in the
        place of either what the City published since.

        Without a `gateway`, those alone that have a server of their own: nobody would take the others' records."""
        from fieldapp.services.adopting import adopt_newest

        versions = Versions(home.forms, home.cache / "versions")
        own = [home.services] if home.services.is_dir() else []
        whole = cls.load([shipped(), *own], cache=home.cache, versions=versions)
        adopt_newest(whole, versions)
        return whole if gateway else cls({one.id: one for one in whole if one.target is not None}, versions)

    def put(self, service: Service) -> None:
        """Let a service stand in the place of the one of its id, or beside the others. Who reads meanwhile sees all
        services as they were, or all as they are now."""
        self._services = _in_order({**self._services, service.id: service})

    def get(self, service_id: str) -> Service:
        """The service with this id; ServiceError when this FieldApp does not know it."""
        if service_id not in self._services:
            raise ServiceError(tr("this FieldApp does not know the service “{service}”", service=service_id))
        return self._services[service_id]

    def __contains__(self, service_id: object) -> bool:
        return service_id in self._services

    def __iter__(self) -> Iterator[Service]:
        return iter(self._services.values())

    def all(self) -> list[Service]:
        """All services, by code."""
        return list(self)

    def kind(self, service_id: str, state_id: str) -> str:
        """The kind of a state, "" where a newer gateway knows services or states that this FieldApp does not."""
        service = self._services.get(service_id)
        states = service.states if service else ()
        return next((state.kind for state in states if state.id == state_id), "")

    def private(self, service_id: str, path: str) -> bool:
        """Whether the answer at `path` (without repeat keys) is too sensitive for lists and search."""
        service = self._services.get(service_id)
        return service is not None and path in service.privacy.sensitive

    def days_on_laptop(self, service_id: str) -> int:
        """How many days a closed record stays on a laptop after the City received it."""
        service = self._services.get(service_id)
        return service.privacy.on_laptop if service else ON_LAPTOP

    def handed_off(self) -> list[tuple[str, str]]:
        """The (service, state) pairs whose answers leave laptops at once, and then the City."""
        return [(service.id, state) for service in self for state in sorted(service.privacy.handed_off)]

    def merging(self, service_id: str, version: str) -> KindOf:
        """What becomes of each path of that version of the form when two people change it."""
        service = self._services.get(service_id)
        return kinds_of(service, version) if service else plain

    def startable(self, person: Person) -> list[Service]:
        """The services that `person`'s role may start for a resident; one that belongs to another's record is among
        them, what the City keeps for itself is not."""
        return [service for service in self if has_role(person, service.start_roles) and not service.internal]

    def children(self, service_id: str) -> list[Service]:
        """The services whose records belong to a record of `service_id`: the inspections of a permit."""
        return [service for service in self if service.parent == service_id]

    def check(self) -> None:
        """Load every form: FormError or ServiceError, with its place, for the first thing that is wrong in any."""
        for service in self:
            service.form()
            if service.parent_rule:
                _check_copies(service, self.get(service.parent))


def _in_order(services: Mapping[str, Service]) -> dict[str, Service]:
    return dict(sorted(services.items(), key=lambda item: (item[1].code, item[0])))


def _service_folders(place: Path) -> list[Path]:
    if not place.is_dir():
        raise ServiceError(tr("there is no such folder of services"), Place(str(place)))
    return sorted(path.parent for path in place.glob("*/service.toml"))


def _check_parent(service: Service, services: Mapping[str, Service]) -> None:
    if service.parent and service.parent not in services:
        place = Place(str(service.files.toml), field="parent.service")
        raise ServiceError(tr("unknown service “{service}”", service=service.parent), place)


def _check_numbers(services: Iterable[Service]) -> None:
    """Services that issue numbers of one series must write them alike."""
    known: dict[str, tuple[str, int, int]] = {}
    for service in services:
        for one in service.numbers:
            way = one.prefix, one.digits, one.start
            if known.setdefault(one.id, way) != way:
                place = Place(str(service.files.toml), field="numbers.prefix")
                raise ServiceError(tr("another service writes the series “{name}” otherwise", name=one.id), place)


def _check_copies(service: Service, parent: Service) -> None:
    """Every question that `service` copies from its parent must be in the parent's form."""
    known = parent.form().questions
    for sources in service.parent_rule.copy.values() if service.parent_rule else ():
        for path in sources.split("|"):
            if not path.startswith("@") and path not in known:
                place = Place(str(service.files.toml), field="parent.copy")
                raise ServiceError(
                    tr("the form of “{service}” has no question “{path}”", service=parent.id, path=path), place
                )
