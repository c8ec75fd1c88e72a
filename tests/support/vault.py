"""A keyring that works, in memory, with the small entries that Windows has."""

from __future__ import annotations

from keyring.errors import PasswordDeleteError, PasswordSetError

LARGEST = 1_280  # characters


class Vault:
    """What is used of a keyring."""

    def __init__(self) -> None:
        self.secrets: dict[str, str] = {}
        self.locked = False
        self._left = -1  # entries until it locks itself

    def lock_after(self, entries: int) -> None:
        """Lock after so many more entries."""
        self._left = entries

    def unlock(self) -> None:
        """Open again, for good."""
        self.locked, self._left = False, -1

    def get_password(self, _service: str, username: str) -> str | None:
        """The secret."""
        return None if self.locked else self.secrets.get(username)

    def set_password(self, _service: str, username: str, password: str) -> None:
        """Keep a secret."""
        if self.locked or len(password) > LARGEST:
            raise PasswordSetError
        self.secrets[username] = password
        self._left -= 1
        self.locked = not self._left

    def delete_password(self, _service: str, username: str) -> None:
        """Keep it no more."""
        if self.secrets.pop(username, None) is None:
            raise PasswordDeleteError
