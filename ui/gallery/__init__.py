"""The gallery: every small widget of `ui.widgets` in every state, in any look, language and size of letters."""

from ui.gallery.window import GalleryWindow

__all__ = ["GalleryWindow"]
