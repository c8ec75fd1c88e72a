"""Commands of the fieldapp layer."""

from __future__ import annotations

from argparse import ArgumentParser, _SubParsersAction


def add_commands(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add this layer's commands to the program's parser."""
