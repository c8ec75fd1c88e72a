"""The small city at work, for the tests of this folder."""

from tests.ui.workplaces import catalogue, layers_file, said, town, ways

__all__ = ["catalogue", "layers_file", "said", "town", "ways"]
