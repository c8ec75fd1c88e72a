"""Bringing a hand-over to the City: by the product's own way of sending, from a passing store."""

from sync.handover.deliver import Delivered, NotTaken, deliver

__all__ = ["Delivered", "NotTaken", "deliver"]
