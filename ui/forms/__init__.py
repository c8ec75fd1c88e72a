"""The form renderer: one editor for every form. A page embeds `FormEditor` and gives it a `Host`."""

from ui.forms.editor import FormEditor
from ui.forms.host import AddressHit, Heading, Host

__all__ = ["AddressHit", "FormEditor", "Heading", "Host"]
