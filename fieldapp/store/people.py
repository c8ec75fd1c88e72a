"""Whom the gateway has introduced: the person of this store with their roles, and colleagues' names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from fieldapp.records import Person, StandIn
from fieldapp.store.settings import Settings

ME, NAMES, ROLES = "person", "city.names", "city.roles"  # settings


class People:
    """As the gateway told last, so that a start without a network knows them too."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def me(self) -> Person | None:
        """The person of this store, None before the first greeting."""
        kept = self._settings.get(ME)
        if not kept:
            return None
        said = json.loads(kept)
        offices = frozenset(said.get("offices", ()))  # a greeting of before there were offices has none
        roles, wards = frozenset(said["roles"]), frozenset(said["wards"])
        absences = tuple(_stand_in(one) for one in said.get("stands_in", ()))
        return Person(said["id"], said["name"], roles, wards, said["title"], offices, absences)

    def names(self) -> dict[str, str]:
        """Colleagues' names by user id."""
        known: dict[str, str] = json.loads(self._settings.get(NAMES, "{}"))
        return known

    def roles(self) -> dict[str, frozenset[str]]:
        """Colleagues' roles by user id, as far as the gateway tells them to this person."""
        known: dict[str, str] = json.loads(self._settings.get(ROLES, "{}"))
        return {person: frozenset(roles.split()) for person, roles in known.items()}

    def introduce(self, me: Person, names: Mapping[str, str], roles: Mapping[str, str] | None = None) -> None:
        """Remember what the gateway says now; nothing is written when it is known."""
        said = {**vars(me), "roles": sorted(me.roles), "wards": sorted(me.wards), "offices": sorted(me.offices)}
        said["stands_in"] = [
            {**vars(one), "roles": sorted(one.roles), "wards": sorted(one.wards)} for one in me.stands_in
        ]
        for setting, content in ((ME, said), (NAMES, dict(names)), (ROLES, dict(roles or {}))):
            text = json.dumps(content, ensure_ascii=False)
            if text != self._settings.get(setting):
                self._settings.keep(setting, text)


def _stand_in(said: Mapping[str, Any]) -> StandIn:
    return StandIn(**{**said, "roles": frozenset(said["roles"]), "wards": frozenset(said["wards"])})
