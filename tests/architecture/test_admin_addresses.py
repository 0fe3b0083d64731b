"""Every page of the administration: list, adding, and changing an existing row, for everybody."""

from collections.abc import Callable

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import RequestFactory
from django.urls import get_resolver, reverse
from django.utils import timezone

from stakeholders.domain.consent import note_privacy_notice
from stakeholders.models import (
    ContentReport,
    Enquiry,
    GroupChange,
    LegalText,
    Newsletter,
    Stakeholder,
    StakeholderGroup,
    Subscription,
    Tag,
)
from tests.architecture.answers import AWAY, OPEN
from tests.architecture.test_addresses import EVERYONE, load_everything, names, visitors
from tests.factories.contributions import ContributionFactory
from tests.factories.moderation import VersionProposalFactory
from tests.factories.outbox import posted
from tests.factories.workshops import InvitationFactory
from theses.models import Agenda, Conversation, ConversationImport, TopicProposal
from workshops.models import Series

FORBIDDEN = 403
DESK = ("project office", "superuser")
PER_MODEL = ("_changelist", "_add", "_change", "_history", "_delete")
OTHERS = {
    "admin:index",
    "admin:login",
    "admin:logout",
    "admin:password_change",
    "admin:password_change_done",
    "admin:autocomplete",
    "admin:jsi18n",
    "admin:view_on_site",
    "admin:app_list",
    "admin:measures_measure_download",
    "admin:measures_measure_import",
    "admin:measures_measure_import_detail",
    "admin:measures_measure_versions",
    "admin:measures_measure_restore",
    "admin:stakeholders_newsletter_desk",
    "admin:stakeholders_organisation_merge",
    "admin:theses_conversation_export",
    "admin:workshops_workshop_invite",
    "admin:workshops_wave",
    "admin:workshops_wave_protocol",
    "admin:workshops_wave_step",
    "admin:workshops_registration_free",
    "admin:workshops_workshop_approval",
    "admin:workshops_workshop_attendance",
    "admin:workshops_workshop_participants",
    "admin:workshops_workshop_copy",
    "admin:workshops_workshop_template",
    "admin:workshops_workshop_message",
    "admin:workshops_workshop_message_edit",
    "admin:workshops_workshop_new_date",
}
"""Pages beside the five of each model; their own tests say what they answer."""


def somebody() -> Stakeholder:
    person: Stakeholder = Stakeholder.objects.taking_part()[0]
    return person


def change_of_group() -> GroupChange:
    first, second = StakeholderGroup.objects.all()[:2]
    return GroupChange.objects.create(person=somebody(), before=first, wanted=second)


MAKERS: dict[str, Callable[[], Model]] = {
    "stakeholders.ConsentEvent": lambda: note_privacy_notice(person=somebody()),
    "stakeholders.ContentReport": lambda: ContentReport.objects.create(
        key="thesis:1", label="These", address="/thesen/1-these/", reason=ContentReport.Reason.values[0]
    ),
    "stakeholders.Enquiry": lambda: Enquiry.objects.create(
        topic=Enquiry.Topic.values[0], email="leserin@example.org", subject="Frage"
    ),
    "stakeholders.GroupChange": change_of_group,
    "stakeholders.LegalText": lambda: LegalText.objects.create(
        name=LegalText.Name.IMPRINT, language="en", number=1, title="Imprint", body="Text"
    ),
    "stakeholders.Newsletter": lambda: Newsletter.objects.create(subject="Rundbrief", body="Text"),
    "stakeholders.OutgoingMail": lambda: posted(person=somebody()),
    "stakeholders.Subscription": lambda: Subscription.objects.create(
        email="leserin@example.org", requested_at=timezone.now()
    ),
    "stakeholders.Tag": lambda: Tag.objects.create(name="Presse"),
    "theses.Agenda": lambda: Agenda.objects.create(title="Worüber wir sprechen"),
    "theses.Contribution": ContributionFactory.create,
    "theses.Conversation": lambda: Conversation.objects.create(title="Konversation", slug="konversation"),
    "theses.ConversationImport": lambda: ConversationImport.objects.create(title="Konversation", language="de"),
    "theses.TopicProposal": lambda: TopicProposal.objects.create(name="Wasserstoff", explanation="Fehlt."),
    "theses.VersionProposal": lambda: VersionProposalFactory.create(),
    "workshops.Invitation": InvitationFactory.create,
    "workshops.Series": lambda: Series.objects.create(title="Tour", slug="tour"),
}
"""How a row comes about of what the demonstration data do not hold."""

ADDING = {"stakeholders.LegalText": "?name=imprint&language=de"}
"""What the page of adding must be told; without it, it leads back to the list."""


def row_of(model: type[Model]) -> Model:
    found = model._default_manager.order_by("pk").first()
    if found is None:
        assert model._meta.label in MAKERS, f"{model._meta.label} needs a maker of a row here."
        found = MAKERS[model._meta.label]()
    return found


def pages(model: type[Model], person: Stakeholder) -> dict[str, int]:
    """Address -> what the desk gets there."""
    stem = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    request = RequestFactory().get("/")
    request.user = person
    may_add = admin.site._registry[model].has_add_permission(request)
    return {
        reverse(f"{stem}_changelist"): OPEN,
        reverse(f"{stem}_add") + ADDING.get(model._meta.label, ""): OPEN if may_add else FORBIDDEN,
        reverse(f"{stem}_change", args=[row_of(model).pk]): OPEN,
    }


def test_every_page_of_the_administration_is_known() -> None:
    found = {name for name in names(get_resolver().url_patterns) if name.startswith("admin:")}
    assert {name for name in found if not name.endswith(PER_MODEL)} | {"admin:password_change"} == OTHERS


@pytest.mark.django_db
def test_the_administration_opens_to_the_project_office_only() -> None:
    load_everything()
    clients = visitors()
    office = Stakeholder.objects.filter(role=Stakeholder.Role.PROJECT_OFFICE, is_superuser=False)[0]
    wrong = {}
    for address, at_desk in {reverse("admin:index"): OPEN}.items() | {
        item for model in admin.site._registry for item in pages(model, office).items()
    }:
        got = {who: clients[who].get(address).status_code for who in EVERYONE}
        if got != {who: at_desk if who in DESK else AWAY for who in EVERYONE}:
            wrong[address] = got
    assert wrong == {}
