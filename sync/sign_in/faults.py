"""What a request to an identity provider may end with, besides the errors of every line. No library behind it."""

from __future__ import annotations

from fieldapp.errors import OfflineError, SignInError


class UnsentError(OfflineError):
    """The request has surely not left this laptop."""


class GrantError(SignInError):
    """The provider does not take this code, device code or refresh token (any more); `code` is its own word."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code
