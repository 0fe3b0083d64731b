import re
from collections.abc import Iterable
from typing import TypeVar

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db import connection, models

SEARCH_CONFIGURATION = "portal_german"
"""German stemming without accents; created by the first migration of this app."""

HITS = """
    SELECT word FROM unnest(%s::text[]) AS word
    WHERE to_tsvector(%s::regconfig, word) @@ websearch_to_tsquery(%s::regconfig, %s)
       OR EXISTS (SELECT 1 FROM unnest(%s::text[]) AS typed WHERE typed <%% word)
"""

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


def hits(texts: Iterable[str], text: str) -> frozenset[str]:
    """The words of the texts for which `matching` finds them: by stem or in spite of a slip. One query.

    Words that the visitor excludes with a minus are no hits, and words of up to three letters only by their stem.
    """
    wanted = re.findall(r"\w+", re.sub(r"(?<!\S)-\S+", " ", text.replace("\x00", " ")[:200]))
    words = sorted({word for one in texts for word in re.findall(r"\w+", one)})
    if not wanted or not words:
        return frozenset()
    likely = [word for word in wanted if len(word) > 3]
    with connection.cursor() as cursor:
        cursor.execute(HITS, [words, SEARCH_CONFIGURATION, SEARCH_CONFIGURATION, " or ".join(wanted), likely])
        return frozenset(word for (word,) in cursor.fetchall())
