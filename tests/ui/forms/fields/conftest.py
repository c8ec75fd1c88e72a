"""The small city's layers, for controls with a map."""

from tests.ui.workplaces import catalogue, layers_file, town

__all__ = ["catalogue", "layers_file", "town"]
