"""Which language the screen speaks: our own words (`fieldapp.texts`) and those that Qt brings, together.

Our words lie in TOML, because the core knows no Qt. Qt's own (buttons of its dialogs, menus of its fields) come with Qt
as a translation, which is loaded here.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from fieldapp import texts

_loaded: dict[str, QTranslator] = {}
_on: list[QTranslator] = []


def use(language: str) -> None:
    """Speak it from now on, everywhere. An unknown language is English."""
    texts.use(language)
    speak_too()


def other() -> None:
    """Speak the other of the two languages."""
    use("fr" if texts.language() == "en" else "en")


def speak_too() -> None:
    """Let Qt speak as our own texts do."""
    spoken = texts.language()
    app = QCoreApplication.instance()
    wanted = _words_of(spoken)
    if app is None or wanted in _on:
        return
    for before in _on:
        app.removeTranslator(before)
    _on[:] = [wanted]
    app.installTranslator(wanted)


def _words_of(spoken: str) -> QTranslator:
    """Qt's words in a language; none where Qt came without them. English needs none, and has an empty one."""
    if spoken not in _loaded:
        made = QTranslator()
        if spoken != "en":
            made.load(f"qtbase_{spoken}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        _loaded[spoken] = made
    return _loaded[spoken]
