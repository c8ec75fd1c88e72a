"""What a laptop told of itself, in words: one line a fact, for the screen, the paper and the table alike."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from fieldapp.clock import moment_of
from fieldapp.money.cash import dollars
from fieldapp.services import Catalogue
from fieldapp.texts import language, plural, tr
from sync.leaving import number_names
from sync.wire import Laptop, LaptopState
from ui.days import moment

GIGA = 1 << 30
DASH = "–"


def columns() -> tuple[str, ...]:
    """The heads of the table."""
    return (
        tr("Laptop"),
        tr("Last contact"),
        tr("Oldest unsent"),
        tr("Unsent"),
        tr("Unsent money"),
        tr("Numbers left"),
        tr("Free disk"),
        tr("Sensitive records"),
        tr("Version"),
    )


def cells(laptop: Laptop, day: date) -> tuple[str, ...]:
    """The line of a laptop below `columns`."""
    heard, state = moment(laptop.heard, day), laptop.state
    if state is None:
        return (title(laptop), heard, *(DASH,) * 7)
    return (
        title(laptop),
        heard,
        moment(state.unsent_since, day) or DASH,
        str(state.unsent),
        money(state),
        str(fewest(state)) if state.numbers else DASH,
        disk(state),
        str(state.secret),
        state.version,
    )


def title(laptop: Laptop) -> str:
    """Laptop and person."""
    return f"{laptop.device} · {laptop.name}"


def below(laptop: Laptop, day: date) -> str:
    """The line under a laptop in the list."""
    parts = [tr("heard {when}", when=moment(laptop.heard, day))]
    state = laptop.state
    if state is not None and state.unsent:
        parts.append(tr("{n} unsent since {when}", n=state.unsent, when=moment(state.unsent_since, day)))
    if state is not None and state.money:
        parts.append(money(state))
    return " · ".join(parts)


def facts(laptop: Laptop, catalogue: Catalogue, day: date) -> list[tuple[str, str]]:
    """All that is known of one laptop, a line each."""
    found = [(tr("Person"), laptop.name), (tr("Last contact"), moment(laptop.heard, day))]
    if laptop.withdrawn_at:
        found.append((tr("Withdrawn"), moment(laptop.withdrawn_at, day)))
    state = laptop.state
    if state is None:
        return [*found, (tr("State"), tr("not told; a FieldApp that is too old never tells it"))]
    return [*found, (tr("State told"), moment(laptop.told, day)), *_work(state, day), *_machine(state, catalogue)]


def _work(state: LaptopState, day: date) -> list[tuple[str, str]]:
    since = moment(state.unsent_since, day)
    taken = moment(state.money_since, day)
    unsent = tr("{n}, the oldest of {when}", n=state.unsent, when=since) if since else tr("none")
    sum_ = tr("{sum}, the oldest of {when}", sum=money(state), when=taken) if taken else money(state)
    return [
        (tr("Unsent work"), unsent),
        (tr("Unsent money"), sum_),
        (tr("Photos to send"), str(state.files)),
        (tr("Wait for the person"), str(state.attention)),
    ]


def _machine(state: LaptopState, catalogue: Catalogue) -> list[tuple[str, str]]:
    names = number_names(catalogue, [one.number for one in state.numbers])
    left = [(names[one.number], plural(one.left, "{n} in reserve", "{n} in reserve")) for one in state.numbers]
    return [*left, (tr("Free disk"), disk(state)), (tr("Version"), state.version)]


def held(state: LaptopState) -> list[tuple[str, str]]:
    """What personal information lies there: how many records of each privacy class, and with sensitive answers."""
    classes = [(class_name(one), str(state.held.get(one, 0))) for one in ("P0", "P1", "P2", "P3", "P4")]
    return [*classes, (tr("With sensitive answers"), str(state.secret))]


def class_name(class_: str) -> str:
    """A privacy class in words."""
    return {
        "P0": tr("Public (P0)"),
        "P1": tr("Business (P1)"),
        "P2": tr("Personal (P2)"),
        "P3": tr("Sensitive (P3)"),
        "P4": tr("Health (P4)"),
    }[class_]


def money(state: LaptopState) -> str:
    """Dollars that are taken and not with the City."""
    return dollars(Decimal(state.money) / 100)


def disk(state: LaptopState) -> str:
    """Free room."""
    if state.free is None:
        return tr("not known")
    text = f"{state.free / GIGA:.1f}"
    return tr("{n} GB", n=text.replace(".", ",") if language() == "fr" else text)


def fewest(state: LaptopState) -> int:
    """Of the official numbers that are scarcest, how many are left."""
    return min(one.left for one in state.numbers)


def as_of(stamp: str, day: date) -> str:
    """When the City told all this."""
    told = moment_of(stamp)
    return tr("as of {when}", when=f"{told:%H:%M}" if told.date() == day else moment(stamp, day))
