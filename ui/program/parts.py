"""What goes into the program and what stays out, by the names that PyInstaller gives its parts on the three systems.

A part's name is its path inside the program's folder, as in `PySide6/Qt/plugins/platforms/libqxcb.so` (Linux),
`PySide6\\plugins\\platforms\\qwindows.dll` (Windows), `PySide6/Qt/plugins/platforms/libqcocoa.dylib` (macOS).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.metadata import packages_distributions
from pathlib import Path

LANGUAGES = ("en", "fr")  # of Qt's own words: the languages that FieldApp speaks

LAYERS = ("fieldapp", "sync", "ui")  # whole: much of them is loaded by name

# Loaded by name, so that no import shows them. Those of other systems are not there and not missed.
HIDDEN = (
    "keyring.backends",
    "google._upb._message",
    "psycopg_binary._psycopg",
    "psycopg_binary.pq",
    "uvicorn.lifespan.on",
    "uvicorn.loops.asyncio",
    "uvicorn.protocols.http.h11_impl",
)

# Whose version is asked for while the program works: the converted forms are kept by pyxform's.
METADATA = ("pyxform", "keyring")

# Whose own files are read while the program works: pyxform looks up the languages of a form in a table of its own.
DATA = ("pyxform",)

EXCLUDED = (
    "PySide6.QtDesigner", "PySide6.QtHelp", "PySide6.QtPdf", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtSql",
    "PySide6.QtUiTools",
    "tkinter", "pydoc", "lib2to3", "sqlite3.test", "pip", "ensurepip", "numpy.f2py", "PIL._avif",
)  # fmt: skip

_NEVER = re.compile(
    r"/plugins/(platforms/(lib)?q(eglfs|linuxfb|minimal|minimalegl|vkkhrdisplay|vnc|wayland\S*|direct2d|ios)\b"
    r"|egldeviceintegrations/|wayland-|platformthemes/libqgtk3|platforminputcontexts/(lib)?qtvirtualkeyboard"
    r"|generic/|sqldrivers/|designer/|qmltooling/|qmllint/|imageformats/(lib)?q(tga|wbmp|icns|pdf|tiff)\b)"
    r"|/(lib)?Qt6?(Egl|Wl|Wayland|VirtualKeyboard|Qml|Quick|Pdf|Designer|Help|Sql|UiTools)\w*(\.framework|[.\d])"
    r"|/PySide6/(Qt/)?(qml|metatypes|typesystems|include|glue|scripts|support)/"
    r"|^/opengl32sw\.dll|/opengl32sw\.dll|/(numpy/.*/tests|pyxform/validators/odk_validate|lxml/isoschematron)/"
    r"|^/(lib)?(gtk-3|gdk-3|gdk_pixbuf|atk|atspi|pango|cairo|epoxy|wayland|gnutls|p11|unistring|tasn|nettle|hogweed|idn2"
    r"|cups|avahi|thai|datrie|graphite2|fribidi|harfbuzz|pixman)\S*\.so"
)
_WORDS = re.compile(r"/PySide6/(Qt/)?translations/")
_OUR_WORDS = re.compile(rf"/PySide6/(Qt/)?translations/qt(base)?_({'|'.join(LANGUAGES)})\.qm$")
_BROUGHT = re.compile(r"/[\w.-]+\.libs/")
_OWN = re.compile(r"^/resources/pictures/|/__pycache__/|\.pyi$|^/resources/.*/README\.md$")


def is_shipped(module: str) -> bool:
    """Whether a module of ours is part of the program: what makes the program is not."""
    return not f"{module}.".startswith("ui.program.")


def is_kept(name: str) -> bool:
    """Whether the part of this name belongs into the program."""
    path = "/" + name.replace("\\", "/")
    if _WORDS.search(path):
        return _OUR_WORDS.search(path) is not None
    return not (_NEVER.search(path) or _OWN.search(path))


def is_stripped(name: str) -> bool:
    """Whether symbols may be taken out of a library. Those that wheels bring in `NAME.libs` were changed after linking:
    `strip` leaves some of them so that they do not load ("not page-aligned")."""
    return _BROUGHT.search("/" + name.replace("\\", "/")) is None


def strangers(ours: Iterable[str]) -> list[str]:
    """The modules of what is installed here beside `ours`, the distributions of the program: tools of the tests, which
    a library would use if they were there. The program has none of them, on whatever machine it is built."""
    known = {_plain(name) for name in ours}
    return sorted(
        module for module, of in packages_distributions().items() if not known.intersection(_plain(one) for one in of)
    )


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def size_of(folder: Path) -> int:
    """Bytes of all files below `folder`; what is linked counts once."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
