"""The City's alarms about laptops' journals, as a supervisor's laptop heard of them last."""

from __future__ import annotations

from fieldapp.store import Store
from fieldapp.texts import tr
from sync.wire import ALTERED, FORK, GAP, Alarm, Alarms, encoded, remembered

ALARMS = "city.alarms"  # setting


def keep(store: Store, alarms: tuple[Alarm, ...]) -> None:
    """Remember what the City says now; nothing is written when it is known."""
    text = encoded(Alarms(alarms)).decode() if alarms else ""
    if text != store.setting(ALARMS):
        store.keep_setting(ALARMS, text)


def known(store: Store) -> tuple[Alarm, ...]:
    """The alarms that were open at the last greeting, newest first."""
    kept = remembered(Alarms, store.setting(ALARMS))
    return kept.open if kept is not None else ()


def words(alarm: Alarm) -> str:
    """What is wrong, for a person."""
    if alarm.kind == ALTERED:
        return tr("Change {n} is not the one that was recorded there.", n=alarm.place)
    if alarm.kind == FORK:
        return tr(
            "Two different changes have the place {n}: the store was copied, or gone back without “restore”.",
            n=alarm.place,
        )
    if alarm.kind == GAP:
        return tr("Change {n} has not arrived for a week, though later ones have.", n=alarm.place)
    return tr("A change came without its place in the journal.")
