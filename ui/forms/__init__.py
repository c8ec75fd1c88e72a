"""The form renderer: one editor for every form. A page embeds `FormEditor` and gives it a `Host`."""

from ui.forms.dropped import take_photos
from ui.forms.editor import FormEditor
from ui.forms.host import AddressHit, Heading, Host
from ui.forms.whereabouts import return_to, whereabouts

__all__ = ["AddressHit", "FormEditor", "Heading", "Host", "return_to", "take_photos", "whereabouts"]
