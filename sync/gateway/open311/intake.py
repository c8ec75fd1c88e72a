"""From a stranger's request to a record: the service's own form is filled with it, and judged like everybody's.

The same request that comes again is the same record: by the caller's Idempotency-Key, or the attribute `client_ref`.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from fieldapp.clock import Clock, new_id, stamp
from fieldapp.errors import FormError
from fieldapp.forms import FormSession
from fieldapp.places import Layers
from fieldapp.records import AUTHOR, LANG, NUMBER, STATE, Attachment, Change
from fieldapp.services import Service, Transition
from fieldapp.services.open311 import Open311
from fieldapp.texts import language, tr
from sync.gateway.open311.offer import code_of, session_of
from sync.gateway.person import PersonApi
from sync.wire import APPLIED, MERGED, PushRequest

SPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")  # RFC 9562: names that are URLs
DEVICE = "open311"
CLIENT_REF = "client_ref"


class RequestError(Exception):
    """What GeoReport answers with: a code (mostly an HTTP status) and a sentence for each thing that is wrong."""

    def __init__(self, *errors: tuple[int, str]) -> None:
        super().__init__("; ".join(words for _, words in errors))
        self.errors = errors


@dataclass(frozen=True)
class Photo:
    """A picture that came with a request."""

    data: bytes
    mime: str
    name: str

    @property
    def kept(self) -> Attachment:
        """As a record names it."""
        return Attachment(hashlib.sha256(self.data).hexdigest(), len(self.data), self.mime, self.name)


@dataclass(frozen=True)
class Request:
    """A request as it came: GeoReport's own parts by name, attributes by code, pictures."""

    parts: Mapping[str, str]
    attributes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    photos: tuple[Photo, ...] = ()
    key: str = ""  # the caller's own word for this request, "" for none

    @property
    def name(self) -> str:
        """Under which the same request is known again, "" where nobody can tell."""
        return self.key or "".join(self.attributes.get(CLIENT_REF, ()))[:200]


@dataclass(frozen=True)
class Intake:
    """Takes requests in under one account, the caller's."""

    api: PersonApi
    clock: Clock
    layers: Layers | None = None

    def take(self, service: Service, rule: Open311, asked: Request) -> str:
        """The City's number of the request; RequestError with all that is missing or wrong."""
        if asked.photos and "photos" not in rule.paths:
            raise RequestError((400, tr("This service takes no pictures.")))
        op = self._named(service, asked, "op")
        if known := self._known(op):
            self._bring(asked.photos)
            return known
        session = session_of(service, language(), self.clock, self.layers)
        errors = [*_filled(session, rule, asked), *_missing(session)]
        if errors:
            raise RequestError(*dict.fromkeys(errors))
        return self._handed_in(service, service.transition(rule.step), session, asked, op)

    def _handed_in(self, service: Service, step: Transition, session: FormSession, asked: Request, op: str) -> str:
        answers = session.answers(pruned=True)
        own = {STATE: step.to, AUTHOR: self.api.person.id, LANG: language()}
        fields = {path: value for path, value in {**answers, **own}.items() if value}
        derived = {path: value for path, value in service.derived(fields, language()).items() if value}
        me, at = self.api.person.id, stamp(self.clock.now())
        change = Change(
            id=op,
            record=self._named(service, asked, "record"),
            service=service.id,
            form_version=service.form_version,
            base_rev=0,
            edits={**fields, **derived},
            was={},
            actor=me,
            principal=me,
            device=DEVICE,
            at=at,
            transition=step.id,
            creates=True,
            attachments=tuple(photo.kept for photo in asked.photos),
        )
        result = self.api.push(PushRequest(DEVICE, (change.payload(),), "")).results[0]
        if result.status not in (APPLIED, MERGED):
            raise RequestError((400, result.message))
        self._bring(asked.photos)
        return str(result.edits[NUMBER])

    def _bring(self, photos: Iterable[Photo]) -> None:
        """Keep the pictures. What an earlier attempt could not keep, as on a full disk, comes with the next one; a file
        that is here, or that no record names, is not written."""
        for photo in photos:
            self.api.put_blob(photo.kept.sha256, 0, len(photo.data), photo.data)

    def _named(self, service: Service, asked: Request, what: str) -> str:
        """An id that is the same for the same request, and a new one where it has no name."""
        name = asked.name
        return str(uuid.uuid5(SPACE, f"{self.api.person.id}/{service.id}/{name}/{what}")) if name else new_id()

    def _known(self, op: str) -> str:
        found = self.api.service.database.read(
            "SELECT q.id FROM op o JOIN open311_request q ON q.record = o.record WHERE o.id = ?", (op,)
        )
        return str(found[0][0]) if found else ""


def _filled(session: FormSession, rule: Open311, asked: Request) -> Iterator[tuple[int, str]]:
    """Answer the form in its own order; a sentence for each answer that it does not take."""
    given = {rule.paths[part]: text for part, text in asked.parts.items() if part in rule.paths and text}
    given |= {path: " ".join(asked.attributes.get(code_of(path), ())) for path in rule.attributes}
    given = {**rule.answers, **{path: text for path, text in given.items() if text}}
    for path in sorted(given, key=list(session.definition.questions).index):
        try:
            session.set(f"/{session.definition.root_name}/{path}", given[path])
        except FormError as fault:
            yield 400, f"{code_of(path)}: {fault.args[0]}"
    if photos := rule.paths.get("photos"):
        for photo in asked.photos:
            instance = session.add(f"/{session.definition.root_name}/{photos}")
            session.set(f"{instance.path}/picture", f"{photo.kept.sha256}{_suffix(photo)}")
            session.set(f"{instance.path}/caption", photo.name or tr("Photo"))


def _missing(session: FormSession) -> Iterator[tuple[int, str]]:
    for problem in session.problems():
        yield 400, f"{code_of(problem.node.question.path)}: {problem.message}"


def _suffix(photo: Photo) -> str:
    return {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}[photo.mime]
