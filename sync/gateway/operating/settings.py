"""Settings of the gateway by the environment: FIELDAPP_GATEWAY_PORT is --port, for every option of every command.

What is given on the command line wins. A variable that ends in _FILE names a file with the value: so a secret is in no
environment and on no command line (systemd: LoadCredential=).
"""

from __future__ import annotations

import os
import shlex
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from fieldapp.texts import tr

PREFIX, FILE = "FIELDAPP_GATEWAY_", "_FILE"
YES, NO = frozenset({"1", "yes", "true", "on"}), frozenset({"", "0", "no", "false", "off"})


class Settled(ArgumentParser):
    """A parser of which every option may be in the environment."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self._kinds: dict[str, str] = {}
        self._paths: set[str] = set()  # options that name a file or folder themselves
        self.strict = False  # whether a variable that is none of its options is a mistake
        super().__init__(*args, **options)

    def add_argument(self, *names: str, **options: Any) -> Any:
        """As ever; a long option is noted."""
        for name in names:
            if name.startswith("--") and name != "--help":
                self._kinds[name] = str(options.get("action", "store"))
                if options.get("type") is Path:
                    self._paths.add(name)
        return super().add_argument(*names, **options)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As ever, with what the environment says in front."""
        given = list(args or ())
        return super().parse_known_args([*self._from(os.environ, given), *given], namespace)

    def _from(self, environment: Mapping[str, str], given: Sequence[str]) -> list[str]:
        said = {name.partition("=")[0] for name in given}
        words: list[str] = []
        for variable in sorted(environment):
            if not variable.startswith(PREFIX):
                continue
            name = self._option(variable)
            if name and name not in said:
                words += self._words(name, variable, self._value(variable, environment[variable]))
            elif not name and self.strict:
                known = ", ".join(sorted(_variable(one) for one in self._kinds))
                self.error(
                    tr("{name} is no setting of the gateway. Its settings are: {known}", name=variable, known=known)
                )
        return words

    def _option(self, variable: str) -> str:
        """The option that a variable is of, "" for none."""
        for name in self._kinds:
            if variable == _variable(name) or (variable == _variable(name) + FILE and name not in self._paths):
                return name
        return ""

    def _value(self, variable: str, said: str) -> str:
        if self._is_whole(variable):
            return said
        try:
            return Path(said).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as fault:
            why = getattr(fault, "strerror", "") or type(fault).__name__
            self.error(tr("The file that {name} names cannot be read: {why}", name=variable, why=why))

    def _is_whole(self, variable: str) -> bool:
        return any(variable == _variable(name) for name in self._kinds)

    def _words(self, name: str, variable: str, value: str) -> list[str]:
        kind = self._kinds[name]
        if kind == "store_true":
            if value.casefold() not in YES | NO:
                self.error(tr("{name} is yes or no, not “{value}”.", name=variable, value=value))
            return [name] if value.casefold() in YES else []
        try:
            values = shlex.split(value) if kind == "append" else [value]
        except ValueError as fault:  # a quotation mark that is not closed
            self.error(tr("{name} cannot be read: {why}", name=variable, why=fault))
        return [f"{name}={one}" for one in values if one]


def _variable(name: str) -> str:
    return PREFIX + name.removeprefix("--").replace("-", "_").upper()
