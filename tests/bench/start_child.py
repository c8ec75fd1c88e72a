"""The program, with a keyring that holds the large city's key: run as `python -m`, with the program's own words."""

from __future__ import annotations

import sys

from fieldapp.store import vaults
from tests.support.store import KEY


class Keyring:
    """What an operating system's keyring says of the one key that there is."""

    priority = 9.0
    viable = True

    def get_password(self, _service: str, username: str) -> str | None:
        """The key; pieces of other secrets, as a sign-in, are not here but in the store."""
        return None if "/" in username else KEY.hex()

    def set_password(self, _service: str, _username: str, _password: str) -> None:
        """It is there already."""

    def delete_password(self, _service: str, _username: str) -> None:
        """It stays."""


if __name__ == "__main__":
    vaults.ALLOWED = ((__name__, "Keyring"),)
    from ui.__main__ import main

    raise SystemExit(main(sys.argv[1:]))
