"""Photos as evidence: where they come from, and what is known of each when it is taken in."""

from fieldapp.photos.folder import FoundPhoto, camera_folders, photos_in

__all__ = ["FoundPhoto", "camera_folders", "photos_in"]
