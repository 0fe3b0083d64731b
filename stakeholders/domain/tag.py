from django.db import transaction
from django.utils.translation import gettext as _

from stakeholders.domain.audit import record
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Organisation, Stakeholder, Tag
from stakeholders.verbs import StakeholderVerb

MOST_TAGS = 30


@transaction.atomic
def add_tag(*, about: Stakeholder | Organisation, name: str, actor: Stakeholder) -> None:
    """A word that is new to all becomes one for all; letter case makes no new word. Raises Refusal for too many."""
    tags = _locked(about).tags
    tag = Tag.objects.filter(name__iexact=name).first() or Tag.objects.get_or_create(name=name)[0]
    if tags.filter(pk=tag.pk).exists():
        return
    if tags.count() >= MOST_TAGS:
        raise Refusal(_("Mehr als %(number)d Schlagwörter sind nicht möglich.") % {"number": MOST_TAGS}, "name")
    tags.add(tag)
    record(StakeholderVerb.TAGS_CHANGED, actor=actor, target=about, facts={"added": tag.pk})


@transaction.atomic
def remove_tag(*, about: Stakeholder | Organisation, tag: Tag, actor: Stakeholder) -> None:
    """The word itself stays for others. A second click changes nothing."""
    tags = _locked(about).tags
    if tags.filter(pk=tag.pk).exists():
        tags.remove(tag)
        record(StakeholderVerb.TAGS_CHANGED, actor=actor, target=about, facts={"removed": tag.pk})


def _locked(about: Stakeholder | Organisation) -> Stakeholder | Organisation:
    found: Stakeholder | Organisation = (
        type(about)._default_manager.select_for_update(of=("self",), no_key=True).get(pk=about.pk)
    )
    return found
