"""The small city at work, whose records rules are tried on."""

from tests.ui.workplaces import catalogue, layers_file, town

__all__ = ["catalogue", "layers_file", "town"]
