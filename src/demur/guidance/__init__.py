"""What to do next and what to say, as data chosen by the case."""

from demur.guidance.guidance import for_post, for_request, help_for
from demur.guidance.meeting import prepare

__all__ = ["for_post", "for_request", "help_for", "prepare"]
