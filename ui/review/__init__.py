"""Review: what waits for a supervisor, what changed in it, and the decision."""

from ui.review.page import ReviewPage

__all__ = ["ReviewPage"]
