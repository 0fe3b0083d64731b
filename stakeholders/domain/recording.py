"""People whom the project office writes down because they asked by another way than the portal."""

from dataclasses import dataclass

from django.contrib.postgres.search import TrigramSimilarity
from django.db import IntegrityError, transaction
from django.db.models import Q, Value
from django.db.models.functions import Concat, Lower
from django.utils import translation
from django.utils.translation import gettext as _

from stakeholders.domain.audit import record
from stakeholders.domain.claim import unproved_address
from stakeholders.domain.organisation import find_or_create
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Channel, District, Stakeholder, StakeholderGroup
from stakeholders.verbs import StakeholderVerb

NAME = Lower(Concat("first_name", Value(" "), "last_name"))
"""In the words of the trigram index."""

ALIKE = 0.5
MOST_ALIKE = 8


@dataclass(frozen=True)
class Recorded:
    """What somebody said about themselves; the names are those of the fields of Stakeholder."""

    first_name: str
    last_name: str
    form_of_address: str
    function: str
    group: StakeholderGroup
    district: District
    organisation_name: str
    email: str
    language: str
    channel: Channel


def likely_duplicates(recorded: Recorded) -> list[Stakeholder]:
    """People with that address or a name much like it, the likest first."""
    name = f"{recorded.first_name} {recorded.last_name}".strip().lower()
    likeness = TrigramSimilarity(NAME, name)
    found = Stakeholder.objects.annotate(whole_name=NAME, likeness=likeness).select_related("organisation", "district")
    alike = Q(whole_name__trigram_similar=name, likeness__gte=ALIKE)
    same = Q(email__iexact=recorded.email) if recorded.email else Q(pk__in=())
    return list(found.filter(alike | same).order_by("-likeness", "pk")[:MOST_ALIKE])


@transaction.atomic
def record_person(*, recorded: Recorded, actor: Stakeholder) -> Stakeholder:
    """The person takes part by way of the office, and with an address can take the account over later.

    Raises Refusal when the address belongs to somebody already. Whether it is a duplicate otherwise the office has
    looked at before.
    """
    if recorded.email and Stakeholder.objects.filter(email__iexact=recorded.email).exists():
        raise _taken()
    organisation = None
    if recorded.organisation_name:
        organisation = find_or_create(name=recorded.organisation_name, group=recorded.group, district=recorded.district)
    plain = ("first_name", "last_name", "form_of_address", "function", "group", "district", "language")
    try:
        with transaction.atomic():
            person: Stakeholder = Stakeholder.objects.create_user(
                recorded.email or None,
                **{name: getattr(recorded, name) for name in plain},
                organisation=organisation,
                origin=Stakeholder.Origin.OFFICE,
                source=_source(recorded),
            )
    except IntegrityError as error:
        raise _taken() from error
    if person.email:
        unproved_address(person).save()
    record(StakeholderVerb.PERSON_RECORDED, actor=actor, target=person, facts={"channel": recorded.channel.value})
    return person


@transaction.atomic
def record_named_person(
    *, first_name: str, last_name: str, email: str, language: str, source: str, actor: Stakeholder
) -> Stakeholder:
    """Somebody whom another person named; until they take the account over it is an entry in the address book, which
    they can also delete. Raises Refusal when the address belongs to somebody already.
    """
    try:
        with transaction.atomic():
            person: Stakeholder = Stakeholder.objects.create_user(
                email,
                first_name=first_name,
                last_name=last_name,
                language=language,
                origin=Stakeholder.Origin.OFFICE,
                source=source,
            )
    except IntegrityError as error:
        raise _taken() from error
    unproved_address(person).save()
    facts: dict[str, object] = {"channel": Channel.WEB.value, "source": source}
    record(StakeholderVerb.PERSON_RECORDED, actor=actor, target=person, facts=facts)
    return person


def _source(recorded: Recorded) -> str:
    """In the language of the person, who reads it when they take the account over."""
    with translation.override(recorded.language):
        return _("auf eigenen Wunsch, %(channel)s") % {"channel": recorded.channel.label}


def _taken() -> Refusal:
    return Refusal(_("Zu dieser E-Mail-Adresse gibt es schon eine Person. Bitte öffnen Sie deren Seite."), "email")
