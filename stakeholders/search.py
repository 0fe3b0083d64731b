import re
from typing import TypeVar

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db import models

SEARCH_CONFIGURATION = "portal_german"
"""German stemming without accents; created by the first migration of this app."""

Row = TypeVar("Row", bound=models.Model)


def any_word(text: str) -> tuple[models.Q, SearchRank]:
    """A condition on rows with a `search` column, and how well they fit: about 0.6 times the share of words found.

    Words without a meaning of their own count in neither.
    """
    words = " or ".join(re.findall(r"\w+", text))
    query = SearchQuery(words, config=SEARCH_CONFIGURATION, search_type="websearch")
    return models.Q(search=query), SearchRank(models.F("search"), query)


def matching(rows: models.QuerySet[Row], text: str) -> models.QuerySet[Row]:
    """Rows whose `search` column (full text) or `search_text` column (trigrams) fits the visitor's words, best first.

    The model brings two generated columns, each with an index: `search` (SearchVector in `SEARCH_CONFIGURATION`) and
    `search_text`. Trigrams find inflected compounds and misspellings from PostgreSQL's usual likeness of 0.6 on.
    """
    words = " ".join(text.replace("\x00", " ").split())[:200]
    if not words:
        return rows.none()
    query = SearchQuery(words, config=SEARCH_CONFIGURATION, search_type="websearch")
    relevance = SearchRank(models.F("search"), query) + TrigramWordSimilarity(words, "search_text")
    found = rows.filter(models.Q(search=query) | models.Q(search_text__trigram_word_similar=words))
    return found.order_by(relevance.desc(), "pk")
