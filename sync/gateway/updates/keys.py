"""The keys that sign versions. Two of them never come near the gateway: `root` says which keys count, `releases` which
versions there are. The third, `daily`, only says that the list is still today's, so it may lie on the gateway."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from securesystemslib.signer import CryptoSigner

from fieldapp.errors import UpdateError
from fieldapp.texts import tr

ROOT, RELEASES, DAILY = "root", "releases", "daily"
ENDING = ".pem"


def make_keys(folder: Path, passphrase: str) -> None:
    """Make the three keys; those that stay away from the gateway are locked by the passphrase. UpdateError where there
    are keys already: nobody's are written over."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if found := next((one for one in (ROOT, RELEASES, DAILY) if (folder / f"{one}{ENDING}").exists()), None):
        raise UpdateError(tr("{folder} holds keys already ({name}). Nothing was changed.", folder=folder, name=found))
    for name in (ROOT, RELEASES, DAILY):
        lock = BestAvailableEncryption(passphrase.encode()) if passphrase and name != DAILY else NoEncryption()
        path = folder / f"{name}{ENDING}"
        path.touch(mode=0o600)
        path.write_bytes(Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock))


def signer_of(path: Path, passphrase: str = "") -> CryptoSigner:
    """Who signs with the key in a file. UpdateError where it does not open."""
    try:
        key = _opened(path.read_bytes(), passphrase)
    except (OSError, ValueError, TypeError) as fault:
        raise UpdateError(_why_closed(path, passphrase, fault)) from fault
    return CryptoSigner(key)


def _why_closed(path: Path, passphrase: str, fault: Exception) -> str:
    if isinstance(fault, OSError):
        return tr("The key {path} cannot be read: {why}.", path=path, why=fault.strerror)
    if not passphrase:
        return tr(
            "The key {path} opens with no passphrase: only “daily” needs none, and may be at the gateway.", path=path
        )
    return tr("The key {path} cannot be opened with this passphrase.", path=path)


def _opened(content: bytes, passphrase: str) -> Ed25519PrivateKey:
    locked = b"ENCRYPTED" in content.partition(b"\n")[0]
    key = load_pem_private_key(content, passphrase.encode() if locked else None)
    if isinstance(key, Ed25519PrivateKey):
        return key
    raise TypeError
