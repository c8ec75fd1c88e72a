"""A sound: recorded where there is a microphone, chosen from a file everywhere; played where there is a loudspeaker."""

from __future__ import annotations

import mimetypes

from PySide6.QtCore import QElapsedTimer, QTimer

from fieldapp.forms import Node
from fieldapp.texts import tr
from ui.forms.devices import Player, Recorder
from ui.forms.fields.file import FileField
from ui.forms.sheet import Sheet
from ui.widgets import Button

TICK = 500  # ms between two looks at the clock


class AudioField(FileField):
    """The file's buttons, and before them one that records and one that plays; each is its own stop."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        self.record, self.play = Button("", icon="mic"), Button("", icon="play")
        self._recorder: Recorder | None = None
        self._player: Player | None = None
        super().__init__(sheet, node)
        self._clock, self._tick = QElapsedTimer(), QTimer(self, interval=TICK)
        self._tick.timeout.connect(self._show_time)
        self.record.clicked.connect(self._toggle_record)
        self.play.clicked.connect(self._toggle_play)
        self.buttons.insertWidget(0, self.record)
        self.buttons.insertWidget(2, self.play)
        if not sheet.host.devices.has_microphone():
            self.record.hide()
        if not sheet.host.devices.has_loudspeaker():
            self.play.hide()

    def show_node(self, node: Node) -> None:
        """Show what is recorded or attached."""
        super().show_node(node)
        self.play.setEnabled(bool(node.value) and not self.open.isHidden())

    def flush(self) -> None:
        """A recording that runs ends here, and is kept."""
        if self._recorder is not None:
            self._recorder.stop()

    def retranslate(self) -> None:
        """All its words."""
        super().retranslate()
        self._show_buttons()

    def name(self, name: str, description: str) -> None:
        """All buttons say the question."""
        super().name(name, description)
        for button in (self.record, self.play):
            button.setAccessibleName(f"{name}: {button.text()}")

    def _toggle_record(self) -> None:
        if self._recorder is not None:
            self._recorder.stop()
            return
        self._recorder = self.sheet.host.devices.microphone()
        if self._recorder is None:
            self.sheet.undoable(tr("There is no microphone any more. Choose a file instead."))
            return
        self._recorder.setParent(self)
        self._recorder.recorded.connect(self._recorded)
        self._recorder.lost.connect(self._lost)
        self._recorder.start()
        self._clock.start()
        self._tick.start()
        self._show_buttons()

    def _recorded(self, data: bytes, suffix: str) -> None:
        self._end_recording()
        name = f"recording{suffix}"
        self.keep(data, mimetypes.guess_type(name)[0] or "audio/mp4", name)

    def _lost(self, why: str) -> None:
        self._end_recording()
        self.refused.emit(tr("Nothing was recorded: {why}", why=why))

    def _end_recording(self) -> None:
        self._tick.stop()
        if self._recorder is not None:
            self._recorder.deleteLater()
        self._recorder = None
        self._show_buttons()

    def _toggle_play(self) -> None:
        if self._player is not None:
            self._player.stop()
            self._silent()
            return
        self._player = self.sheet.host.devices.loudspeaker()
        if self._player is not None:
            self._player.setParent(self)
            self._player.ended.connect(self._silent)
            self._player.play(self.bytes_of(self.node().value))
            self._show_buttons()

    def _silent(self) -> None:
        if self._player is not None:
            self._player.deleteLater()
        self._player = None
        self._show_buttons()

    def _show_time(self) -> None:
        seconds = self._clock.elapsed() // 1000
        self.record.show_as(tr("Stop · {time}", time=f"{seconds // 60}:{seconds % 60:02}"), icon="square")

    def _show_buttons(self) -> None:
        if self._recorder is None:
            self.record.show_as(tr("Record"), icon="mic")
        else:
            self._show_time()
        playing = self._player is not None
        self.play.show_as(tr("Stop") if playing else tr("Play"), icon="square" if playing else "play")
