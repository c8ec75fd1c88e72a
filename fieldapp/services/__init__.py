"""Services as data: each is a folder with a form and service.toml. See resources/services/README.md."""

from fieldapp.services.catalogue import Catalogue, shipped
from fieldapp.services.declared import Series, ServiceClock, State, Transition
from fieldapp.services.service import Service
from fieldapp.services.texts import Text

__all__ = ["Catalogue", "Series", "Service", "ServiceClock", "State", "Text", "Transition", "shipped"]
