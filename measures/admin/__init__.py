"""The project office's desk: catalogue, rounds with their criteria, frozen results. Ratings are nobody's to edit."""

from measures.admin import assessment_round, concept, field_of_action, guideline, measure, ranking

__all__ = ["assessment_round", "concept", "field_of_action", "guideline", "measure", "ranking"]
