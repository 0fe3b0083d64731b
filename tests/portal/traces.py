"""One row of every model that leads to a person, each with a word of its own; a new model without an entry fails."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import models
from django.utils import timezone

from measures.domain.ranking import freeze
from measures.models import Assessment, AssessmentReason, CatalogueImport, FitAssessment, Ranking, ReportLink
from stakeholders.domain.audit import record
from stakeholders.models import (
    Activity,
    AuditEntry,
    ConsentEvent,
    ContactImport,
    ContentReport,
    DataExport,
    Enquiry,
    EnquiryMessage,
    GroupChange,
    LegalText,
    Mandate,
    Note,
    OutgoingMail,
    Selection,
    Stakeholder,
    Subscription,
    Tag,
    Topic,
)
from stakeholders.verbs import StakeholderVerb
from tests.factories.contributions import ContributionFactory, FollowFactory, HelpfulMarkFactory
from tests.factories.measures import (
    AssessmentReasonFactory,
    CriterionFactory,
    FitAssessmentFactory,
    MeasureFactory,
    rated_round,
)
from tests.factories.moderation import VersionProposalFactory
from tests.factories.newsletter import SubscriptionFactory
from tests.factories.outbox import posted
from tests.factories.stakeholders import OrganisationFactory, StakeholderGroupFactory
from tests.factories.theses import StanceFactory, ThesisFactory
from tests.portal import workshop_traces
from theses.domain.version import write_version
from theses.models import (
    Agenda,
    AgendaItem,
    Conclusion,
    Contribution,
    DigestEnd,
    EvidenceFile,
    EvidenceLink,
    Follow,
    HelpfulMark,
    LineageStep,
    Stance,
    StanceChange,
    Thesis,
    ThesisDraft,
    ThesisVersion,
    TopicProposal,
    VersionProposal,
)

Maker = Callable[[Stakeholder, str], object]

UNUSED: set[type[models.Model]] = {
    Stakeholder.groups.through,
    Stakeholder.user_permissions.through,
}
"""Rights come from the role alone; nothing writes these tables."""


ABOUT_NOBODY = {"measures.AssessmentRound.audience"}
"""Foreign keys to what somebody saved, from what is not about them."""


def models_with_a_path_to_a_person() -> set[type[models.Model]]:
    """Over any number of foreign keys, also those of tables between two models; events of the field history too."""
    everything = [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]
    found: set[type[models.Model]] = {Stakeholder}
    grown = True
    while grown:
        new = {model for model in everything if model not in found and _points_at(model, found)}
        found |= new
        grown = bool(new)
    return found - UNUSED


def _points_at(model: type[models.Model], targets: set[type[models.Model]]) -> bool:
    fields = (field for field in model._meta.concrete_fields if str(field) not in ABOUT_NOBODY)
    return any(field.is_relation and field.related_model in targets for field in fields)


def leave_traces(person: Stakeholder, prefix: str) -> dict[type[models.Model], str]:
    """A row of each; returns the word by which it must be found again. No word contains the person's name."""
    number = count(1)
    words = {}
    for model, make in MAKERS.items():
        words[model] = f"{prefix}{next(number):02d}x"
        make(person, words[model])
    return words


def _person(person: Stakeholder, word: str) -> None:
    Stakeholder.objects.filter(pk=person.pk).update(function=word)


def _topic(person: Stakeholder, word: str) -> None:
    person.topics.add(Topic.objects.create(key=word, name=word))


def _tag(person: Stakeholder, word: str) -> None:
    person.tags.add(Tag.objects.create(name=word))


def _assessment(person: Stakeholder, word: str) -> None:
    criterion = CriterionFactory.create(label=word)
    Assessment.objects.create(round=criterion.round, rater=person, measure=MeasureFactory.create(), criterion=criterion)


def _activity(person: Stakeholder, word: str) -> None:
    now = timezone.now()
    Activity.objects.create(person=person, kind=Activity.Kind.ATTENDED, key=word, label=word, first_at=now, last_at=now)


def _consent(person: Stakeholder, word: str) -> None:
    ConsentEvent.objects.create(person=person, purpose="visibility", version="1", given=True, scope=word)


def _export(person: Stakeholder, word: str) -> None:
    """The only text of an export is the name of its file, which is no news to its reader; its day tells it apart."""
    DataExport.objects.create(
        person=person, state="expired", expires_at=timezone.now() + timedelta(days=int(word[1:3]))
    )


def _digest_end(person: Stakeholder, word: str) -> None:
    """A row without any text; its day tells it apart."""
    row = DigestEnd.objects.create(person=person)
    DigestEnd.objects.filter(pk=row.pk).update(at=timezone.now() + timedelta(days=1000 + int(word[1:3])))


def _enquiry(person: Stakeholder, word: str) -> Enquiry:
    return Enquiry.objects.create(person=person, email=person.mail_address, topic="other", subject=word)


def _enquiry_message(person: Stakeholder, word: str) -> None:
    EnquiryMessage.objects.create(enquiry=_enquiry(person, "Frage"), text=word, by_office=True)


def _group_change(person: Stakeholder, word: str) -> None:
    group = StakeholderGroupFactory.create(key="andere")
    GroupChange.objects.create(
        person=person, before=group, wanted=group, state="refused", decision_reason=word, decided_at=timezone.now()
    )


def _mandate(person: Stakeholder, word: str) -> None:
    Mandate.objects.create(
        person=person, organisation=OrganisationFactory.create(name=word), requested_at=timezone.now()
    )


def _report(person: Stakeholder, word: str) -> None:
    ContentReport.objects.create(
        key="thesis:1", label="These", address="/", reporter=person, reason="other", explanation=word
    )


