from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Value
from django.db.models.functions import Lower
from django.utils.text import slugify

from stakeholders.domain.audit import record
from stakeholders.models import District, Organisation, Stakeholder, StakeholderGroup
from stakeholders.verbs import StakeholderVerb


@dataclass(frozen=True)
class Profile:
    first_name: str
    last_name: str
    group: StakeholderGroup
    district: District
    organisation_name: str
    wants_theses: bool
    wants_results: bool
    wants_events: bool
    language: str


@transaction.atomic
def save_profile(*, person: Stakeholder, profile: Profile) -> Stakeholder:
    """Fill in or change what a person says about themselves; a change of the declared group is audited by name.

    An organisation is found by its name whatever the case of letters, or created.
    """
    locked: Stakeholder = Stakeholder.objects.select_for_update(of=("self",)).select_related("group").get(pk=person.pk)
    before = locked.group.key if locked.group else None
    verb = StakeholderVerb.PROFILE_CHANGED if locked.has_complete_profile else StakeholderVerb.PROFILE_COMPLETED
    locked.first_name = profile.first_name
    locked.last_name = profile.last_name
    locked.group = profile.group
    locked.district = profile.district
    locked.organisation = find_or_create_organisation(profile)
    locked.wants_theses = profile.wants_theses
    locked.wants_results = profile.wants_results
    locked.wants_events = profile.wants_events
    locked.language = profile.language
    locked.save()
    facts: dict[str, object] = {} if before in (None, profile.group.key) else {"group": [before, profile.group.key]}
    record(verb, actor=locked, target=locked, facts=facts)
    return locked


def find_or_create_organisation(profile: Profile) -> Organisation | None:
    name = profile.organisation_name
    if not name:
        return None
    # In the words of the unique constraint: capital letters differ from small ones in more ways than one.
    same_name = Organisation.objects.alias(lower_name=Lower("name")).filter(lower_name=Lower(Value(name)))
    found = same_name.first()
    if found:
        return found
    try:
        with transaction.atomic():
            return Organisation.objects.create(
                slug=free_slug(name), name=name, group=profile.group, district=profile.district
            )
    except IntegrityError:
        # Somebody was faster: with this very name, or with another one that makes the same slug.
        return same_name.first() or find_or_create_organisation(profile)


def free_slug(name: str) -> str:
    """A slug no organisation has yet; names that differ only in signs get a number."""
    stem = slugify(name)[:150] or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug
