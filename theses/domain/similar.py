"""Published theses that say nearly what somebody is about to say, so that voices gather instead of scattering."""

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import F, FloatField, Q, QuerySet
from django.db.models.functions import Greatest

from stakeholders.search import any_word
from theses.models import Thesis

MOST = 5
SHORTEST = 12
"""Characters below which a sentence is only begun and everything resembles it."""
LONGEST = 280

ALIKE = 0.3
"""Shown from here on: trigrams that both sentences share, or half of the words that mean something."""

NEARLY_THE_SAME = 0.75
"""Of the trigrams of both sentences; from here on the author is asked once before a second one is opened."""


def similar(sentence: str) -> list[Thesis]:
    """Up to five that take stances, the most alike first; none while little is typed. Only for links."""
    return _found(sentence, Q(likeness__gte=ALIKE))


def nearly_the_same(sentence: str) -> list[Thesis]:
    return _found(sentence, Q(wording__gte=NEARLY_THE_SAME))


def _found(sentence: str, is_alike: Q) -> list[Thesis]:
    words = " ".join(sentence.replace("\x00", " ").split())[:LONGEST]
    return list(_rated(words).filter(is_alike)[:MOST]) if len(words) >= SHORTEST else []


def _rated(words: str) -> QuerySet[Thesis]:
    """Trigrams find the same wording with other endings, German full text the same words in another order.

    The first condition uses the two indexes; what it lets through is compared closely.
    """
    has_a_word, relevance = any_word(words)
    rows = Thesis.objects.filter(state=Thesis.State.PUBLISHED).named()
    rows = rows.filter(has_a_word | Q(sentence__trigram_similar=words))
    rows = rows.annotate(wording=TrigramSimilarity("sentence", words), relevance=relevance)
    likeness = Greatest(F("wording"), F("relevance"), output_field=FloatField())
    return rows.annotate(likeness=likeness).order_by("-likeness", "-stance_count", "pk")
