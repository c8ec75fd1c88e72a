"""The clerk's window, and a scanner."""

from tests.ui.workplaces import catalogue, layers_file, said, town, ways

__all__ = ["catalogue", "layers_file", "said", "town", "ways"]
