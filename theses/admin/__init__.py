"""The project office's desk for theses: what was submitted, and what was reported."""

from theses.admin import content_report, thesis

__all__ = ["content_report", "thesis"]
