"""The proof of the last complete sync as one page that a person can keep: what moved, and both sides compared."""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path

from fieldapp.clock import moment_of
from fieldapp.documents.issued.setting import issued_paper
from fieldapp.documents.issued.sheet import Part, Sheet
from fieldapp.errors import StoreError
from fieldapp.texts import language, tr
from sync.status import ProofOfSync, Summary
from ui.numbers import grouped
from ui.records.pdf_file import write_pdf
from ui.session import Session
from ui.sync_centre.areas import area
from ui.sync_centre.writing import write_copy

CELL = "style='padding: 3px 14px 3px 0'"


def save_proof(session: Session, proof: ProofOfSync, path: Path) -> None:
    """Write it as a PDF, or as HTML where the name says so, and say how it went. Raises DiskError."""
    if path.suffix.lower() in {".html", ".htm"}:
        write_copy(session, path, as_html(session, proof))
        return
    write_pdf(session.saved(lambda: issued_paper(sheet(session, proof), _no_picture)), path)
    session.say(tr("A copy is in {file}.", file=path.name))


def as_html(session: Session, proof: ProofOfSync) -> str:
    """The page, in the language on screen. It names nobody else's records: counts and checksums only."""
    equal = _verdict(proof)
    head = "".join(_pair(name, value) for name, value in _facts(session, proof))
    rows = "".join(_bucket_row(name, proof) for name in sorted({*proof.here, *proof.city}))
    title = _safe(tr("Proof of sync"))
    names = (tr("Area"), tr("Records here"), tr("At the City"), tr("Checksum here"), tr("At the City"), "")
    heads = "".join(f"<th align='left' {CELL}>{_safe(name)}</th>" for name in names)
    sums = _explained()
    return (
        f"<html lang='{language()}'><head><meta charset='utf-8'><title>{title}</title></head><body>"
        f"<h1>{title}</h1><h3>{_safe(equal)}</h3><table>{head}</table>"
        f"<h3>{_safe(tr('Compared at its end'))}</h3><table>{heads}{rows}</table><p>{_safe(sums)}</p></body></html>"
    )


def sheet(session: Session, proof: ProofOfSync) -> Sheet:
    """The same as a paper."""
    facts = tuple(_facts(session, proof))
    return Sheet(
        language=language(),
        kind="report",
        title=tr("Proof of sync"),
        number=(tr("Complete"), _when(proof.finished_at)),
        facts=facts,
        lead=(_verdict(proof),),
        parts=tuple(_bucket_part(name, proof) for name in sorted({*proof.here, *proof.city})),
        closing=(_explained(),),
    )


def _no_picture(sha256: str) -> bytes:
    raise StoreError(sha256)


def _verdict(proof: ProofOfSync) -> str:
    if not proof.city:
        return tr("This server takes records and tells nothing to compare with.")
    return tr("Laptop and City hold the same.") if proof.equal else tr("Laptop and City differ: see below.")


def _explained() -> str:
    return tr(
        "The checksum is the sum of the fingerprints (the first 64 bits of SHA-256) of every record's id, revision and"
        " whole content: equal sums mean equal records, in whatever order they came."
    )


def _facts(session: Session, proof: ProofOfSync) -> Iterator[tuple[str, str]]:
    yield tr("City"), session.city
    yield tr("Person"), session.person.name
    yield tr("Laptop"), session.desk.device
    yield tr("Begun"), _when(proof.started_at)
    yield tr("Complete"), _when(proof.finished_at)
    words = _answers()
    sent = ", ".join(f"{words.get(one, one)} {grouped(n)}" for one, n in sorted(proof.results.items()))
    yield tr("Changes sent"), sent or "0"
    yield tr("Rows received"), grouped(proof.received)
    yield tr("Files confirmed"), grouped(proof.files)
    if proof.rebuilt:
        yield tr("Built anew"), ", ".join(area(name) for name in proof.rebuilt)
    counts = session.store.counts()
    yield tr("Waiting when this page was made"), grouped(counts.waiting)
    yield tr("Needing a person then"), grouped(counts.attention)


def _answers() -> dict[str, str]:
    return {
        "applied": tr("applied:"),
        "merged": tr("merged:"),
        "noop": tr("known already:"),
        "conflict": tr("two versions:"),
        "rejected": tr("refused:"),
        "blocked": tr("waiting behind another:"),
        "retry": tr("to be tried again:"),
        "parked": tr("laid aside:"),
    }


def _bucket_part(name: str, proof: ProofOfSync) -> Part:
    title, here, city, sum_here, sum_city, verdict = _cells(name, proof)
    rows = (
        (tr("Records here"), here),
        (tr("At the City"), city),
        (tr("Checksum here"), sum_here),
        (tr("At the City"), sum_city),
    )
    return Part(f"{title}: {verdict}" if verdict else title, rows)


def _cells(name: str, proof: ProofOfSync) -> tuple[str, ...]:
    here, city = proof.here.get(name), proof.city.get(name)
    verdict = "" if here is None or city is None else tr("equal") if here == city else tr("differs")
    return (area(name), _count(here), _count(city), _sum(here), _sum(city), verdict)


def _bucket_row(name: str, proof: ProofOfSync) -> str:
    cells = _cells(name, proof)
    return "<tr>" + "".join(f"<td {CELL}>{_safe(cell)}</td>" for cell in cells) + "</tr>"


def _count(one: Summary | None) -> str:
    return grouped(one[0]) if one else "—"


def _sum(one: Summary | None) -> str:
    return f"{one[1] % 2**64:016x}" if one else "—"


def _when(stamp: str) -> str:
    return f"{moment_of(stamp):%Y-%m-%d %H:%M:%S}"


def _pair(name: str, value: str) -> str:
    return f"<tr><td {CELL}>{_safe(name)}</td><td {CELL}><b>{_safe(value)}</b></td></tr>"


def _safe(text: str) -> str:
    return html.escape(text)
