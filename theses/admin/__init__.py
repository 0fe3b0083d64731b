"""The project office's desk for theses: what was submitted and reported, new wordings, topics, agendas of workshops,
conversations from elsewhere."""

from theses.admin import agenda, content_report, contribution, conversation, thesis, topic_proposal, version_proposal

__all__ = ["agenda", "content_report", "contribution", "conversation", "thesis", "topic_proposal", "version_proposal"]
