"""`python -m bench.invitations`: ten thousand invitations in one go, from the button to the mail server, in a test
database. Handing over stands beside a bare loop of smtplib with the same messages, in turns within one run.
"""

import smtplib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import django

from bench.server import free_port
from embedded.home import ROOT

PEOPLE, TURN = 10_000, 500
SENDER = "portal@example.org"


def main() -> None:
    django.setup()
    from bench.registrations import events, people
    from stakeholders.domain.writing import write_due

    print(f"\n{'Einladungen':<60}{'gemessen':>12}")
    people(PEOPLE, "einladung")
    [event] = events(1)
    tell("Entwurf und Knopf »Senden«", f"{timed(lambda: press_the_button(event)):.1f} s")
    seconds = timed(write_due)
    tell("Texte schreiben, ein Prozess", f"{PEOPLE / seconds:.0f}/s")
    with mail_sink() as port:
        drain(port)


def press_the_button(event: str) -> None:
    """Everybody in one wave, drafted and sent."""
    from stakeholders.models import Stakeholder
    from workshops.domain.wave import draft_wave, send_wave
    from workshops.models import Workshop

    office = Stakeholder.objects.filter(role=Stakeholder.Role.PROJECT_OFFICE)[0]
    workshop = Workshop.objects.get(slug=event)
    people = Stakeholder.objects.filter(email__startswith="einladung-")
    wave = draft_wave(workshop=workshop, people=people, actor=office)
    send_wave(wave=wave, actor=office)


def drain(port: int) -> None:
    """Turn by turn so many messages by the bare loop and then the same messages out of the outbox."""
    from django.conf import settings
    from django.utils import timezone

    from stakeholders.domain.delivery import deliver_due
    from stakeholders.domain.mime import as_mime
    from stakeholders.models import OutgoingMail

    settings.EMAIL_URL = f"smtp://127.0.0.1:{port}"
    mails = OutgoingMail.objects.filter(kind="invitation")
    later = timezone.now() + timedelta(days=1)
    mails.update(due_at=later)
    OutgoingMail.objects.exclude(kind="invitation").update(state=OutgoingMail.State.CANCELLED)
    numbers = list(mails.order_by("pk").values_list("pk", flat=True))
    bare = ours = 0.0
    for start in range(0, len(numbers), TURN):
        turn = mails.filter(pk__in=numbers[start : start + TURN])
        ready = [(mail.recipient, as_mime(mail).as_bytes()) for mail in turn]
        bare += timed(lambda ready=ready: send_bare(port, ready))
        turn.update(due_at=timezone.now())
        ours += timed(lambda: deliver_due(seconds=600))
    sent = mails.filter(state=OutgoingMail.State.SENT).count()
    tell(f"{PEOPLE} übergeben, jede einmal", "ja" if sent == PEOPLE else f"{sent}", sent == PEOPLE)
    tell("bloße Schleife mit smtplib", f"{PEOPLE / bare:.0f}/s")
    tell("Postausgang, ein Prozess", f"{PEOPLE / ours:.0f}/s")
    tell("  Anteil", f"{bare / ours:.2f}", bare / ours >= 0.5)


def send_bare(port: int, messages: list[tuple[str, bytes]]) -> None:
    with smtplib.SMTP("127.0.0.1", port) as connection:
        for recipient, content in messages:
            connection.sendmail(SENDER, [recipient], content)


@contextmanager
def mail_sink() -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "bench.mail_sink", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as sink:
        try:
            if sink.stdout:
                sink.stdout.readline()
            yield port
        finally:
            sink.terminate()


def timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def tell(what: str, figure: str, holds: bool = True) -> None:
    print(f"{what:<60}{figure:>12}" + ("" if holds else "   verfehlt"), flush=True)


if __name__ == "__main__":
    main()
