"""Organisations: found or made by name, recognised when written otherwise, changed by those who speak for them."""

import re
from typing import TypeAlias

from django.apps import apps
from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db import IntegrityError, transaction
from django.db.models import Max, Q, QuerySet, Value
from django.db.models.functions import Greatest, Lower
from django.utils.text import slugify
from django.utils.translation import gettext as _

from stakeholders.domain.audit import record
from stakeholders.domain.refusal import Refusal, StaleSave
from stakeholders.models import District, Organisation, Stakeholder, StakeholderGroup
from stakeholders.permissions import decides_for
from stakeholders.verbs import StakeholderVerb

RESERVED = ("vorschlaege", "suggestions")
"""What stands in an address where the name of an organisation would stand, in every language."""

BY_SPEAKERS = ("kind", "district", "size_class", "website")
"""What an organisation says about itself; its name and group are kept by the project office."""

Answer: TypeAlias = str | District | None


def named(name: str) -> Organisation | None:
    """The organisation of that name, whatever the case of letters; an old name leads to what became of it."""
    # In the words of the unique constraint: capital letters differ from small ones in more ways than one.
    same_name = Organisation.objects.alias(lower_name=Lower("name")).filter(lower_name=Lower(Value(name)))
    found = same_name.first()
    return destination(found) if found else None


def find_or_create(*, name: str, group: StakeholderGroup, district: District) -> Organisation:
    found = named(name)
    if found:
        return found
    try:
        with transaction.atomic():
            return Organisation.objects.create(slug=free_slug(name), name=name, group=group, district=district)
    except IntegrityError:
        # Somebody was faster: with this very name, or with another one that makes the same slug.
        return find_or_create(name=name, group=group, district=district)


def free_slug(name: str) -> str:
    """A slug no organisation and no page has yet; names that differ only in signs get a number."""
    stem = slugify(name)[:150] or "organisation"
    taken = {*RESERVED, *Organisation.objects.filter(slug__startswith=stem).values_list("slug", flat=True)}
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def destination(organisation: Organisation) -> Organisation:
    """Where the signposts of mergings lead; an organisation that was not merged leads to itself."""
    seen = {organisation.pk}
    while organisation.merged_into and organisation.merged_into_id not in seen:
        organisation = organisation.merged_into
        seen.add(organisation.pk)
    return organisation


def similar(name: str) -> "QuerySet[Organisation]":
    """Names that contain what was typed or are written much like it, the likest first; merged ones are left out."""
    text = " ".join(name.replace("\x00", " ").split())[:160]
    if not text:
        return Organisation.objects.none()
    # A regular expression, because the index serves it whatever the case of letters, unlike `icontains`.
    alike = Q(name__iregex=re.escape(text)) | Q(name__trigram_word_similar=text) | Q(name__trigram_similar=text)
    likeness = Greatest(TrigramSimilarity("name", text), TrigramWordSimilarity(text, "name"))
    return Organisation.objects.listed().filter(alike).annotate(likeness=likeness).order_by("-likeness", "name")


def version_of(organisation: Organisation) -> int:
    """Which state of the organisation a form shows: the number of the newest entry in its history."""
    history = apps.get_model("stakeholders", "OrganisationEvent")._default_manager.filter(pgh_obj=organisation)
    newest: int | None = history.aggregate(newest=Max("pgh_id"))["newest"]
    return newest or 0


@transaction.atomic
def change_organisation(
    *, organisation: Organisation, actor: Stakeholder, answers: dict[str, Answer], version: int
) -> Organisation:
    """What a mandated speaker tells about the organisation; `answers` has the fields of BY_SPEAKERS.

    Raises StaleSave when somebody has saved something else since `version` was on the screen. Saving the same again
    changes nothing.
    """
    row = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if not decides_for(actor, row):
        raise Refusal(_("Diese Angaben ändern Personen, die mit einem gültigen Mandat für die Organisation sprechen."))
    changed = [name for name in BY_SPEAKERS if getattr(row, name) != answers[name]]
    if not changed:
        return row
    check_version(row, version)
    for name in changed:
        setattr(row, name, answers[name])
    row.save(update_fields=changed)
    record(StakeholderVerb.ORGANISATION_CHANGED, actor=actor, target=row, facts={"fields": changed})
    return row


def check_version(organisation: Organisation, version: int) -> None:
    if version_of(organisation) != version:
        raise StaleSave(
            _(
                "Diese Angaben wurden inzwischen an anderer Stelle geändert. Was Sie eingegeben haben, steht unten und "
                "ist noch nicht gespeichert. Bitte vergleichen Sie und speichern Sie noch einmal."
            )
        )
