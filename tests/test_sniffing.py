"""What a file is, by its content: no name is believed."""

from __future__ import annotations

import pytest

from fieldapp.sniffing import OTHERWISE, PROGRAM, is_family, mime_of, opening_suffix, suffix_of

JPEG, PNG, PDF = b"\xff\xd8\xff\xe0..JFIF", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7"
ELF, EXE, SCRIPT = b"\x7fELF\x02", b"MZ\x90\0", b"#!/bin/sh\n"
DOCX, MP4, M4A = b"PK\x03\x04rest", b"\0\0\0\x18ftypmp42", b"\0\0\0\x18ftypM4A "


@pytest.mark.parametrize(
    ("data", "mime"),
    [
        (JPEG, "image/jpeg"),
        (PNG, "image/png"),
        (PDF, "application/pdf"),
        (MP4, "video/mp4"),
        (M4A, "audio/mp4"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"),
        (b"RIFF\x10\0\0\0WAVEfmt ", "audio/wav"),
        (b"\0\0\0\x18ftypheic", "image/heic"),
        (b"ID3\x04", "audio/mpeg"),
        (ELF, PROGRAM),
        (EXE, PROGRAM),
        (SCRIPT, PROGRAM),
        (b"just words", OTHERWISE),
        (b"", OTHERWISE),
    ],
)
def test_the_content_says_what_it_is(data: bytes, mime: str) -> None:
    assert mime_of(data) == mime


@pytest.mark.parametrize(
    ("data", "name", "suffix"),
    [
        (JPEG, "a.exe", ".jpg"),
        (b"words", "list.CSV", ".csv"),
        (b"words", "photo.jpeg_large", ""),
        (b"words", "../../x/.ssh", ".ssh"),
        (b"words", "a.b/c", ""),
        (b"words", "none", ""),
    ],
)
def test_a_file_is_kept_under_its_own_kind(data: bytes, name: str, suffix: str) -> None:
    assert suffix_of(data, name) == suffix


@pytest.mark.parametrize(
    ("data", "suffix", "opened"),
    [
        (PDF, ".exe", ".pdf"),
        (DOCX, ".docx", ".docx"),
        (DOCX, ".jar", ""),
        (EXE, ".txt", ""),
        (b"words", ".txt", ".txt"),
        (b"<script>", ".html", ""),
        (b"words", ".desktop", ""),
    ],
)
def test_what_may_be_a_program_is_not_opened(data: bytes, suffix: str, opened: str) -> None:
    assert opening_suffix(data, suffix) == opened


def test_what_holds_sound_may_hold_a_film() -> None:
    assert is_family("video/mp4", "audio")
    assert is_family("audio/flac", "audio")
    assert not is_family("application/pdf", "audio")
    assert not is_family("audio/flac", "video")