def _mail_address(person: Stakeholder, word: str) -> EmailAddress:
    return EmailAddress.objects.create(user=person, email=f"{word}@example.org")


def _confirmation(person: Stakeholder, word: str) -> None:
    EmailConfirmation.objects.create(email_address=_mail_address(person, word), key=f"key-{word}")


def _account(person: Stakeholder, word: str) -> SocialAccount:
    return SocialAccount.objects.create(user=person, provider=word, uid=word)


def _token(person: Stakeholder, word: str) -> None:
    SocialToken.objects.create(account=_account(person, word), token="GEHEIM", token_secret="GEHEIM")


def _session(person: Stakeholder, word: str) -> None:
    UserSession.objects.create(user=person, session_key="GEHEIM", ip="192.0.2.1", user_agent=word)


def _factor(person: Stakeholder, word: str) -> None:
    Authenticator.objects.create(user=person, type="webauthn", data={"name": word, "credential": "GEHEIM"})


def _ranking(person: Stakeholder, word: str) -> None:
    freeze(assessment_round=rated_round(people=(6, 6), title=word), actor=person)


def _report_link(person: Stakeholder, word: str) -> None:
    ranking = freeze(assessment_round=rated_round(people=(6, 6)), actor=person)
    expires = timezone.now() + timedelta(days=7)
    ReportLink.objects.create(ranking=ranking, token_hash=word, purpose=word, created_by=person, expires_at=expires)


MAKERS: dict[type[models.Model], Maker] = {
    Stakeholder: _person,
    Stakeholder.topics.through: _topic,
    Stakeholder.tags.through: _tag,
    Activity: _activity,
    AgendaItem: lambda person, word: AgendaItem.objects.create(
        agenda=Agenda.objects.create(title="Worüber"), thesis=ThesisFactory.create(author=person), title=word
    ),
    Assessment: _assessment,
    AssessmentReason: lambda person, word: AssessmentReasonFactory.create(rater=person, text=word),
    CatalogueImport: lambda person, word: CatalogueImport.objects.create(created_by=person, file_name=word),
    FitAssessment: lambda person, word: FitAssessmentFactory.create(rater=person, reason=word),
    ReportLink: _report_link,
    AuditEntry: lambda person, word: record(StakeholderVerb.PROFILE_CHANGED, actor=person, facts={"word": word}),
    Authenticator: _factor,
    Conclusion: lambda person, word: Conclusion.objects.create(
        thesis=ThesisFactory.create(), author=person, kind="dissent", text=word, at=timezone.now()
    ),
    ConsentEvent: _consent,
    ContactImport: lambda person, word: ContactImport.objects.create(created_by=person, file_name=word, source="Liste"),
    ContentReport: _report,
    Contribution: lambda person, word: ContributionFactory.create(author=person, text=word),
    DataExport: _export,
    DigestEnd: _digest_end,
    EmailAddress: _mail_address,
    EmailConfirmation: _confirmation,
    Enquiry: _enquiry,
    EnquiryMessage: _enquiry_message,
    Follow: lambda person, word: FollowFactory.create(person=person, thesis=ThesisFactory.create(sentence=word)),
    GroupChange: _group_change,
    HelpfulMark: lambda person, word: HelpfulMarkFactory.create(
        person=person, contribution=ContributionFactory.create(text=word)
    ),
    LegalText: lambda person, word: LegalText.objects.create(name="guidelines", number=1, title=word, author=person),
    LineageStep: lambda person, word: LineageStep.objects.create(
        thesis=ThesisFactory.create(author=person), key="published", label=word, at=timezone.now()
    ),
    LogEntry: lambda person, word: LogEntry.objects.log_actions(person.pk, [MeasureFactory.create(title=word)], CHANGE),
    Mandate: _mandate,
    Note: lambda person, word: Note.objects.create(person=person, text=word),
    OutgoingMail: lambda person, word: posted(4711, person=person, recipient=person.mail_address, text=word),
    Ranking: _ranking,
    Selection: lambda person, word: Selection.objects.create(created_by=person, name=word),
    SocialAccount: _account,
    SocialToken: _token,
    Stance: lambda person, word: StanceFactory.create(person=person, thesis=ThesisFactory.create(sentence=word)),
    StanceChange: lambda person, word: StanceChange.objects.create(
        person=person, thesis=ThesisFactory.create(sentence=word), value=1, version=1, at=timezone.now()
    ),
    Subscription: lambda person, word: SubscriptionFactory.create(person=person, email=f"{word}@example.org"),
    Thesis: lambda person, word: ThesisFactory.create(author=person, sentence=word),
    ThesisVersion: lambda person, word: write_version(ThesisFactory.create(author=person, sentence=word)),
    ThesisDraft: lambda person, word: ThesisDraft.objects.create(author=person, fields={"sentence": word}),
    TopicProposal: lambda person, word: TopicProposal.objects.create(author=person, name=word, explanation="Fehlt."),
    EvidenceFile: lambda person, word: EvidenceFile.objects.create(
        thesis=ThesisFactory.create(author=person),
        file="evidence/x.pdf",
        name=word,
        content_type="application/pdf",
        size=1,
    ),
    EvidenceLink: lambda person, word: EvidenceLink.objects.create(
        thesis=ThesisFactory.create(author=person), url="https://example.org/", label=word
    ),
    UserSession: _session,
    VersionProposal: lambda person, word: VersionProposalFactory.create(
        thesis=ThesisFactory.create(author=person), sentence=word
    ),
    **workshop_traces.MAKERS,
}
