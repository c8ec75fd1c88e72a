"""Everything that the author of a service should correct, at once and each with its place: `fieldapp service check`."""

from fieldapp.services.checking.folder import Checked, check_folder
from fieldapp.services.checking.shelf import Shelf

__all__ = ["Checked", "Shelf", "check_folder"]
