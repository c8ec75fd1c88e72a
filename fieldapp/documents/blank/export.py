"""All blank forms into one folder, with an index for people and one for programs. Several processes set them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from fieldapp.documents.blank.composing import paper_of
from fieldapp.documents.blank.making import blank_form
from fieldapp.paths import Home
from fieldapp.services import Catalogue
from fieldapp.texts import LANGUAGES

FEW = 8  # papers that one process sets sooner than others have begun


@dataclass(frozen=True)
class Written:
    """A form that lies in the folder."""

    service: str
    code: str
    title: str
    summary: str
    language: str
    large: bool
    version: str
    file: str
    size: int
    sha256: str


@dataclass(frozen=True)
class _Job:
    """One service's papers, made by whichever process is free. Every process reads the services of `home` once."""

    home: Path
    service: str
    folder: Path
    prints: tuple[bool, ...]


def export(
    home: Home, folder: Path, services: Sequence[str] = (), *, large: bool = False, processes: int = 0
) -> Iterator[Written]:
    """Write the blank forms of `services` (default: all) into `folder`, in both languages, `large` ones beside them.

    Each file is there whole or not at all. ServiceError for a service that is not known, before anything is written;
    FormError or ServiceError for a form that cannot be loaded; OSError for a folder that cannot be written."""
    catalogue = _catalogue(home.root)
    wanted = [catalogue.get(name).id for name in services] or [one.id for one in catalogue if not one.internal]
    folder.mkdir(parents=True, exist_ok=True)
    prints = (False, True) if large else (False,)
    jobs = [_Job(home.root, name, folder, prints) for name in dict.fromkeys(wanted)]
    workers = min(processes or os.cpu_count() or 1, len(jobs))
    if workers < 2 or len(jobs) * len(prints) * len(LANGUAGES) <= FEW:
        yield from _flat(map(_write, jobs))
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from _flat(pool.map(_write, jobs))


def _flat(done: Iterable[list[Written]]) -> Iterator[Written]:
    for some in done:
        yield from some


@cache
def _catalogue(home: Path) -> Catalogue:
    return Catalogue.of(Home(home))


def _write(job: _Job) -> list[Written]:
    """Every paper of one service."""
    service = _catalogue(job.home).get(job.service)
    found = []
    for language in LANGUAGES:
        for large in job.prints:
            paper = paper_of(service, language, large=large)
            data = blank_form(paper)
            name = f"{service.code}-{service.id}-{language}{'-large' if large else ''}.pdf"
            place_whole(job.folder / name, data)
            digest = hashlib.sha256(data).hexdigest()
            about = (service.id, service.code, paper.title, paper.summary, language, large, paper.mark.version)
            found.append(Written(*about, name, len(data), digest))
    return found


def place_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(data)
    part.replace(path)
