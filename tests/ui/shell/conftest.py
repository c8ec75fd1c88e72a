"""The small city at work, for the tests of this folder that need one."""

from tests.ui.workplaces import catalogue, layers_file, town

__all__ = ["catalogue", "layers_file", "town"]
