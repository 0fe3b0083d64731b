from measures.models.assessment import Assessment
from measures.models.field_of_action import FieldOfAction
from measures.models.former_rater import FormerRater
from measures.models.measure import Measure
from measures.models.ranking import Ranking
from measures.models.round import AssessmentRound, Criterion

__all__ = ["Assessment", "AssessmentRound", "Criterion", "FieldOfAction", "FormerRater", "Measure", "Ranking"]
