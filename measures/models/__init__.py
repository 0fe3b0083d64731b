from measures.models.assessment import Assessment
from measures.models.assessment_reason import AssessmentReason
from measures.models.catalogue_import import CatalogueImport
from measures.models.concept import ImplementationConcept, Milestone, Partner
from measures.models.document import MeasureDocument
from measures.models.field_of_action import FieldOfAction
from measures.models.fit import FitAssessment
from measures.models.former_rater import FormerRater
from measures.models.guideline import Guideline
from measures.models.measure import Measure
from measures.models.ranking import Ranking
from measures.models.recommendation import Recommendation
from measures.models.report_link import ReportLink
from measures.models.round import AssessmentRound, Criterion

__all__ = [
    "Assessment",
    "AssessmentReason",
    "AssessmentRound",
    "CatalogueImport",
    "Criterion",
    "FieldOfAction",
    "FitAssessment",
    "FormerRater",
    "Guideline",
    "ImplementationConcept",
    "Measure",
    "MeasureDocument",
    "Milestone",
    "Partner",
    "Ranking",
    "Recommendation",
    "ReportLink",
]
