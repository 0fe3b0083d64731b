"""Which people fit the criteria of the project office: of the desk, of a saved selection, of a gap in the coverage."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TypeAlias

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat, Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from stakeholders.domain.criteria import (
    INTERESTS,
    KINDS,
    LABELS,
    NOT_WITH,
    ORIGINS,
    ROLES,
    WITHOUT,
    Criteria,
    Vocabulary,
    vocabulary,
)
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Activity, Organisation, Selection, Stakeholder

Condition: TypeAlias = Callable[[str, list[str], Vocabulary], Q]

LATELY = timedelta(days=365)
MOST_WORDS = 6
SHORTEST_PART = 3
"""Letters by which a part of a word is looked for; fewer are in every second name, so they have to begin one."""
KEY = re.compile(r"[a-z][a-z0-9_-]*:[0-9]+")
NAME = Lower(Concat("first_name", Value(" "), "last_name"))
"""As the index of the names has it."""


def people_matching(criteria: Criteria, words: Vocabulary | None = None) -> QuerySet[Stakeholder]:
    """Active people of the process, or of the role that is asked for, to whom every criterion applies.

    Within one criterion one of the values is enough, but each value of the history has to hold. Raises Refusal for a
    value that is unknown, such as a group that is gone: leaving it out would make the selection larger.
    """
    known = words or vocabulary()
    wanted = _standing(criteria) & _role(criteria)
    for name, values in criteria.items():
        if name in CONDITIONS:
            wanted &= CONDITIONS[name](name, values, known)
    people: QuerySet[Stakeholder] = Stakeholder.objects.filter(wanted)
    text = criteria.get("q", [""])[0]
    return people.order_by(TrigramWordSimilarity(text, NAME).desc(), *NAME_ORDER) if text else people


NAME_ORDER = ("last_name", "first_name", "pk")


def people_of(selection: Selection) -> QuerySet[Stakeholder]:
    """Who may be invited of a saved selection; some of them may have no e-mail address. Raises Refusal."""
    found: QuerySet[Stakeholder] = people_matching(selection.criteria).filter(
        is_active=True, role=Stakeholder.Role.STAKEHOLDER
    )
    return found


def active_since() -> datetime:
    """Who did something of their own after this counts as active."""
    return timezone.now() - LATELY


def _standing(criteria: Criteria) -> Q:
    return Q(is_active="gesperrt" not in criteria.get("zugang", []))


def _role(criteria: Criteria) -> Q:
    values = criteria.get("rolle", ["akteur"])
    if "alle" in values:
        return Q()
    return Q(role__in=[_known("rolle", value, ROLES) for value in values])


def _known(name: str, value: str, allowed: Mapping[str, str]) -> str:
    if value not in allowed:
        raise unknown(name, value)
    return allowed[value]


def unknown(name: str, value: str) -> Refusal:
    text = _("„%(value)s“ gibt es bei „%(field)s“ nicht oder nicht mehr. Bitte ändern Sie diese Angabe.")
    return Refusal(text % {"value": value[:80], "field": LABELS[name]}, name)


def _text(_name: str, values: list[str], _words: Vocabulary) -> Q:
    """Every word in the name (also misspelt), the address or the organisation; one index for each of the three."""
    found = Q()
    for word in values[0].lower().split()[:MOST_WORDS]:
        people = Stakeholder.objects.order_by()
        if len(word) < SHORTEST_PART:
            found &= Q(last_name__istartswith=word) | Q(first_name__istartswith=word)
            continue
        named = people.annotate(name=NAME).filter(Q(name__contains=word) | Q(name__trigram_word_similar=word))
        organisations = Organisation.objects.order_by().filter(
            Q(name__icontains=word) | Q(name__trigram_word_similar=word)
        )
        found &= Q(
            pk__in=named.values("pk").union(
                people.filter(email__contains=word).values("pk"),
                people.filter(organisation__in=organisations).values("pk"),
            )
        )
    return found


def _place(name: str, values: list[str], words: Vocabulary) -> Q:
    """Group or district."""
    field = {"gruppe": "group", "kreis": "district"}[name]
    keys = [_number(name, value, words) for value in values if value != WITHOUT]
    declared = Q(**{f"{field}__in": keys})
    return declared | Q(**{f"{field}__isnull": True}) if WITHOUT in values else declared


def _linked(name: str, values: list[str], words: Vocabulary) -> Q:
    """Topics or tags: through the table that links them, so that nobody is found twice."""
    through, column = {
        "thema": (Stakeholder.topics.through, "topic_id"),
        "schlagwort": (Stakeholder.tags.through, "tag_id"),
    }[name]
    numbers = [_number(name, value, words) for value in values]
    links = through.objects.filter(**{f"{column}__in": numbers})  # type: ignore[attr-defined]
    return Q(pk__in=links.values("stakeholder_id"))


def _number(name: str, value: str, words: Vocabulary) -> int:
    number = words.numbers[name].get(value)
    if number is None:
        raise unknown(name, value)
    return number


def _organisation(name: str, values: list[str], _words: Vocabulary) -> Q:
    """By address word or by full name."""
    lower = [value.lower() for value in values]
    rows = Organisation.objects.annotate(lower=Lower("name")).filter(Q(slug__in=lower) | Q(lower__in=lower))
    found = list(rows.values_list("pk", "slug", "lower"))
    names = {word for _pk, slug, title in found for word in (slug, title)}
    for value in values:
        if value.lower() not in names:
            raise unknown(name, value)
    return Q(organisation__in=[pk for pk, _slug, _title in found])


def _interest(name: str, values: list[str], _words: Vocabulary) -> Q:
    wanted = Q()
    for value in values:
        wanted |= Q(**{_known(name, value, INTERESTS): True})
    return wanted


def _origin(name: str, values: list[str], _words: Vocabulary) -> Q:
    return Q(origin__in=[_known(name, value, ORIGINS) for value in values])


def _access(name: str, values: list[str], _words: Vocabulary) -> Q:
    used = Q(origin=Stakeholder.Origin.SELF) | Q(claimed_at__isnull=False)
    conditions = {"uebernommen": used, "offen": ~used, "gesperrt": Q(is_active=False)}
    wanted = Q()
    for value in values:
        if value not in conditions:
            raise unknown(name, value)
        wanted |= conditions[value]
    return wanted


def _yes_or_no(name: str, values: list[str], _words: Vocabulary) -> Q:
    yes = Q(last_active_at__gte=active_since())
    return _any_of(name, values, {"ja": yes, "nein": Q(last_active_at__isnull=True) | ~yes})


def _mail(name: str, values: list[str], _words: Vocabulary) -> Q:
    """An address that mail servers refused is there, but nothing reaches it."""
    marked = Q(mail_bounced_at__isnull=False)
    return _any_of(name, values, {"ja": Q(email__isnull=False), "nein": Q(email__isnull=True), "unzustellbar": marked})


def _any_of(name: str, values: list[str], conditions: Mapping[str, Q]) -> Q:
    wanted = Q()
    for value in values:
        if value not in conditions:
            raise unknown(name, value)
        wanted |= conditions[value]
    return wanted


def _history(name: str, values: list[str], _words: Vocabulary) -> Q:
    """Each value has to hold: invited to this and not to that."""
    wanted = Q()
    for value in values:
        facts = Activity.objects.order_by().filter(kind=KINDS[name])
        negative = value in {"nein", "nicht-jahr"} or value.startswith(NOT_WITH)
        if value in {"jahr", "nicht-jahr"}:
            facts = facts.filter(last_at__gte=active_since())
        elif value not in {"ja", "nein"}:
            key = value.removeprefix(NOT_WITH)
            if not KEY.fullmatch(key):
                raise unknown(name, value)
            facts = facts.filter(key=key)
        known = Q(pk__in=facts.values("person"))
        wanted &= ~known if negative else known
    return wanted


CONDITIONS: dict[str, Condition] = {
    "q": _text,
    "gruppe": _place,
    "kreis": _place,
    "organisation": _organisation,
    "thema": _linked,
    "interesse": _interest,
    "schlagwort": _linked,
    "herkunft": _origin,
    "zugang": _access,
    "mail": _mail,
    "aktiv": _yes_or_no,
    **dict.fromkeys(KINDS, _history),
}
