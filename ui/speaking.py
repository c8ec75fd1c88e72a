"""Which language the screen speaks: our own words (`fieldapp.texts`) and those that Qt brings, together.

Our words lie in TOML, because the core knows no Qt. Qt's own (buttons of its dialogs, menus of its fields) come with Qt
as a translation, which is loaded here.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from fieldapp import texts

MISSING = {  # sources that Qt changed without its French: seen in the dialogs of Qt 6
    "&Look in:": "&Regarder dans :",
    "Files of &type:": "&Type de fichiers :",
}
_loaded: dict[str, list[QTranslator]] = {}
_on: list[QTranslator] = []


class _Missing(QTranslator):
    """What Qt's French lacks; asked behind it."""

    def isEmpty(self) -> bool:
        """Never: Qt asks no translator that is."""
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        """The words for a text of Qt's, else that text itself."""
        del context, disambiguation, n  # Qt's signature
        return MISSING.get(source, source)


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
    if app is None or wanted == _on:
        return
    for before in _on:
        app.removeTranslator(before)
    _on[:] = wanted
    for translator in wanted:
        app.installTranslator(translator)


def _words_of(spoken: str) -> list[QTranslator]:
    """Who knows Qt's words in a language, the last to be asked first; what Qt came without stays English, which needs
    nobody."""
    if spoken not in _loaded:
        made = QTranslator()
        made.load(f"qtbase_{spoken}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        _loaded[spoken] = [] if spoken == "en" else [_Missing(), made]
    return _loaded[spoken]
