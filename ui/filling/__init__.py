"""Filling: the page around the form editor: what saves its answers, what helps beside it, and what submits it."""

from ui.filling.page import FormPage

__all__ = ["FormPage"]
