"""A thief's look at a disk: every byte of every file and every name, searched for what was written there."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

PACKED = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]|PK\x03\x04")
MOST = 8 << 20  # bytes that one packed stream is unpacked to


def findings(folder: Path, secrets: dict[str, bytes]) -> list[str]:
    """Which secrets lie where below `folder`: as they are, in UTF-16, hex or base64, in capitals or small letters, and
    inside whatever is packed."""
    shapes = {name: list(shapes_of(secret)) for name, secret in secrets.items()}
    found = []
    for path in sorted(folder.rglob("*")):
        parts = [str(path.relative_to(folder)).encode()]
        if path.is_file():
            data = path.read_bytes()
            parts += [data, *unpacked(data)]
        haystack = b"\0".join(part.lower() for part in parts)
        for name, wanted in shapes.items():
            found += [f"{name} as {shape} in {path.relative_to(folder)}" for shape, look in wanted if look in haystack]
    return found


def shapes_of(secret: bytes) -> Iterator[tuple[str, bytes]]:
    """The ways in which bytes may be written; all in small letters, as the search is."""
    yield "itself", secret.lower()
    yield "hex", secret.hex().encode()
    for shift in range(3):  # base64 of a longer text has one of three looks
        whole = base64.b64encode(bytes(shift) + secret)
        yield "base64", whole[4 if shift else 0 : len(whole) - 4].lower()
    try:
        text = secret.decode()
    except UnicodeDecodeError:
        return
    for form in {text, text.lower(), text.upper()}:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            yield encoding, form.encode(encoding).lower()
        yield "JSON", json.dumps(form)[1:-1].encode().lower()


def unpacked(data: bytes) -> Iterator[bytes]:
    """What the packed streams inside hold, wherever they begin."""
    for match in PACKED.finditer(data):
        begin = match.start()
        if match.group() == b"PK\x03\x04":
            begin += 30 + int.from_bytes(data[begin + 26 : begin + 28], "little")
            begin += int.from_bytes(data[match.start() + 28 : match.start() + 30], "little")
        window = {0x1F: 31, 0x78: 15, 0x50: -15}[data[match.start()]]
        try:
            yield zlib.decompressobj(window).decompress(data[begin:], MOST)
        except zlib.error:
            continue
