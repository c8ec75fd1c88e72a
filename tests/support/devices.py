"""A machine with a camera, a microphone and a loudspeaker that do what they are told, in place of real ones."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage

from ui.forms.devices import Devices, Frames, Player, Recorder


class Tape(Recorder):
    """Gives the same sound at each end."""

    def __init__(self, sound: bytes) -> None:
        super().__init__()
        self._sound, self._running = sound, False

    def start(self) -> None:
        """Run."""
        self._running = True

    def stop(self) -> None:
        """Give the sound, once."""
        if self._running:
            self._running = False
            self.recorded.emit(self._sound, ".m4a")


class Eye(Frames):
    """Sees what it is shown, while it is open."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.is_open = False

    def start(self) -> None:
        """Open."""
        self.is_open = True

    def stop(self) -> None:
        """Close."""
        self.is_open = False
        self.closed.emit()

    def see(self, image: QImage) -> None:
        """One picture comes into sight."""
        if self.is_open:
            self.frame.emit(image)


class Speaker(Player):
    """Notes what it plays."""

    def __init__(self) -> None:
        super().__init__()
        self.played = b""

    def play(self, data: bytes) -> None:
        """Play."""
        self.played = data


class Equipped(Devices):
    """A laptop with everything; `eye` and `speaker` are the ones handed out last."""

    def __init__(self, sound: bytes = b"sound") -> None:
        self._sound = sound
        self.eye = Eye()
        self.speaker = Speaker()

    def has_camera(self) -> bool:
        """It has."""
        return True

    def has_microphone(self) -> bool:
        """It has."""
        return True

    def has_loudspeaker(self) -> bool:
        """It has."""
        return True

    def camera(self) -> Frames:
        """The eye, anew."""
        self.eye = Eye()
        return self.eye

    def microphone(self) -> Recorder:
        """A tape."""
        return Tape(self._sound)

    def loudspeaker(self) -> Player:
        """The speaker, anew."""
        self.speaker = Speaker()
        return self.speaker
