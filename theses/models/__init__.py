from theses.models.conversation import (
    Conversation,
    ConversationAnswer,
    ConversationParticipant,
    ConversationStatement,
    ConversationVote,
)
from theses.models.stance import Stance, counted_stances
from theses.models.thesis import Thesis

__all__ = [
    "Conversation",
    "ConversationAnswer",
    "ConversationParticipant",
    "ConversationStatement",
    "ConversationVote",
    "Stance",
    "Thesis",
    "counted_stances",
]
