"""Reading the smaller parts of service.toml: numbers, clocks, privacy, documents, mappings, what is carried over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlsplit

from fieldapp.services.declared import (
    CarryRule,
    CarrySource,
    Derivation,
    Document,
    Merging,
    Parent,
    Privacy,
    Series,
    ServiceClock,
    Target,
    Transition,
)
from fieldapp.services.entries import Entries
from fieldapp.services.forwarding import OPEN311
from fieldapp.services.numbers import number
from fieldapp.services.steps import one_of
from fieldapp.texts import tr

ON_LAPTOP = 30  # days; fewer would leave nothing to heal a restored City with
PRIVACY_CLASSES = ("P0", "P1", "P2", "P3", "P4")
TARGETS = ("openrosa", OPEN311)
DERIVED = ("address", "point", "ward", "lang")


def read_keywords(entries: Entries) -> dict[str, tuple[str, ...]]:
    """The plain words that a resident uses, by language."""
    table = entries.table("keywords")
    words = {"en": table.texts("en"), "fr": table.texts("fr")}
    table.finish()
    return words


def read_series(entries: Entries) -> Series:
    """The number series; its format is tried on a number."""
    table = entries.table("series")
    series = Series(table.text("id"), table.text("format"), table.number("start", 1))
    table.finish()
    try:
        first, second = (number(series, n, date(2026, 1, 1)) for n in (1, 2))
        if first == second:
            wrong = tr("“{format}” gives every record the same number: it needs n", format=series.format)
            table.wrong("format", wrong)
    except (KeyError, ValueError, IndexError):
        table.wrong("format", tr("“{format}” cannot be used; its places are yy, yyyy and n", format=series.format))
    return series


def read_clocks(entries: Entries) -> tuple[ServiceClock, ...]:
    """The promises and limits, in the order in which they count."""
    return tuple(_clock(item) for item in entries.tables("clocks"))


def _clock(item: Entries) -> ServiceClock:
    clock = ServiceClock(
        id=item.text("id"),
        title=item.bilingual("title"),
        from_=item.text("from", ""),
        days=item.number("days", 0),
        business=one_of(item, "kind", ("business", "calendar")) == "business",
        source=item.text("source"),
    )
    item.finish()
    if clock.days < 0:
        item.wrong("days", tr("must not be less than zero"))
    return clock


def read_privacy(entries: Entries) -> Privacy:
    """The privacy class, which no service may go without, and how long records are kept."""
    table = entries.table("privacy")
    privacy = Privacy(
        class_=one_of(table, "class", PRIVACY_CLASSES),
        sensitive=frozenset(table.texts("sensitive", ())),
        retention=table.bilingual("retention"),
        on_laptop=table.number("on_laptop", ON_LAPTOP),
        handed_off=frozenset(table.texts("handed_off", ())),
        hand_off_days=table.number("hand_off_days", 0),
    )
    table.finish()
    if privacy.on_laptop < ON_LAPTOP:
        table.wrong(
            "on_laptop", tr("at least {n} days, so that laptops can heal a City that was restored", n=ON_LAPTOP)
        )
    return privacy


def read_documents(entries: Entries) -> tuple[Document, ...]:
    """What the resident has to bring."""
    documents = []
    for item in entries.tables("documents"):
        seen = item.texts("seen", ())
        documents.append(Document(item.text("id"), item.bilingual("title"), item.flag("required"), seen))
        item.finish()
    return tuple(documents)


def read_derivation(entries: Entries) -> Derivation:
    """How @title, @address, @point, @ward and @lang come from the answers."""
    table = entries.table("derived")
    title = table.table("title")
    en, fr = title.texts("en"), title.texts("fr")
    title.finish()
    if len(en) != len(fr):
        table.wrong("title", tr("must have as many parts in French as in English"))
    paths = {name: table.text(name) for name in DERIVED if table.has(name)}
    table.finish()
    return Derivation(en, fr, paths)


def read_parent(entries: Entries) -> Parent | None:
    """The service that this one belongs to, if any."""
    if not entries.has("parent"):
        return None
    table = entries.table("parent")
    parent = Parent(table.text("service"), table.pairs("copy"), table.flag("optional"))
    table.finish()
    return parent


def read_carry(entries: Entries) -> CarryRule | None:
    """What a later record of the same parent takes over, if anything."""
    if not entries.has("carry"):
        return None
    table = entries.table("carry")
    closed = table.table("closed_when")
    rule = CarryRule(
        states=frozenset(table.texts("states")),
        into=table.text("into"),
        count=table.text("count"),
        visits=table.text("visits"),
        id_question=table.text("id_question"),
        reference_question=table.text("reference_question"),
        closed_question=closed.text("question"),
        closed_values=frozenset(closed.texts("is")),
        sources=tuple(read_source(item) for item in table.tables("from")),
    )
    closed.finish()
    table.finish()
    if not rule.sources:
        table.wrong("from", tr("is missing: name at least one repeat to carry over"))
    return rule


def read_source(item: Entries) -> CarrySource:
    """A repeat and which of its rows count."""
    question, values = "", frozenset[str]()
    if item.has("open_when"):
        open_when = item.table("open_when")
        question, values = open_when.text("question"), frozenset(open_when.texts("is"))
        open_when.finish()
    source = CarrySource(item.text("repeat"), question, values, item.pairs("copy"))
    item.finish()
    return source


def read_merging(entries: Entries) -> Merging:
    """The answers that a supervisor decides between, and the notes that are only added to."""
    if not entries.has("merge"):
        return Merging()
    table = entries.table("merge")
    merging = Merging(frozenset(table.texts("decision", ())), frozenset(table.texts("append", ())))
    table.finish()
    for path in sorted(merging.decision & merging.append):
        table.wrong("append", tr("“{path}” is a decision: it cannot be a note as well", path=path))
    return merging


def read_target(entries: Entries, steps: Iterable[Transition]) -> Target | None:
    """The server that takes this service's records, where that is not the City's gateway.

    What is handed in there is judged there for good, so that only steps that need a complete form may do it."""
    if not entries.has("target") or entries.table("target").text("kind", "") == OPEN311:
        return None  # to the latter the gateway hands them on: see forwarding.py
    table = entries.table("target")
    target = Target(
        kind=one_of(table, "kind", TARGETS),
        server=_address(table, "server"),
        form=table.text("form"),
        submit=frozenset(table.texts("submit")),
    )
    table.finish()
    complete = {step.id for step in steps if step.needs_complete_form}
    for step in sorted(target.submit - complete):
        table.wrong("submit", tr("“{step}” is no step that needs a complete form", step=step))
    if not target.submit:
        table.wrong("submit", tr("must name at least one step"))
    return target


def _address(table: Entries, key: str) -> str:
    """The address of a server. A name, a password or a query in it would be a secret in a plain file."""
    text = table.text(key)
    try:
        parts = urlsplit(text)
        plain = parts.scheme in {"http", "https"} and parts.hostname and "@" not in parts.netloc
        plain = plain and "/key/" not in parts.path  # as ODK Central writes an app user's secret into an address
    except ValueError:
        plain = False
    if not plain or "?" in text or "#" in text:
        table.wrong(key, tr("“{text}” is no address of a server: https://…, without a sign-in in it", text=text))
    return text.rstrip("/")
