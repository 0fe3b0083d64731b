from dataclasses import dataclass, fields

from django.db import transaction
from django.utils.translation import gettext as _

from stakeholders.domain.audit import record
from stakeholders.domain.consent import note_visibility
from stakeholders.domain.group_change import declare_group, waiting_group
from stakeholders.domain.organisation import find_or_create
from stakeholders.domain.refusal import StaleSave
from stakeholders.models import District, Organisation, Stakeholder, StakeholderGroup, Topic
from stakeholders.verbs import StakeholderVerb


@dataclass(frozen=True)
class Profile:
    """What a person says about themselves; the names are those of the fields of Stakeholder."""

    first_name: str
    last_name: str
    group: StakeholderGroup
    district: District
    organisation_name: str
    wants_theses: bool
    wants_results: bool
    wants_events: bool
    language: str
    form_of_address: str = ""
    function: str = ""
    topics: tuple[Topic, ...] = ()
    shows_function: bool = False
    shows_organisation: bool = False
    shows_group: bool = False
    shows_district: bool = False


PLAIN = tuple(field.name for field in fields(Profile) if field.name not in ("group", "organisation_name", "topics"))
"""What is simply taken over."""


@transaction.atomic
def save_profile(*, person: Stakeholder, profile: Profile, version: int) -> Stakeholder:
    """Fill in or change what a person says about themselves. Saving what is already stored changes nothing.

    `version` is the `profile_version` that was on the screen; raises StaleSave when it is no longer the stored one. An
    organisation is found by its name whatever the case of letters, or created. For the group see `declare_group`.
    """
    rows = Stakeholder.objects.select_for_update(of=("self",)).select_related("group", "organisation", "district")
    locked: Stakeholder = rows.get(pk=person.pk)
    changed = _changed(locked, profile)
    if not changed:
        return locked
    if locked.profile_version != version:
        raise StaleSave(
            _(
                "Ihr Profil wurde inzwischen an anderer Stelle geändert. Was Sie eingegeben haben, steht unten und ist "
                "noch nicht gespeichert. Bitte vergleichen Sie und speichern Sie noch einmal."
            )
        )
    verb = StakeholderVerb.PROFILE_CHANGED if locked.has_complete_profile else StakeholderVerb.PROFILE_COMPLETED
    declare_group(person=locked, wanted=profile.group)
    for name in PLAIN:
        setattr(locked, name, getattr(profile, name))
    locked.organisation = _organisation(profile)
    locked.profile_version += 1
    locked.save()
    locked.topics.set(profile.topics)
    note_visibility(locked, {name for name in Stakeholder.VISIBLE if getattr(locked, f"shows_{name}")})
    record(verb, actor=locked, target=locked, facts={"fields": changed})
    return locked


def _changed(stored: Stakeholder, profile: Profile) -> list[str]:
    changed = [name for name in PLAIN if getattr(stored, name) != getattr(profile, name)]
    if profile.group not in (stored.group, waiting_group(stored)):
        changed.append("group")
    known = stored.organisation.name if stored.organisation else ""
    if known.lower() != profile.organisation_name.lower():
        changed.append("organisation")
    if {topic.pk for topic in stored.topics.all()} != {topic.pk for topic in profile.topics}:
        changed.append("topics")
    return changed


def _organisation(profile: Profile) -> Organisation | None:
    name = profile.organisation_name
    return find_or_create(name=name, group=profile.group, district=profile.district) if name else None
