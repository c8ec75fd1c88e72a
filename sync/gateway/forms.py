"""The forms at the gateway: each version that was ever in use, handed out to laptops, and judged by.

A record that is handed in as complete is looked at once more with the same engine, in the version that it names, over
the City's own tables, at the moment that the Change names: a day that had to lie ahead then may be past by now.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from fieldapp.clock import FixedClock, moment_of
from fieldapp.errors import FormError, ServiceError
from fieldapp.forms.judging import Fault, JudgedForm
from fieldapp.paths import cache_in
from fieldapp.records import Change, Fields
from fieldapp.services import Catalogue, Service
from fieldapp.services.packages import packed
from fieldapp.services.reference import FEES, ServiceReference, service_reference
from fieldapp.services.versions import Versions
from fieldapp.texts import plural, tr
from sync.gateway.rules import Refusal

FOLDER = "forms"  # of a gateway's versions of them
INCOMPLETE, MISCALCULATED, UNKNOWN = "incomplete", "calculated", "unknown_version"


@dataclass(frozen=True)
class Complaint(Refusal):
    """Why a record is not complete: at which answer, and what the form calculates there."""

    path: str = ""
    expected: str = ""


@dataclass
class Forms:
    """All versions of all forms, below one folder of the gateway."""

    versions: Versions
    _judged: dict[tuple[str, str], tuple[JudgedForm, ServiceReference]] = field(default_factory=dict)

    @classmethod
    def below(cls, folder: Path) -> Forms:
        """Those of the gateway whose records lie in `folder`."""
        return cls(Versions(folder / FOLDER, cache_in(folder) / "versions"))

    def keep_all(self, catalogue: Catalogue) -> None:
        """Keep today's version of each form, before any record names it and before an update replaces it.

        Raises FormError or ServiceError, with its place, for a form that cannot be used."""
        for service in catalogue:
            self.knows(service, service.form_version)

    def knows(self, service: Service, version: str) -> bool:
        """Whether this version is, or ever was, the City's. Today's is kept at the first question."""
        if version == service.form_version and not self.versions.has(service.id, version):
            self.versions.keep(service.id, version, packed(service.files))
        return self.versions.has(service.id, version)

    def package(self, service: Service, version: str) -> bytes:
        """The package of a version; empty where the City never had it, or cannot read its own."""
        try:
            return self.versions.package(service.id, version) if self.knows(service, version) else b""
        except (FormError, ServiceError):
            return b""

    def complaint(self, service: Service, change: Change, fields: Fields, now: str) -> Complaint | None:
        """Why `fields`, the whole record after `change`, cannot be taken as complete; None when they can.

        `now`, the gateway's time, stands in for a moment that the Change does not say."""
        version = change.form_version
        if not self.knows(service, version):
            words = tr(
                "The City does not know version {version} of this form yet; your answers are kept.", version=version
            )
            return Complaint(UNKNOWN, words)
        form, reference = self._form(service, version)
        clock = _clock(change.at, now)
        faults = list(form.faults(fields, clock=clock, reference=replace(reference, clock=clock)))
        return _told(faults) if faults else None

    def figures(self, service: Service, change: Change, fields: Fields, now: str) -> Fields:
        """What the form calculates from `fields`, path by path; without what cannot be repeated here."""
        if not self.knows(service, change.form_version):
            return {}
        form, reference = self._form(service, change.form_version)
        clock = _clock(change.at, now)
        return form.figures(fields, clock=clock, reference=replace(reference, clock=clock))

    def _form(self, service: Service, version: str) -> tuple[JudgedForm, ServiceReference]:
        if (service.id, version) not in self._judged:
            folder = self.versions.folder(service.id, version)
            reference = service_reference(folder, None, FixedClock())
            definition = self.versions.form(service.id, version)
            tables = {*reference.tables, FEES}
            judged = JudgedForm(definition, tables=tables, functions=service.functions())
            self._judged[service.id, version] = judged, reference
        return self._judged[service.id, version]


def _clock(at: str, now: str) -> FixedClock:
    """A clock at the moment `at`, as the laptop's clock said; at `now` where that is no moment."""
    try:
        return FixedClock(moment_of(at))
    except (ValueError, OverflowError):
        return FixedClock(moment_of(now))


def _told(faults: list[Fault]) -> Complaint:
    """The first fault in words, and how many there are; a gap or a wrong answer before a wrong calculation."""
    first = min(faults, key=lambda fault: fault.kind == "calculated")
    code = MISCALCULATED if first.kind == "calculated" else INCOMPLETE
    said = tr("“{label}”: {why}", label=first.label, why=first.message)
    if len(faults) > 1:
        said = plural(len(faults) - 1, "{said} (and {n} more)", "{said} (and {n} more)", said=said)
    return Complaint(code, said, first.path, first.expected)
