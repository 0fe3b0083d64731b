"""What an event of each format usually is: how long, which programme, what is asked, when people are reminded."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from stakeholders.models import Stakeholder
from workshops.domain.free_slug import free_slug
from workshops.domain.new_date import moved
from workshops.domain.workshop import create_workshop
from workshops.models import Question, Reminder, Session, Workshop

Format, Mode, Anchor = Workshop.Format, Workshop.Mode, Reminder.Anchor


@dataclass(frozen=True)
class Point:
    """A point of the programme, `after` so many minutes since the start of the event, on the day with this number."""

    after: int
    minutes: int
    title: str
    title_en: str
    day: int = 0
    own_registration: bool = False
    is_pitch: bool = False


@dataclass(frozen=True)
class Asked:
    text: str
    text_en: str
    purpose: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Template:
    """Ends so many `minutes` after its start, `days` later. `reminders`: anchor, hours, audience."""

    minutes: int
    programme: tuple[Point, ...]
    questions: tuple[Asked, ...]
    reminders: tuple[tuple[str, int, str], ...]
    mode: str = Mode.ON_SITE
    days: int = 0
    capacity: int | None = None
    needs_approval: bool = False


SUPPORT = Asked(
    "Was brauchen Sie, um gut teilnehmen zu können (zum Beispiel Gebärdensprache, Schriftdolmetschen, Assistenz)?",
    "What do you need to take part well (for example sign language, captioning, assistance)?",
    Question.Purpose.ACCESSIBILITY,
)
MEAL = Asked(
    "Was möchten Sie essen?",
    "What would you like to eat?",
    Question.Purpose.CATERING,
    ("mit Fleisch", "vegetarisch", "vegan"),
)
INTOLERANCES = Asked("Was vertragen Sie nicht?", "What can you not eat?", Question.Purpose.CATERING)
NIGHTS = Asked("Brauchen Sie eine Übernachtung?", "Do you need a room for the night?", "general", ("ja", "nein"))
REGISTERED, ATTENDED = Reminder.Audience.REGISTERED, Reminder.Audience.ATTENDED
USUAL = ((Anchor.START, -48, REGISTERED), (Anchor.END, 24, ATTENDED))

TEMPLATES: dict[str, Template] = {
    Format.WORKSHOP: Template(
        180,
        (
            Point(0, 20, "Ankommen und Einführung", "Arrival and introduction"),
            Point(20, 90, "Arbeit in Gruppen", "Work in groups"),
            Point(110, 15, "Pause", "Break"),
            Point(125, 40, "Ergebnisse vorstellen", "Presenting the results"),
            Point(165, 15, "Wie es weitergeht", "What comes next"),
        ),
        (SUPPORT, MEAL, INTOLERANCES),
        USUAL,
        capacity=30,
    ),
    Format.REGIONAL_DIALOGUE: Template(
        150,
        (
            Point(0, 15, "Begrüßung", "Welcome"),
            Point(15, 20, "Impuls aus der Region", "A voice from the region"),
            Point(35, 75, "Gespräch an Thementischen", "Conversation at themed tables"),
            Point(110, 25, "Was wir mitnehmen", "What we take away"),
            Point(135, 15, "Ausklang", "Close"),
        ),
        (SUPPORT, MEAL, INTOLERANCES),
        USUAL,
        capacity=60,
    ),
    Format.CONFERENCE: Template(
        480,
        (
            Point(0, 30, "Einlass", "Doors open"),
            Point(30, 75, "Eröffnung", "Opening"),
            Point(105, 30, "Pause", "Break"),
            Point(135, 90, "Forum 1", "Forum 1", own_registration=True),
            Point(135, 90, "Forum 2", "Forum 2", own_registration=True),
            Point(225, 60, "Mittagessen", "Lunch"),
            Point(285, 90, "Forum 3", "Forum 3", own_registration=True),
            Point(285, 90, "Forum 4", "Forum 4", own_registration=True),
            Point(375, 30, "Pause", "Break"),
            Point(405, 75, "Ergebnisse und Abschluss", "Results and close"),
        ),
        (SUPPORT, MEAL, INTOLERANCES),
        ((Anchor.START, -168, REGISTERED), *USUAL),
        capacity=200,
    ),
    Format.INNOCAMP: Template(
        300,
        (
            Point(0, 120, "Ankommen, Aufgaben und Teams", "Arrival, tasks and teams"),
            Point(180, 240, "Arbeit in Teams", "Work in teams"),
            Point(0, 240, "Arbeit in Teams", "Work in teams", day=1),
            Point(300, 60, "Zwischenstand", "Where we stand", day=1),
            Point(360, 120, "Abend mit Gästen", "Evening with guests", day=1),
            Point(0, 150, "Letzte Arbeit in Teams", "Last work in teams", day=2),
            Point(180, 120, "Vorstellung der Ergebnisse", "Presenting the results", day=2),
        ),
        (SUPPORT, MEAL, INTOLERANCES, NIGHTS),
        ((Anchor.START, -336, REGISTERED), *USUAL),
        days=2,
        capacity=30,
        needs_approval=True,
    ),
    Format.INNOSLAM: Template(
        120,
        (
            Point(0, 15, "Begrüßung und Spielregeln", "Welcome and rules"),
            *(Point(15 + 12 * n, 12, f"Beitrag {n + 1}", f"Pitch {n + 1}", is_pitch=True) for n in range(5)),
            Point(75, 15, "Abstimmung des Publikums", "The audience votes"),
            Point(90, 30, "Ehrung und Ausklang", "Awards and close"),
        ),
        (SUPPORT, INTOLERANCES),
        USUAL,
        capacity=100,
    ),
    Format.ONLINE: Template(
        90,
        (
            Point(0, 10, "Begrüßung", "Welcome"),
            Point(10, 25, "Impuls", "Opening talk"),
            Point(35, 40, "Gespräch", "Conversation"),
            Point(75, 15, "Wie es weitergeht", "What comes next"),
        ),
        (SUPPORT,),
        ((Anchor.START, -24, REGISTERED), (Anchor.START, -1, REGISTERED), (Anchor.END, 24, ATTENDED)),
        mode=Mode.ONLINE,
    ),
}


@transaction.atomic
def create_from_template(*, workshop: Workshop, actor: Stakeholder) -> Workshop:
    """A draft with everything that is usual for its format; `workshop` brings format, title, summary and start."""
    template = TEMPLATES[workshop.format]
    workshop.slug = free_slug(workshop.slug or workshop.title)
    workshop.ends_at = moved(workshop.starts_at, timedelta(days=template.days, minutes=template.minutes))
    workshop.mode, workshop.capacity = template.mode, template.capacity
    workshop.needs_approval = template.needs_approval
    create_workshop(workshop=workshop, actor=actor)
    Session.objects.bulk_create(_session(workshop, point) for point in template.programme)
    Question.objects.bulk_create(
        Question(
            workshop=workshop,
            text=asked.text,
            text_en=asked.text_en,
            purpose=asked.purpose,
            kind=Question.Kind.CHOICE if asked.choices else Question.Kind.TEXT,
            choices="\n".join(asked.choices),
            position=place,
        )
        for place, asked in enumerate(template.questions, start=1)
    )
    workshop.reminders.all().delete()
    Reminder.objects.bulk_create(_reminders(workshop, template, timezone.now()))
    return workshop


def _session(workshop: Workshop, point: Point) -> Session:
    start = timedelta(days=point.day, minutes=point.after)
    return Session(
        workshop=workshop,
        title=point.title,
        title_en=point.title_en,
        starts_at=moved(workshop.starts_at, start),
        ends_at=moved(workshop.starts_at, start + timedelta(minutes=point.minutes)),
        own_registration=point.own_registration,
        is_pitch=point.is_pitch,
    )


def _reminders(workshop: Workshop, template: Template, now: datetime) -> list[Reminder]:
    """Only those whose time is still to come."""
    rows = [
        Reminder(workshop=workshop, anchor=anchor, hours=hours, audience=audience)
        for anchor, hours, audience in template.reminders
    ]
    return [row for row in rows if row.due_at > now]
