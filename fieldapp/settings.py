"""Settings as data: what a person may choose, what the program remembers, and where each of it takes effect.

The Settings page, the entries of the palette and `fieldapp settings` are made from this one table. A test reads the
code and fails on a name that is not declared here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from fieldapp.texts import plural, tr

LANGUAGE, LOOK, LETTERS, MOTION = "ui.language", "ui.theme", "ui.letters", "ui.motion"
STILL = "still"  # of the setting: as little motion as possible
LOCK, ORDER, OFFICE, PRINTER = "lock.minutes", "today.order", "stock.office", "paper.printer"
NOTICES, PHOTOS = "notices.system", "photos.folder"

SIZES = (100, 125, 150, 200)  # per cent
MINUTES = (1, 5, 10, 15, 30)
Kind = Literal["choice", "office", "printer", "folder"]
Need = Literal["", "lock", "inspector", "counter"]


@dataclass(frozen=True)
class Setting:
    """One thing that a person chooses for themselves on this laptop, in the language of the moment.

    `choices` are the values with their words; those of an `office` or a `printer` are found where they are shown;
    a `folder` is typed.
    `needs` names what must be there for it: a role, or that the laptop can lock. `effect` says when it holds.
    """

    key: str
    group: str
    title: str
    help: str
    default: str
    choices: Mapping[str, str] = field(default_factory=dict)
    kind: Kind = "choice"
    needs: Need = ""
    effect: str = ""
    resets: bool = True  # whether a way back to the default is offered

    def value(self, kept: str) -> str:
        """What holds, for what the store keeps: the default where that is nothing or nothing known."""
        known = self.kind != "choice" or kept in self.choices
        return kept if kept and known else self.default


def settings() -> tuple[Setting, ...]:
    """All of them, in the order in which they are shown."""
    return (*_looks(), *_work())


def setting(key: str) -> Setting:
    """The one with this key."""
    return next(one for one in settings() if one.key == key)


def _looks() -> tuple[Setting, ...]:
    group, at_once = tr("How it looks"), tr("at once")
    colours = {
        "system": tr("As the system"),
        "light": tr("Light colours"),
        "dark": tr("Dark colours"),
        "contrast": tr("High contrast"),
    }
    return (
        Setting(
            LANGUAGE, group, tr("Language"),
            tr("What residents get is always in their own language, whatever is chosen here."),
            "en", {"en": "English", "fr": "Français"}, effect=at_once, resets=False,
        ),
        Setting(
            LOOK, group, tr("Colours"),
            tr("Light, dark, or with the highest contrast; otherwise as the system has them."),
            "system", colours, effect=at_once,
        ),
        Setting(
            LETTERS, group, tr("Size of letters"),
            tr("Letters and controls grow together; the system's own size counts too."),
            "100", {str(size): f"{size} %" for size in SIZES}, effect=at_once,
        ),
        Setting(
            MOTION, group, tr("Motion"),
            tr("Nothing slides, fades or pulses here in any case. With as little as possible, the text cursor does not"
               " blink either, and a message at the top stays until you close it or the next one comes."),
            "system", {"system": tr("As the system"), STILL: tr("As little as possible")}, effect=at_once,
        ),
    )  # fmt: skip


def _work() -> tuple[Setting, ...]:
    group, at_once = tr("How you work"), tr("at once")
    minutes = {str(n): plural(n, "after {n} minute", "after {n} minutes") for n in MINUTES}
    return (
        Setting(
            LOCK, group, tr("Lock by itself"),
            tr("Without a key or the mouse for so long, everything is covered. Nothing that was typed is lost."),
            "10", minutes, needs="lock", effect=at_once,
        ),
        Setting(
            NOTICES, group, tr("Notices of the system"),
            tr("When something was returned or given to you, the system says so too. No name and no address is in it."),
            "on", {"on": tr("Show them"), "off": tr("Only in FieldApp")}, effect=at_once,
        ),
        Setting(
            ORDER, group, tr("Order of the day's visits"),
            tr("By their times, or by a short way from one to the next."),
            "time", {"time": tr("By time"), "route": tr("By a short way")}, needs="inspector",
            effect=tr("when Today is opened next"),
        ),
        Setting(
            OFFICE, group, tr("Office of this computer"), tr("Whose stock is counted here."),
            "", kind="office", needs="counter", effect=tr("when Stock is opened next"),
        ),
        Setting(
            PHOTOS, group, tr("Folder of the camera"),
            tr("Where new photos lie: of a camera, a card or a telephone. Photo questions offer them, newest first."),
            "", kind="folder", effect=tr("with the next form that is opened"),
        ),
        Setting(
            PRINTER, group, tr("Printer"),
            tr("Where receipts, orders and letters are printed. Without a choice: the system's own."),
            "", kind="printer", effect=tr("with the next paper"),
        ),
    )  # fmt: skip


# What the program keeps for itself in a person's store: names, or how they begin, and what lies there.
REMEMBERED: Mapping[str, str] = {
    "gateway.url": "where one signed in last",
    "gateway.device": "as which laptop",
    "gateway.given": "the token, where a City gives out tokens",
    "sign_in": "the sign-in, where no keyring holds it",
    "sync.": "which history of the City this store continues, and what the last cycle proved",
    "numbers.": "reserved official numbers: what the City said of them",
    "city.": "what the City's gateway told: its key, geocoder, live feeds, alarms",
    "layers.refused": "reference layers that were not taken, and why",
    "openrosa.": "servers of forms: sign-ins, what is on its way, the last proof",
    "updates.": "which version of the program is on its way, and what was told of it",
    "retention.day": "when it was last looked what may leave this laptop",
    "looked.": "a record as a supervisor saw it last",
    "survey.box": "answers of residents that go on with no name",
    "form.section.": "where one was in a record's form",
    "draft.": "text that was begun and not handed in",
    "field.": "which answer such a text is about",
    "position.receiver": "where the receiver of one's own position is, chosen beside the day's map",
    "window.place": "where the window stood, and how large it was",
    "files.folder": "where the last file was saved or taken from",
    "notices.": "what was told already, and what was read of it",
}


def is_declared(name: str) -> bool:
    """Whether a name is a setting, or one of those that the program keeps for itself."""
    return any(one.key == name for one in settings()) or any(name.startswith(known) for known in REMEMBERED)
