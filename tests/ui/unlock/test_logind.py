"""What the system's login service says locks FieldApp: with a bus of its own, where the machine has one to start."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

DAEMON = shutil.which("dbus-daemon")
CHILD = """
from PySide6.QtCore import QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtWidgets import QApplication
from ui.unlock.idle import Idle

app = QApplication([])
bus = QDBusConnection.systemBus()
assert bus.registerService("org.freedesktop.login1")
idle = Idle(lambda: 10)
ROOT = "/org/freedesktop/login1"
says = [(ROOT, "Manager", "PrepareForSleep", [True]), (ROOT + "/session/_31", "Session", "Lock", [])]

def say(path, interface, name, arguments):
    idle.start()
    signal = QDBusMessage.createSignal(path, "org.freedesktop.login1." + interface, name)
    signal.setArguments(arguments)
    assert bus.send(signal)

def heard():
    print("away", flush=True)
    says.pop(0)
    QTimer.singleShot(0, (lambda: say(*says[0])) if says else app.quit)

idle.away.connect(heard)
QTimer.singleShot(0, lambda: say(*says[0]))
QTimer.singleShot(90_000, app.quit)
app.exec()
"""


@pytest.mark.skipif(DAEMON is None, reason="no dbus-daemon here")
def test_sleep_and_the_desktops_lock_are_heard_from_the_login_service() -> None:
    command = [str(DAEMON), "--session", "--nofork", "--nosyslog", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        assert daemon.stdout
        address = daemon.stdout.readline().strip()
        env = {**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": address, "QT_QPA_PLATFORM": "offscreen"}
        try:
            child = subprocess.run(
                [sys.executable, "-c", CHILD], env=env, capture_output=True, text=True, timeout=120, check=False
            )
        finally:
            daemon.terminate()
    assert (child.returncode, child.stdout.split()) == (0, ["away", "away"]), child.stderr
