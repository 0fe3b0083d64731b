from datetime import timedelta

from django.utils import timezone

from measures.models import ImplementationConcept, Measure, Milestone, Partner
from stakeholders.models import Organisation

MEASURE = "tgz-4-0"
GOAL = (
    "**Demonstration:** Dieses Konzept ist erfunden.\n\n"
    "Junge Industriebetriebe finden in den Gründerzentren Werkstätten, in denen sie vernetzte Fertigung erproben."
)
GOAL_EN = (
    "**Demonstration:** This concept is invented.\n\nYoung industrial companies find workshops in the start-up centres "
    "in which they try out connected production."
)
APPROACH = "1. Bedarf in den Zentren erheben\n2. Eine Werkstatt als Pilot einrichten\n3. Erfahrungen auswerten"
APPROACH_EN = "1. Find out what the centres need\n2. Set up one workshop as a pilot\n3. Evaluate what was learnt"
MILESTONES = (
    ("Demonstration: Bedarf erhoben", "Demonstration: needs found out", -20),
    ("Demonstration: Pilotwerkstatt eröffnet", "Demonstration: pilot workshop opened", 60),
    ("Demonstration: Erfahrungen ausgewertet", "Demonstration: experience evaluated", 240),
)
"""German and English title and in how many days; what lies in the past is done."""


def load_demo_concept(*, organisations: list[Organisation]) -> None:
    """One measure with a concept, two partners and a third that has not confirmed yet, and three milestones."""
    measure = Measure.objects.get(slug=MEASURE)
    now, today = timezone.now(), timezone.localdate()
    ImplementationConcept.objects.create(
        measure=measure,
        goal=GOAL,
        goal_en=GOAL_EN,
        approach=APPROACH,
        approach_en=APPROACH_EN,
        responsible=organisations[0],
        state=ImplementationConcept.State.PUBLISHED,
        published_at=now - timedelta(days=25),
    )
    roles = (Partner.Role.PARTNER, Partner.Role.KNOWLEDGE, Partner.Role.FUNDING)
    confirmed = (today - timedelta(days=24), today - timedelta(days=22), None)
    Partner.objects.bulk_create(
        Partner(measure=measure, organisation=organisation, role=role, confirmed_on=day)
        for organisation, role, day in zip(organisations[1:4], roles, confirmed, strict=True)
    )
    Milestone.objects.bulk_create(
        Milestone(
            measure=measure,
            title=title,
            title_en=title_en,
            due_on=today + timedelta(days=days),
            done_on=today + timedelta(days=days) if days < 0 else None,
            noted_at=now + timedelta(days=days) if days < 0 else None,
            position=position,
        )
        for position, (title, title_en, days) in enumerate(MILESTONES, start=1)
    )
