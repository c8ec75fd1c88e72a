"""The machine's camera, microphone and loudspeaker: there when QtMultimedia is installed and finds one, else None.

QtMultimedia is not among the parts of Qt that FieldApp needs; a laptop without it chooses files instead.
"""

from __future__ import annotations

import importlib
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QStandardPaths, QStorageInfo, QUrl, Signal
from PySide6.QtGui import QImage

from fieldapp.photos import camera_folders


class Frames(QObject):
    """What a camera sees, picture after picture, between `start` and `stop`."""

    frame = Signal(QImage)

    def start(self) -> None:
        """Begin to see."""

    def stop(self) -> None:
        """See no more, and let the camera go."""


class Recorder(QObject):
    """A microphone. `recorded` tells the sound and its suffix after `stop`, `lost` why there is none."""

    recorded = Signal(bytes, str)
    lost = Signal(str)

    def start(self) -> None:
        """Begin to record."""

    def stop(self) -> None:
        """End; `recorded` follows."""


class Player(QObject):
    """Plays one sound. `went` tells milliseconds done and in all, `ended` that it is over."""

    went = Signal(int, int)
    ended = Signal()

    def play(self, data: bytes) -> None:
        """From the beginning."""

    def stop(self) -> None:
        """Be silent."""


class Devices:
    """What this machine has. Each call looks anew: a camera may be plugged in at any time."""

    def has_camera(self) -> bool:
        """Whether there is one, without waking it."""
        media = multimedia()
        return bool(media and media.QMediaDevices.videoInputs())

    def has_microphone(self) -> bool:
        """Whether there is one."""
        media = multimedia()
        return bool(media and media.QMediaDevices.audioInputs())

    def has_loudspeaker(self) -> bool:
        """Whether there is one."""
        media = multimedia()
        return bool(media and media.QMediaDevices.audioOutputs())

    def photo_folders(self) -> list[Path]:
        """Where photos may come from: cameras and cards that are plugged in, then this person's own pictures."""
        roots = [Path(one.rootPath()) for one in QStorageInfo.mountedVolumes() if one.isValid() and one.isReady()]
        own = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation))
        return [*camera_folders(roots), own]

    def camera(self) -> Frames | None:
        """The camera, None where there is none."""
        return _Camera(multimedia()) if self.has_camera() else None

    def microphone(self) -> Recorder | None:
        """The microphone, None where there is none."""
        return _Microphone(multimedia()) if self.has_microphone() else None

    def loudspeaker(self) -> Player | None:
        """What plays a sound, None where nothing does."""
        return _Loudspeaker(multimedia()) if self.has_loudspeaker() else None


@cache
def multimedia() -> Any:  # the module has no types where it is not installed
    """The module QtMultimedia, None without it."""
    try:
        return importlib.import_module("PySide6.QtMultimedia")
    except ImportError:
        return None


class _Camera(Frames):
    def __init__(self, media: Any) -> None:
        super().__init__()
        self._camera = media.QCamera(media.QMediaDevices.defaultVideoInput())
        self._sink = media.QVideoSink(self)
        self._session = media.QMediaCaptureSession(self)
        self._session.setCamera(self._camera)
        self._session.setVideoSink(self._sink)
        self._sink.videoFrameChanged.connect(self._show)

    def start(self) -> None:
        self._camera.start()

    def stop(self) -> None:
        self._camera.stop()

    def _show(self, frame: Any) -> None:
        image = frame.toImage()
        if not image.isNull():
            self.frame.emit(image)


class _Microphone(Recorder):
    """Qt records into a file; it lies in a private folder and is gone as soon as it was read."""

    def __init__(self, media: Any) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory(prefix="fieldapp-", ignore_cleanup_errors=True)
        self._input = media.QAudioInput(media.QMediaDevices.defaultAudioInput())
        self._session = media.QMediaCaptureSession(self)
        self._session.setAudioInput(self._input)
        self._recorder = media.QMediaRecorder(self)
        self._session.setRecorder(self._recorder)
        self._recorder.setMediaFormat(media.QMediaFormat(media.QMediaFormat.FileFormat.Mpeg4Audio))
        self._stopped = media.QMediaRecorder.RecorderState.StoppedState
        self._recorder.setOutputLocation(QUrl.fromLocalFile(str(Path(self._folder.name) / "recording.m4a")))
        self._recorder.recorderStateChanged.connect(self._changed)
        self._recorder.errorOccurred.connect(lambda _error, words: self.lost.emit(words))

    def start(self) -> None:
        self._recorder.record()

    def stop(self) -> None:
        self._recorder.stop()

    def _changed(self, state: Any) -> None:
        path = Path(self._recorder.actualLocation().toLocalFile())
        if state == self._stopped and path.is_file():
            data = path.read_bytes()
            self._folder.cleanup()
            self.recorded.emit(data, path.suffix)


class _Loudspeaker(Player):
    def __init__(self, media: Any) -> None:
        super().__init__()
        self._output = media.QAudioOutput(media.QMediaDevices.defaultAudioOutput())
        self._player = media.QMediaPlayer(self)
        self._player.setAudioOutput(self._output)
        self._over = media.QMediaPlayer.MediaStatus.EndOfMedia
        self._player.positionChanged.connect(lambda done: self.went.emit(done, self._player.duration()))
        self._player.mediaStatusChanged.connect(self._changed)
        self._bytes = QByteArray()
        self._buffer = QBuffer(self)

    def play(self, data: bytes) -> None:
        self._buffer.close()
        self._bytes = QByteArray(data)  # from memory: nothing of a record lies open on the disk
        self._buffer.setBuffer(self._bytes)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._player.setSourceDevice(self._buffer, QUrl("sound"))
        self._player.play()

    def stop(self) -> None:
        self._player.stop()

    def _changed(self, status: Any) -> None:
        if status == self._over:
            self.ended.emit()
