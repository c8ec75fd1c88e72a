"""Following: answers given in one version of a form, taken over into another, with nothing dropped in silence."""

from fieldapp.forms.following.carried import Carried, carried_in, carried_path
from fieldapp.forms.following.follow import Again, Followed, Homeless, Moved, follow
from fieldapp.forms.following.places import Places

__all__ = ["Again", "Carried", "Followed", "Homeless", "Moved", "Places", "carried_in", "carried_path", "follow"]
