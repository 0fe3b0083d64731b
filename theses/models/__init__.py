from theses.models.agenda import Agenda, AgendaItem
from theses.models.conclusion import Conclusion, LineageStep
from theses.models.contribution import Contribution, Follow, HelpfulMark
from theses.models.conversation import (
    Conversation,
    ConversationAnswer,
    ConversationParticipant,
    ConversationStatement,
    ConversationVote,
)
from theses.models.conversation_import import ConversationImport
from theses.models.digest_end import DigestEnd
from theses.models.draft import ThesisDraft
from theses.models.evidence import EvidenceFile, EvidenceLink
from theses.models.opinion_result import OpinionResult
from theses.models.stance import Stance, StanceChange, counted_stances
from theses.models.thesis import Thesis
from theses.models.topic_proposal import TopicProposal
from theses.models.version import ThesisVersion, VersionProposal

__all__ = [
    "Agenda",
    "AgendaItem",
    "Conclusion",
    "Contribution",
    "Conversation",
    "ConversationAnswer",
    "ConversationImport",
    "ConversationParticipant",
    "ConversationStatement",
    "ConversationVote",
    "DigestEnd",
    "EvidenceFile",
    "EvidenceLink",
    "Follow",
    "HelpfulMark",
    "LineageStep",
    "OpinionResult",
    "Stance",
    "StanceChange",
    "Thesis",
    "ThesisDraft",
    "ThesisVersion",
    "TopicProposal",
    "VersionProposal",
    "counted_stances",
]
